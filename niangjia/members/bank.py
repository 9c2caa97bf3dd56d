"""The bank that makes the cards, as a port: a file goes out and a file comes back.

Whoever brings another bank writes these two functions for its files; `tests/test_bank.py` holds every bank to the same contract.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from niangjia.kit.errors import RuleBroken

HEADS = ("序号", "姓名", "证件类型", "证件号码", "手机号", "申请类型")
ANSWER = ("序号", "姓名", "卡号", "结果", "失败原因")
DONE = "成功"
NEW, AGAIN = "新办", "补办"
MOST = 5000  # rows of a file that banks take


@dataclass(frozen=True)
class Order:
    """One card to be made."""

    serial: int
    name: str
    paper: str
    number: str
    phone: str
    again: bool = False


@dataclass(frozen=True)
class Made:
    """What the bank answers about one card: its number, or why there is none."""

    serial: int
    name: str
    number: str
    fault: str = ""


class Bank(Protocol):
    """What the house needs of a bank."""

    name: str

    def order(self, orders: Sequence[Order]) -> bytes:
        """The file that is carried to the bank."""

    def read(self, file: bytes) -> list[Made]:
        """The bank's answer; RuleBroken with the row where it is no such file."""


class FileBank:
    """A bank that takes and gives CSV in GBK with CRLF, as the batch portals of banks do (domain reference, §23.3)."""

    name = "湖州银行"

    def order(self, orders: Sequence[Order]) -> bytes:
        """The file that is carried to the bank; long numbers stand as text, so that a spreadsheet does not round them."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(HEADS)
        for one in orders:
            writer.writerow([one.serial, one.name, one.paper, f"\t{one.number}", f"\t{one.phone}", AGAIN if one.again else NEW])
        return out.getvalue().encode("gb18030")

    def read(self, file: bytes) -> list[Made]:
        """The bank's answer, whatever its encoding; heads may stand in any order."""
        rows = list(csv.reader(io.StringIO(_text(file), newline="")))
        if not rows or not set(ANSWER[:4]) <= {cell.strip() for cell in rows[0]}:
            raise RuleBroken("、".join(ANSWER))
        at = {cell.strip(): n for n, cell in enumerate(rows[0])}
        made = []
        for row in rows[1:]:
            cells = {head: row[n].strip() if n < len(row) else "" for head, n in at.items()}
            if not any(cells.values()):
                continue
            if not cells["序号"].isdigit():
                raise RuleBroken(f"{ANSWER[0]}: {cells['序号'][:20]}")
            good = cells["结果"] == DONE
            made.append(
                Made(
                    int(cells["序号"]),
                    cells["姓名"],
                    cells["卡号"] if good else "",
                    "" if good else cells.get("失败原因", "")[:60] or cells["结果"][:60],
                )
            )
        return made


def _text(file: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return file.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleBroken("GBK")


BANKS: dict[str, Bank] = {FileBank.name: FileBank()}


def luhn(number: str) -> bool:
    """Whether the last digit of a card's number checks the others (ISO/IEC 7812).

    >>> luhn("6222021205000000004"), luhn("6222021205000000005")
    (True, False)
    """
    if not number.isdigit() or not 16 <= len(number) <= 19:
        return False
    digits = [int(one) for one in reversed(number)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * one, 10)) for one in digits[1::2])) % 10 == 0
