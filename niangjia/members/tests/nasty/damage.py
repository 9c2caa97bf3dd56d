"""Files as a bad line, a full disk or a careless hand leaves them: the same seed, the same damage."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from niangjia.members.tests.nasty import WORKBOOKS
from niangjia.members.tests.rosters import line, old_workbook

ENDINGS = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".et", "")


def sound(folder: Path) -> list[bytes]:
    """Files of each kind that are whole."""
    made = []
    for one in WORKBOOKS:
        path = folder / f"{one.slug}{one.suffix}"
        one.make(path)
        made.append(path.read_bytes())
    rows = [["姓名", "证件号码", "手机号码", "性别", "入会时间", "岗位"], *(line(n).split(",") for n in range(1, 9))]
    return [*made, old_workbook(rows), "\n".join(",".join(row) for row in rows).encode("gb18030")]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    raw = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def truncated(data: bytes, chance: random.Random) -> bytes:
    """It ends too soon."""
    return data[: chance.randrange(len(data))]


def torn(data: bytes, chance: random.Random) -> bytes:
    """A piece of it is missing, or stands twice."""
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:a] + data[b:] if chance.random() < 0.5 else data[:b] + data[a:]


def mixed(data: bytes, chance: random.Random) -> bytes:
    """Noise before it, behind it or in the middle."""
    noise = chance.randbytes(chance.choice((1, 16, 600)))
    at = chance.choice((0, len(data), chance.randrange(len(data) + 1)))
    return data[:at] + noise + data[at:]


def unpacked(data: bytes, chance: random.Random) -> bytes:
    """A part of the packed folder is gone, empty, damaged, or another one's; what is not packed is only damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            parts = {name: box.read(name) for name in box.namelist()}
    except zipfile.BadZipFile:
        return flipped(data, chance)
    name, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    part = parts.pop(name)
    match chance.randrange(5):
        case 1:
            parts[name] = b""
        case 2:
            parts[name] = parts.get(other, b"<x/>")
        case 3:
            parts[name] = flipped(part, chance) if part else b"?"
        case 4:
            parts[name] = part.replace(b"<v>", b"<v>9").replace(b'r="', b'r="X', chance.randrange(1, 9))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for path, content in parts.items():
            box.writestr(path, content)
    return out.getvalue()


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, truncated, torn, mixed, unpacked, unpacked)


def damaged(files: list[bytes], many: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many damaged files, each with a name that may lie."""
    chance = random.Random(seed)
    for n in range(many):
        yield f"{n}{chance.choice(ENDINGS)}", chance.choice(WAYS)(chance.choice(files), chance)
