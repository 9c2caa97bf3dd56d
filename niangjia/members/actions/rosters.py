"""A file worked through: read as its sender's tables are read, corrected, judged, staged, and settled in one transaction."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.files.api import open_
from niangjia.kit import crypt
from niangjia.kit.columns import Choice
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.kit.looking import known
from niangjia.kit.reading import Sheet, sheets
from niangjia.kit.tabled import LOOK
from niangjia.members.actions.phones import take
from niangjia.members.enums import ID, PHONE
from niangjia.members.importing import seen, staging
from niangjia.members.importing.checks import Ground, Judged, clean, judge, masked, rounded
from niangjia.members.importing.ground import ground_of
from niangjia.members.importing.lines import CELLS, Fixes, closed, lay, told
from niangjia.members.importing.looking import look
from niangjia.members.importing.mapping import mapped, summed
from niangjia.members.importing.prepare import Names, lines
from niangjia.members.models import Batch, Fault, Line, Seen
from niangjia.members.queries import fixes_of, habits_of

SLICE = 50_000
WRITING = 7_330_500_3  # one import writes at a time
S = Batch.State


@dataclass
class Plan:
    """How a file is to be read: what was chosen for it, what was chosen for its sender, what was corrected in it."""

    choices: dict[int, Choice | None]  # by the number of the sheet; None: it is left out
    habits: dict[str, dict[str, int]]  # by the digest of the heads
    fixes: dict[int, Fixes]


@dataclass
class Facts:
    """What was seen of a file while it was read."""

    ground: Ground
    plan: Plan
    rows: int = 0
    bad: int = 0
    sheets: list[dict[str, Any]] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)
    faults: list[tuple[int, pl.DataFrame]] = field(default_factory=list)
    kept: list[tuple[int, int, bytes, list[str]]] = field(default_factory=list)  # sheet, row, cells, faults
    seen: list[seen.Piece] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)  # sheets that nobody sees, and that are not read


def plan_of(batch: Batch) -> Plan:
    """What was chosen and corrected, in two queries."""
    choices = {int(number): None if one.get("skip") else Choice(one["head_row"], one["columns"]) for number, one in batch.choice.items()}
    return Plan(choices, habits_of(batch.union_id), fixes_of(batch))


def stage(batch: Batch) -> Facts:
    """Read, judge, seal; a thread prepares slices while the database copies the one before."""
    facts, ready, wrong = Facts(ground_of(batch.union), plan_of(batch)), queue.Queue[bytes | None](2), []
    path = _path(batch)
    Batch.objects.filter(pk=batch.pk).update(done=0)
    stop, language = threading.Event(), get_language()

    def produce() -> None:
        try:
            with override(language):  # a thread knows nobody's language
                for piece in _pieces(path, facts):
                    if stop.is_set():
                        return
                    ready.put(piece)
        except BaseException as error:  # noqa: BLE001 - it is raised again where the work is waited for
            wrong.append(error)
        finally:
            ready.put(None)

    thread = threading.Thread(target=produce, name="roster", daemon=True)
    thread.start()
    try:
        while (piece := ready.get()) is not None:
            staging.fill([piece])
            Batch.objects.filter(pk=batch.pk).update(done=facts.rows)
    except BaseException:
        stop.set()
        while ready.get() is not None:
            pass
        raise
    thread.join()
    if wrong:
        raise wrong[0]
    if not facts.sheets:
        Batch.objects.filter(pk=batch.pk).update(look=facts.looks)
        raise RuleBroken(
            _("No sheet has a head with a name and an identity number. Look whether the columns are named, or use the template.")
            if not facts.looks
            else _(
                "No sheet has a head with a name and an identity number. Say which column is which, name the columns, or use the template."
            )
        )
    return facts


def _path(batch: Batch) -> Path:
    """Where the file as sent lies."""
    try:
        with open_(batch.file_digest) as file:
            return Path(file.name)
    except FileNotFoundError:
        raise RuleBroken(_("The file as sent is no longer kept; send it again.")) from None


def _pieces(path: Path, facts: Facts) -> Iterator[bytes]:
    """The good rows of all sheets, ready for COPY, those that were corrected behind all others; what is seen on the way is noted."""
    names, corrected = Names(), []
    for number, sheet in enumerate(sheets(path, facts.hidden)):
        rows = _rows(sheet, number, facts)
        del sheet
        if rows is None:
            continue
        said = facts.sheets[-1]
        for start in range(0, rows.height, SLICE):
            good = _judged(rows.slice(start, SLICE), said, facts)
            later = good.filter(pl.col("fixed"))
            good = good.filter(~pl.col("fixed"))
            if later.height:
                corrected.append((number, later))
            if good.height:
                yield lines(good, number, names, facts.seen)
    for number, later in corrected:
        yield lines(later, number, names)


def _rows(sheet: Sheet, number: int, facts: Facts) -> pl.DataFrame | None:
    """The clean rows of a sheet; how it was read is noted. None if it is none with people, or is left out."""
    on, chosen, how = facts.ground.on, facts.plan.choices.get(number), "choice"
    left_out = number in facts.plan.choices and chosen is None
    if chosen is None and (chosen := known(sheet, facts.plan.habits, LOOK)) is not None:
        how = "habit"
    found = None if left_out else mapped(sheet, chosen) or mapped(sheet)
    columns = {code: int(column[1:]) for code, column in found.columns.items()} if found else {}
    how = how if chosen and columns == dict(chosen.columns) else "heads"
    looks = look(sheet, number, on, found.head_row if found else 0, columns, "out" if left_out else how if found else "")
    facts.looks.append(looks)
    if found is None:
        return None
    at_home = "union" not in found.columns and facts.ground.union is None and facts.ground.named(sheet.name) is not None
    rows = clean(found.rows.with_columns(union=pl.lit(sheet.name)) if at_home else found.rows)
    facts.sheets.append(
        {
            "name": found.name,
            "number": number,
            "head_row": found.head_row,
            "heads": found.heads,
            "rows": rows.height,
            "skipped": found.skipped,
            "doubt": rounded(rows, facts.ground),
            "how": how,
            "union_by_name": at_home,
            "hidden": len(sheet.seen.hidden_rows & set(rows["row"].to_list())) if sheet.seen.hidden_rows else 0,
        }
    )
    return rows


def _judged(sent: pl.DataFrame, said: dict[str, Any], facts: Facts) -> pl.DataFrame:
    """The good rows of a slice; the bad ones, and those that were corrected, are kept as they were sent."""
    fixes = facts.plan.fixes.get(said["number"], Fixes())
    laid = lay(sent, fixes)
    good, faults = without(judge(laid, said["heads"], facts.ground, doubt=said["doubt"]), fixes.out)
    good = good.join(laid.select("row", "fixed"), on="row", how="left", maintain_order="left")
    codes: dict[int, list[str]] = {}
    for row, code in faults.select("row", "code").iter_rows():
        codes.setdefault(row, []).append(code)
    facts.rows += sent.height
    facts.bad += len(codes)
    if faults.height:
        facts.faults.append((said["number"], faults))
    wanted = codes.keys() | (fixes.cells.keys() & set(sent["row"].to_list()) if fixes.cells else set())
    if wanted:
        kept = sent.filter(pl.col("row").is_in(list(wanted))).select("row", *CELLS).to_dicts()
        facts.kept += [
            (said["number"], one["row"], sealed, codes.get(one["row"], [])) for one, sealed in zip(kept, closed(_cells(kept)), strict=True)
        ]
    return good


def _cells(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{code: one[code] for code in CELLS} for one in rows]


def without(done: Judged, out: set[int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The good rows and the faults, when somebody leaves rows out."""
    if not out:
        return done.good, done.faults
    gone, empty = pl.col("row").is_in(list(out)), pl.lit("")
    unwanted = done.good.filter(gone).select(
        "row", empty.alias("column"), pl.lit("left-out").alias("code"), empty.alias("value"), empty.alias("field")
    )
    return done.good.filter(~gone), pl.concat([done.faults, unwanted]).sort("row", maintain_order=True)


