"""The vocabulary of returns."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """The life of a return."""

    DRAFT = "DRAFT", pgettext_lazy("a return", "Drafted")
    CHECKED = "CHECKED", pgettext_lazy("a return", "Checked, to be signed")
    SIGNED = "SIGNED", pgettext_lazy("a return", "Signed")
    SENT = "SENT", pgettext_lazy("a return", "Sent up")


class Role(TextChoices):
    """In which office somebody signs."""

    FILLED = "FILLED", _("Filled in, head of organisation")
    LEADER = "LEADER", _("Head of the union")


class May(StrEnum):
    """Permissions on returns. Beginning one is asked of the union whose return it is."""

    BEGIN = "returns.begin"
    SEE = "returns.see"
    FILL = "returns.fill"
    SIGN = "returns.sign"
    WITHDRAW = "returns.withdraw"
    RETURN = "returns.return"
    SEE_SURVEY = "returns.see_survey"
    CONFIRM = "returns.confirm"
    VOUCH = "returns.vouch"


class Look(TextChoices):
    """The life of the survey of one grassroots union."""

    OPEN = "OPEN", pgettext_lazy("a survey", "To be looked through")
    CONFIRMED = "CONFIRMED", pgettext_lazy("a survey", "Confirmed")


JOINTLY = "joint"  # how the list of surveys is asked for the joint unions of all kinds
