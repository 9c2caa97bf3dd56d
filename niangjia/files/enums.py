"""What files are made of, and who may read a paper."""

from __future__ import annotations

from enum import StrEnum


class May(StrEnum):
    """Permissions on papers."""

    READ = "files.read"


class Media(StrEnum):
    """The kinds of files that are taken: found in the bytes, never believed from a name."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLS = "application/vnd.ms-excel"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    TEXT = "text/plain"


TABLES = frozenset({Media.XLSX, Media.XLS, Media.ODS, Media.TEXT})  # what may be as large as a roster of the whole city
ENDINGS = {
    Media.PDF: ("pdf",), Media.JPEG: ("jpg", "jpeg"), Media.PNG: ("png",), Media.DOCX: ("docx",), Media.XLSX: ("xlsx",), Media.XLS: ("xls", "et"),
    Media.ODS: ("ods",), Media.TEXT: ("txt", "csv"),
}  # fmt: skip
