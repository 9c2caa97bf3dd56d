"""What a file is, told by its bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from niangjia.files.enums import Media
from niangjia.files.rules import media_of, safe_name

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def box(**members: bytes) -> bytes:
    """A zip with these members; two underscores stand for a slash, one for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name, data in members.items():
            zipped.writestr({"types": "[Content_Types].xml"}.get(name, name.replace("__", "/").replace("_", ".")), data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7\n...", Media.PDF),
        (b"\xff\xd8\xff\xe0JFIF", Media.JPEG),
        (b"\x89PNG\r\n\x1a\n....", Media.PNG),
        ("姓名,证件号\n张三,1".encode(), Media.TEXT),
        ("姓名,证件号\n张三,1".encode("gb18030"), Media.TEXT),
        ("姓名\t工会".encode("utf-16"), Media.TEXT),
        (OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), Media.XLS),
        (box(types=b"", xl__workbook_xml=b"<x/>"), Media.XLSX),
        (box(types=b"", word__document_xml=b"<x/>"), Media.DOCX),
        (box(mimetype=Media.ODS.encode()), Media.ODS),
        (b"", "empty"),
        (box(a_txt=b"1"), "zip"),
        (box(types=b"", xl__workbook_xml=b"<x/>", xl__vbaProject_bin=b"1"), "macros"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "unknown"),
        (b"PK\x03\x04 and then nothing", "broken"),
        (b"<!doctype html><script>1</script>", "unknown"),
        (b"<svg xmlns=''/>", "unknown"),
        (b"MZ\x90\x00\x03", "unknown"),
        (b"\x7fELF\x02\x01\x01\x00", "unknown"),
    ],
)
def test_the_bytes_say_what_a_file_is(data, found):
    assert media_of(io.BytesIO(data)) == found


def test_a_letter_cut_off_at_the_end_of_the_beginning_does_not_spoil_a_text():
    assert media_of(io.BytesIO(("工" * 40_000).encode())) == Media.TEXT
    assert media_of(io.BytesIO(b"a" + ("工" * 40_000).encode("gb18030"))) == Media.TEXT


def test_a_name_keeps_its_words_and_loses_its_tricks():
    assert safe_name("../../etc/passwd", Media.TEXT) == "passwd.txt"
    assert safe_name("C:\\名册.XLSX", Media.XLSX) == "名册.XLSX"
    assert safe_name("\u202e名册.exe", Media.XLSX) == "名册.exe.xlsx"
    assert len(safe_name("长" * 400 + ".pdf", Media.PDF)) <= 200
