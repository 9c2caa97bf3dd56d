"""An import's life: received, checked, taken over in one transaction, perhaps taken back. Nothing of a person's is logged."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from niangjia.access.api import User, note
from niangjia.files.api import Source, open_, store
from niangjia.kit import crypt
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.kit.holding import holding
from niangjia.members.enums import ID
from niangjia.members.importing import staging, taking, undoing
from niangjia.members.importing.checks import Ground, clean, judge, masked
from niangjia.members.importing.ground import ground_of
from niangjia.members.importing.mapping import mapped, summed
from niangjia.members.importing.prepare import Names, lines
from niangjia.members.importing.reading import sheets
from niangjia.members.importing.words import sentence
from niangjia.members.models import Batch, Fault
from niangjia.unions.models import Union, place_of

SLICE = 50_000
INLINE = 256 * 1024  # bytes: about two thousand rows are worked out while the reader waits
RUNNING = 7_330_500_2  # the first half of the lock that says that an import is being worked on
WRITING = 7_330_500_3  # one import writes at a time
S = Batch.State


def receive(union: Union, source: Source, *, name: str, by: User, second: bool = False) -> Batch:
    """Keep the file as it was sent and begin an import; whether this person may was asked by the caller."""
    document = store(source, name=name)
    with transaction.atomic():
        return Batch.objects.create(
            **place_of(union), by=by, made_at=now(), file_name=name[:200], file_digest=document.digest, second=second
        )


def large(batch: Batch) -> bool:
    """Whether it takes too long to wait for."""
    with open_(batch.file_digest) as file:
        return file.seek(0, 2) > INLINE


def run(batch: Batch) -> Batch:
    """Do what the import waits for; run again after a kill, it does it from the beginning."""
    if batch.state == S.CHECKING:
        return check(batch)
    if batch.state == S.TAKING:
        return take(batch)
    return _undo(batch) if batch.state == S.UNDOING else batch


def begin(batch: Batch) -> Batch:
    """Do what the import waits for: at once if it is small, else by the worker, so that nobody waits for a page."""
    if not large(batch):
        return run(batch)
    from procrastinate.contrib.django import app

    app.configure_task("members.import", queue="import", lock="members.import").defer(batch=batch.pk)
    return batch


def check(batch: Batch) -> Batch:
    """Read the file and judge every row against the register; nothing is written there."""
    return _work(batch, write=False)


def take(batch: Batch) -> Batch:
    """Judge again and write the good rows, all or none of them."""
    return _work(batch, write=True)


def ask(batch: Batch, state: str, *, by: User, **facts: Any) -> Batch:
    """Say what is to be done next: take over, take back, check again. Overtaken by another, it says so."""
    before = {
        S.TAKING: (S.CHECKED, S.TAKING),
        S.UNDOING: (S.DONE, S.UNDOING),
        S.CHECKING: (S.CHECKED, S.CHECKING, S.FAILED),
        S.DROPPED: (S.CHECKED, S.FAILED),
    }
    with transaction.atomic():
        if not Batch.objects.filter(pk=batch.pk, state__in=before[S(state)]).update(state=state, said="", **facts):
            raise RuleBroken(_("The import has moved on in the meantime; look at where it stands now."))
        note([(f"import-{state.lower()}", "members.batch", batch.pk, "")], by=by)
    batch.refresh_from_db()
    return batch


def drop(batch: Batch, *, by: User) -> Batch:
    """Leave an import that was only checked: its faults go, the line stays."""
    with transaction.atomic():
        ask(batch, S.DROPPED, by=by)
        Fault.objects.filter(batch=batch).delete()
    return batch


def _work(batch: Batch, *, write: bool) -> Batch:
    with holding(RUNNING, batch.pk):
        if Batch.objects.filter(pk=batch.pk).exclude(state__in=(S.CHECKING, S.TAKING)).exists():
            batch.refresh_from_db()  # whoever pressed at the same moment has done it
            return batch
        try:
            staging.open_table()
            facts = _stage(batch)
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
                _settle(batch, facts, write=write)
        except RuleBroken as broken:
            Batch.objects.filter(pk=batch.pk).update(state=S.FAILED, said=str(broken)[:300])
        except (DataError, IntegrityError) as fault:  # its words quote the row, and would carry people into the log
            logging.getLogger(__name__).error("import %s could not be written: %s", batch.pk, type(fault).__name__)  # noqa: TRY400
            said = _("The database refused a row of this file, and nothing was written. Tell whoever runs the system; the file is kept.")
            Batch.objects.filter(pk=batch.pk).update(state=S.FAILED, said=said)
        finally:
            if connection.is_usable() and not connection.needs_rollback:
                staging.close_table()
    batch.refresh_from_db()
    return batch


class _Facts:
    """What was seen of a file while it was read."""

    def __init__(self) -> None:
        self.rows = self.bad = 0
        self.sheets: list[dict[str, Any]] = []
        self.faults: list[tuple[str, pl.DataFrame]] = []


def _stage(batch: Batch) -> _Facts:
    """Read, judge, seal; a thread prepares slices while the database copies the one before."""
    facts, ready, wrong = _Facts(), queue.Queue[bytes | None](2), []
    ground, path = ground_of(batch.union), _path(batch)
    Batch.objects.filter(pk=batch.pk).update(done=0)
    stop = threading.Event()

    def produce() -> None:
        try:
            for piece in _pieces(path, ground, facts):
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
    return facts


def _path(batch: Batch) -> Path:
    """Where the file as sent lies."""
    try:
        with open_(batch.file_digest) as file:
            return Path(file.name)
    except FileNotFoundError:
        raise RuleBroken(_("The file as sent is no longer kept; send it again.")) from None


def _pieces(path: Path, ground: Ground, facts: _Facts) -> Iterator[bytes]:
    """The good rows of all sheets, ready for COPY; what is seen on the way is noted."""
    names = Names()
    for number, sheet in enumerate(sheets(path)):
        found = mapped(sheet)
        if found is None:
            continue
        rows = clean(found.rows)
        facts.sheets.append(
            {
                "name": found.name,
                "number": number,
                "head_row": found.head_row,
                "heads": found.heads,
                "rows": rows.height,
                "skipped": found.skipped,
            }
        )
        del sheet, found.rows
        for start in range(0, rows.height, SLICE):
            piece = rows.slice(start, SLICE)
            done = judge(piece, found.heads, ground)
            facts.rows += piece.height
            facts.bad += done.bad
            if done.faults.height:
                facts.faults.append((found.name, done.faults))
            if done.good.height:
                yield lines(done.good, number, names)
    if not facts.sheets:
        raise RuleBroken(
            _("No sheet has a head with a name and an identity number. Look whether the columns are named, or use the template.")
        )


def _settle(batch: Batch, facts: _Facts, *, write: bool) -> None:
    """The end of the work, in one transaction: what each row is, its faults, and if asked the rows themselves."""
    decided = staging.decide(second=batch.second)
    refused = staging.refused()
    counts = {verdict: decided.get(verdict, 0) for verdict in (*staging.TAKEN, "same")}
    first = [_shown(one) for one in staging.first_rows()]
    Fault.objects.filter(batch=batch).delete()
    by_number = {one["number"]: one for one in facts.sheets}
    _write_faults(batch, facts, refused, by_number)
    if write:
        taking.take(batch.pk, counts["new"] + counts["join"])
        note([("imported", "members.batch", batch.pk, "")], by=batch.by)
    Batch.objects.filter(pk=batch.pk).update(
        state=S.DONE if write else S.CHECKED, rows=facts.rows, bad=facts.bad + len(refused), good=facts.rows - facts.bad - len(refused),
        same=counts["same"], done=facts.rows, found=counts | {"first": first}, said="",
        mapping={"sheets": facts.sheets, "skipped": summed([one["skipped"] for one in facts.sheets])}, **({"taken_at": now()} if write else {}),
    )  # fmt: skip


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    name, number = masked(one["name"], crypt.unseal(one.pop("id"), ID))
    return one | {"name": name, "number": number, "joined": one["joined"].isoformat()}


def _write_faults(batch: Batch, facts: _Facts, refused: list[tuple[int, int, str, str]], sheets_by: dict[int, dict[str, Any]]) -> None:
    """All faults, the checks' and the register's, by COPY."""
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy('COPY members_fault (batch_id, sheet, "row", "column", code, value) FROM STDIN') as copy,
    ):
        for sheet, frame in facts.faults:
            for row, column, code, value in frame.iter_rows():
                copy.write_row((batch.pk, sheet[:60], row, column[:60], code, value[:120]))
        for number, row, code, value in refused:
            one = sheets_by[number]
            copy.write_row(
                (batch.pk, one["name"][:60], row, one["heads"]["name" if code == "other-name" else "id"][:60], code, value[:120])
            )


def undo(batch: Batch, *, by: User) -> Batch:
    """Take a whole import back; refused with a sentence if somebody has built on it since."""
    _refuse_if_built_on(batch)
    return begin(ask(batch, S.UNDOING, by=by, undone_by=by))


def _refuse_if_built_on(batch: Batch) -> None:
    found = undoing.hindrances(batch.pk)
    said = {
        "moved": _("%(n)d memberships have moved on since"),
        "edited": _("%(n)d people were changed since"),
        "again": _("%(n)d people were changed by a later import: take that one back first"),
        "built": _("other records stand on %(n)d memberships"),
    }
    if found:
        parts = _("; ").join(said[name] % {"n": n} for name, n in found.items())
        raise RuleBroken(_("This import cannot be taken back as a whole: %(why)s. Correct those people on their pages.") % {"why": parts})


def _undo(batch: Batch) -> Batch:
    with holding(RUNNING, batch.pk):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
                _refuse_if_built_on(batch)
                undoing.undo(batch.pk)
                Batch.objects.filter(pk=batch.pk).update(state=S.UNDONE, undone_at=now())
        except RuleBroken as broken:
            Batch.objects.filter(pk=batch.pk).update(state=S.DONE, said=str(broken)[:300])
    batch.refresh_from_db()
    return batch


def import_roster(path: str | Path, union: Union, *, dry_run: bool = False, by: User) -> dict[str, Any]:
    """Read a roster from the command line or another program; who may is asked before. What was found, and every fault."""
    path = Path(path)
    batch = receive(union, path, name=path.name, by=by)
    batch = check(batch) if dry_run else take(batch)
    if batch.state == S.FAILED:
        raise RuleBroken(batch.said)
    faults = [
        {"sheet": sheet, "row": row, "column": column, "code": code, "value": value, "text": sentence(code, value)}
        for sheet, row, column, code, value in batch.faults.order_by("sheet", "row", "pk").values_list(
            "sheet", "row", "column", "code", "value"
        )
    ]
    return {"rows": batch.rows, "good": batch.good, "bad": batch.bad, "faults": faults}
