"""What was told in confidence: who reported an event is shown one at a time, to whoever says why; it is written down first."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.access.api import User, note
from niangjia.kit import crypt
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.rights.askedby import TELLER
from niangjia.rights.enums import May
from niangjia.rights.models import Event


@transaction.atomic
def disclose_reporter(event: Event, *, why: str, by: User) -> str:
    """Who reported an event without wanting to be named, and who told the reporter: never to the firm's own people, as whoever reports to the labour inspection is kept
    secret (Regulation on Labour Inspection 2004, art. 9).
    """
    if not allows(by, May.REVEAL_REPORTER, event):
        raise Refused(_("Who reported it is shown only to the rights offices above the firm."))
    if not why.strip():
        raise RuleBroken(_("Say why you need to see it: your reason is kept with your name."))
    note([("revealed", "rights.event", event.pk, why.strip()[:200])], by=by)
    reporter = event.reported_by.name if event.reported_by else str(event.get_channel_display())
    if event.teller_sealed is None:
        return reporter
    said = json.loads(crypt.unseal(event.teller_sealed, TELLER))
    who = pgettext("between words in a row", ", ").join(filter(None, [said["name"], said["contact"]]))
    return _("%(reporter)s, told by %(who)s") % {"reporter": reporter, "who": who}
