"""The door of members: a code that went to a phone (which phone, only its keyed hash says; the code is not kept), and whom an import has told."""

from __future__ import annotations

import uuid

from django.db import models

from niangjia.members.models.imports import Batch


class PhoneCode(models.Model):
    """One question for a code, made for a number whether anybody has it or not: the page must not know."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # kept in the session, never in an address
    number_hash = models.BinaryField()  # as people's phones are found
    code_hash = models.BinaryField()
    made_at = models.DateTimeField(db_index=True)
    until = models.DateTimeField()
    tries = models.IntegerField(default=0)
    passed_at = models.DateTimeField(null=True)  # the code was right; who she is of several may still be asked
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class Telling(models.Model):
    """How far the people whom an import made known have been told of it by short message."""

    batch = models.OneToOneField(Batch, models.CASCADE, related_name="telling")
    upto = models.BigIntegerField(default=0)  # the last person to whom one was laid down

    def __str__(self) -> str:
        return f"{self.batch_id} {self.upto}"
