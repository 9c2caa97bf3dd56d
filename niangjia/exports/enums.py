"""Code lists of exports."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The life of an export."""

    ASKED = "ASKED", _("Waits for a second person")
    MAKING = "MAKING", _("Being written")
    READY = "READY", _("Ready")
    FAILED = "FAILED", _("Could not be written")
    REFUSED = "REFUSED", _("Not approved")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    LAPSED = "LAPSED", _("Not answered")
    GONE = "GONE", _("Deleted")


class May(StrEnum):
    """Permissions on exports. Asking is no permission of its own: each list says which office keeps it."""

    VIEW = "exports.view"
    APPROVE = "exports.approve"
    OWN = "exports.own"
    TAKE = "exports.take"
    DROP = "exports.drop"


KEY, QUERY = "exports.key", "exports.query"  # the purposes for which an export's key and question are sealed
SHORT = 4  # characters below which a purpose says nothing