class Halved(RuleBroken):
    """A roster that is taken over as a whole has bad rows."""


def settle(batch: Batch, facts: Facts, *, write: bool) -> None:
    """The end of the work, in one transaction: what each row is, its faults, and if asked the rows themselves."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
        decided = staging.decide(second=batch.second)
        refused = staging.refused()
        counts = {verdict: decided.get(verdict, 0) for verdict in (*staging.TAKEN, "same")}
        # Not those that were corrected: beside the digits that the file has, the last four of a confirmed number would make the whole.
        fixed = {(sheet, row) for sheet, fixes in facts.plan.fixes.items() for row in fixes.cells}
        first = [_shown(one) for one in staging.first_rows() if (one["sheet"], one["row"]) not in fixed]
        Fault.objects.filter(batch=batch).delete()
        by_number = {one["number"]: one for one in facts.sheets}
        write_faults(batch.pk, facts.faults, refused, by_number)
        _keep(batch, facts, refused)
        if write and batch.whole and Line.objects.filter(batch=batch, out=False).exclude(codes=[]).exists():
            raise Halved(
                _("Rows became bad since it was read through, and it is taken over as a whole or not at all. Nothing was written.")
            )
        if write:
            take(batch.pk, counts["new"] + counts["join"])
            Line.objects.filter(batch=batch, codes=[]).update(taken=True)
            note([("imported", "members.batch", batch.pk, "")], by=batch.by)
        bad = facts.bad + len(refused)
        Batch.objects.filter(pk=batch.pk).update(
            state=S.DONE if write else S.CHECKED, rows=facts.rows, bad=bad, good=facts.rows - bad, same=counts["same"], done=facts.rows,
            found=counts | {"first": first}, said="", look=facts.looks, read_at=now(),
            mapping={"sheets": facts.sheets, "hidden": facts.hidden, "skipped": summed([one["skipped"] for one in facts.sheets])}, **({"taken_at": now()} if write else {}),
        )  # fmt: skip


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    name, number = masked(one["name"], crypt.unseal(one.pop("id"), ID))
    return one | {"name": name, "number": number, "joined": one["joined"].isoformat()}


def write_faults(
    batch: int, judged: list[tuple[int, pl.DataFrame]], refused: list[tuple[int, int, str, str]], sheets_by: dict[int, dict[str, Any]]
) -> None:
    """Faults, the checks' and the register's, by COPY."""
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy('COPY members_fault (batch_id, sheet, "row", "column", code, value, number, field) FROM STDIN') as copy,
    ):
        for number, frame in judged:
            sheet = sheets_by[number]["name"][:60]
            for row, column, code, value, where in frame.iter_rows():
                copy.write_row((batch, sheet, row, column[:60], code, value[:120], number, where))
        for number, row, code, value in refused:
            one, where = sheets_by[number], "name" if code == "other-name" else "id"
            copy.write_row((batch, one["name"][:60], row, one["heads"][where][:60], code, value[:120], number, where))


def _keep(batch: Batch, facts: Facts, refused: list[tuple[int, int, str, str]]) -> None:
    """The bad rows, and those that were corrected, ready to be corrected further; and the numbers of the others, if there are any."""
    Line.objects.filter(batch=batch).delete()
    Seen.objects.filter(batch=batch).delete()
    if not facts.kept and not refused:
        return
    there = {(sheet, row) for sheet, row, _cells, _codes in facts.kept}
    rest = [one for one in staging.refused_cells() if (one["sheet"], one["row"]) not in there] if refused else []
    for one in rest:
        one |= {"id": crypt.unseal(one["id"], ID), "phone": crypt.unseal(one["phone"], PHONE) if one["phone"] else ""}
    sealed = closed(told(one, facts.ground) for one in rest)
    kept = [*facts.kept, *((one["sheet"], one["row"], text, [""]) for one, text in zip(rest, sealed, strict=True))]
    out = {(sheet, row) for sheet, fixes in facts.plan.fixes.items() for row in fixes.out}
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy('COPY members_line (batch_id, sheet, "row", cells_sealed, codes, verdict, out, taken, turn) FROM STDIN') as copy,
    ):
        copy.set_types(["int8", "int4", "int4", "bytea", "text[]", "text", "bool", "bool", "int4"])
        for sheet, row, text, codes in kept:
            copy.write_row((batch.pk, sheet, row, text, codes, "", (sheet, row) in out, False, 1))
    staging.mark(batch.pk)
    hashes, places = seen.packed(facts.seen)
    Seen.objects.create(batch=batch, hashes=hashes, places=places)
