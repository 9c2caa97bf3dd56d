"""The good rows of an organisation sheet into the tree, all in one transaction: as many statements for ten thousand as for ten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from niangjia.access.models import User
from niangjia.flow.api import record, start_each, wind
from niangjia.kit.answer import asking
from niangjia.kit.bulk import write_many
from niangjia.kit.dates import now, today
from niangjia.kit.names import reading, tokens
from niangjia.unions.actions.entries import ENTERED, entries_change
from niangjia.unions.actions.spells import settle_employers
from niangjia.unions.enums import State
from niangjia.unions.importing.fields import DAYS, NUMBERS, UNION, UNIT
from niangjia.unions.models import Body, Cover, Employer, EmployerChange, Parentage, SheetImport, SheetRow, Union
from niangjia.unions.parameters import TERM_LONG
from niangjia.unions.rules import level_under
from niangjia.unions.rules.sheets import NEW, ONE_UNIT, Judged

SIZE = 1000  # rows a statement
WOUND = {"term_start", "term_end", "term_years", "legal_until", "uscc"}  # what a clock may hang on
Pair = tuple[SheetRow, Judged]


@dataclass
class Written:
    """What a take-over has made, so that rows can note it."""

    employers: dict[str, int] = field(default_factory=dict)  # by credit code
    unions: dict[int, Union] = field(default_factory=dict)  # by the place of the row that speaks of it


def value(where: str, text: str) -> Any:
    """What a sheet says, as the register keeps it."""
    if where in DAYS:
        return date.fromisoformat(text) if text else None
    return int(text or 0) if where in NUMBERS else text


def lock() -> None:
    """One sheet writes at a time, and no reorganisation comes into force meanwhile."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('unions.code')), pg_advisory_xact_lock_shared(hashtext('unions.tree'))")


def write(batch: SheetImport, pairs: Sequence[Pair], good: Sequence[int], *, by: User) -> None:
    """Write the good rows, by their places among all that were judged; called inside the transaction in which they were."""
    done = Written()
    those = [(i, *pairs[i]) for i in good]
    for _i, row, _one in those:
        row.made, row.before = {}, {}
    unions = Union.objects.in_bulk(
        {one.union for _i, _row, one in those if one.union} | {one.parent for _i, _row, one in those if one.parent}
    )
    fresh = [(i, row, one) for i, row, one in those if one.verdict == NEW and one.first is None]
    _make_employers(those, unions, done)
    _change_employers(those, batch, by=by)
    _make_unions(batch, fresh, unions, done, by=by)
    _change_unions([(row, one) for _i, row, one in those if one.union and one.first is None and one.union_new], unions, batch, by=by)
    _cover(those, unions, done)
    for i, row, one in those:
        made = done.unions.get(i if one.first is None else one.first)
        row.union_id = made.pk if made else one.union
        row.taken = True
    write_many([row for _i, row, _one in those], ["made", "before", "union", "taken"])
    settle_employers({row.made.get("employer") or one.unit_pk for _i, row, one in those if one.covers or row.made})


def _make_employers(those: Sequence[tuple[int, SheetRow, Judged]], unions: Mapping[int, Union], done: Written) -> None:
    """Employers that the register does not know stand where the union stands that covers them."""
    made: dict[str, tuple[SheetRow, Employer]] = {}
    for _i, row, one in those:
        if one.unit and one.unit_pk is None and one.unit not in made:
            near = unions[one.union or one.parent or 0]
            facts = {UNIT[where]: value(where, text) for where, text in one.unit_new.items()}
            made[one.unit] = (
                row, Employer(uscc=one.unit, division_id=near.division_id, county_id=near.county_id, township_id=near.township_id, **facts)
            )  # fmt: skip
    Employer.objects.bulk_create([employer for _row, employer in made.values()], batch_size=SIZE)
    for code, (row, employer) in made.items():
        row.made["employer"] = done.employers[code] = employer.pk


def _change_employers(those: Sequence[tuple[int, SheetRow, Judged]], batch: SheetImport, *, by: User) -> None:
    changed = {one.unit_pk: (row, one) for _i, row, one in those if one.unit_pk and one.unit_new}
    known = Employer.objects.select_for_update(of=("self",)).in_bulk(changed)
    columns = set()
    for pk, (row, one) in changed.items():
        row.before["employer"] = {"pk": pk, **set_(known[pk], {UNIT[where]: value(where, text) for where, text in one.unit_new.items()})}
        columns |= {UNIT[where] for where in one.unit_new}
    if columns:
        write_many(list(known.values()), sorted(columns))
        told({pk: row.before["employer"] for pk, (row, _one) in changed.items() if pk}, batch.file_name, by=by)


def told(changed: Mapping[int, Mapping[str, Any]], reason: str, *, by: User) -> None:
    """A line in the story of each employer that was changed."""
    at = now()
    EmployerChange.objects.bulk_create(
        [
            EmployerChange(
                employer_id=pk,
                by=by,
                at=at,
                reason=reason[:200],
                what={column: [facts["was"][column], new] for column, new in facts["now"].items()},
            )
            for pk, facts in changed.items()
        ],
        batch_size=SIZE,
    )


