"""What stands in the register of legal persons: a change of it is filed within the days that are set."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, wind, works
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.unions.enums import May
from niangjia.unions.models import Union
from niangjia.unions.parameters import ENTRIES_CHANGE

ENTERED = ("name", "address")  # what of a union stands in that register, besides its chair


def entries_change(union: Union) -> None:
    """Name, domicile or legal representative has changed: from today runs the time within which that is filed. Nothing for who is no legal person."""
    if not union.uscc or not union.living or union.entries_by:
        return
    until = asking(union, today())(ENTRIES_CHANGE).after(now(), works()).date()
    Union.objects.filter(pk=union.pk).update(entries_by=until)
    union.entries_by = until
    wind(union)


@transaction.atomic
def entries_filed(union: Union, *, on: date, legal_until: date | None = None, by: User) -> Union:
    """The register of legal persons has the change."""
    if not allows(by, May.EDIT, union):
        raise Refused(_("Only the union itself, or an organisation office above, may correct this."))
    if union.entries_by is None:
        raise RuleBroken(_("No change of the entries waits to be filed."))
    if on > today():
        raise RuleBroken(_("The day lies ahead; record it when it has been filed."))
    Union.objects.filter(pk=union.pk).update(entries_by=None, **({"legal_until": legal_until} if legal_until else {}))
    union.refresh_from_db()
    move(union, "entries", by=by, house=True)
    return union
