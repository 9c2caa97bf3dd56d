"""A file into rows of workers, each with what is wrong with it; identity numbers are taken as they stand, or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.faults import name_fault
from niangjia.kit.ids import identity_fault, narrow, phone_fault
from niangjia.kit.reading import Sheet, cells, sheets
from niangjia.members.api import mapped
from niangjia.rights.sheets.heads import kind_of, what_of

NOTHING = ("", "无", "/", "-", "—", "——", "0", "0.0", "0.00")
YUAN = re.compile(r"[￥¥]?(-?[0-9][0-9,]*(?:\.[0-9]+)?)(万)?元?")
MOST = Decimal("9999999999.99")
TEN_THOUSAND = 10_000
YES = ("是", "1", "√", "Y", "YES", "代表")
LONG = 60


@dataclass
class Cells:
    """One row, as it waits: what was read of it, and what is wrong."""

    page: str
    row: int
    name: str = ""
    id: str = ""
    phone: str = ""
    months: str = ""
    leads: bool = False
    amounts: dict[str, str] = field(default_factory=dict)  # by kind; "" is the kind of the dispute
    faults: list[tuple[str, str]] = field(default_factory=list)  # column, code

    def kept(self) -> dict[str, object]:
        """Its cells, as they are sealed."""
        return {"name": self.name, "id": self.id, "phone": self.phone, "months": self.months, "leads": self.leads, "amounts": self.amounts}


@dataclass
class Read:
    """What a file holds: its rows, and the heads under which they were found."""

    rows: list[Cells]
    heads: dict[str, str]


def read(path: Path, most: int) -> Read:
    """The workers of all visible sheets; RuleBroken with what to do where no table of workers is found."""
    rows: list[Cells] = []
    heads: dict[str, str] = {}
    for sheet in sheets(path):
        found = mapped(sheet)
        if found is None:
            continue
        heads |= found.heads
        sums, others = _columns(sheet, found.head_row, set(found.columns.values()))
        heads |= {f"sum:{kind}": said for kind, (_at, said) in sums.items()}
        for one in found.rows.iter_rows(named=True):
            row = cells(sheet.frame, one["row"] - 1)
            rows.append(
                Cells(
                    sheet.name[:LONG], one["row"], _name(one["name"]), narrow(one["id"]).lstrip("'`’"), narrow(one.get("phone") or "").lstrip("'`’"),
                    _at(row, others.get("months"))[:LONG], _at(row, others.get("leads")).strip().upper() in YES,
                    {kind: said for kind, (at, _head) in sums.items() if (said := _plain(row[at])) not in NOTHING},
                )
            )  # fmt: skip
            if len(rows) > most:
                raise RuleBroken(_("This table holds more than %(most)d workers. Send it in parts.") % {"most": most})
    if not rows:
        raise RuleBroken(
            _("No workers are found: a head with names and one with identity numbers is needed. Take the empty table, and fill it in.")
        )
    judge(rows)
    return Read(rows, heads)


def _columns(sheet: Sheet, head_row: int, taken: set[str]) -> tuple[dict[str, tuple[int, str]], dict[str, int]]:
    """Which columns hold sums, months and who speaks; a head of two rows counts as one where the lower says nothing."""
    lower = cells(sheet.frame, head_row - 1)
    upper = cells(sheet.frame, head_row - 2) if head_row > 1 else [""] * len(lower)
    sums: dict[str, tuple[int, str]] = {}
    others: dict[str, int] = {}
    for i, (below, above) in enumerate(zip(lower, upper, strict=True)):
        if f"c{i}" in taken:
            continue
        said = below or above
        if (what := what_of(said)) and what not in others:
            others[what] = i
        elif (kind := kind_of(said)) is not None and kind not in sums:
            sums[kind] = (i, said)
    return sums, others


def _at(row: Sequence[str], i: int | None) -> str:
    return row[i] if i is not None else ""


def _name(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def amount(text: str) -> Decimal | None:
    """Yuan as people write it in a cell; None where it cannot be read.

    >>> [str(amount(one)) for one in ("9,600元", "1.2万", "约5000", "-3")]
    ['9600.00', '12000.00', 'None', 'None']
    """
    said = YUAN.fullmatch(text)
    if not said:
        return None
    try:
        found = Decimal(said[1].replace(",", "")) * (TEN_THOUSAND if said[2] else 1)
    except InvalidOperation:
        return None
    return found.quantize(Decimal("0.01")) if 0 <= found <= MOST else None


def faults_of(one: Cells) -> list[tuple[str, str]]:
    """What is wrong with a row by itself."""
    found: list[tuple[str, str]] = []
    if not one.name:
        found.append(("name", "name-missing"))
    elif name_fault(one.name):
        found.append(("name", "name-shape"))
    if not one.id:
        found.append(("id", "id-missing"))
    elif fault := identity_fault(one.id, on=today(), demo=settings.DEMO):
        found.append(("id", fault))
    if one.phone and phone_fault(one.phone, demo=settings.DEMO):
        found.append(("phone", "shape"))
    found += [(f"sum:{kind}", "amount") for kind, said in one.amounts.items() if amount(said) is None]
    return found


def judge(rows: Iterable[Cells]) -> None:
    """Write beside each row what is wrong with it, also that its number stands before it."""
    first: dict[str, int] = {}
    for one in rows:
        one.faults = faults_of(one)
        if one.id and one.id in first:
            one.faults.append(("id", "again"))
        first.setdefault(one.id, one.row)


def sums(one: Cells, cause: str) -> Mapping[str, Decimal]:
    """What a good row claims, by kind; a sum without a kind is of the kind that the dispute is about."""
    found: dict[str, Decimal] = {}
    for kind, said in one.amounts.items():
        value = amount(said)
        if value:
            found[kind or cause] = found.get(kind or cause, Decimal(0)) + value
    return found
