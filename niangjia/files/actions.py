"""Keeping files: bytes are written aside, checked, and only then renamed to what they are; a kill in between leaves no half file."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files import rules
from niangjia.files.enums import Media
from niangjia.files.models import Document, Paper
from niangjia.files.queries import place
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.kit.retention import HOLDERS, RETENTIONS
from niangjia.kit.who import Scope

Source = bytes | Path | File  # type: ignore[type-arg]
PIECE = 2**20
FORGOTTEN = 3600  # seconds after which a file that was being written belongs to nobody


def store(source: Source, *, name: str, roster: bool = True) -> Document:
    """Keep bytes once, by their content; RuleBroken with a sentence if their kind or size is not taken, and then nothing is kept.

    A table may be as large as a roster of the whole city, unless it is to be a paper.
    """
    try:
        with _incoming() as (aside, path):
            digest, size = _copy(source, aside, name)
            media = _checked(aside, name, size, roster=roster)
            os.fsync(aside.fileno())
            target = place(digest)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                path.chmod(0o440)
                path.replace(target)
                _settle(target.parent)
    except OSError as fault:
        raise RuleBroken(
            _(
                "“%(name)s” could not be kept: the folder of files cannot be written (%(why)s). Nothing was kept; tell whoever runs the system."
            )
            % {"name": name, "why": fault.strerror or fault}
        ) from fault
    document, _made = Document.objects.get_or_create(digest=digest, defaults={"size": size, "media": media.value, "made_at": now()})
    return document


@contextmanager
def _incoming() -> Iterator[tuple[BinaryIO, Path]]:
    """A file on the same disk, gone unless it was renamed."""
    folder = Path(settings.FILES) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    number, path = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(number, "w+b") as file:
            yield file, Path(path)
    finally:
        with suppress(FileNotFoundError):
            Path(path).unlink()


def _settle(folder: Path) -> None:
    """Make a rename last through a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _pieces(source: Source) -> Iterator[bytes]:
    if isinstance(source, File):
        yield from source.chunks(PIECE)
        return
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _copy(source: Source, aside: BinaryIO, name: str) -> tuple[str, int]:
    """Write the bytes aside; stop as soon as they are too many for any kind."""
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(source):
        size += len(piece)
        if size > rules.TABLE_LIMIT:
            raise RuleBroken(_too_large(name, rules.TABLE_LIMIT))
        digest.update(piece)
        aside.write(piece)
    aside.flush()
    return digest.hexdigest(), size


def _too_large(name: str, limit: int) -> str:
    return _("“%(name)s” is larger than %(limit)d MB and was not kept. Send it in parts, or scan it at a lower resolution.") % {
        "name": name, "limit": limit // 2**20,
    }  # fmt: skip


def _checked(aside: BinaryIO, name: str, size: int, *, roster: bool) -> Media:
    found = rules.media_of(aside)
    if not isinstance(found, Media):
        sentences = {
            "empty": _("“%(name)s” is empty. Look at the file on your computer and send it again."),
            "zip": _("“%(name)s” is a packed folder. Unpack it, and send the files in it one by one."),
            "macros": _("“%(name)s” contains macros. Save it as an ordinary workbook or document without macros, and send that."),
            "locked": _("“%(name)s” is locked with a password. Take the password off, and send it again."),
            "bomb": _("“%(name)s” would be larger than 4 GB when opened, and was not kept."),
            "broken": _("“%(name)s” is damaged and cannot be opened. Save it anew, and send that."),
        }
        other = _(
            "“%(name)s” is none of the kinds that are taken, whatever its name says: PDF, JPG, PNG, DOCX, XLSX, XLS, ODS, CSV and TXT. Open it, save it as one of these, and send that."
        )
        raise RuleBroken(sentences.get(found, other) % {"name": name})
    limit = rules.limit_of(found) if roster else rules.LIMIT
    if size > limit:
        raise RuleBroken(_too_large(name, limit))
    return found


@transaction.atomic
def attach(thing: Model, source: Source, *, name: str, purpose: str = "", by: User | None) -> Paper:
    """Lay a file on a thing; the caller has asked whether this person may. The paper stands where the thing stands."""
    document = store(source, name=name, roster=False)
    scope: Scope = getattr(type(thing), "scope", Scope())
    return Paper.objects.create(
        document=document, kind=thing._meta.label_lower, thing_id=thing.pk, name=rules.safe_name(name, Media(document.media)), purpose=purpose, by=by, at=now(),
        union_id=getattr(thing, scope.union), township_id=getattr(thing, scope.township), county_id=getattr(thing, scope.county),
    )  # fmt: skip


@transaction.atomic
def take_off(paper: Paper, *, by: User) -> Paper:
    """Take a paper off its thing: it opens for nobody any more, and the line stays. The caller has asked whether she may."""
    Paper.objects.filter(pk=paper.pk, gone_at=None).update(gone_at=now(), gone_by=by)
    paper.refresh_from_db()
    return paper


def sweep(older: float = FORGOTTEN) -> int:
    """Remove what a killed writer left aside. Answers how many files went."""
    gone = 0
    folder = Path(settings.FILES) / "incoming"
    for path in folder.glob("*") if folder.exists() else ():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime >= older:
                path.unlink()
                gone += 1
    return gone


@transaction.atomic
def destroy(kind: str, things: Iterable[int], *, only: Collection[int] | None = None) -> int:
    """Destroy the papers of things whose time is over, all or `only` some, and the bytes that nobody else holds. Answers how many papers went."""
    papers = Paper.objects.filter(kind=kind, thing_id__in=list(things))
    if only is not None:
        papers = papers.filter(pk__in=only)
    digests = set(papers.values_list("document__digest", flat=True))
    gone = papers.delete()[0]
    for digest in digests:
        let_go(digest)
    return gone


@transaction.atomic
def let_go(digest: str) -> bool:
    """Destroy the bytes of a document if no paper and no floor holds them; they are gone when this is committed. Answers whether they go."""
    document = Document.objects.select_for_update().filter(digest=digest).first()
    if document is None or document.papers.exists() or any(ask(digest) for ask in HOLDERS):
        return False
    document.delete()
    transaction.on_commit(lambda: place(digest).unlink(missing_ok=True))
    return True


def carry_out() -> dict[str, int]:
    """Erase all that has been kept long enough, by what the apps declare; one that fails holds up no other, and is tried the next night."""
    done = {}
    for label, one in sorted(RETENTIONS.items()):
        try:
            done[label] = one.erase()
        except Exception:  # the watchman reads the log; what is due stays due
            logging.getLogger(__name__).exception("what is kept of %s could not be erased", label)
    return done
