"""The life of an import of an organisation sheet: received, looked through, corrected, taken over in one transaction, perhaps taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.files.api import Source, open_, size_of, store
from niangjia.kit.answer import answer, asking
from niangjia.kit.bulk import write_many
from niangjia.kit.columns import Choice
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.memory import once
from niangjia.kit.reading import no_wps
from niangjia.kit.who import allows
from niangjia.unions.actions import sheet_taking, sheet_undoing
from niangjia.unions.enums import May
from niangjia.unions.importing.fields import SHEET
from niangjia.unions.importing.ground import ground_of
from niangjia.unions.importing.reading import clean, read
from niangjia.unions.importing.words import label
from niangjia.unions.models import SheetHabit, SheetImport, SheetRow, Union, place_of
from niangjia.unions.parameters import UNDO_SHEET
from niangjia.unions.rules.sheets import NEW, Judged, judge

INLINE = 128 * 1024  # bytes: about a thousand rows are worked out while somebody waits
LONGEST, SIZE = 200, 1000
S = SheetImport.State
Pairs = list[tuple[SheetRow, Judged]]


def receive(at: Union, source: Source, *, name: str, by: User, whole: bool = False) -> SheetImport:
    """Keep a sheet as it was sent; `begin` has it looked through."""
    if at.level > 3 or not allows(by, May.TAKE_SHEET, at):
        raise Refused(_("Organisation sheets are read by the organisation office of the city, a county or a township."))
    no_wps(name)
    kept = store(source, name=name)
    place = place_of(at)
    with transaction.atomic():
        made = SheetImport.objects.create(
            at=at, township_id=place["township_id"], county_id=place["county_id"], by=by, made_at=now(), file_name=name[:200], digest=kept.digest, whole=whole
        )  # fmt: skip
        note([("sheet sent", SheetImport._meta.label_lower, made.pk, made.file_name[:200])], by=by)
    return made


def begin(one: SheetImport) -> SheetImport:
    """Do what it waits for: at once if it is small, else by the worker, so that nobody waits for a page."""
    if size_of(one.digest) <= INLINE:
        return run(one)
    from procrastinate.contrib.django import app

    app.configure_task("unions.sheet", queue="import", lock="unions.sheet").defer(sheet=one.pk)
    return one


@transaction.atomic
def run(one: SheetImport) -> SheetImport:
    """Do what it waits for, in one transaction; after a kill it begins anew."""
    row = SheetImport.objects.select_for_update(of=("self",)).select_related("at", "by", "taken_by", "undone_by").get(pk=one.pk)
    if not row.working:
        return row
    back = {S.CHECKING: S.FAILED, S.TAKING: S.DONE if row.taken_at else S.CHECKED, S.UNDOING: S.DONE}[S(row.state)]
    try:
        with once(), transaction.atomic():
            if row.state == S.CHECKING:
                _check(row)
            elif row.state == S.TAKING:
                _take(row)
            else:
                _undo(row)
    except RuleBroken as broken:
        SheetImport.objects.filter(pk=row.pk).update(state=back, said=str(broken)[:300])
    row.refresh_from_db()
    return row


def ask(one: SheetImport, state: str, *, by: User, **facts: Any) -> SheetImport:
    """Say what is to be done next: take over, take back, look through again, drop. Overtaken by another, it says so."""
    _may(one, by)
    before = {S.TAKING: (S.CHECKED, S.DONE), S.UNDOING: (S.DONE,), S.CHECKING: (S.CHECKED, S.FAILED), S.DROPPED: (S.CHECKED, S.FAILED)}
    if state == S.TAKING:
        facts["taken_by"] = by
    if state == S.UNDOING:
        facts["undone_by"] = by
        _in_time(one)
    with transaction.atomic():
        if not SheetImport.objects.filter(pk=one.pk, state__in=before[S(state)]).update(state=state, said="", **facts):
            raise Overtaken
        if state == S.DROPPED:
            SheetRow.objects.filter(batch=one).delete()
        note([(f"sheet-{state.lower()}", SheetImport._meta.label_lower, one.pk, one.file_name[:200])], by=by)
    one.refresh_from_db()
    return one


def _may(one: SheetImport, by: User) -> None:
    if not allows(by, May.WORK_SHEET, one):
        raise Refused(_("Organisation sheets are read by the organisation office of the city, a county or a township."))


def undoable(one: SheetImport) -> bool:
    """Whether what was taken over may still be taken back."""
    days = asking(one.at, today())(UNDO_SHEET).count
    return one.state == S.DONE and one.taken_at is not None and today() <= day_of(one.taken_at) + timedelta(days=days)


def _in_time(one: SheetImport) -> None:
    if not undoable(one):
        days = asking(one.at, today())(UNDO_SHEET).count
        raise RuleBroken(_("An import is taken back within %(days)d days. Correct those unions on their pages.") % {"days": days})


@transaction.atomic
def all_or_none(one: SheetImport, *, whole: bool, by: User) -> None:
    """Choose whether bad rows hold the good ones up; open until the good ones are in."""
    _may(one, by)
    if not SheetImport.objects.filter(pk=one.pk, state=S.CHECKED).update(whole=whole):
        raise Overtaken
    note([("sheet-whole" if whole else "sheet-parts", SheetImport._meta.label_lower, one.pk, "")], by=by)


# ---------- the work ----------


def _check(one: SheetImport) -> None:
    """Read the file and judge every row; nothing is written to the tree. What was written over cells stays."""
    try:
        with open_(one.digest) as file:
            path = Path(file.name)
    except FileNotFoundError:
        raise RuleBroken(_("The file as sent is no longer kept; send it again.")) from None
    choices = {int(number): None if said.get("skip") else Choice(said["head_row"], said["columns"]) for number, said in one.choice.items()}
    habits = dict(SheetHabit.objects.filter(union=one.at_id).values_list("heads", "columns"))
    found = read(path, choices, habits)
    SheetImport.objects.filter(pk=one.pk).update(look=found.looks, mapping={"sheets": found.sheets, "hidden": found.hidden})
    if not found.rows:
        SheetImport.objects.filter(pk=one.pk).update(
            state=S.FAILED, said=_("No sheet has a head with the name of a union and its type. Say which column is which, name the columns, or use the template.")
        )  # fmt: skip
        return
    over = {(row.sheet, row.row): row for row in SheetRow.objects.filter(batch=one)}
    SheetRow.objects.filter(batch=one).delete()
    rows = []
    for number, at, cells in found.rows:
        before = over.get((number, at))
        facts = (
            {"over": before.over, "over_by_id": before.over_by_id, "over_at": before.over_at, "out": before.out, "turn": before.turn + 1}
            if before
            else {}
        )
        rows.append(SheetRow(batch=one, sheet=number, row=at, cells=cells, **facts))
    SheetRow.objects.bulk_create(rows, batch_size=SIZE)
    _note(one, judged(one, rows), fresh=True)
    SheetImport.objects.filter(pk=one.pk).update(state=S.CHECKED, read_at=now(), said="")


def _rows(one: SheetImport) -> list[SheetRow]:
    """The rows that are not in the tree, in the order of the file."""
    return list(SheetRow.objects.filter(batch=one, taken=False).order_by("sheet", "row"))


def judged(one: SheetImport, rows: Sequence[SheetRow]) -> Pairs:
    """Rows with what is to be said of them; those that are left out speak of nothing."""
    those = [row for row in rows if not row.out]
    said = [row.now for row in those]
    coded = {clean(cells.get(where, "")).replace(" ", "").upper() for cells in said for where in ("uscc", "unit_uscc")} - {""}
    ground = ground_of(one.at, coded, {cells["unit"] for cells in said if cells.get("unit")})
    many = len(one.mapping.get("sheets", ())) > 1
    names = {sheet["number"]: sheet["name"] for sheet in one.mapping.get("sheets", ())}
    called = [f"{names.get(row.sheet, '')} {row.row}" if many else str(row.row) for row in those]
    return list(zip(those, judge(said, ground, called), strict=True))


def _note(one: SheetImport, pairs: Pairs, *, fresh: bool = False) -> None:
    """Note on rows what was judged, on those that change by it; and the figures of the import."""
    changed = []
    for row, said in pairs:
        facts = (
            [list(fault) for fault in said.faults],
            [code for _field, code, _value in said.faults],
            said.verdict,
            _changes(said),
            said.union,
        )
        if fresh or facts != (row.faults, row.codes, row.verdict, row.changes, row.union_id):
            row.faults, row.codes, row.verdict, row.changes, row.union_id = facts
            changed.append(row)
    write_many(changed, ["faults", "codes", "verdict", "changes", "union"])
    count(one)


def _changes(said: Judged) -> dict[str, list[str]]:
    if said.verdict == NEW:
        return {}
    made = {where: [said.was.get(where, ""), text] for where, text in (said.union_new if said.first is None else {}).items()}
    made |= {where: [said.was.get(where, ""), text] for where, text in said.unit_new.items()}
    return made | ({"unit_uscc": ["", said.unit]} if said.covers and said.unit else {})


def count(one: SheetImport) -> None:
    """The figures of an import: its rows, how many are right, and what they are."""
    sums: dict[str, int] = {}
    for codes, verdict, out in SheetRow.objects.filter(batch=one).values_list("codes", "verdict", "out"):
        what = "out" if out else "bad" if codes else verdict
        sums[what] = sums.get(what, 0) + 1
    bad = sums.get("bad", 0)
    rows = sum(sums.values())
    SheetImport.objects.filter(pk=one.pk).update(rows=rows, bad=bad, good=rows - bad - sums.get("out", 0), found=sums)


def _take(one: SheetImport) -> None:
    sheet_taking.lock()
    by = one.taken_by or one.by
    pairs = judged(one, _rows(one))
    _note(one, pairs)
    good = [i for i, (_row, said) in enumerate(pairs) if not said.faults]
    if one.whole and one.taken_at is None and len(good) < len(pairs):
        raise RuleBroken(_("This sheet is taken over as a whole or not at all: correct the bad rows, or leave them out, first."))
    if not good:
        raise RuleBroken(_("There is nothing to take over: correct rows first."))
    sheet_taking.write(one, pairs, good, by=by)
    SheetImport.objects.filter(pk=one.pk).update(state=S.DONE, taken_at=one.taken_at or now(), said="")
    count(one)


def _undo(one: SheetImport) -> None:
    sheet_taking.lock()
    sheet_undoing.undo(one, by=one.undone_by or one.by)
    SheetImport.objects.filter(pk=one.pk).update(state=S.UNDONE, undone_at=now(), said="")


# ---------- columns ----------


@transaction.atomic
def read_otherwise(one: SheetImport, choices: Mapping[int, Choice | None], *, by: User) -> SheetImport:
    """Have a file read as somebody says, sheet by sheet (None: it is left out); the next of the same table is read so for this sender."""
    chosen = {number: said for number, said in choices.items() if said is not None}
    if not chosen:
        raise RuleBroken(_("At least one sheet must be read. Nothing was changed."))
    for number, said in chosen.items():
        if missing := [label(code) for code in SHEET.needed if code not in said.columns]:
            name = next((look["name"] for look in one.look if look["number"] == number), "") or str(_("the table"))
            raise RuleBroken(_("Say for %(sheet)s in which column this stands: %(what)s.") % {"sheet": name, "what": _(", ").join(missing)})
    for look in one.look:
        said_of = chosen.get(look["number"])
        if said_of and 0 < said_of.head_row <= len(look["digests"]) and (heads := look["digests"][said_of.head_row - 1]):
            facts = {"columns": dict(said_of.columns), "by": by, "at": now()}
            SheetHabit.objects.update_or_create(union_id=one.at_id, heads=heads, defaults=facts)
    kept = {
        str(number): {"skip": True} if said is None else {"head_row": said.head_row, "columns": dict(said.columns)}
        for number, said in choices.items()
    }
    return ask(one, S.CHECKING, by=by, choice=kept)


@transaction.atomic
def forget_choice(one: SheetImport, *, by: User) -> SheetImport:
    """Forget how this sender's tables of these heads are read, and have the file read by its heads again."""
    heads = {text for look in one.look for text in look["digests"] if text}
    if not SheetHabit.objects.filter(union=one.at_id, heads__in=heads).delete()[0]:
        raise RuleBroken(_("Nothing is remembered of this table."))
    return ask(one, S.CHECKING, by=by, choice={})


