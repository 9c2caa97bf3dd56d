"""Answering: saved in parts, sent as a whole, sent back to be corrected; by the union itself, or on its behalf."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import User
from niangjia.asked import reading
from niangjia.asked.enums import May, Standing, State
from niangjia.asked.models import Addressed, Answer, Field, answers_now
from niangjia.asked.parameters import KEPT
from niangjia.asked.queries import filled, sent_fields
from niangjia.flow.api import move
from niangjia.kit.answer import answer
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.unions.api import hearing

BATCH = 1000


def on_behalf_of(addressed: Addressed, by: User) -> bool:
    """Whether somebody gives it for a union that is not her own."""
    return not any(addressed.union_id == seat.union_id or addressed.union_id in seat.within for seat in by.seats)


def _held(addressed: Addressed, by: User) -> Addressed:
    """The row, held until it is written; a sentence if nothing is to be answered any more."""
    row = Addressed.objects.select_for_update(of=("self",)).select_related("request__union", "union").get(pk=addressed.pk)
    if not allows(by, May.ANSWER, row):
        raise Refused(_("You may read this, but the step belongs to another office."))
    if row.round != addressed.round or (row.state, row.request.state) != (Standing.NEW, State.ISSUED):
        raise Overtaken
    return row


def judged(fields: list[Field], said: Mapping[int, str]) -> tuple[dict[int, str], dict[int, str]]:
    """The values as they are kept, and what is wrong with the others, by the numbers of the fields."""
    good, bad = {}, {}
    for one in fields:
        value, fault = reading.read(one.kind, said.get(one.pk, ""), one.choices)
        if fault:
            bad[one.pk] = fault
        else:
            good[one.pk] = value
    return good, bad


@transaction.atomic
def save(addressed: Addressed, said: Mapping[int, str], *, by: User) -> Addressed:
    """Keep what there is so far; what cannot be read is left as it was."""
    row = _held(addressed, by)
    good, _bad = judged([one for one in sent_fields(row.request) if one.pk in said], said)
    row.draft = row.draft | {str(pk): value for pk, value in good.items()}
    Addressed.objects.filter(pk=row.pk).update(draft=row.draft)
    return row


@transaction.atomic
def send(addressed: Addressed, said: Mapping[int, str], *, by: User) -> Addressed:
    """Send the answer: every field that must be there is there and can be read. It stands from now on."""
    row = _held(addressed, by)
    fields = sent_fields(row.request)
    good, bad = judged(fields, said)
    missing = [one.label for one in fields if one.required and one.pk not in bad and not good[one.pk]]
    wrong = [one.label for one in fields if one.pk in bad]
    if missing or wrong:
        raise RuleBroken(_("Still to be filled in, or not readable: %(fields)s.") % {"fields": ", ".join([*wrong, *missing])})
    before, behalf, at = filled([row], fields), on_behalf_of(row, by), now()
    rows = [
        Answer(
            addressed=row, field=one, round=row.round, value=good[one.pk], by=by, given_on=today(), at=at, on_behalf=behalf,
            confirmed=bool(good[one.pk]) and (found := before.get((row.pk, one.pk))) is not None and found.given is not None and found.given.value == good[one.pk],
        )
        for one in fields
    ]  # fmt: skip
    Answer.objects.bulk_create(rows)
    Addressed.objects.filter(pk=row.pk).update(draft={}, sent_on=today(), sent_by=by, on_behalf=behalf)
    move(row, "send", by=by, reason=_("given on its behalf") if behalf else "")
    row.refresh_from_db()
    return row


@transaction.atomic
def send_back(addressed: Addressed, *, reason: str, by: User) -> Addressed:
    """Ask for a correction: what was given stands filled in, and the union sends it anew; what it sent before is kept."""
    row = Addressed.objects.select_for_update(of=("self",)).select_related("request__union", "union").get(pk=addressed.pk)
    if row.request.state != State.ISSUED:
        raise RuleBroken(_("This request is no longer being answered."))
    draft = {str(one.field_id): one.value for one in answers_now(addressed=row)}
    move(row, "return", by=by, reason=reason)
    Addressed.objects.filter(pk=row.pk).update(round=row.round + 1, draft=draft)
    row.refresh_from_db()
    desk = (row.union_id, row.duty)
    tell(
        hearing([desk])[desk],
        "asked-returned",
        facts={"title": row.request.title, "name": row.request.union.short_name, "why": reason},
        url=row.get_absolute_url(),
    )
    return row


def forget() -> int:
    """Empty the answers whose years are over, batch by batch. Answers how many."""
    first = today() - answer(KEPT, today(), ()).value.length()
    done = 0
    while True:
        with transaction.atomic():
            pks = list(Answer.objects.filter(erased=False, given_on__lt=first).order_by("pk").values_list("pk", flat=True)[:BATCH])
            done += Answer.objects.filter(pk__in=pks).update(erased=True, value="")
        if len(pks) < BATCH:
            return done
