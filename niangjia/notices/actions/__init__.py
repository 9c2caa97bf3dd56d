"""Telling people: many messages in one insert; the e-mails follow by a job of the same transaction, so that nobody hears of what was undone."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit.dates import now
from niangjia.notices.actions.short import call, chat, chats, forget_numbers, send_waiting, text
from niangjia.notices.models import Message
from niangjia.notices.wording import NOTED, TEMPLATES, kept

__all__ = [
    "Word",
    "call",
    "chat",
    "chats",
    "forget",
    "forget_numbers",
    "letter",
    "mail",
    "read",
    "read_all",
    "send_waiting",
    "take_note",
    "tell",
    "tell_each",
    "text",
]

BATCH = 200  # e-mails a job


@transaction.atomic
def tell(to: Iterable[User], what: str, *, facts: Mapping[str, Any], url: str = "", urgent: bool = False, receipt: bool = False) -> None:
    """Tell people something, each once. With `receipt` the reader is asked to say that she has taken note."""
    tell_each([Word(to, what, facts, url, urgent, receipt)])


@dataclass(frozen=True)
class Word:
    """Something that some people are told: which template, with which facts."""

    to: Iterable[User]
    what: str
    facts: Mapping[str, Any]
    url: str = ""
    urgent: bool = False
    receipt: bool = False


@transaction.atomic
def tell_each(words: Iterable[Word]) -> None:
    """Tell many things at once, each to its own people: one insert for all of them."""
    at, rows, mailed = now(), [], set()
    for one in words:
        template = TEMPLATES.get(one.what)
        if template is None:
            raise ValueError(f"no message is declared as {one.what!r}: say it in the app's messages.py")
        stored = kept(one.facts)
        template.title(stored), template.text(stored)  # a missing fact fails here, where it was forgotten, not before the reader
        people = {user.pk: user for user in one.to if user.is_active}
        mailed |= {pk for pk, user in people.items() if user.email}
        rows += [
            Message(to=user, what=one.what, facts=stored, url=one.url, at=at, urgent=one.urgent, receipt=one.receipt)
            for user in people.values()
        ]
    sent = Message.objects.bulk_create(rows, batch_size=1000)
    by_mail = [one.pk for one in sent if one.to_id in mailed]
    for start in range(0, len(by_mail), BATCH):
        _defer(by_mail[start : start + BATCH])


def _defer(messages: Sequence[int]) -> None:
    from procrastinate.contrib.django import app

    app.configure_task("notices.mail").defer(messages=list(messages))


@transaction.atomic
def read(one: Message) -> Message:
    """Note that its reader has opened a message; the first time counts."""
    Message.objects.filter(pk=one.pk, read_at=None).update(read_at=now())
    one.refresh_from_db()
    return one


@transaction.atomic
def take_note(one: Message) -> Message:
    """The reader says that she has taken note; the first time counts, and a message taken note of is a read one."""
    at = now()
    Message.objects.filter(pk=one.pk, read_at=None).update(read_at=at)
    first = Message.objects.filter(pk=one.pk, receipt=True, noted_at=None).update(noted_at=at)
    one.refresh_from_db()
    if first and one.what in NOTED:
        NOTED[one.what](one)
    return one


def answered(user: User, url: str, *what: str) -> int:
    """She has said in another place that she has it: messages of these kinds about a thing wait for her receipt no more. Answers how many did."""
    waits = Message.objects.filter(to=user, url=url, what__in=what, receipt=True, noted_at=None)
    return waits.update(noted_at=now(), read_at=Coalesce("read_at", now()))


@transaction.atomic
def read_all(user: User) -> int:
    """Mark all of a person's messages as read, but for those that wait for her receipt."""
    return Message.objects.filter(to=user, read_at=None, receipt=False).update(read_at=now())


def mail(messages: Iterable[int]) -> int:
    """Send the e-mails of messages that have none yet. Answers how many could not be sent; each fault stands on its message."""
    waiting = Message.objects.filter(pk__in=list(messages), mailed_at=None).select_related("to").order_by("pk")
    failed = 0
    connection = get_connection()
    for one in waiting:
        if not one.to.email:
            continue
        try:
            letter(one, connection).send()
        except OSError as fault:  # the SMTP library's own exceptions are OSErrors
            failed += 1
            logging.getLogger(__name__).warning("an e-mail could not be sent: %s", type(fault).__name__)  # its words name the recipient
            Message.objects.filter(pk=one.pk).update(mail_fault=str(fault)[:200])
        else:
            Message.objects.filter(pk=one.pk).update(mailed_at=now(), mail_fault="")
    return failed


def letter(one: Message, connection: Any = None) -> EmailMessage:
    """The e-mail of a message, in its reader's language: the title and where to read on; what is personal stays in the house."""
    with translation.override(one.to.language or settings.LANGUAGE_CODE):
        title = " ".join(TEMPLATES[one.what].title(one.facts).split())
        subject = _("Urgent: %(title)s") % {"title": title} if one.urgent else title
        house = next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
        words = [
            _("Dear %(name)s,") % {"name": one.to.name},
            title,
            _("Please sign in and say that you have taken note.") if one.receipt else _("Please sign in to read it."),
            f"{house}{one.get_absolute_url()}" if house else "",
            _("%(house)s, Niangjia. Sent by the system; replies are not read.") % {"house": settings.FEDERATION},
        ]
        return EmailMessage(subject, "\n\n".join(filter(None, words)), None, [one.to.email], connection=connection)


@transaction.atomic
def forget(users: Iterable[int]) -> int:
    """Destroy the messages of people whose files are erased. Answers how many."""
    return Message.objects.filter(to__in=list(users)).delete()[0]
