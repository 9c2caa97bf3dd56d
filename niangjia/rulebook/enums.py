"""Code lists of what is set."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The life of a setting."""

    DRAFT = "DRAFT", _("Waiting for the second person")
    SIGNED = "SIGNED", _("Signed, its day has not come")
    IN_FORCE = "IN_FORCE", _("Holds")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


STANDING = ("SIGNED", "IN_FORCE")  # what an answer may come from, once its day has come


class May(StrEnum):
    """Permissions on what is set."""

    VIEW = "rulebook.view"
    PROPOSE = "rulebook.propose"
    SIGN = "rulebook.sign"
    WITHDRAW = "rulebook.withdraw"
