"""Code lists of what a register lacks."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Group(TextChoices):
    """In which way something is not as it should be."""

    MISSING = "MISSING", _("Missing")
    STALE = "STALE", _("Out of date")
    TWICE = "TWICE", _("Perhaps twice")
    IMPOSSIBLE = "IMPOSSIBLE", _("Cannot be")


class May(StrEnum):
    """Permissions on the quality of the register."""

    SEE_GAPS = "quality.see_gaps"
    SEE = "quality.see"  # asked of the union
    CONFIRM = "quality.confirm"  # asked of the union: its register is right as it stands


LOOK = "quality.look"  # the job that looks through the register, and the mark of when it last did
