"""Bad rows of a roster corrected, each judged again at once by the checks and the register as the whole file is.

What is written over a cell is a line of its own; the file as sent never changes. A row that is right waits to be taken
over with the good ones, or, if those are in, in a further step of the same import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from niangjia.access.api import User, note
from niangjia.kit import crypt
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.members.actions.phones import take
from niangjia.members.actions.rosters import WRITING, without, write_faults
from niangjia.members.enums import ID, LINE
from niangjia.members.importing import seen, staging
from niangjia.members.importing.checks import NUMBER, judge, person_name
from niangjia.members.importing.ground import ground_of
from niangjia.members.importing.lines import ALIKE, OUT, Cells, Fixes, framed, lay, opened, tidy
from niangjia.members.importing.prepare import Names, lines
from niangjia.members.models import Batch, Correction, Fault, Line, Seen
from niangjia.members.queries import candidates, corrected, fixes_of, untaken, written

SEALED = ("id", "phone")
LONGEST = 200
S = Batch.State
Place = tuple[int, int]


def _held(batch: Batch) -> Batch:
    """The import, held until the end of the transaction; refused while it is worked on, or when it is over."""
    held = Batch.objects.select_for_update(of=("self",)).select_related("union").get(pk=batch.pk)
    if held.state not in (S.CHECKED, S.DONE):
        raise RuleBroken(_("Rows cannot be corrected while the import is being worked on, nor when it is over. Nothing was changed."))
    return held


def _line(batch: Batch, line: int) -> Line:
    one = Line.objects.filter(batch=batch, pk=line, taken=False).first()
    if one is None:
        raise RuleBroken(_("This row is not here any more: the file was read again, or the row is taken over. Nothing was changed."))
    return one


@transaction.atomic
def mend(batch: Batch, typed: Mapping[int, Mapping[str, str]], *, turns: Mapping[int, int], by: User) -> list[int]:
    """Write over cells of rows, and judge the rows again. Answers which rows somebody else changed meanwhile: those are left as they are."""
    batch = _held(batch)
    those = list(Line.objects.filter(batch=batch, pk__in=typed, taken=False))
    overtaken = [one.pk for one in those if one.turn != turns.get(one.pk)]
    those = [one for one in those if one.pk not in overtaken]
    _reckon(
        batch,
        _write(batch, [(one, tidy({code: text[:LONGEST] for code, text in typed[one.pk].items()})) for one in those], how="TYPED", by=by),
    )
    return overtaken


def _places(those: Iterable[Line]) -> list[Place]:
    return [(one.sheet, one.row) for one in those]


def _write(batch: Batch, those: Iterable[tuple[Line, Cells]], *, how: str, by: User) -> list[Line]:
    """Write over cells of rows. What stood over them goes, and what is again as it was sent is no correction. Answers which rows changed."""
    pairs, at = list(those), now()
    before = corrected(batch, _places(line for line, _cells in pairs))
    new: list[Correction] = []
    gone: list[int] = []
    changed = []
    for line, cells in pairs:
        sent, over = opened(line.cells_sealed), {one.field: one for one in before.get((line.sheet, line.row), [])}
        differs = {code: text for code, text in cells.items() if text != (written(over[code]) if code in over else sent[code])}
        gone += [over[code].pk for code in differs if code in over]
        for code, text in differs.items():
            if text != sent[code]:
                said: dict[str, Any] = {"sealed": crypt.seal_one(text, LINE)} if code in SEALED else {"text": text}
                new.append(Correction(batch=batch, sheet=line.sheet, row=line.row, field=code, how=how, by=by, at=at, **said))
        if differs:
            changed.append(line)
    _take_off(gone, by=by)
    Correction.objects.bulk_create(new, batch_size=1000)
    return changed


def _take_off(those: list[int], *, by: User) -> None:
    if those:
        Correction.objects.filter(pk__in=those, undone_at=None).update(undone_at=now(), undone_by=by)


@transaction.atomic
def confirm(batch: Batch, line: int, person: UUID, *, by: User) -> None:
    """A rounded number is that of somebody in the register: a person says so, it is logged, and the whole number is written for her."""
    batch = _held(batch)
    one = _line(batch, line)
    before = corrected(batch, [(one.sheet, one.row)]).get((one.sheet, one.row), [])
    cells = opened(one.cells_sealed) | {fix.field: written(fix) for fix in before if fix.field}
    there = candidates(by, {line: (person_name(cells["name"]), cells["id"])}).get(line, [])
    meant = next((found.person for found in there if found.person.uuid == person), None)
    if meant is None:
        raise RuleBroken(_("Nobody in your register fits this name and these digits any more. Compare the row with the card."))
    note([("confirmed", "members.person", meant.pk, f"import {batch.pk}, row {one.row}")], by=by)
    _reckon(batch, _write(batch, [(one, {"id": crypt.unseal(meant.id_sealed or b"", ID)})], how="FOUND", by=by))


@transaction.atomic
def mend_alike(batch: Batch, line: int, field: str, text: str, *, by: User) -> int:
    """Write the same over a cell in all rows that wait and say what this one said. Answers how many rows that were."""
    batch = _held(batch)
    one = _line(batch, line)
    said, new = opened(one.cells_sealed).get(field, ""), tidy({field: text[:LONGEST]})[field] if field in ALIKE else ""
    if field not in ALIKE or not said or new in ("", said):
        raise RuleBroken(_("Write into this row what all of them should say, and press again."))
    rows = batch.faults.filter(field=field, value__in={said[:60], said[:40]}).values_list("number", "row")
    those = [one, *Line.objects.filter(batch=batch, out=False, taken=False, row__in={row for _number, row in rows}).exclude(pk=line)]
    there = {*rows, (one.sheet, one.row)}
    those = [other for other in those if (other.sheet, other.row) in there and opened(other.cells_sealed)[field] == said]
    _reckon(batch, _write(batch, [(other, {field: new}) for other in those], how="ALL", by=by))
    return len(those)


@transaction.atomic
def unmend(batch: Batch, those: Iterable[int], *, by: User) -> None:
    """Rows are again as they were sent, and are not left out."""
    batch = _held(batch)
    found = list(Line.objects.filter(batch=batch, pk__in=list(those), taken=False))
    over = corrected(batch, _places(found))
    _take_off([fix.pk for one in found for fix in over.get((one.sheet, one.row), [])], by=by)
    Line.objects.filter(pk__in=[one.pk for one in found]).update(out=False)
    _reckon(batch, list(Line.objects.filter(pk__in=[one.pk for one in found])))


@transaction.atomic
def leave_out(batch: Batch, *, code: str = "", line: int = 0, by: User) -> int:
    """Leave all bad rows of one kind out, or one row. Answers how many; whose number stood behind one of them is judged again."""
    batch = _held(batch)
    those = Line.objects.filter(batch=batch, out=False, taken=False).exclude(codes=[])
    those = those.filter(pk=line) if line else those.filter(codes__contains=[code])
    found = list(those.values_list("pk", "sheet", "row", "id_hash"))
    at = now()
    Correction.objects.bulk_create(
        [Correction(batch=batch, sheet=sheet, row=row, field=OUT, how="OUT", by=by, at=at) for _pk, sheet, row, _hash in found],
        batch_size=1000,
    )
    Line.objects.filter(pk__in=[pk for pk, *_rest in found]).update(out=True, turn=F("turn") + 1)
    _reckon(batch, list(_same_number(batch, {bytes(one) for *_rest, one in found if one}).filter(out=False)))
    return len(found)


@transaction.atomic
def judge_again(batch: Batch, code: str) -> int:
    """Ask the register again about the rows with one kind of fault: somebody may have moved since. Answers how many became right."""
    batch = _held(batch)
    those = list(Line.objects.filter(batch=batch, out=False, codes__contains=[code]))
    _reckon(batch, those)
    return Line.objects.filter(pk__in=[one.pk for one in those], codes=[]).count()


@transaction.atomic
def take_corrected(batch: Batch) -> None:
    """The further step of an import whose good rows are in: those that were corrected since, judged once more, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
    batch = Batch.objects.select_for_update(of=("self",)).select_related("union").get(pk=batch.pk)
    _reckon(batch, list(untaken(batch)), write=True)
    note([("imported further", "members.batch", batch.pk, "")], by=batch.by)
    Batch.objects.filter(pk=batch.pk).update(state=S.DONE, said="")


