"""Messages to people, in the application and by e-mail, each with its receipt."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse


class Message(models.Model):
    """One message to one person. Its words are made when it is read, in the reader's language, from a template and facts."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages_received")
    what = models.CharField(max_length=40)  # the template: event-arrived, clock-late …
    facts = models.JSONField(default=dict)  # never personal data beyond what the reader may see
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)
    receipt = models.BooleanField(default=False)  # the reader must say that she has taken note
    noted_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_fault = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to", "-at"], name="messages_of_a_person"),
            models.Index(fields=["to"], condition=models.Q(read_at=None), name="messages_unread"),
            models.Index(fields=["url"], name="messages_about"),  # what was said of one thing
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("notices:message", args=[self.uuid])
