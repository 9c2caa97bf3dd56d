"""What systems may use, and what becomes of things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class May(StrEnum):
    """Permissions that only systems have."""

    HAND_IN = "exchange.hand_in"  # asked of the union: send on what somebody filled in elsewhere who asks to join
    NUMBERS = "exchange.numbers"  # one member's numbers in the clear, with a reason


class What(TextChoices):
    """What became of a union or a membership."""

    FOUNDED = "FOUNDED", pgettext_lazy("change", "Founded")
    JOINED = "JOINED", _("Joined")
    MOVED = "MOVED", _("Came from another union")
    CHANGED = "CHANGED", pgettext_lazy("change", "Changed")
    LEFT = "LEFT", _("Left")
    ENDED = "ENDED", pgettext_lazy("change", "Ended")
    GONE = "GONE", _("Gone: erased, or no longer in this place")


class Of(TextChoices):
    """Of what an address is told; each stands for the permission with which the same is read."""

    UNION = "union", pgettext_lazy("told of", "Unions")
    MEMBER = "member", pgettext_lazy("told of", "Members")


READS = {Of.UNION.value: "unions.view", Of.MEMBER.value: "members.list"}
TEST, ANEW = "TEST", "ANEW"  # events that are no change: somebody tries the line; what was missed is no longer known
HOOK = "exchange.hook"  # the purpose for which secrets are sealed


@dataclass(frozen=True)
class Use:
    """A permission that a system may be granted, and the office with whose eyes it then looks."""

    duty: str
    label: Any


USES: dict[str, Use] = {
    "unions.view": Use("office", _("Read unions")),
    "members.list": Use("organisation", _("Read members, their numbers masked")),
    May.NUMBERS.value: Use("organisation", _("Have one member's numbers shown, with a reason")),
    May.HAND_IN.value: Use("organisation", _("Send on applications to join")),
    "rights.see_event": Use("rights", _("Read events")),
    "rights.hear_receipt": Use("rights", _("Say what came back on calls and text messages")),
    "rights.see_dispute": Use("rights", _("Read disputes")),
}
KEYS_AT_ONCE = 2  # the one in use, and the one that follows it
KEPT = timedelta(days=90)  # how long changes are told; who asks later begins anew
