"""Short messages leave the house by a carrier: a port with two plugs, a folder and an address. No provider is built in.

A carrier takes a message once by its key, answers a receipt, and says by its exception whether trying again may help. What came
back later, that somebody answered or read it, its gateway posts to the house by the same key (`POST /api/rights/receipts`). A city that has a contract with a provider puts a small gateway behind either plug (docs/adr/0014).

>>> from tempfile import mkdtemp
>>> carrier = plugged(f"folder:{mkdtemp()}")
>>> letter = Letter("k-1", "10012345678", "sign-in-code", {"code": "123456"}, "…")
>>> carrier.send(letter) == carrier.send(letter)
True
"""

from __future__ import annotations

import json
import os
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

SECONDS = 10  # that a carrier may take to answer
RECEIPT = 64  # characters of a receipt that are kept
AGAIN = (408, 425, 429)  # answers of an address after which it may be tried again


class Away(Exception):
    """The carrier does not answer just now: try again later."""


class NotTaken(Exception):
    """The carrier has refused this message, and will refuse it again."""


@dataclass(frozen=True)
class Letter:
    """One short message on its way, or a call that says it. Providers that want a template take its name and facts; others take the text."""

    key: str
    number: str
    template: str
    facts: Mapping[str, str]
    text: str
    kind: str = "sms"  # or voice: it is read to whoever answers, who says with a key that she has it; or chat: the work messenger of that number's holder


class Carrier(Protocol):
    """What takes short messages out of the house."""

    def send(self, one: Letter) -> str:
        """Take a message over, once by its key; answers the receipt. Away or NotTaken, with no word of what it was."""


@dataclass(frozen=True)
class Folder:
    """Each message is a file of its own in a folder, from which a gateway takes it; in the demo the phone on the screen shows them."""

    folder: Path

    def send(self, one: Letter) -> str:
        """Written aside and then linked under its key: whoever watches the folder sees whole messages, and each once."""
        target = self.folder / f"{one.key}.json"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            number, aside = tempfile.mkstemp(dir=self.folder, suffix=".new")
            try:
                with os.fdopen(number, "w", encoding="utf-8") as file:
                    json.dump(asdict(one), file, ensure_ascii=False)
                with suppress(FileExistsError):
                    os.link(aside, target)
            finally:
                Path(aside).unlink()
        except OSError as fault:
            raise Away(type(fault).__name__) from None
        return one.key[:RECEIPT]

    def last(self, most: int) -> list[Letter]:
        """The newest messages that still lie there, the last first."""
        files = self.folder.glob("*.json") if self.folder.is_dir() else ()
        newest = sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)[:most]
        return [Letter(**json.loads(path.read_text(encoding="utf-8"))) for path in newest]


@dataclass(frozen=True)
class Address:
    """Each message is posted as JSON to an address, with the key of the house if it has one; the answer names the receipt."""

    url: str
    key: str = ""

    def send(self, one: Letter) -> str:
        """Posted once; what was posted before is known to the other side by its key."""
        heads = {"Content-Type": "application/json", "Idempotency-Key": one.key}
        if self.key:
            heads["Authorization"] = f"Bearer {self.key}"
        asked = urllib.request.Request(self.url, json.dumps(asdict(one), ensure_ascii=False).encode(), heads)  # noqa: S310 - `plugged` takes http alone
        try:
            with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 - likewise
                receipt = json.load(answer)["receipt"]
        except urllib.error.HTTPError as fault:
            fault.close()
            if 400 <= fault.code < 500 and fault.code not in AGAIN:
                raise NotTaken(str(fault.code)) from None
            raise Away(str(fault.code)) from None
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise Away(type(fault).__name__) from None
        return str(receipt)[:RECEIPT]


def plugged(said: str, key: str = "") -> Carrier | None:
    """The carrier that a setting names: `folder:/…`, or an address; None if it names none. ValueError for anything else."""
    if not said:
        return None
    kind, _, rest = said.partition(":")
    if kind == "folder" and rest:
        return Folder(Path(rest))
    if kind in ("http", "https"):
        return Address(said, key)
    raise ValueError("NIANGJIA_SMS and NIANGJIA_MESSENGER begin with folder:, http: or https:")


def carrier(kind: str = "sms") -> Carrier | None:
    """The carrier of this house for texts and calls, or for the work messenger; None where nobody has plugged one in."""
    return plugged(settings.MESSENGER, settings.MESSENGER_KEY) if kind == "chat" else plugged(settings.SMS, settings.SMS_KEY)
