"""The vocabulary of asking the grass roots for data."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """The life of a request."""

    DRAFT = "DRAFT", pgettext_lazy("a request", "Being drawn up")
    ISSUED = "ISSUED", pgettext_lazy("a request", "Being answered")
    CLOSED = "CLOSED", pgettext_lazy("a request", "Closed")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("a request", "Withdrawn")


class Standing(TextChoices):
    """How a union stands that was asked. That it is late follows from the day."""

    NEW = "NEW", pgettext_lazy("a union that was asked", "To be answered")
    ANSWERED = "ANSWERED", pgettext_lazy("a union that was asked", "Answered")
    ENDED = "ENDED", pgettext_lazy("a union that was asked", "Not answered")


class Kind(TextChoices):
    """What a field takes."""

    NUMBER = "NUMBER", pgettext_lazy("a field", "Number")
    YUAN = "YUAN", pgettext_lazy("a field", "Amount in yuan")
    DAY = "DAY", pgettext_lazy("a field", "Day")
    YESNO = "YESNO", _("Yes or no")
    CHOICE = "CHOICE", _("One of a list")
    TEXT = "TEXT", pgettext_lazy("a field", "Words")


NUMERIC = ("NUMBER", "YUAN")


class Verdict(TextChoices):
    """What the check says of a field when it is written down."""

    ASKED = "ASKED", pgettext_lazy("a field", "Asked")
    HELD = "HELD", _("Held, not sent out")
    REUSED = "REUSED", _("Given before, only confirmed")
    CONTESTED = "CONTESTED", _("Held but contested, asked")


SENT = ("ASKED", "REUSED", "CONTESTED")  # what goes out


class May(StrEnum):
    """Permissions on requests. Asking is asked of the union in whose name it is done."""

    ASK = "asked.ask"
    SEE = "asked.see"
    COMPOSE = "asked.compose"
    SEE_ANSWER = "asked.see_answer"
    ANSWER = "asked.answer"
    SEND_BACK = "asked.send_back"
