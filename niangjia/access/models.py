"""Who signs in, through which provider, the log of who opened what (written once and chained), and the keys of forms that were sent."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models import Q
from django.utils.functional import cached_property

from niangjia.kit import who


class People(BaseUserManager["User"]):
    """How accounts are made."""

    def create_user(self, username: str, password: str | None = None, **facts: Any) -> User:
        """An account; without a password nobody can sign in to it."""
        user = self.model(username=username, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. What she may do comes from the offices that she holds, never from here."""

    class Kind(models.TextChoices):
        STAFF = "STAFF", "Staff"
        MEMBER = "MEMBER", "Member"
        CLIENT = "CLIENT", "Client"  # another system: it signs in nowhere, and calls the interface for machines with a key

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.STAFF)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def seats(self) -> list[Any]:
        """The offices that she holds today: found once a request by the floor that knows offices."""
        return who.seats_of(self)

    @cached_property
    def uses(self) -> frozenset[str] | None:
        """The only permissions that the account may use, if it is another system's; None for people."""
        return who.uses_of(self)


class Binding(models.Model):
    """An account of staff is a certain subject of a certain issuer: said by herself after her password, or by a security administrator."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bindings")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], condition=Q(ended_at=None), name="a_subject_is_one_account"),
            models.UniqueConstraint(fields=["issuer", "user"], condition=Q(ended_at=None), name="an_account_is_one_subject"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False), name="who_undid_it"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.issuer}"


class SeenLog(models.Model):
    """One opening, reveal, export or sign-in; each line carries the hash of the one before."""

    at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=24)  # opened, revealed, exported, signed-in, refused …
    kind = models.CharField(max_length=60, blank=True)
    thing_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)
    before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "thing_id", "-at"], name="seen_of_a_thing"),
            models.Index(fields=["user", "-at"], name="seen_by_a_person"),
            models.Index(fields=["act", "-at"], name="seen_by_act"),
            models.Index(fields=["-at", "-id"], name="seen_by_day"),
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.act} {self.kind} {self.thing_id}"


class Proof(models.Model):
    """The log was walked so far, and each line followed from the one before, or one did not."""

    at = models.DateTimeField()
    whole = models.BooleanField()  # from the first line, not from the last proof
    upto = models.BigIntegerField()  # the last line that followed
    digest = models.CharField(max_length=64, blank=True)  # of that line
    broken = models.BigIntegerField(null=True)  # the first line that did not

    class Meta:
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.upto}"


class Once(models.Model):
    """The one-time key of a form that was sent, and where its answer led: kept for two days, so that a repeated press is answered alike."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)  # of what was sent
    location = models.CharField(max_length=500, blank=True, db_default="")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.key)

    @classmethod
    def claim(cls, key: uuid.UUID, *, user: int, digest: str, at: datetime) -> bool:
        """Take a key; False if it was taken before. Whoever comes second waits here until the first has been committed or taken back."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO access_once (key, user_id, digest, at) VALUES (%s, %s, %s, %s) ON CONFLICT (key) DO NOTHING",
                [key, user, digest, at],
            )
            return bool(cursor.rowcount)

    @classmethod
    def release(cls, key: uuid.UUID) -> None:
        """Give a key back, under which nothing was done."""
        cls.objects.filter(key=key).delete()
