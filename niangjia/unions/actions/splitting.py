"""A split is approved: the new unions stand from its day, with their units and officers, as one act; higher floors carry the members over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import move, record, wind, works
from niangjia.kit.answer import asking
from niangjia.kit.dates import at as moment
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.unions import actions
from niangjia.unions.actions.ending import end_of
from niangjia.unions.actions.entries import entries_change
from niangjia.unions.actions.force import hold_tree
from niangjia.unions.actions.spells import settle_employers
from niangjia.unions.actions.splits import nothing_else_runs, taking, tell_of
from niangjia.unions.actions.vacant import chair_stands
from niangjia.unions.enums import OF_ONE_UNIT, Duty
from niangjia.unions.models import Cover, Office, Parentage, Split, SplitPart, Union
from niangjia.unions.parameters import SPLIT_SETTLE
from niangjia.unions.queries import answerable
from niangjia.unions.splits import Plan, joined


@transaction.atomic
def approve(one: Split, *, on: date, approval_no: str, by: User) -> Split:
    """The union above approves it (Trade Union Law 2021, arts 12, 13): from that day the new unions stand. There is no way back but by a merger."""
    row = taking(one, "approve", by)
    assert row.decided_on is not None
    if not row.decided_on <= on <= today():
        raise RuleBroken(_("The approval lies between the decision of the union, %(day)s, and today.") % {"day": row.decided_on})
    if not approval_no.strip():
        raise RuleBroken(_("Write the number of the approval, as on the paper: it is asked for when the union registers."))
    hold_tree()
    plan, old = Plan(row), row.union
    if hard := [remark for remark in plan.against() if remark.hard]:
        raise RuleBroken(joined(hard))
    nothing_else_runs(row)
    until = asking(old, on)(SPLIT_SETTLE).after(moment(on), works()).date()
    Split.objects.filter(pk=row.pk).update(approved_on=on, approval_no=approval_no.strip(), settle_by=until)
    row.refresh_from_db()
    _leave(row, plan, on)
    offices = {part.pk: [going.office for going in part.leaving if going.office.until is None] for part in plan.parts}
    _end_offices([office for those in offices.values() for office in those], on, by)
    words = f"{row.reference} {row.approval_no}"
    if row.ends:
        end_of(old, on)
        Union.objects.filter(pk=old.pk).update(closed_on=on, chair_by=None)
        old.refresh_from_db()
        move(old, "divide", by=by, reason=words, house=True)
    for part in plan.parts:
        _stand(row, part, on, by)
        _seat(part, offices[part.pk], on, by)
    if not row.ends:
        record("unions.union", [old.pk], "part", by=by, reason=f"{words} {plan.names}")
        if any(office.duty == Duty.CHAIR for those in offices.values() for office in those):
            chair_stands(old, on)
            entries_change(old)
    settle_employers(plan.assigned)
    move(row, "approve", by=by)  # the members go along, by the reaction of their floor
    people = [*answerable(old, "chair"), *(person for part in plan.parts for person in answerable(part.union, "chair"))]
    told = {person.pk: person for person in people if person.pk != by.pk}
    tell_of(row, list(told.values()), "split-approved", parts=plan.names, day=str(on), until=str(until))
    return row


def _leave(row: Split, plan: Plan, on: date) -> None:
    """Units that go to a part are no longer covered by the union."""
    going = Cover.objects.filter(union=row.union, until=None, employer__in=plan.assigned)
    going.filter(since__lt=on).update(until=on)
    going.filter(until=None).delete()


def _end_offices(those: Sequence[Office], on: date, by: User) -> None:
    """Whoever goes along holds her office in the union no more; who stands in for her neither. One that began on the day itself is as if it had not been."""
    for office in those:
        stand_ins: Any = Office.objects.filter(delegated_by=office, until__gt=on)
        stand_ins.filter(since__lt=on).update(until=on)
        if office.since < on:
            Office.objects.filter(pk=office.pk).update(until=on)
            note([("office ended", "unions.union", office.union_id, f"{office.duty}: {office.name}"[:200])], by=by)


def _stand(row: Split, part: SplitPart, on: date, by: User) -> None:
    """One new union stands: founded by the approval of the split, for the rest of the term of those who go along."""
    units = [unit.employer for unit in part.going]  # type: ignore[attr-defined]  # read by the plan
    own = units[0] if part.kind in OF_ONE_UNIT else None
    facts = actions.Facts(part.name, part.kind, part.short_name, row.union.term_years, employer=own, units=units)
    made = actions.found(row.above, facts, by=by)
    Parentage.objects.filter(child=made).update(since=on, basis=f"{row.reference} {row.approval_no}"[:200])
    Cover.objects.filter(union=made).update(since=on)
    made = actions.approve(made, on=on, approval_no=row.approval_no, by=by)
    if row.union.term_end and on < row.union.term_end < (made.term_end or row.union.term_end):
        Union.objects.filter(pk=made.pk).update(term_end=row.union.term_end, term_no=row.union.term_no, division=row.union.division)
        made.refresh_from_db()
        wind(made)
    SplitPart.objects.filter(pk=part.pk).update(union=made)
    part.union = made


def _seat(part: SplitPart, those: Sequence[Office], on: date, by: User) -> None:
    """Those who go along hold the same office in the new union; without a chair among them it is vacant."""
    assert part.union is not None
    for office in those:
        actions.appoint(
            part.union, name=office.name, duty=office.duty, post=office.post, served=office.served, since=on, user=office.user,
            approval_no=part.split.approval_no, by=by,
        )  # fmt: skip
    chair_stands(part.union, on)