def set_(thing: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give a thing other values; answers what was and what is, as they are kept."""
    was = {column: _kept(getattr(thing, column)) for column in facts}
    for column, said in facts.items():
        setattr(thing, column, said)
    return {"was": was, "now": {column: _kept(said) for column, said in facts.items()}}


def _kept(said: Any) -> Any:
    return said.isoformat() if isinstance(said, date) else said


def named(name: str) -> dict[str, Any]:
    """The reading of a union's name and the tokens by which it is found."""
    said = reading(name, person=False)
    return {"name_py": said, "tokens": tokens(name, said)}


def _make_unions(
    batch: SheetImport, fresh: Sequence[tuple[int, SheetRow, Judged]], unions: Mapping[int, Union], done: Written, *, by: User
) -> None:
    """Unions that exist already, and are entered as they are: founded on their day, of normal standing, with a committee."""
    years, codes, made = asking(batch.at, today())(TERM_LONG).count, _Codes(unions.values()), []
    for i, _row, one in fresh:
        parent = unions[one.parent or 0]
        facts = {UNION[where]: value(where, text) for where, text in one.union_new.items() if where in UNION}
        facts["short_name"] = facts.get("short_name") or facts["name"].removesuffix("工会委员会")[:60]
        facts["term_years"] = facts.get("term_years") or years
        kind = one.said["kind"]
        own = (done.employers.get(one.unit) or one.unit_pk) if kind in ONE_UNIT else None
        done.unions[i] = Union(
            code=codes.under(parent), kind=kind, level=level_under(parent.level, kind), state=State.NORMAL, parent=parent, path="", division_id=parent.division_id,
            employer_id=own, founded_on=value("founded", one.said["founded"]), **facts, **named(facts["name"]),
        )  # fmt: skip
        made.append(done.unions[i])
    if not made:
        return
    Union.objects.bulk_create(made, batch_size=SIZE)
    for one_made in made:
        parent = unions[one_made.parent_id or 0]
        one_made.path = f"{parent.path}{one_made.pk}/"
        one_made.county_id, one_made.township_id = parent.county_id, parent.township_id
    write_many(made, ["path", "county", "township"])
    Parentage.objects.bulk_create(
        [Parentage(child=one, parent_id=one.parent_id, since=one.founded_on or today(), basis="") for one in made], batch_size=SIZE
    )
    Body.objects.bulk_create([Body(union=one, kind="COMMITTEE", since=one.founded_on or today()) for one in made], batch_size=SIZE)
    start_each(made, by=by)
    for i, row, _one in fresh:
        row.made["union"] = done.unions[i].pk
        row.before["union"] = {
            "pk": done.unions[i].pk,
            "now": {column: _kept(getattr(done.unions[i], column)) for column in UNION.values()},
        }


class _Codes:
    """Codes that were never used: of each division the last is asked once."""

    def __init__(self, near: Iterable[Union]) -> None:
        self.last: dict[str, int] = {}
        for head in {self._head(one) for one in near}:
            codes = Union.objects.filter(code__startswith=head, code__regex=rf"^{head}\d{{5}}$")
            last = codes.order_by("-code").values_list("code", flat=True).first()
            self.last[head] = int(last[len(head) :]) if last else 0

    @staticmethod
    def _head(one: Union) -> str:
        return f"U{one.code.lstrip('U')[:6]}"

    def under(self, parent: Union) -> str:
        """The next code under a union."""
        head = self._head(parent)
        self.last[head] += 1
        return f"{head}{self.last[head]:05d}"


def _change_unions(those: Sequence[Pair], unions: Mapping[int, Union], batch: SheetImport, *, by: User) -> None:
    """What rows say otherwise of unions; a change of what the register of legal persons has starts its clock."""
    columns: set[str] = set()
    for row, one in those:
        union = unions[one.union or 0]
        facts = {UNION[where]: value(where, text) for where, text in one.union_new.items()}
        row.before["union"] = {"pk": union.pk, **set_(union, facts)}
        columns |= facts.keys()
        if "name" in facts:
            for column, said in named(facts["name"]).items():
                setattr(union, column, said)
            columns |= {"name_py", "tokens"}
    changed = [unions[one.union or 0] for _row, one in those]
    if not changed:
        return
    write_many(changed, sorted(columns))
    record("unions.union", [one.pk for one in changed], "load", by=by, reason=batch.file_name)
    for (_row, one), union in zip(those, changed, strict=True):
        if one.union_new.keys() & WOUND:
            wind(union)
        if one.union_new.keys() & set(ENTERED) and one.was.get("uscc", union.uscc):
            entries_change(union)


def _cover(those: Sequence[tuple[int, SheetRow, Judged]], unions: Mapping[int, Union], done: Written) -> None:
    """The employers come to be covered: by a new union from its founding, by another from today."""
    made: list[tuple[SheetRow, Cover]] = []
    own: list[Union] = []
    for i, row, one in those:
        if not one.covers or not one.unit:
            continue
        union = done.unions.get(i if one.first is None else one.first) or unions[one.union or 0]
        employer = done.employers.get(one.unit) or one.unit_pk or 0
        fresh = union.pk not in unions
        made.append((row, Cover(union=union, employer_id=employer, since=union.founded_on if fresh and union.founded_on else today())))
        if not fresh and union.kind in ONE_UNIT and union.employer_id is None:
            union.employer_id = employer
            row.before.setdefault("own", union.pk)
            own.append(union)
    Cover.objects.bulk_create([cover for _row, cover in made], batch_size=SIZE)
    write_many(own, ["employer"])
    for row, cover in made:
        row.made["cover"] = cover.pk
