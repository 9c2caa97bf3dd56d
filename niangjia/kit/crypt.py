"""What the law calls sensitive is encrypted at rest, and found by a keyed hash.

AES-256-GCM, or SM4-GCM by setting; HMAC-SHA256, or HMAC-SM3. Keys come from a file or the environment and carry ids, so
that they can be rotated: a sealed value begins with the id of its key. Keys never lie beside a backup.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.conf import settings

NONCE, TAG = 12, 16


@dataclass(frozen=True)
class Keys:
    """The keys in force: the current id seals, every id opens; one hash key finds."""

    current: int
    seal: dict[int, bytes]
    find: bytes


def new_keys() -> str:
    """Fresh keys as the text of a key file."""
    return json.dumps({"current": 1, "seal": {"1": _text(secrets.token_bytes(32))}, "find": _text(secrets.token_bytes(32))})


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def write_keys(path: Path, text: str) -> None:
    """Keep a key file readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)


@lru_cache(1)
def keys() -> Keys:
    """The keys, from NIANGJIA_KEYS (the text) or the key file of the settings, which demo mode makes by itself."""
    text = os.environ.get("NIANGJIA_KEYS", "")
    path = Path(settings.KEY_FILE)
    if not text:
        if not path.exists() and settings.DEMO:
            write_keys(path, new_keys())
        text = path.read_text()
    said = json.loads(text)
    return Keys(said["current"], {int(i): base64.b64decode(k) for i, k in said["seal"].items()}, base64.b64decode(said["find"]))


def lock(key: bytes, nonce: bytes, clear: bytes, about: bytes) -> bytes:
    """Encrypt bytes under a key; a nonce is used once with a key, and `about` is authenticated with them."""
    if settings.CIPHER != "SM4":
        return AESGCM(key).encrypt(nonce, clear, about)
    box = Cipher(SM4(key[:16]), GCM(nonce)).encryptor()
    box.authenticate_additional_data(about)
    return box.update(clear) + box.finalize() + box.tag


def unlock(key: bytes, nonce: bytes, body: bytes, about: bytes) -> bytes:
    """The bytes again; cryptography's InvalidTag if they were changed, or locked about something else."""
    if settings.CIPHER != "SM4":
        return AESGCM(key).decrypt(nonce, body, about)
    if len(body) < TAG:
        raise InvalidTag
    box = Cipher(SM4(key[:16]), GCM(nonce, body[-TAG:])).decryptor()
    box.authenticate_additional_data(about)
    return box.update(body[:-TAG]) + box.finalize()


def seal(values: Iterable[str], purpose: str) -> list[bytes]:
    """Encrypt many values for one purpose (the purpose is authenticated: a phone cannot stand in for an identity number)."""
    known, clear = keys(), [v.encode() for v in values]
    about, key = purpose.encode(), known.seal[known.current]
    head, nonces = known.current.to_bytes(2, "big"), os.urandom(NONCE * len(clear))
    encrypt = AESGCM(key).encrypt if settings.CIPHER != "SM4" else partial(lock, key)
    return [head + (n := nonces[NONCE * i : NONCE * (i + 1)]) + encrypt(n, v, about) for i, v in enumerate(clear)]


def seal_one(value: str, purpose: str) -> bytes:
    """Encrypt one value."""
    return seal([value], purpose)[0]


def unseal(sealed: bytes | memoryview, purpose: str) -> str:
    """Decrypt one value; cryptography's InvalidTag if it was changed or sealed for another purpose."""
    return unseal_many([sealed], purpose)[0]


def unseal_many(sealed: Iterable[bytes | memoryview | None], purpose: str) -> list[str]:
    """Decrypt many values; nothing stays empty."""
    known, about, sm4 = keys().seal, purpose.encode(), settings.CIPHER == "SM4"
    openers: dict[bytes, Callable[[bytes, bytes, bytes], bytes]] = {}
    out = []
    for value in sealed:
        if value is None:
            out.append("")
            continue
        raw = bytes(value)
        if (head := raw[:2]) not in openers:
            key = known[int.from_bytes(head, "big")]
            openers[head] = partial(unlock, key) if sm4 else AESGCM(key).decrypt
        out.append(openers[head](raw[2 : 2 + NONCE], raw[2 + NONCE :], about).decode())
    return out


def blind(values: Iterable[str], purpose: str) -> list[bytes]:
    """Keyed hashes by which values are found and told apart without being readable: 16 bytes each."""
    base = hmac.new(keys().find, purpose.encode() + b"\x00", "sm3" if settings.CIPHER == "SM4" else "sha256")
    out = []
    for value in values:
        mine = base.copy()
        mine.update(value.encode())
        out.append(mine.digest()[:16])
    return out


def blind_one(value: str, purpose: str) -> bytes:
    """The keyed hash of one value."""
    return blind([value], purpose)[0]


@dataclass(frozen=True)
class Sealed:
    """A sealed column, and the columns by which its values are found: each with its purpose, and how many characters from the end it takes."""

    model: str  # the label
    column: str
    purpose: str
    found_by: dict[str, tuple[str, int]]  # column: (purpose, last characters; 0 for the whole)


SEALED: list[Sealed] = []


def sealed(model: str, column: str, purpose: str, **found_by: tuple[str, int]) -> None:
    """Declare a sealed column, so that the keys can be changed."""
    SEALED.append(Sealed(model, column, purpose, found_by))
