"""Putting notices up, taking objections, answering them: each one transaction, in the name of one person or of the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.gazette import rules
from niangjia.gazette.enums import CONTACT, Channel, May, Raised, State
from niangjia.gazette.kinds import KINDS
from niangjia.gazette.models import Notice, Objection
from niangjia.gazette.parameters import FORGET
from niangjia.kit import crypt
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell


@dataclass(frozen=True)
class Sheet:
    """What a notice shows: names as they may be shown (part K), and no number of a person, a card or a mobile."""

    title: str
    text: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    signed: str = ""  # who puts it up; the union's own name, unless said
    call: str = ""  # the telephone for objections


@transaction.atomic
def post_up(thing: Model, *, what: str, sheet: Sheet, union: Any, by: User) -> Notice:
    """Put a notice about a thing on show; its days begin on the day after, and count as its kind says.

    The caller has asked whether she may. RuleBroken if nothing stands on it, if a line has more or fewer cells than there are heads, if a
    number of a person stands on it, or if one of this kind about this thing is on show already; ValueError if the kind is not declared.
    """
    kind = KINDS.get(what)
    if kind is None:
        raise ValueError(f"no kind of notice is declared as {what!r}")
    columns, rows = [str(one).strip() for one in sheet.columns], [[str(cell).strip() for cell in row] for row in sheet.rows]
    _fit_to_show(sheet, columns, rows)
    try:
        with transaction.atomic():
            made = Notice.objects.create(
                reference=next_reference(Notice, "GS"), kind=thing._meta.label_lower, thing_id=thing.pk, what=what, duty=kind.duty,
                union_id=union.pk, township_id=union.township_id, county_id=union.county_id, signed=sheet.signed or union.name,
                title=sheet.title.strip(), text=sheet.text.strip(), columns=columns, rows=rows, call=sheet.call.strip(), posted_at=now(), by=by,
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(_("A notice of this kind is on show already; take it down first, or wait for its end.")) from None
    start(made, by=by)
    return made


def _fit_to_show(sheet: Sheet, columns: list[str], rows: list[list[str]]) -> None:
    if not sheet.title.strip() or not sheet.text.strip():
        raise RuleBroken(_("A notice has a title and says what is shown and why."))
    for n, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise RuleBroken(
                _("Line %(n)d of the list has %(has)d cells under %(wants)d heads. Nothing was put up.")
                % {"n": n, "has": len(row), "wants": len(columns)}
            )
        if any(map(rules.tells_a_number, row)):
            raise RuleBroken(
                _(
                    "Line %(n)d of the list holds what looks like an identity number, a bank card or a mobile. The public is never shown one."
                )
                % {"n": n}
            )
    if any(rules.tells_a_number(text) for text in (sheet.title, sheet.text, *columns)):
        raise RuleBroken(
            _("The text holds what looks like an identity number, a bank card or a mobile. The public is never shown one; take it out.")
        )


@transaction.atomic
def finish(notice: Notice) -> Notice:
    """Its days are over: whatever waits for it goes on, unless objections are still open; then it waits for their answers."""
    locked = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    waits = locked.objections.filter(state=Raised.OPEN).exists()
    if locked.state == State.UP and waits:
        move(locked, "hold", by=None)
    elif locked.running and not waits:
        Notice.objects.filter(pk=locked.pk).update(ended_at=now())
        locked.refresh_from_db()
        move(locked, "end", by=None)
    return locked


@transaction.atomic
def withdraw(notice: Notice, *, reason: str, by: User) -> Notice:
    """Take it down before its end: nothing it was for goes on by itself, and who objected reads why."""
    Notice.objects.filter(pk=notice.pk, ended_at=None).update(ended_at=now())
    move(notice, "withdraw", by=by, reason=reason)
    for one in notice.objections.select_for_update().filter(state=Raised.OPEN).order_by("pk"):
        Objection.objects.filter(pk=one.pk).update(
            answered_at=now(), answer=_("The notice was taken down: %(why)s") % {"why": reason.strip()}
        )
        one.refresh_from_db()
        move(one, "moot", by=None)
    notice.refresh_from_db()
    return notice


@transaction.atomic
def object_to(
    notice: Notice, *, text: str, row: int | None = None, contact: str = "", key: UUID | None = None, channel: str = Channel.ONLINE, by: User | None = None
) -> Objection:  # fmt: skip
    """Somebody says what is not right; she may leave out who she is. Sent twice with the same key it is one.

    RuleBroken if its days are over, if nothing is said, or if the list has no such line. With `by` an office writes down what was said to it.
    """
    if key is not None and (sent := Objection.objects.filter(word=key).first()) is not None:
        return sent
    if by is not None and not allows(by, May.RECORD, notice):
        raise Refused(_("Objections are written down by the office that answers for this notice."))
    locked = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if locked.state != State.UP and not (by is not None and locked.running):
        raise RuleBroken(_("The days of this notice are over. Tell the union that has put it up; its telephone stands on the page."))
    if not text.strip():
        raise RuleBroken(_("Say what is not right, in a sentence or two."))
    if row is not None and not 1 <= row <= len(locked.rows):
        raise RuleBroken(_("The list has %(n)d lines; name one of them, or leave it empty.") % {"n": len(locked.rows)})
    made = Objection.objects.create(
        word=key or uuid4(), reference=next_reference(Objection, "YY"), notice=locked, duty=locked.duty, union_id=locked.union_id,
        township_id=locked.township_id, county_id=locked.county_id, row=row, text=text.strip(), channel=channel,
        contact_sealed=crypt.seal_one(contact.strip(), CONTACT) if contact.strip() else None, raised_at=now(), taken_by=by,
    )  # fmt: skip
    start(made, by=by)
    tell([locked.by], "objection-raised", facts={"title": locked.title, "reference": made.reference}, url=made.get_absolute_url())
    return made


@transaction.atomic
def answer(one: Objection, verb: str, *, text: str, by: User) -> Objection:
    """Answer in writing whether it is right; the last answer after its days ends the notice."""
    if not text.strip():
        raise RuleBroken(_("Write what was found: whoever objected reads it word for word."))
    if not allows(by, May.ANSWER, one):
        raise Refused(_("Objections are answered by the office that answers for this notice."))
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=one.notice_id)
    if not Objection.objects.filter(pk=one.pk, state=Raised.OPEN).update(answer=text.strip(), answered_at=now(), answered_by=by):
        raise Overtaken
    move(one, verb, by=by)
    one.refresh_from_db()
    if notice.state == State.ASKED:
        finish(notice)
    return one


@transaction.atomic
def disclose(one: Objection, *, why: str, by: User) -> str:
    """How whoever objected can be reached; who looked, and why, is written down first."""
    if not why.strip():
        raise RuleBroken(_("Say why you need to see it: your reason is kept with your name."))
    if one.contact_sealed is None:
        raise Overtaken
    note([("revealed", "gazette.objection", one.pk, why.strip()[:200])], by=by)
    return crypt.unseal(one.contact_sealed, CONTACT)


@transaction.atomic
def forget_contacts() -> int:
    """Forget how people who objected can be reached, some time after the answer (Personal Information Protection Law 2021, art. 47)."""
    gone = [
        one.pk
        for one in Objection.objects.filter(contact_sealed__isnull=False, answered_at__isnull=False).order_by("pk").iterator()
        if one.answered_at and one.answered_at < now() - timedelta(days=asking(one, today())(FORGET).count)
    ]
    return Objection.objects.filter(pk__in=gone).update(contact_sealed=None)
