"""A union is split: it is drafted and sent up by the union, decided by the one above, done as one act on its day, and settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import Source, attach
from niangjia.flow.api import move, start
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.unions import rules
from niangjia.unions.actions.units import Unit, employers_of
from niangjia.unions.enums import GRASSROOTS, Kind, May, State
from niangjia.unions.enums_life import Splitting
from niangjia.unions.flow import SPLIT_FLOW
from niangjia.unions.models import Election, Office, Split, SplitOffice, SplitPart, SplitUnit, Union, place_of
from niangjia.unions.models.elections import DONE as ELECTED
from niangjia.unions.queries import answerable
from niangjia.unions.splits import Plan, joined

SPLITS = (State.NORMAL, State.OVERDUE, State.DORMANT)


@dataclass(frozen=True)
class Said:
    """What is said of a split: whether the union ends by it, why, what was decided, and how funds and property are shared out."""

    why: str
    ends: bool = False
    organ: str = ""
    decided_on: date | None = None
    decision_no: str = ""
    entitled: int | None = None
    present: int | None = None
    ayes: int | None = None
    assets: str = ""


@transaction.atomic
def begin(union: Union, said: Said, *, by: User) -> Split:
    """Begin to split a grassroots union. Nobody may split a union at will: it decides itself, and the union above approves (Trade Union Law 2021, arts 12, 13)."""
    if not allows(by, May.EDIT, union):
        raise Refused(_("A split is prepared by the union itself, or by an organisation office above."))
    if union.kind not in GRASSROOTS or union.parent is None:
        raise RuleBroken(_("A grassroots union can be split; federations are divided and merged by a reorganisation."))
    if union.state not in SPLITS:
        raise RuleBroken(_("%(union)s stands at “%(state)s”; it cannot be split now.") % {"union": union, "state": union.get_state_display()})  # fmt: skip
    facts = _sound(said)
    try:
        with transaction.atomic():
            made = Split.objects.create(
                reference=next_reference(Split, "FL"), **place_of(union), above=union.parent, made_by=by, made_at=now(), **facts,
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(_("A split of %(union)s is under way already. Go on with that one.") % {"union": union}) from None
    start(made, by=by)
    return made


def _sound(said: Said) -> dict[str, Any]:
    """The facts with what goes together; RuleBroken where it does not."""
    if not said.why.strip():
        raise RuleBroken(_("Write why the union is split: whoever decides reads it first."))
    if said.decided_on is not None:
        if said.decided_on > today():
            raise RuleBroken(_("The day of the decision lies ahead; record it when it has been taken."))
        if not said.organ or not said.decision_no.strip():
            raise RuleBroken(_("Write who decided, and the number or title of the minutes."))
        if said.entitled is None or said.present is None or said.ayes is None:
            raise RuleBroken(_("Write how many were entitled, how many came, and how many agreed."))
        if not said.ayes <= said.present <= said.entitled:
            raise RuleBroken(_("No more can agree than came, and no more come than are entitled. Look which number is wrong."))
    return asdict(said) | {"why": said.why.strip(), "decision_no": said.decision_no.strip(), "assets": said.assets.strip()}


def hold_row(one: Split, *states: str) -> Split:
    """Hold a split until the step is taken; who comes second is told that it stands elsewhere."""
    row = Split.objects.select_for_update(of=("self",)).select_related("union", "above").get(pk=one.pk)
    if row.state != one.state:
        raise Overtaken
    if states and row.state not in states:
        raise RuleBroken(_("It has been sent up; “Take the split back” makes it a draft again."))
    return row


def taking(one: Split, verb: str, by: User) -> Split:
    """Hold a split for a step: IllegalStep if it is none from where it stands, Refused if it is another office's."""
    row = hold_row(one)
    if not allows(by, SPLIT_FLOW.step(verb, row.state).who, row):
        raise Refused(_("You may read this, but the step belongs to another office."))
    return row


def drafting(one: Split, by: User) -> Split:
    """Hold a draft for a change."""
    if not allows(by, May.SPLIT, one):
        raise Refused(_("You may read this, but the step belongs to another office."))
    return hold_row(one, Splitting.DRAFT)


@transaction.atomic
def amend(one: Split, said: Said, *, by: User) -> Split:
    """Say it otherwise while it is a draft."""
    row = drafting(one, by)
    Split.objects.filter(pk=row.pk).update(**_sound(said))
    row.refresh_from_db()
    return row


@transaction.atomic
def add_part(one: Split, *, name: str, kind: str, short_name: str = "", by: User) -> SplitPart:
    """One more union comes of it."""
    row = drafting(one, by)
    if kind not in GRASSROOTS or not rules.may_lead(row.above.kind, kind):
        raise RuleBroken(_("%(below)s cannot stand under %(above)s.") % {"below": Kind(kind).label, "above": row.above.get_kind_display()})
    name = name.strip()
    if row.parts.filter(name=name).exists():
        raise RuleBroken(_("There is a part with this name already."))
    return SplitPart.objects.create(split=row, name=name, kind=kind, short_name=short_name.strip() or name.removesuffix("工会委员会")[:60])


@transaction.atomic
def drop_part(part: SplitPart, *, by: User) -> None:
    """A union does not come of it after all; what went to it goes nowhere again."""
    drafting(part.split, by)
    part.delete()


