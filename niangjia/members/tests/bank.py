"""A bank at the edge: it reads the order as a bank would, and answers with its own file."""

from __future__ import annotations

import csv
import io

from niangjia.members.bank import ANSWER, DONE, luhn


def card_number(n: int) -> str:
    """The n-th made-up card, with its check digit."""
    first = f"62220299{n:010d}"
    return next(first + str(digit) for digit in range(10) if luhn(first + str(digit)))


class PaperBank:
    """Makes every card but those whose holders it does not like."""

    def __init__(self, *, refuses: dict[str, str] | None = None, start: int = 1, encoding: str = "gb18030") -> None:
        self.refuses, self.start, self.encoding = refuses or {}, start, encoding

    def answers(self, order: bytes) -> bytes:
        """Its file for an order."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(ANSWER)
        for row in csv.DictReader(io.StringIO(order.decode("gb18030"), newline="")):
            fault = self.refuses.get(row["姓名"], "")
            number = "" if fault else card_number(self.start + int(row["序号"]))
            writer.writerow([row["序号"], row["姓名"], number, "失败" if fault else DONE, fault])
        return out.getvalue().encode(self.encoding)
