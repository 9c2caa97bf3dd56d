"""The vocabulary of reviews."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The life of a review."""

    DRAFT = "DRAFT", _("Draft")
    CHECKED = "CHECKED", _("Checked")
    SIGNED = "SIGNED", _("Signed")
    PUBLISHED = "PUBLISHED", _("Published")


class Role(TextChoices):
    """In which office somebody signs."""

    OFFICE = "OFFICE", _("Drafted and checked, office")
    LEADER = "LEADER", _("Signed, leader")


class Language(TextChoices):
    """In which languages a review is written."""

    ZH = "zh", _("Chinese")
    EN = "en", _("English")


class May(StrEnum):
    """Permissions on reviews."""

    BEGIN = "reports.begin"  # asked of the union
    VIEW = "reports.view"
    DRAFT = "reports.draft"
    SIGN = "reports.sign"
    PUBLISH = "reports.publish"
    WITHDRAW = "reports.withdraw"