# ---------- rows ----------


def _held(one: SheetImport, by: User) -> SheetImport:
    """The import, held until the end of the transaction; refused while it is worked on, or when it is over."""
    _may(one, by)
    held = SheetImport.objects.select_for_update(of=("self",)).select_related("at").get(pk=one.pk)
    if held.state not in (S.CHECKED, S.DONE):
        raise RuleBroken(_("Rows cannot be corrected while the import is being worked on, nor when it is over. Nothing was changed."))
    return held


@transaction.atomic
def mend(one: SheetImport, typed: Mapping[int, Mapping[str, str]], *, turns: Mapping[int, int], by: User) -> list[int]:
    """Write over cells of rows, and judge all again. Answers which rows somebody else changed meanwhile: those are left as they are."""
    held = _held(one, by)
    overtaken, changed = [], []
    for row in SheetRow.objects.filter(batch=held, pk__in=typed, taken=False):
        if row.turn != turns.get(row.pk):
            overtaken.append(row.pk)
            continue
        cells = {code: clean(text[:LONGEST]) for code, text in typed[row.pk].items()}
        over = {code: text for code, text in {**row.over, **cells}.items() if text != row.cells.get(code, "")}
        if over != row.over:
            row.over, row.over_by, row.over_at, row.turn = over, by, now(), row.turn + 1
            changed.append(row)
    if changed:
        write_many(changed, ["over", "over_by", "over_at", "turn"])
        _note(held, judged(held, _rows(held)))
    return overtaken


