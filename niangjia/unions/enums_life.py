"""Code lists of what happens to a union in its life besides its founding and its elections."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Splitting(TextChoices):
    """The life of a split: a union becomes several 分立."""

    DRAFT = "DRAFT", pgettext_lazy("a split", "Being prepared")
    SENT = "SENT", pgettext_lazy("a split", "To be decided")
    APPROVED = "APPROVED", pgettext_lazy("a split", "To be settled")
    SETTLED = "SETTLED", pgettext_lazy("a split", "Settled")
    REFUSED = "REFUSED", pgettext_lazy("a split", "Not agreed to")
    WITHDRAWN = "WITHDRAWN", _("Given up")


class Organ(TextChoices):
    """Who decided within the union."""

    MEMBERS = "MEMBERS", _("Assembly of all members")
    CONGRESS = "CONGRESS", _("Congress of delegates")
    COMMITTEE = "COMMITTEE", _("Union committee")


class Certified(TextChoices):
    """What was done about the certificate of a legal person (measures on legal-person registration 2020)."""

    RENEWED = "RENEWED", _("Renewed for another term")
    CHANGED = "CHANGED", _("Issued anew after a change of entries")
    LOST = "LOST", _("Issued anew after it was lost")
    DAMAGED = "DAMAGED", _("Issued anew after it was damaged")
    CANCELLED = "CANCELLED", _("Legal person cancelled")
