"""Systems that call the interface for machines, their keys, what has changed since they last asked, and where they want to be told."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.exchange.enums import Of, What
from niangjia.kit.who import Scope
from niangjia.unions.models import Union


class Client(models.Model):
    """Another system: entered by one person, given its scope by another, let in with a key until a day."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="client")  # what it does stands under this account
    name = models.CharField(max_length=60)
    keeper = models.CharField(max_length=120)  # whose system it is, and whom to call
    union = models.ForeignKey(
        Union, models.PROTECT, null=True, related_name="clients", verbose_name=_("union")
    )  # it sees what lies there or below
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    uses = ArrayField(models.CharField(max_length=40), default=list)
    until = models.DateField(null=True)  # the last day
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(null=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("system")
        verbose_name_plural = _("systems")
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_at=None, granted_by=None, union=None, until=None, uses=[])
                | Q(granted_at__isnull=False, granted_by__isnull=False, union__isnull=False, until__isnull=False) & ~Q(uses=[]),
                name="a_scope_is_whole_or_none",
            ),
            models.CheckConstraint(condition=Q(granted_by=None) | ~Q(granted_by=F("made_by")), name="a_scope_is_granted_by_a_second_person"),
            models.CheckConstraint(condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False), name="who_shut_it_out"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["name", "id"], name="clients_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("exchange:client", args=[self.uuid])


class Key(models.Model):
    """A key of a system: shown once, kept as a hash; its head, which opens nothing, names it."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="keys")
    head = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    slot = models.SmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "slot"], condition=Q(revoked_at=None), name="a_slot_holds_one_key"),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="a_system_has_two_keys_at_most"),
        ]

    def __str__(self) -> str:
        return self.head


class Change(models.Model):
    """Something became of a union or a membership: written by triggers in the writer's own transaction (migrations), told in order of transactions."""

    # No scope is declared, though the columns stand here: where it happened stays, also when its union has moved since.
    xid = models.BigIntegerField()  # of the transaction that wrote it
    at = models.DateTimeField()
    kind = models.CharField(max_length=6)  # union, member
    what = models.CharField(max_length=8, choices=What.choices)
    thing = models.UUIDField()
    union = models.ForeignKey(Union, models.DO_NOTHING, db_constraint=False, related_name="+")  # it may be gone; this stays for a while
    township = models.ForeignKey(Union, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    county = models.ForeignKey(Union, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["kind", "xid", "id"], name="changes_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.what} {self.thing}"


class Hook(models.Model):
    """An address of a system to which the house posts what became of one kind: entered by one person, approved by another, then in order."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="hooks")
    kind = models.CharField(max_length=6, choices=Of.choices)
    url = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cursor = models.CharField(max_length=120, blank=True)  # up to here it was told; begins with the approval
    tries = models.IntegerField(default=0)  # of what is next, in vain so far
    next_at = models.DateTimeField(null=True)  # not tried again before
    leased_until = models.DateTimeField(null=True)  # one worker at a time; whoever is killed loses it by itself
    paused_at = models.DateTimeField(null=True)  # by people
    stopped_at = models.DateTimeField(null=True)  # by itself, after so many tries
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("address that is told")
        verbose_name_plural = _("addresses that are told")
        constraints = [
            models.UniqueConstraint(fields=["client", "kind"], condition=Q(closed_at=None), name="one_address_for_each_kind"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None, cursor="") | Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(cursor=""),
                name="an_approved_address_has_a_cursor",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")), name="an_address_is_approved_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False), name="who_took_it_away"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:hook", args=[self.uuid])


class HookSecret(models.Model):
    """With it posts are signed: shown once, kept sealed, because signing needs it again; two at a time while one follows the other."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hook = models.ForeignKey(Hook, models.CASCADE, related_name="secrets")
    sealed = models.BinaryField(null=True)  # gone when it has ended
    slot = models.SmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hook", "slot"], condition=Q(ended_at=None), name="a_slot_holds_one_secret"),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="an_address_has_two_secrets_at_most"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, sealed__isnull=False)
                | Q(ended_at__isnull=False, ended_by__isnull=False, sealed=None),
                name="an_ended_secret_is_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Delivery(models.Model):
    """What was posted of one event, how often, with which answer. Nothing of what the answer said is kept."""

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="deliveries")
    event = models.UUIDField()
    what = models.CharField(max_length=8)  # of What, or TEST, or ANEW
    thing = models.UUIDField(null=True)
    at = models.DateTimeField()  # it was laid down, or tried first
    last_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    code = models.IntegerField(null=True)  # the status that was answered last
    fault = models.CharField(max_length=12, blank=True)  # why there was none
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hook", "event"], name="an_event_has_one_line")]
        indexes = [
            models.Index(fields=["hook", "-at", "-id"], name="deliveries_of_an_address"),
            models.Index(fields=["hook"], condition=Q(what="TEST", last_at=None), name="tests_that_wait"),
            models.Index(fields=["at"], name="deliveries_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.event}"
