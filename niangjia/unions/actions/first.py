"""The first union of an empty house, and its three administrators."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import start
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.names import reading, tokens
from niangjia.unions.actions import place
from niangjia.unions.enums import Duty, Kind, State
from niangjia.unions.models import Office, Parentage, Union


@transaction.atomic
def begin(name: str, code: str, people: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The first union of an empty house and its three administrators, by duty (account, name); answers their first passwords."""
    if Union.objects.exists():
        raise RuleBroken(_("Unions stand here already; administrators are appointed by the security administrator."))
    if len({account for account, _name in people.values()}) < len(people):
        raise RuleBroken(_("System, security and audit administrator are three persons."))
    said = reading(name, person=False)
    city = Union.objects.create(
        code=code, name=name, short_name=name, name_py=said, tokens=tokens(name, said), kind=Kind.CITY, level=1, path="", state=State.NORMAL,
        founded_on=today(),
    )  # fmt: skip
    Parentage.objects.create(child=city, parent=None, since=today(), basis="")
    place(city, None)
    start(city, by=None)
    made = {}
    for duty, (account, called) in people.items():
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(account, password, name=called)
        Office.objects.create(union=city, user=user, name=called, duty=duty, post=str(Duty(duty).label), since=today())
        made[duty] = (account, password)
    return made
