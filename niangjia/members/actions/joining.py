"""Joining by the union's code: the code is hung out, people send what is needed, the union decides."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import blank_reasons, move, start
from niangjia.kit import crypt
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.faults import name_fault, phone_fault
from niangjia.kit.ids import narrow
from niangjia.kit.who import allows
from niangjia.members import rules
from niangjia.members.actions.erasing import blank
from niangjia.members.actions.life import Facts, apply, approve, correct, joined_in, may_be_joined
from niangjia.members.asked import known_of, numbers
from niangjia.members.enums import ASKED_ID, ASKED_PHONE, Asked, How, May, Paper, State
from niangjia.members.models import Application, JoinCode
from niangjia.members.notice import EDITION
from niangjia.members.papers import EIGHTEEN, read
from niangjia.members.parameters import FORGET, YOUNGEST
from niangjia.notices.api import tell
from niangjia.unions.api import hearing
from niangjia.unions.models import Union, place_of

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another one
LENGTH = 10


@transaction.atomic
def open_code(union: Union, *, by: User, word: str = "") -> JoinCode:
    """Hang out a code; the one before stops at once, so that a lost or copied sheet opens nothing any more. Its word is drawn; the demo city gives its own."""
    _may(union, by)
    may_be_joined(union)
    _close(union, by)
    try:
        with transaction.atomic():
            drawn = "".join(secrets.choice(LETTERS) for _n in range(LENGTH))
            return JoinCode.objects.create(union=union, word=word or drawn, opened_at=now(), opened_by=by)
    except IntegrityError:
        raise Overtaken from None


@transaction.atomic
def close_code(union: Union, *, by: User) -> None:
    """Take the code down: whoever scans it is told to ask the union."""
    _may(union, by)
    if not _close(union, by):
        raise Overtaken


def _may(union: Union, by: User) -> None:
    if not allows(by, May.APPLY, union):
        raise Refused(_("The code is hung out by the union's chair, or by the organisation office above."))


def _close(union: Union, by: User) -> int:
    return JoinCode.objects.filter(union=union, closed_at=None).update(closed_at=now(), closed_by=by)


@dataclass(frozen=True)
class Sent:
    """What an applicant sends: the least that is needed, and nothing about origin, faith or marriage."""

    name: str
    number: str
    phone: str
    work: str
    job: str = ""
    department: str = ""
    migrant: bool = False
    paper: str = Paper.ID
    sex: str = ""  # of papers whose number does not say it
    born: date | None = None


@transaction.atomic
def send_in(code: JoinCode, key: UUID, facts: Sent) -> Application:
    """Somebody asks to join. The answer is the same whether the number is known or not: only the union that decides is told.

    Whoever has agreed to another edition of the notice than the one in force is shown the form again by the page. RuleBroken if the code is
    closed or she is too young to be employed (Labour Law 1994, art. 15).
    """
    union = code.union
    if code.closed_at is not None or not joined_in(union):
        raise RuleBroken(_("This code is no longer in use. Ask your union for the new one."))
    if (sent := Application.objects.filter(word=key).first()) is not None:
        return sent
    phone = narrow(facts.phone)
    if fault := name_fault(facts.name) or phone_fault(phone):
        raise RuleBroken(fault)
    shown = read(facts.paper, facts.number, facts.sex, facts.born)
    number = shown.number
    beside = {} if shown.paper in EIGHTEEN else {"sex": shown.sex, "born_on": shown.born}
    youngest = asking(union, today())(YOUNGEST)
    if not rules.of_age(shown.born, today(), youngest):
        raise RuleBroken(
            _("Who joins a union works, and nobody under %(years)d may be employed. Look whether the number is right.")
            % {"years": youngest}
        )
    made = Application.objects.create(
        **place_of(union), code=code, word=key, made_at=now(), name="".join(facts.name.split()),
        paper=shown.paper, **beside, number_sealed=crypt.seal_one(number, ASKED_ID), number_hash=crypt.blind_one(number, ASKED_ID), phone_sealed=crypt.seal_one(phone, ASKED_PHONE),
        work=facts.work, job=facts.job.strip(), department=facts.department.strip(), migrant=facts.migrant, notice=EDITION,
    )  # fmt: skip
    start(made, by=None)
    if (
        not Application.objects.filter(union=union, state=Asked.SENT).exclude(pk=made.pk).exists()
    ):  # a whole shift that scans is one message
        desk = (union.pk, "chair")
        tell(hearing([desk])[desk], "application-arrived", facts={"union": union.short_name}, url=made.get_absolute_url())
    return made


@transaction.atomic
def admit(one: Application, *, on: date, by: User) -> Application:
    """The committee takes her in: she is entered in the register and counts from that day. What she sent a second time is decided with it."""
    _whole(one)
    number, phone = numbers(one)
    facts = Facts(
        one.name, number, phone, How.SCAN, one.work, one.migrant, one.job, one.department, paper=one.paper, sex=one.sex, born=one.born_on
    )
    _decided(one, "admit", by=by)
    made = approve(apply(one.union, facts, by=by), on=on, by=by)
    Application.objects.filter(pk=one.pk).update(membership=made)
    _twins(one)
    one.refresh_from_db()
    return one


@transaction.atomic
def complete(one: Application, *, by: User) -> Application:
    """Whoever wrote is a member of this union already: her phone and her work are entered as she wrote them. What she sent twice is decided with it.

    RuleBroken if the number is no member's here, or stands under another name: then it may be somebody else's.
    """
    _whole(one)
    known = known_of(one)
    held = known.membership
    if known.other_name or held is None or held.union_id != one.union_id or held.state not in (State.MEMBER, State.LEAVING):
        raise RuleBroken(
            _("No member of this union stands under this name and number. Compare both with the card, and admit or refuse it.")
        )
    _number, phone = numbers(one)
    said = {name: value for name, value in (("job", one.job), ("department", one.department)) if value}
    correct(held, phone=phone, work=one.work, migrant=one.migrant, by=by, **said)
    _decided(one, "complete", by=by)
    _twins(one)
    one.refresh_from_db()
    return one


def _twins(one: Application) -> None:
    """What was sent a second time is decided with the first."""
    twins = Application.objects.select_for_update().filter(union=one.union, number_hash=one.number_hash, state=Asked.SENT)
    for twin in twins.order_by("pk"):
        _decided(twin, "twice", by=None)


@transaction.atomic
def refuse(one: Application, *, reason: str, by: User) -> Application:
    """The committee does not take her in; she reads why on the page under which she follows it."""
    _whole(one)
    _decided(one, "refuse", by=by, reason=reason, answer=reason.strip()[:500])
    return one


@transaction.atomic
def withdraw(one: Application) -> Application:
    """She thinks better of it; whoever has the address may."""
    _decided(one, "withdraw", by=None)
    return one


def _whole(one: Application) -> None:
    if one.erased_at is not None:
        raise Overtaken


def _decided(one: Application, verb: str, *, by: User | None, reason: str = "", **facts: str) -> None:
    """The moment first, because what is decided says when."""
    Application.objects.filter(pk=one.pk, state=Asked.SENT).update(decided_at=now(), **facts)
    move(one, verb, by=by, reason=reason)
    one.refresh_from_db()


@transaction.atomic
def disclose_application(one: Application, what: str, *, why: str, by: User) -> str:
    """Show the number or the phone to somebody whom the caller has let in; who looked, and why, is written down first."""
    if not why.strip():
        raise RuleBroken(_("Say why you need to see it: your reason is kept with your name."))
    _whole(one)
    note([("revealed", "members.application", one.pk, why.strip()[:200])], by=by)
    return numbers(one)[0 if what == "id" else 1]


@transaction.atomic
def forget_applications() -> int:
    """Erase who asked, some weeks after the decision (Personal Information Protection Law 2021, art. 47): that somebody asked stays."""
    gone = [
        one.pk
        for one in Application.objects.filter(erased_at=None, decided_at__isnull=False).select_related("union").order_by("pk").iterator()
        if one.decided_at and one.decided_at < now() - timedelta(days=asking(one.union, today())(FORGET).count)
    ]
    blank_reasons("members.application", gone)
    return blank(gone)
