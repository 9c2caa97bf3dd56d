"""A report that was kept on a phone and is sent when there is a network: perhaps twice, perhaps by two tabs; it is taken once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit.errors import Refused
from niangjia.rights.actions.events import Facts, report
from niangjia.rights.models import Event
from niangjia.rights.queries import arrived
from niangjia.unions.models import Union


def report_kept(union: Union, facts: Facts, key: UUID, *, by: User, send: bool = False, pictures: Sequence[Any] = ()) -> tuple[Event, bool]:
    """The event of that key, and whether it came of this call. Whoever comes second waits in the database for the first, and is given hers."""
    if made := arrived(key, by):
        return made, False
    try:
        with transaction.atomic():
            made = report(union, facts, by=by, send=send, pictures=pictures)
            Event.objects.filter(pk=made.pk).update(sent_key=key)
    except IntegrityError:
        if (first := arrived(key, by)) is None:
            if Event.objects.filter(sent_key=key).exists():
                raise Refused(_("This report was sent by another account.")) from None
            raise
        return first, False
    return made, True
