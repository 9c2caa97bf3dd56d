"""The sixty workers who were not paid: what each claims and gets, their tables as offices make them, and what other stories have left in the town.

All of it is made up.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
from xlsxwriter import Workbook

from niangjia.access.models import User
from niangjia.members.actions import import_roster
from niangjia.members.models import Membership, Person
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.rights import actions
from niangjia.unions.models import Office
from niangjia.worklog.api import post
from tests.town import SINCE, Town

WORKERS, SPEAKERS, RUINED, HERS = 60, 3, 33, 7  # how many; who speak; whose number a spreadsheet has ruined; whose page is read
MANY, HIGH, LOW = 40, 6000, 4500  # so many claim the higher sum, the others the lower
CLAIMED, AGREED, FIRST_PAID = Decimal(330000), Decimal(297000), Decimal(178200)  # nine tenths are agreed, three fifths of it come first
LAST_PAID = AGREED - FIRST_PAID


def claim(n: int) -> Decimal:
    """What the n-th worker claims."""
    return Decimal(HIGH if n <= MANY else LOW)


def part_of(n: int, whole: Decimal) -> Decimal:
    """The n-th worker's part of a sum for all."""
    return claim(n) * whole / CLAIMED


def listed(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    """A table with a title over its heads."""
    with Workbook(str(path), {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write(0, 0, "煤山青禾电池有限公司职工名单（合成）")
        for at, row in enumerate([head, *rows], start=1):
            sheet.write_row(at, 0, row)
    return path


def wages(folder: Path) -> Path:
    """What each is owed, with the sum below; one number was typed as a number, so that its last digits are lost."""
    rows = [
        [n, name(n), float(number(n)) if n == RUINED else number(n), f"100{n:08d}", "2026年1至2月", int(claim(n)), "是" if n <= SPEAKERS else ""]
        for n in range(1, WORKERS + 1)
    ]  # fmt: skip
    head = ["序号", "姓名", "身份证号码", "联系电话", "拖欠月份", "拖欠工资（元）", "是否代表"]
    return listed(folder / "欠薪名单.xlsx", head, [*rows, ["合计", "", "", "", "", int(CLAIMED), ""]])


def payroll(folder: Path) -> Path:
    """What each was paid with the last instalment."""
    rows = [[name(n), number(n), f"{part_of(n, LAST_PAID):.2f}"] for n in range(1, WORKERS + 1)]
    return listed(folder / "发放表.xlsx", ["姓名", "身份证号", "实发金额"], [*rows, ["合计", "", f"{LAST_PAID:.2f}"]])


def words_of(path: Path) -> str:
    """What a paper says: a PDF, or a Word file with its tables."""
    if path.suffix == ".pdf":
        return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, timeout=60).stdout.decode()
    file = docx.Document(str(path))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


def before(town: Town, folder: Path) -> User:
    """What other stories have left: a matter of the mill, a roster of mediators, a member with her account, and a city office of two duties."""
    by = {"by": town.people["north_rights"]}
    mill, unions, people = town.employers["mill_unit"], town.unions, town.people
    actions.report(unions["mill"], actions.Facts(mill.name, "E06", 4, employer=mill), by=people["mill_chair"])
    other = actions.open_(unions["north"], actions.Opening("012", date(2026, 3, 2), facts="一个月工资未付。"), **by)
    actions.add_respondent(other, employer=mill, **by)
    actions.add_claimant(other, name="示例工戊", number=number(274), claimed=Decimal(900), **by)
    actions.accept(other, **by)
    actions.receive(other, amount=Decimal(900), on=date(2026, 3, 10), evidence="回单20260310001", **by)
    actions.enroll(unions["north"], actions.Enrolled(people["north_rights"].name, "TOWN", user=people["north_rights"]), **by)
    actions.enroll(unions["hill"], actions.Enrolled("周厂内", "FIRM", employer=town.employers["firm_unit"]), by=people["hill_chair"])
    city = people["city_rights"]
    Office.objects.create(union=unions["city"], user=city, name=city.name, duty="office", post="办公室", since=SINCE)
    import_roster(roster(folder / "名册.csv", line(HERS)), unions["firm"], by=people["firm_chair"])
    member = User.objects.create(username="member", name=name(HERS), kind="MEMBER")
    Person.objects.filter(pk=Membership.objects.get().person_id).update(user=member)
    post()
    return member
