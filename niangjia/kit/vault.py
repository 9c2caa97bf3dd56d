"""Files that nobody can read without their key: written once in pieces, each sealed, in order, and the last one marked as the last.

Each file has a key of its own, which is kept sealed with the thing that the file belongs to: whoever throws the key away has
thrown the file away, wherever copies of it may lie.

>>> import io
>>> from django.conf import settings
>>> out, key = io.BytesIO(), new_key()
>>> with Vault(out, key, "a thing") as box:
...     _ = box.write(b"some"), box.write(b" bytes")
>>> b"".join(opened(io.BytesIO(out.getvalue()), key, "a thing"))
b'some bytes'
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Self

from niangjia.kit.crypt import NONCE, TAG, lock, unlock

PIECE = 2**20


def new_key() -> str:
    """A key for one file, as text that can be sealed."""
    return base64.b64encode(os.urandom(32)).decode()


class Vault:
    """A stream that is written and cannot go back; it counts what went in."""

    def __init__(self, out: IO[bytes], key: str, about: str) -> None:
        self.out, self.key, self.about = out, base64.b64decode(key), about
        self.size = self.piece = 0
        self.held = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._seal(bytes(self.held), last=True)

    def write(self, data: bytes) -> int:
        """Take bytes; whole pieces go out sealed."""
        self.held += data
        self.size += len(data)
        while len(self.held) > PIECE:  # the last piece may be a whole one, so one is always held back
            self._seal(bytes(self.held[:PIECE]), last=False)
            del self.held[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Nothing goes out before its piece is whole."""

    def _seal(self, clear: bytes, *, last: bool) -> None:
        self.out.write(lock(self.key, *_turn(self.piece, self.about, last=last, body=clear)))
        self.piece += 1


def _turn(piece: int, about: str, *, last: bool, body: bytes) -> tuple[bytes, bytes, bytes]:
    return piece.to_bytes(NONCE, "big"), body, f"{about} {piece} {'end' if last else 'on'}".encode()


def opened(file: IO[bytes], key: str, about: str) -> Iterator[bytes]:
    """The bytes of a file, piece by piece; cryptography's InvalidTag where one was changed, moved, or the end is missing."""
    raw, piece, body = base64.b64decode(key), 0, file.read(PIECE + TAG)
    while True:
        after = file.read(PIECE + TAG)
        yield unlock(raw, *_turn(piece, about, last=not after, body=body))
        if not after:
            return
        piece, body = piece + 1, after