# ---------- judging rows again ----------


def _same_number(batch: Batch, hashes: set[bytes]) -> Any:
    return Line.objects.filter(batch=batch, id_hash__in=hashes)


def _reckon(batch: Batch, those: list[Line], *, write: bool = False) -> None:
    """Judge rows, and those that have or had the same number, by the checks and the register; write down what came of it."""
    if not those:
        return
    names, ground, sheets = Names(), ground_of(batch.union), {one["number"]: one for one in batch.mapping.get("sheets", [])}
    laid = _laid(batch, those)
    hashes = {bytes(one.id_hash) for one in those if one.id_hash} | set(_hashes(laid))
    near = list(_same_number(batch, hashes).exclude(pk__in=[one.pk for one in those]))
    taken, those = [one for one in near if one.taken], [*those, *(one for one in near if not one.taken)]
    laid = _laid(batch, those)
    faults, pieces = [], []
    for number, frame in laid.items():
        done = judge(frame, sheets[number]["heads"], ground, doubt=sheets[number]["doubt"])
        good, wrong = without(done, {one.row for one in those if one.out and one.sheet == number})
        faults.append((number, wrong))
        pieces.append((number, good.join(frame.select("row", "fixed"), on="row", how="left", maintain_order="left")))
    staging.open_table()
    staging.cast_shades([*_elsewhere(batch, hashes), *((bytes(one.id_hash), one.sheet, one.row) for one in taken if one.id_hash)])
    for fixed in (False, True):
        for number, good in pieces:
            if (part := good.filter(pl.col("fixed") == fixed)).height:
                staging.fill([lines(part, number, names)])
    decided, refused = staging.decide(second=batch.second), staging.refused()
    _note(batch, those, faults, refused, sheets)
    if write:
        take(batch.pk, len(those))
        Line.objects.filter(pk__in=[one.pk for one in those], codes=[]).update(taken=True)
    _count(batch, those, decided if write else None)
    staging.close_table()


