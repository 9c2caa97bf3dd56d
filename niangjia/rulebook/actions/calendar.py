"""The calendar: days on which people here work or rest against the general calendar, by the yearly notice; entered or read from a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import mark_days, unmark_day
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.faults import day_fault

Days = dict[date, tuple[bool, str]]
MOST_ROWS = 1000
DAY = re.compile(r"^\s*(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?\s*(?:[T ].*)?$")
WORDS = {
    **dict.fromkeys(("上班", "班", "补班", "工作", "工作日", "work", "works", "working"), True),
    **dict.fromkeys(("休息", "休", "放假", "假", "节假日", "rest", "rests", "holiday"), False),
}


def _editor(user: User) -> bool:
    return any(seat.level == 1 and seat.duty in ("office", "system", "chair") for seat in user.seats)


@transaction.atomic
def say(days: Mapping[date, tuple[bool, str]], *, by: User) -> int:
    """Write down how some days are kept here, with the notice that says so. Answers how many running clocks end on another day."""
    if not _editor(by):
        raise Refused(_("The calendar is kept by the city's office or by the system administrator."))
    for day, (_works, basis) in days.items():
        if fault := day_fault(day):
            raise RuleBroken(fault)
        if not basis.strip():
            raise RuleBroken(_("%(day)s: name the notice that says so.") % {"day": day})
    moved = mark_days({day: (works, basis.strip()[:120]) for day, (works, basis) in days.items()})
    note([("calendar changed", "flow.workday", None, f"{day} {'works' if works else 'rests'}") for day, (works, _b) in days.items()], by=by)
    return moved


@transaction.atomic
def follow_again(day: date, *, by: User) -> int:
    """A day is kept as the general calendar has it."""
    if not _editor(by):
        raise Refused(_("The calendar is kept by the city's office or by the system administrator."))
    moved = unmark_day(day)
    note([("calendar changed", "flow.workday", None, f"{day} as the general calendar")], by=by)
    return moved


def read_days(file: IO[bytes], *, basis: str = "") -> Days:
    """A spreadsheet of days: the day, work or rest, and the notice. One that holds a fault is not taken at all."""
    rows = list(_rows(file.read()))
    if len(rows) > MOST_ROWS:
        raise RuleBroken(
            _("A calendar has at most %(most)d rows; this sheet has more. Look whether it is the right one.") % {"most": MOST_ROWS}
        )
    found: Days = {}
    faults = []
    for number, cells in enumerate(rows, start=1):
        texts = [_text(cell) for cell in cells]
        day = next((found_ for cell in cells if (found_ := _day(cell))), None)
        said = next((WORDS[text.lower()] for text in texts if text.lower() in WORDS), None)
        if day is None and (said is None or not found):
            continue  # a title, a head, a blank row
        if day is None or said is None:
            faults.append(number)
            continue
        rest = [text for text in texts if text and text.lower() not in WORDS and not DAY.match(text) and not re.match(r"^(周|星期)", text)]
        paper = rest[-1] if rest else basis
        if found.get(day, (said, ""))[0] != said or not paper:
            faults.append(number)
            continue
        found[day] = (said, paper)
    if faults:
        shown = "、".join(map(str, faults[:10]))
        raise RuleBroken(
            _("Nothing was taken over. Rows %(rows)s: a day, “work” or “rest”, and the notice are needed, and a day only once.")
            % {"rows": shown}
        )
    if not found:
        raise RuleBroken(_("No day was found in this sheet. Its columns are: day, work or rest, notice."))
    return found


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if match := DAY.match(_text(cell)):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            return None
    return None


def _rows(content: bytes) -> Iterator[Iterable[Any]]:
    """The cells of the first sheet, whatever the file is."""
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            yield from book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        except (CalamineError, ValueError, IndexError, OSError) as fault:
            raise RuleBroken(_("This workbook cannot be read. Save it anew as .xlsx or .csv, and send that.")) from fault
        return
    for code in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        yield from csv.reader(io.StringIO(text.replace("\x00", "")))
        return
    raise RuleBroken(_("This file is no table of text. Save it as .xlsx or .csv, and send that."))
