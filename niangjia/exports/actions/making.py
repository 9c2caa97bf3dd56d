"""The workbook of an export: written sealed, row by row; handed to the asker alone, each time with a line in the log; deleted when its time is over.

A worker that was killed leaves a part that nobody can read, and its job is done anew from the beginning.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from niangjia.access.api import User
from niangjia.exports import queries, rules
from niangjia.exports.enums import KEY, State
from niangjia.exports.models import Export
from niangjia.exports.paper import cover, cover_columns, margins, title_lines
from niangjia.flow.api import move
from niangjia.kit import crypt
from niangjia.kit.dates import now
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.exportable import EXPORTABLES, Exportable
from niangjia.kit.holding import holding
from niangjia.kit.vault import Vault, new_key, opened
from niangjia.kit.workbook import Book, Col
from niangjia.notices.api import tell

TELL = 1.0  # seconds between two words about how far it has come
FORGOTTEN = 24 * 3600  # seconds after which a part that was being written belongs to nobody
Rows = dict[int, "array[int]"]  # by union


def make(export: Export) -> Export:
    """Write what was let out, in the asker's language; done again after a kill, it begins anew."""
    with holding(queries.WRITING, export.pk):
        whole = queries.whole(export.pk)
        if whole.state == State.MAKING:
            with translation.override(whole.by.language or settings.LANGUAGE_CODE):
                _make(whole)
    export.refresh_from_db()
    return export


def _make(export: Export) -> None:
    try:
        key = new_key()
        size, held = _written(export, key)
    except RuleBroken as broken:
        _failed(export, str(broken))
        return
    except OSError as fault:
        _failed(
            export, _("The folder of exports cannot be written (%(why)s). Tell whoever runs the system.") % {"why": fault.strerror or fault}
        )
        return
    with transaction.atomic():
        _keep(export, held)
        many, at = sum(map(len, held.values())), now()
        Export.objects.filter(pk=export.pk).update(
            written=many,
            done=many,
            size=size,
            made_at=at,
            key_sealed=crypt.seal_one(key, KEY),
            keep_until=at + queries.kept(at),
            gone_at=None,
        )
        move(export, "finish", by=None)
        tell(
            [export.by], "export-ready", url=export.get_absolute_url(),
            facts={"reference": export.reference, "what": export.title, "rows": f"{many:,}", "until": at + queries.kept(at)},
        )  # fmt: skip


def _failed(export: Export, why: str) -> None:
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(keep_until=now() + queries.kept(now()))
        move(export, "fail", by=None, reason=why)
        tell(
            [export.by],
            "export-failed",
            facts={"reference": export.reference, "what": export.title, "why": why},
            url=export.get_absolute_url(),
        )


def _written(export: Export, key: str) -> tuple[int, Rows]:
    """The workbook, sealed, under its name; its size, and whose rows it holds."""
    what = EXPORTABLES.get(export.what)
    if what is None:
        raise RuleBroken(_("This kind of list is no longer exported."))
    if not export.by.is_active or queries.seat_at(export.by, what, export.union) is None:
        raise RuleBroken(_("Whoever asked for it no longer holds the office in whose name it was asked."))
    target, held = queries.place(export), Rows()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_suffix(f".{time.time_ns()}.part")
    try:
        with part.open("xb") as file, Vault(file, key, str(export.uuid)) as vault:
            with Book(vault, margins(export)) as book:  # type: ignore[arg-type]  # a stream that only goes on
                fields = queries.fields_of(export)
                columns = [Col(one.head, one.width, one.kind) for one in fields]
                above = title_lines(export) + ([str(what.note)] if what.note else [])
                if not what.foot:
                    book.sheet(_("About this export"), cover_columns(), cover(export, what))
                book.sheet(str(what.title), columns, _lines(export, what, held), above, str(what.foot))
                if what.foot:  # whoever gets a form looks for it on the first sheet
                    book.sheet(_("About this export"), cover_columns(), cover(export, what))
            size = vault.size
        part.chmod(0o400)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return size, held


