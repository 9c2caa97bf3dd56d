"""By which means a department is asked to handle an event together with the union."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class AskedBy(TextChoices):
    """By which means a department is asked."""

    LETTER = "LETTER", pgettext_lazy("asked by", "Letter")
    PHONE = "PHONE", pgettext_lazy("asked by", "Telephone")
    VISIT = "VISIT", pgettext_lazy("asked by", "In person")
