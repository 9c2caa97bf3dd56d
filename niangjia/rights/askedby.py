"""Who told of an event, and by which means and letters a department is asked to handle it together with the union."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TELLER = "rights.teller"  # what the name and the number of whoever told of an event are sealed for


class AskedBy(TextChoices):
    """By which means a department is asked."""

    LETTER = "LETTER", pgettext_lazy("asked by", "Letter")
    PHONE = "PHONE", pgettext_lazy("asked by", "Telephone")
    VISIT = "VISIT", pgettext_lazy("asked by", "In person")


class MissiveKind(TextChoices):
    """What a letter to a department asks."""

    JOINT = "JOINT", _("Request to handle it together")
    TRANSFER = "TRANSFER", _("Letter of transfer")
