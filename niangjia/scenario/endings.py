"""What ends around the day of the load in one township: a member is expelled, unions are abolished and settled, a chair falls vacant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from niangjia.access.models import User
from niangjia.kit.dates import today
from niangjia.members import actions as members
from niangjia.members.models import Membership
from niangjia.unions import actions as unions
from niangjia.unions.actions import ending
from niangjia.unions.models import Office, Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

DAY = timedelta(days=1)
SMALLEST = (8, 20)  # members of the unions that end: none of these has a case
GROUP, OPINION = "三车间工会小组", "小组会议讨论，建议开除会籍；本人没有提出意见。"


def endings(living: Living, county: str, town: str) -> None:
    """Made in the order of the days."""
    above = living.officer(living.tree.named[county].pk, "organisation")
    at_town = living.officer(living.tree.named[town].pk, "organisation")
    place = town.removesuffix("总工会")
    low, high = SMALLEST
    small = [one for one in living.firms(place) if low <= one.size <= high and one.kind == "20"]
    settled, left, vacant = (Union.objects.get(pk=one.pk) for one in small[:3])
    with living.ago(40 * DAY):
        ending.abolish(settled, on=today(), reason="企业注销，职工已另行就业。", by=above)
    with living.ago(23 * DAY):
        settled.refresh_from_db()
        ending.settle(
            settled, on=today(), assets="账户余额6,318.40元，移交镇总工会；无固定资产。", account_closed_on=today() - 4 * DAY, cancelled_on=today() - DAY, by=above
        )  # fmt: skip
    with living.ago(17 * DAY):
        ending.abolish(left, on=today(), reason="企业破产清算终结。", by=above)
    with living.ago(21 * DAY):
        office = Office.objects.get(union=vacant, duty="chair", until=None)
        unions.dismiss(office, on=today(), by=at_town)
    _expelled(living)


def _expelled(living: Living) -> None:
    """Two of the firm that the demo shows were sentenced: on one the committee has decided, on the other it has not yet."""
    chair = User.objects.get(pk=living.staff.of[living.tree.firm.pk, "chair"])
    rows = Membership.objects.filter(union=living.firm, left_on=None, state="MEMBER", standing="ACTIVE", primary=True)
    decided, proposed = rows.select_related("union", "person").order_by("-pk")[:2]
    with living.ago(15 * DAY):
        said = members.Proposal(GROUP, today(), "示例县人民法院（2026）浙0599刑初118号（虚构）", OPINION)
        case = members.propose_expulsion(decided, said, by=chair)
    with living.ago(3 * DAY):
        members.expel(case, on=today(), paper="示例工〔2026〕6号", by=chair)
    with living.ago(2 * DAY):
        said = members.Proposal("仓库工会小组", today(), "示例县人民法院（2026）浙0599刑初131号（虚构）", OPINION)
        members.propose_expulsion(proposed, said, by=chair)