def _laid(batch: Batch, those: list[Line]) -> dict[int, pl.DataFrame]:
    """The rows by sheet, with what was written over them."""
    fixes = fixes_of(batch, _places(those))
    by_sheet: dict[int, dict[int, Cells]] = {}
    for one in those:
        by_sheet.setdefault(one.sheet, {})[one.row] = opened(one.cells_sealed)
    return {number: lay(framed(rows), fixes.get(number, Fixes())) for number, rows in sorted(by_sheet.items())}


def _hashes(laid: Mapping[int, pl.DataFrame]) -> list[bytes]:
    return [one for frame in laid.values() for one in crypt.blind(frame.select(NUMBER).to_series().to_list(), ID)]


def _elsewhere(batch: Batch, hashes: set[bytes]) -> list[tuple[bytes, int, int]]:
    """Where these numbers stand among the good rows of the file."""
    known = Seen.objects.filter(batch=batch).first() if hashes else None
    found = seen.places_of(known.hashes, known.places, sorted(hashes)) if known else {}
    rows = {row for places in found.values() for _sheet, row in places}
    kept = set(Line.objects.filter(batch=batch, row__in=rows).values_list("sheet", "row")) if rows else set()
    return [(one, *place) for one, places in found.items() for place in places if place not in kept]


def _note(
    batch: Batch,
    those: list[Line],
    faults: list[tuple[int, pl.DataFrame]],
    refused: list[tuple[int, int, str, str]],
    sheets: dict[int, dict[str, Any]],
) -> None:
    """The faults of these rows anew, and on the rows what they are."""
    codes: dict[Place, list[str]] = {}
    for number, frame in faults:
        Fault.objects.filter(batch=batch, number=number, row__in=[one.row for one in those if one.sheet == number]).delete()
        for row, code in frame.select("row", "code").iter_rows():
            codes.setdefault((number, row), []).append(code)
    write_faults(batch.pk, faults, refused, sheets)
    said = [",".join(codes.get((one.sheet, one.row), [])) for one in those]
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE members_line l SET codes = string_to_array(n.codes, ','), verdict = '', id_hash = NULL, turn = l.turn + 1
                 FROM unnest(%s::bigint[], %s::text[]) n (id, codes) WHERE l.id = n.id""",
            [[one.pk for one in those], said],
        )
    staging.mark(batch.pk)


def _count(batch: Batch, those: list[Line], decided: Mapping[str, int] | None) -> None:
    """The figures of the import, by what changed; once its good rows are in, they say what is in."""
    after = {one.pk: one for one in Line.objects.filter(pk__in=[one.pk for one in those])}
    bad = sum(bool(after[one.pk].codes) - bool(one.codes) for one in those)
    found = dict(batch.found)
    if decided is not None:
        gain = dict(decided)
    elif batch.state == S.CHECKED:
        gain = {}
        for one in those:
            for verdict, by in ((after[one.pk].verdict, 1), (one.verdict, -1)):
                gain[verdict] = gain.get(verdict, 0) + by
    else:
        gain = {}
    for verdict in (*staging.TAKEN, "same"):
        found[verdict] = found.get(verdict, 0) + gain.get(verdict, 0)
    good = sum(gain.get(verdict, 0) for verdict in (*staging.TAKEN, "same"))
    Batch.objects.filter(pk=batch.pk).update(bad=F("bad") + bad, good=F("good") + good, same=F("same") + gain.get("same", 0), found=found)
