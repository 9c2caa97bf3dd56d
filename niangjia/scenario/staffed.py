"""The yearly check of township federations as a county lives through it: most confirmed, some to be confirmed, one sent back, one that has not answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from niangjia.kit.dates import today
from niangjia.scenario.committees import DAY
from niangjia.unions.actions import staffing
from niangjia.unions.actions.staffing import APPOINTMENT, ESTABLISHMENT, Said
from niangjia.unions.models import StaffCheck, Union
from niangjia.unions.rules.staffing import needed

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

ASKED = timedelta(days=40)
PAPER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def staffed(living: Living, county: str) -> None:
    """A county asked its townships; the last four stand at the four places at which a check can wait."""
    top = Union.objects.get(pk=living.tree.named[f"{county}总工会"].pk)
    org = living.officer(top.pk, "organisation")
    with living.ago(ASKED):
        year = today().year
        staffing.begin(by=org)
    rows = list(StaffCheck.objects.filter(county=top, year=year).select_related("union", "county").order_by("union__code"))
    for n, asked in enumerate(rows):
        left = len(rows) - n
        if left == 1:
            return  # it has not answered
        with living.ago(ASKED - (6 + n) * DAY):
            one = staffing.fill(
                asked, said(asked, n), {APPOINTMENT: PAPER, ESTABLISHMENT: PAPER}, by=living.officer(asked.union_id, "chair")
            )
        with living.ago(ASKED - (9 + n) * DAY):
            if left == 2:
                staffing.send_back(one, reason="编制文件看不清，请重新上传。", by=org)
            elif left > 3:
                staffing.confirm(one, by=org)


def said(one: StaffCheck, n: int) -> Said:
    """What a township says: a full-time chair, and as many people as its workers need."""
    ratio = staffing.ratio_of(one.union)
    wanted = needed(staffing.employees_of(one.union), ratio)
    return Said(one.head, one.post, True, ratio.cadres + 1, wanted, f"示例总工〔{one.year}〕{8 + n}号", f"示例编〔{one.year}〕{3 + n}号")
