"""The identity numbers of a file's good rows, kept as a table to look up: eight bytes of each keyed hash in order, beside it the place.

So a number that is typed for a bad row is told at once to stand in the file already, also in a file of a whole city.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

HASH, SHEET, ROW = ">u8", ">u2", ">u4"
PLACE = np.dtype([("sheet", SHEET), ("row", ROW)])
Piece = tuple[npt.NDArray[np.uint64], int, Sequence[int]]  # hashes, the sheet, the rows


def heads(hashes: Sequence[bytes]) -> npt.NDArray[np.uint64]:
    """The first eight bytes of each hash of sixteen, as numbers."""
    return np.ascontiguousarray(np.frombuffer(b"".join(hashes), dtype=HASH)[::2])


def packed(pieces: Iterable[Piece]) -> tuple[bytes, bytes]:
    """All pieces as two columns of bytes, ordered by hash and then by place."""
    known = list(pieces)
    hashes = np.concatenate([piece[0] for piece in known]) if known else np.empty(0, HASH)
    places = np.empty(len(hashes), PLACE)
    at = 0
    for piece, sheet, rows in known:
        places["sheet"][at : at + len(piece)] = sheet
        places["row"][at : at + len(piece)] = rows
        at += len(piece)
    order = np.lexsort((places["row"], places["sheet"], hashes))
    return hashes[order].astype(HASH).tobytes(), places[order].tobytes()


def places_of(hashes: bytes | memoryview, places: bytes | memoryview, asked: Sequence[bytes]) -> dict[bytes, list[tuple[int, int]]]:
    """Where numbers stand: sheet and row of each, in order; those that stand nowhere are left out."""
    if not asked:
        return {}
    known, where = np.frombuffer(hashes, HASH), np.frombuffer(places, PLACE)
    wanted = heads(asked)
    first, last = np.searchsorted(known, wanted, "left"), np.searchsorted(known, wanted, "right")
    return {
        one: [(int(place["sheet"]), int(place["row"])) for place in where[begin:end]]
        for one, begin, end in zip(asked, first, last, strict=True)
        if end > begin
    }
