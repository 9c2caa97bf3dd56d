"""Requests for data: a township's of last month, answered and closed, and one that runs; the firms' chairs have it on their desks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from niangjia.access.models import User
from niangjia.asked import api as asked
from niangjia.asked.models import Addressed, Request
from niangjia.kit.dates import at, moved_to
from niangjia.scenario.yearly import officer
from niangjia.unions.models import Union

TOWNSHIP = "煤山镇总工会"
FIRST = 12  # unions of a township that answer in the demo
SUMMER = (
    ("高温岗位班组", "NUMBER", "个"),
    ("防暑降温支出", "YUAN", "元"),
    ("职工人数", "NUMBER", "人"),
    ("是否设有清凉休息点", "YESNO", ""),
)
SKILLS = (
    ("高温岗位班组数", "NUMBER", "个"),
    ("班组长培训场次", "NUMBER", "场"),
    ("会员人数", "NUMBER", "人"),
    ("统一社会信用代码", "TEXT", ""),
)
WHY = "市总夏季劳动保护工作安排，用于核定清凉物资。"


def _sent(union: Union, by: User, title: str, why: str, on: date, fields: Sequence[tuple[str, str, str]]) -> Request:
    with moved_to(at(on, 9, 20)):
        facts = asked.Facts(title, why, f"{on.year}年", on + timedelta(days=18), union, ["20", "21"])
        made = asked.begin(union, facts, by=by)
        for label, kind, unit in fields:
            asked.add(made, asked.Wanted(label, kind, (), unit), by=by)
        asked.issue(made, by=by)
    made.refresh_from_db()
    return made


def _answered(request: Request, by: User, on: date) -> None:
    """The first of its unions, by the township on their behalf: their chairs gave it by telephone."""
    fields = asked.sent_fields(request)
    with moved_to(at(on, 15, 5)):
        for n, one in enumerate(Addressed.objects.filter(request=request).select_related("request", "union").order_by("pk")[:FIRST]):
            said = {"NUMBER": str(2 + n % 5), "YUAN": f"{1800 + 350 * n}.00", "YESNO": "YES" if n % 3 else "NO"}
            asked.send(one, {field.pk: said.get(field.kind, "") for field in fields}, by=by)


def wanted(today: date) -> None:
    """What was asked lately, and what is asked now; nothing where the demo is too small to have this township."""
    township = Union.objects.filter(name=TOWNSHIP).first()
    if township is None or not Union.objects.filter(township=township, kind__in=["20", "21"]).exists():
        return
    chair = officer(township, "chair", "office", "organisation")
    first = _sent(township, chair, "高温岗位和清凉休息点摸底", WHY, today - timedelta(days=45), SUMMER)
    _answered(first, chair, today - timedelta(days=40))
    with moved_to(at(today - timedelta(days=25), 16, 0)):
        asked.close(first, reason="已汇总报县总。", by=chair)
    _sent(township, chair, "班组建设情况", "县总班组建设年度方案，用于安排培训名额。", today - timedelta(days=4), SKILLS)
