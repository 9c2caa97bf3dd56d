"""Made-up rosters for tests (domain reference, §22.1)."""

from __future__ import annotations

import struct
from pathlib import Path

from niangjia.kit.ids import identity_check

HEAD = "姓名,证件号码,手机号码,性别,入会时间,岗位"
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "子涵雨桐浩然梓萱一诺宇轩"


def number(n: int, born: str = "19850312") -> str:
    """The n-th made-up identity number."""
    first = f"330599{born}{n:03d}"
    return first + identity_check(first)


def many(n: int) -> str:
    """The n-th made-up identity number of very many."""
    day, turn = divmod(n, 999)
    first = f"330599{1960 + day // 300 % 40}{day // 25 % 12 + 1:02d}{day % 25 + 1:02d}{turn:03d}"
    return first + identity_check(first)


def name(n: int) -> str:
    """The n-th made-up name."""
    return SURNAMES[n % 12] + GIVEN[n // 12 % 12] + GIVEN[n // 144 % 12]


def line(n: int, **facts: str) -> str:
    """One good row, unless told otherwise."""
    row = {"name": name(n), "id": number(n), "phone": f"100{n:08d}", "sex": "", "joined": "2015-06-01", "job": "挡车工"} | facts
    return ",".join(row.values())


def roster(path: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    """A roster as CSV."""
    path.write_bytes("\n".join(["某某工会会员名册（合成）", head, *lines, ""]).encode(encoding))
    return path


def old_workbook(rows: list[list[str]]) -> bytes:
    """A workbook of before 2007, byte by byte: one sheet of text in BIFF8 within a compound file."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def wide(text: str) -> bytes:
        return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")

    begin = struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)
    title = "名册"
    sheet_of = lambda at: record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(title), 1) + title.encode("utf-16-le"))  # noqa: E731
    head = record(0x0809, begin) + record(0x0042, struct.pack("<H", 1200))
    start = len(head) + len(sheet_of(0)) + 4
    cells = b"".join(
        record(0x0204, struct.pack("<HHH", r, c, 15) + wide(text)) for r, row in enumerate(rows) for c, text in enumerate(row) if text
    )
    end = record(0x000A, b"")
    stream = head + sheet_of(start) + end + record(0x0809, begin[:2] + struct.pack("<H", 16) + begin[4:]) + cells + end
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    fat = struct.pack(f"<{128}I", *[*range(1, sectors), 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFD, *[0xFFFFFFFF] * (126 - sectors)])

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        text = (name.encode("utf-16-le") + b"\0\0") if name else b""
        links = struct.pack("<BBiii", kind, 1, -1, -1, child)
        return text.ljust(64, b"\0") + struct.pack("<H", len(text)) + links + b"\0" * 36 + struct.pack("<IQ", first, size)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, -1, 0, len(stream)) + entry("", 0, -1, 0, 0) * 2
    top = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    top += struct.pack("<IIIIIIIII", 0, 1, sectors, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", sectors + 1)
    return top.ljust(512, b"\xff") + stream + folder + fat
