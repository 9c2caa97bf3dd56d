"""Permissions on messages, and how far a short message is."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class May(StrEnum):
    """A message is its reader's, and nobody else's."""

    READ = "notices.read"


class Kind(TextChoices):
    """By what it reaches a phone."""

    SMS = "sms", pgettext_lazy("a short message", "Text message")
    VOICE = "voice", pgettext_lazy("a short message", "Call")
    CHAT = "chat", pgettext_lazy("a short message", "Work messenger")


class Sending(TextChoices):
    """How far a short message is."""

    QUEUED = "QUEUED", pgettext_lazy("a short message", "Waits to be sent")
    SENT = "SENT", pgettext_lazy("a short message", "Sent")
    FAILED = "FAILED", pgettext_lazy("a short message", "Not sent")


# The purposes for which what a short message says, and its number, are sealed.
SHORT, SHORT_NUMBER = "notices.short", "notices.short.number"
