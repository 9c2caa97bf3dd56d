"""Messages to people, in the application and by e-mail, each with its receipt."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from niangjia.notices.enums import Kind, Sending


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


class ShortMessage(models.Model):
    """One message to one phone, or one call. What it says is sealed while it waits, and gone as soon as it has left: the row keeps that it was sent, not what."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # the carrier takes it once by this
    what = models.CharField(max_length=40)  # the template
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.SMS, db_default="sms")
    number_sealed = models.BinaryField(null=True)
    number_hash = models.BinaryField(null=True)  # how many went to one number
    facts_sealed = models.BinaryField(null=True)
    language = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=6, choices=Sending.choices, default=Sending.QUEUED)
    at = models.DateTimeField()
    due_at = models.DateTimeField()  # not before: nobody is woken at night
    until = models.DateTimeField()  # not after: it would be of no use
    tries = models.IntegerField(default=0)
    receipt = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=40, blank=True)  # a code, never what was sent
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="QUEUED", done_at=None) | ~Q(state="QUEUED") & Q(facts_sealed=None, done_at__isnull=False),
                name="a_short_message_that_left_keeps_no_word",
            )
        ]
        indexes = [
            models.Index(fields=["number_hash", "-at"], name="short_messages_of_a_number"),
            models.Index(fields=["due_at"], condition=Q(state="QUEUED"), name="short_messages_waiting"),
            models.Index(fields=["done_at"], condition=Q(erased_at=None), name="short_messages_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
