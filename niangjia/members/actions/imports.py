"""An import's life: received, checked, taken over in one transaction, perhaps taken back. Nothing of a person's is logged."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from niangjia.access.api import User, note
from niangjia.files.api import Source, size_of, store
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.holding import holding
from niangjia.kit.reading import no_page, no_wps
from niangjia.members.actions.fixing import take_corrected
from niangjia.members.actions.phones import changed_back, told_back
from niangjia.members.actions.rosters import WRITING, Halved, settle, stage
from niangjia.members.importing import staging, undoing
from niangjia.members.importing.words import sentence
from niangjia.members.models import Batch, Correction, Fault, Line, Seen
from niangjia.members.parameters import UNDO_IMPORT
from niangjia.members.queries import RUNNING, undoable, untaken, waiting
from niangjia.unions.models import Union, place_of

KEPT = timedelta(days=30)  # how long bad rows and corrections are kept
INLINE = 256 * 1024  # bytes: about two thousand rows are worked out while the reader waits
BEGINNING = 200  # bytes that tell a web page
S = Batch.State


def receive(union: Union, source: Source, *, name: str, by: User, second: bool = False, whole: bool = False) -> Batch:
    """Keep the file as it was sent and begin an import; whether this person may was asked by the caller."""
    no_wps(name)
    no_page(_beginning(source))
    document = store(source, name=name)
    with transaction.atomic():
        return Batch.objects.create(
            **place_of(union), by=by, made_at=now(), file_name=name[:200], file_digest=document.digest, second=second, whole=whole
        )


def _beginning(source: Source) -> bytes:
    if isinstance(source, bytes):
        return source[:BEGINNING]
    if isinstance(source, File):
        source.seek(0)
        return bytes(source.read(BEGINNING))
    with source.open("rb") as file:
        head: bytes = file.read(BEGINNING)
    return head


def large(batch: Batch) -> bool:
    """Whether it takes too long to wait for."""
    return size_of(batch.file_digest) > INLINE


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
    if state == S.TAKING and batch.state == S.DONE and not untaken(batch).exists():
        raise RuleBroken(_("There is nothing more to take over: correct rows first."))
    if state == S.TAKING and batch.whole and batch.state == S.CHECKED and waiting(batch)[0]:
        raise RuleBroken(_("This roster is taken over as a whole or not at all: correct the bad rows, or leave them out, first."))
    before = {
        S.TAKING: (S.CHECKED, S.TAKING, S.DONE),
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


@transaction.atomic
def all_or_none(batch: Batch, *, whole: bool, by: User) -> None:
    """Choose whether bad rows hold the good ones up; open until the good ones are in."""
    if not Batch.objects.filter(pk=batch.pk, state=S.CHECKED).update(whole=whole):
        raise RuleBroken(_("The import has moved on in the meantime; look at where it stands now."))
    note([("import-whole" if whole else "import-parts", "members.batch", batch.pk, "")], by=by)


def drop(batch: Batch, *, by: User) -> Batch:
    """Leave an import that was only checked: its faults and what was kept of its rows go, the line stays."""
    with transaction.atomic():
        ask(batch, S.DROPPED, by=by)
        Fault.objects.filter(batch=batch).delete()
        forget(Batch.objects.filter(pk=batch.pk))
    return batch


def forget(batches: QuerySet[Batch]) -> int:
    """Forget the bad rows of imports and what was written over them; faults and figures stay. Answers how many rows went."""
    gone = Line.objects.filter(batch__in=batches).delete()[0]
    Correction.objects.filter(batch__in=batches).delete()
    Seen.objects.filter(batch__in=batches).delete()
    return gone


def forget_old() -> int:
    """Forget the bad rows of imports that were read more than thirty days ago."""
    return forget(Batch.objects.filter(read_at__lt=now() - KEPT))


def _work(batch: Batch, *, write: bool) -> Batch:
    with holding(RUNNING, batch.pk):
        if Batch.objects.filter(pk=batch.pk).exclude(state__in=(S.CHECKING, S.TAKING)).exists():
            batch.refresh_from_db()  # whoever pressed at the same moment has done it
            return batch
        further = write and batch.taken_at is not None  # the good rows are in: what was corrected since is taken
        try:
            staging.open_table()
            if further:
                take_corrected(batch)
            else:
                settle(batch, stage(batch), write=write)
        except Halved as halved:  # somebody moved meanwhile: nothing was written, and it is looked through once more
            Batch.objects.filter(pk=batch.pk).update(state=S.CHECKING)
            batch.refresh_from_db()
            staging.open_table()
            settle(batch, stage(batch), write=False)
            Batch.objects.filter(pk=batch.pk).update(said=str(halved)[:300])
        except RuleBroken as broken:
            Batch.objects.filter(pk=batch.pk).update(state=S.DONE if further else S.FAILED, said=str(broken)[:300])
        except (DataError, IntegrityError) as fault:  # its words quote the row, and would carry people into the log
            logging.getLogger(__name__).error("import %s could not be written: %s", batch.pk, type(fault).__name__)  # noqa: TRY400
            said = _("The database refused a row of this file, and nothing was written. Tell whoever runs the system; the file is kept.")
            Batch.objects.filter(pk=batch.pk).update(state=S.DONE if further else S.FAILED, said=said)
        finally:
            if connection.is_usable() and not connection.needs_rollback:
                staging.close_table()
    batch.refresh_from_db()
    return batch


def undo(batch: Batch, *, by: User) -> Batch:
    """Take a whole import back, within the days that are set; what people have worked on since is kept and listed."""
    _refuse_if_over(batch)
    return begin(ask(batch, S.UNDOING, by=by, undone_by=by))


def _refuse_if_over(batch: Batch) -> None:
    if not undoable(batch):
        raise RuleBroken(
            _("An import is taken back within %(days)d days. Correct those people on their pages.")
            % {"days": asking(batch.union, today())(UNDO_IMPORT).count}
        )
    if n := undoing.changed_again(batch.pk):
        raise RuleBroken(_("%(n)d people were changed by a later import: take that one back first.") % {"n": n})


def _undo(batch: Batch) -> Batch:
    with holding(RUNNING, batch.pk):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
                _refuse_if_over(batch)
                back = changed_back(batch.pk)
                undoing.undo(batch.pk, batch.taken_at or batch.made_at)
                told_back(back)
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