@transaction.atomic
def unmend(one: SheetImport, rows: Iterable[int], *, by: User) -> None:
    """Rows are again as they were sent, and are not left out."""
    held = _held(one, by)
    those = list(SheetRow.objects.filter(batch=held, pk__in=list(rows), taken=False))
    for row in those:
        row.over, row.over_by, row.over_at, row.out, row.turn = {}, by, now(), False, row.turn + 1
    write_many(those, ["over", "over_by", "over_at", "out", "turn"])
    _note(held, judged(held, _rows(held)))


@transaction.atomic
def leave_out(one: SheetImport, *, code: str = "", row: int = 0, by: User) -> int:
    """Leave one row out, or all bad rows of one kind. Answers how many."""
    held = _held(one, by)
    those = list(SheetRow.objects.filter(batch=held, out=False, taken=False, **({"pk": row} if row else {"codes__contains": [code]})))
    for line in those:
        line.out, line.over_by, line.over_at, line.turn = True, by, now(), line.turn + 1
    write_many(those, ["out", "over_by", "over_at", "turn"])
    _note(held, judged(held, _rows(held)))
    return len(those)


@transaction.atomic
def judge_again(one: SheetImport, *, by: User) -> int:
    """Ask the register again: somebody may have moved since. Answers how many rows became right."""
    held = _held(one, by)
    before = SheetRow.objects.filter(batch=held, out=False).exclude(codes=[]).count()
    _note(held, judged(held, _rows(held)))
    return before - SheetRow.objects.filter(batch=held, out=False).exclude(codes=[]).count()


def forget_old() -> int:
    """Forget the rows of imports that can be taken back no more. Answers how many went."""
    days = answer(UNDO_SHEET, today(), ()).value.count
    return SheetRow.objects.filter(batch__read_at__lt=now() - timedelta(days=days)).delete()[0]