@transaction.atomic
def give_units(part: SplitPart, units: Sequence[Unit], *, by: User) -> int:
    """Units go to a part: such as the union covers, or that are new by the split. A unit that went to another part goes to this one. Answers how many."""
    row = drafting(part.split, by)
    those = {one.pk: one for one in employers_of(units, row.union)}
    held = set(part.units.filter(employer__in=those).values_list("employer", flat=True))
    row.units.filter(employer__in=those).exclude(part=part).delete()
    made = [SplitUnit(split=row, part=part, employer=one) for pk, one in those.items() if pk not in held]
    SplitUnit.objects.bulk_create(made)
    return len(made)


@transaction.atomic
def take_unit(unit: SplitUnit, *, by: User) -> None:
    """A unit stays where it is."""
    drafting(unit.split, by)
    unit.delete()


@transaction.atomic
def give_offices(part: SplitPart, offices: Sequence[Office], *, by: User) -> int:
    """Officers go along to a part, in the office that they hold. Answers how many."""
    row = drafting(part.split, by)
    there = set(row.offices.values_list("office", flat=True))
    fresh = [one for one in offices if one.pk not in there and one.union_id == row.union_id]
    SplitOffice.objects.bulk_create([SplitOffice(split=row, part=part, office=one) for one in fresh])
    return len(fresh)


@transaction.atomic
def take_office(office: SplitOffice, *, by: User) -> None:
    """An officer stays."""
    drafting(office.split, by)
    office.delete()


@transaction.atomic
def send(one: Split, *, by: User) -> Split:
    """Send it up. What is missing keeps it back; higher floors say so too, by RuleBroken, of the members who would be left."""
    row = taking(one, "send", by)
    plan = Plan(row)
    if hard := [remark for remark in plan.against() if remark.hard]:
        raise RuleBroken(joined(hard))
    nothing_else_runs(row)
    move(row, "send", by=by, reason=row.why)
    tell_of(row, answerable(row.above, "organisation"), "split-to-decide", parts=plan.names)
    return row


def nothing_else_runs(row: Split) -> None:
    """RuleBroken while an election of the union runs, or other unions stand under one that ends."""
    if (poll := Election.objects.filter(union=row.union).exclude(state__in=ELECTED).first()) is not None:
        raise RuleBroken(_("%(reference)s, an election of this union, is under way. Bring it to its end first.") % {"reference": poll})
    if row.ends and row.union.children.exclude(state=State.ABOLISHED).exists():
        raise RuleBroken(_("Unions still stand under this one. Move them first; members then go with their unions."))


@transaction.atomic
def recall(one: Split, *, by: User) -> Split:
    """The union takes it back before it was decided."""
    row = taking(one, "recall", by)
    move(row, "recall", by=by)
    tell_of(row, answerable(row.above, "organisation"), "split-recalled")
    return row


@transaction.atomic
def give_back(one: Split, *, reason: str, by: User) -> Split:
    """The union above sends it back to be mended."""
    row = taking(one, "return", by)
    move(row, "return", by=by, reason=reason)
    tell_of(row, answerable(row.union, "chair"), "split-returned", why=reason.strip())
    return row


@transaction.atomic
def refuse(one: Split, *, reason: str, by: User) -> Split:
    """The union above does not agree."""
    row = taking(one, "refuse", by)
    move(row, "refuse", by=by, reason=reason)
    tell_of(row, answerable(row.union, "chair"), "split-refused", why=reason.strip())
    return row


@transaction.atomic
def give_up(one: Split, *, reason: str, by: User) -> Split:
    """The union gives it up."""
    row = taking(one, "give-up", by)
    move(row, "give-up", by=by, reason=reason)
    return row


@transaction.atomic
def settle(
    one: Split, *, on: date, settlement: str, account_closed_on: date | None = None, cancelled_on: date | None = None, paper: Source | None = None, name: str = "",
    by: User,
) -> Split:  # fmt: skip
    """Funds, property and debts have gone where it was decided; with the paper that says so, and of a union that ended the end of its legal person."""
    row = taking(one, "settle", by)
    if not settlement.strip():
        raise RuleBroken(_("Write what went to which union; that there was nothing, if there was nothing."))
    if paper is None:
        raise RuleBroken(_("Add the paper by which it was shared out, signed by the unions."))
    assert row.approved_on is not None
    days = (on, account_closed_on, cancelled_on)
    if any(day is not None and not row.approved_on <= day <= today() for day in days):
        raise RuleBroken(_("Each day lies between the split, %(day)s, and today.") % {"day": row.approved_on})
    if row.ends and row.union.uscc and cancelled_on is None:
        raise RuleBroken(_("The union is a legal person: write on which day that was cancelled."))
    Split.objects.filter(pk=row.pk).update(
        settled_on=on, settlement=settlement.strip(), account_closed_on=account_closed_on if row.ends else None, cancelled_on=cancelled_on if row.ends else None
    )  # fmt: skip
    if row.ends and cancelled_on:
        Union.objects.filter(pk=row.union_id).update(legal_until=cancelled_on)
    row.refresh_from_db()
    attach(row, paper, name=name or _("Settlement"), purpose=_("Settlement"), by=by)
    move(row, "settle", by=by)
    return row


def tell_of(row: Split, people: Sequence[User], what: str, **more: object) -> None:
    """Tell some people of a split."""
    facts = {"reference": row.reference, "union": row.union.short_name, **more}
    tell(list(people), what, facts=facts, url=row.get_absolute_url())
