"""What was told in confidence: who reported an event is shown one at a time, to whoever says why; it is written down first."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import User, note
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.rights.enums import May
from niangjia.rights.models import Event


@transaction.atomic
def disclose_reporter(event: Event, *, why: str, by: User) -> str:
    """Who reported an event without wanting to be named: never to the firm's own people, as whoever reports to the labour inspection is kept
    secret (Regulation on Labour Inspection 2004, art. 9).
    """
    if not allows(by, May.REVEAL_REPORTER, event):
        raise Refused(_("Who reported it is shown only to the rights offices above the firm."))
    if not why.strip():
        raise RuleBroken(_("Say why you need to see it: your reason is kept with your name."))
    note([("revealed", "rights.event", event.pk, why.strip()[:200])], by=by)
    return event.reported_by.name if event.reported_by else str(event.get_channel_display())