def _lines(export: Export, what: Exportable, held: Rows) -> Iterator[Sequence[Any]]:
    """The rows, noted by union as they pass; how far it has come is told once a second."""
    rows = what.rows(export.by, export.union, queries.query_of(export))
    told = time.monotonic()
    found = what.lines(rows, [one.code for one in queries.fields_of(export)], frozenset(export.full))
    for many, (union, pk, cells) in enumerate(found, start=1):
        of_union = held.get(union)
        if of_union is None:
            of_union = held[union] = array("q")
        of_union.append(pk)
        if not many % 1000 and time.monotonic() - told > TELL:
            told = time.monotonic()
            Export.objects.filter(pk=export.pk).update(done=many)
        yield cells


def _keep(export: Export, held: Rows) -> None:
    """Whose rows it holds, so that they can be told; what an earlier try has written is replaced."""
    export.held.all().delete()
    thing = EXPORTABLES[export.what].thing
    with connection.cursor() as cursor, cursor.cursor.copy("COPY exports_held (export_id, thing, union_id, things) FROM STDIN") as copy:
        for union, things in held.items():
            copy.write_row((export.pk, thing, union, things.tolist()))


def hand_out(export: Export, *, by: User) -> tuple[str, Iterator[bytes]]:
    """The file's name and bytes, for the asker, as long as she holds the office. That she takes it is noted before the first byte leaves."""
    what = EXPORTABLES.get(export.what)
    if export.by_id != by.pk or what is None or queries.seat_at(by, what, export.union) is None:
        raise Refused(_("Only whoever asked for an export takes it away, and only while she holds the office."))
    if export.state != State.READY or export.key_sealed is None or rules.over(export.keep_until, now()):
        raise RuleBroken(_("This workbook is no longer there: it is deleted after seven days. Ask for it anew."))
    try:
        file = queries.place(export).open("rb")
    except FileNotFoundError:
        raise RuleBroken(_("The file is missing from the folder of exports; exports are in no backup. Ask for it anew.")) from None

    def pieces() -> Iterator[bytes]:
        with file:
            yield from opened(file, crypt.unseal(key, KEY), str(export.uuid))

    key = export.key_sealed
    return f"{export.reference}.xlsx", pieces()


@transaction.atomic
def drop(export: Export, *, by: User | None) -> Export:
    """Delete the file before its time is over, or (nobody: the house) when it is; the record stays."""
    Export.objects.filter(pk=export.pk, state__in=["READY", "FAILED"]).update(key_sealed=None, gone_at=now())
    move(export, "expire" if by is None else "drop", by=by)
    transaction.on_commit(lambda: _remove(queries.place(export)))
    export.refresh_from_db()
    return export


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()


def sweep() -> int:
    """Delete what has lain long enough, let lapse what nobody answered, and remove what belongs to nobody. Answers how many exports moved."""
    at, moved = now(), 0
    for export in Export.objects.filter(state__in=["READY", "FAILED"], keep_until__lte=at).order_by("pk"):
        drop(export, by=None)
        moved += 1
    for export in Export.objects.filter(state="ASKED", asked_at__lte=at - queries.patience(at)).select_related("by").order_by("pk"):
        with transaction.atomic():
            move(export, "lapse", by=None)
            tell([export.by], "export-lapsed", facts={"reference": export.reference, "what": export.title}, url=export.get_absolute_url())
        moved += 1
    _tidy()
    return moved


def _tidy() -> None:
    """Files whose export is not ready, and parts of killed writers; no key of theirs is kept, so they were unreadable already."""
    folder = Path(settings.EXPORTS)
    ready = set(map(str, Export.objects.filter(state="READY").values_list("uuid", flat=True)))
    for path in folder.glob("*") if folder.exists() else ():
        with suppress(FileNotFoundError):
            if path.name not in ready and time.time() - path.stat().st_mtime >= FORGOTTEN:
                path.unlink()
