"""What a file is, told by its bytes alone: pure, so that every trick can be tried in a test."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from niangjia.files.enums import ENDINGS, TABLES, Media

HEAD = 64 * 1024
MOST_OPENED = 4 * 2**30  # bytes of a packed book once it is opened: what is more is no book
LIMIT, TABLE_LIMIT = 30 * 2**20, 300 * 2**20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff/\\:*?"<>|]+')


def media_of(file: BinaryIO) -> Media | str:
    """The kind of a file, or why it is not taken: `empty`, `zip`, `macros`, `locked`, `bomb`, `broken`, `unknown`."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        return "empty"
    if head.startswith(b"%PDF-"):
        return Media.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Media.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Media.PNG
    if head.startswith(OLE):
        return _compound(file)
    if head.startswith(b"PK"):
        return _packed(file)
    return Media.TEXT if _is_text(head, cut=len(head) == HEAD) else "unknown"


def _packed(file: BinaryIO) -> Media | str:
    try:
        with zipfile.ZipFile(file) as box:
            lines = box.infolist()
            names = {line.filename for line in lines}
            if any(line.flag_bits & 1 for line in lines):
                return "locked"
            if sum(line.file_size for line in lines) > MOST_OPENED:
                return "bomb"
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return "macros"
            if "[Content_Types].xml" in names:
                if "xl/workbook.xml" in names:
                    return Media.XLSX
                if "word/document.xml" in names:
                    return Media.DOCX
            if (
                "mimetype" in names
                and box.getinfo("mimetype").file_size < 200
                and box.read("mimetype").decode("ascii", "replace").strip() == Media.ODS
            ):
                return Media.ODS
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return "broken"
    return "zip"


def _compound(file: BinaryIO) -> Media | str:
    """An old Office file: the names of its streams stand in it, two bytes a letter."""
    file.seek(0)
    before, kinds = b"", set()
    words = {name: name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage", "_VBA_PROJECT", "WordDocument")}
    while piece := file.read(2**20):
        window = before + piece
        kinds |= {name for name, code in words.items() if code in window}
        before = piece[-64:]
    if "EncryptedPackage" in kinds:
        return "locked"
    if "_VBA_PROJECT" in kinds:
        return "macros"
    return Media.XLS if kinds & {"Workbook", "Book"} and "WordDocument" not in kinds else "unknown"


def _is_text(head: bytes, *, cut: bool) -> bool:
    """Whether the beginning reads as text in UTF-8, UTF-16 or GB 18030; the last letter may be cut off."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return not _fails(head, "utf-16", cut=cut)
    if CONTROLS.search(head) or head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(
        (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"{\\rtf")
    ):
        return False
    return not (_fails(head, "utf-8", cut=cut) and _fails(head, "gb18030", cut=cut))


def _fails(head: bytes, code: str, *, cut: bool) -> bool:
    for short in range(4 if cut else 1):
        try:
            head[: len(head) - short].decode(code)
        except UnicodeDecodeError:
            continue
        return False
    return True


def limit_of(media: Media) -> int:
    """How large a file of a kind may be, in bytes."""
    return TABLE_LIMIT if media in TABLES else LIMIT


def safe_name(name: str, media: Media) -> str:
    r"""A name that any system can keep: no paths, no hidden letters, not too long, with an ending that says what the file is.

    >>> safe_name("..\\a/名册\u202egpj.exe", Media.PDF)
    '名册gpj.exe.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = UNSAFE.sub("", last).strip(" .") or "file"
    stem, dot, ending = clean.rpartition(".")
    if not dot or ending.lower() not in ENDINGS[media]:
        stem, ending = clean, ENDINGS[media][0]
    return f"{stem[: 190 - len(ending)]}.{ending}"
