"""A list of the tax side as one county takes it in, of its larger firms: with a union and without, some that differ, some rows that cannot be taken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from niangjia.kit.dates import today
from niangjia.scenario.committees import DAY, credit
from niangjia.unions.actions import taxpayers
from niangjia.unions.models import Employer, Taxpayer, Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

HEAD = "登记序号,纳税人名称,统一社会信用代码,纳税人状态,主管税务机关,税务登记职工人数,街道乡镇代码,成立工会标记,税务数据同步时间,开业日期"
TRADES = ("机械", "纸品", "灯具", "食品", "建材", "针织", "橡塑", "五金", "冷链", "软件", "印刷", "门窗")
KNOWN, WITHOUT = 320, 30
SIZES = (27, 31, 38, 44, 52, 63, 76, 95, 118, 142, 187, 260)


def listed(living: Living, county: str) -> None:
    """One list taken in a fortnight ago, the next one looked through and waiting; two firms excused, the rest to be followed."""
    top = Union.objects.get(pk=living.tree.named[f"{county}总工会"].pk)
    org = living.officer(top.pk, "organisation")
    places = [
        one
        for one in Union.objects.filter(county=top, kind="12", division__isnull=False).select_related("division").order_by("code")
        if one.division
    ]
    with living.ago(14 * DAY):
        first = taxpayers.run(taxpayers.lay(top, _table(top, places, shift=0), name=f"{county}税务名单.csv", by=org))
        taxpayers.run(taxpayers.take(first, by=org))
    firms = list(Taxpayer.objects.filter(county=top, owes="UNION", likely=None).order_by("employees", "pk")[:2])
    for one, reason, why in zip(
        firms, ("ELSEWHERE", "CLOSED"), ("由集团公司工会涵盖，已查验证书。", "厂房已清空，正在办理注销。"), strict=False
    ):
        with living.ago(9 * DAY):
            taxpayers.spare(one, reason=reason, why=why, by=org)
    with living.ago(DAY):
        taxpayers.run(taxpayers.lay(top, _table(top, places, shift=3), name=f"{county}税务名单（新）.csv", by=org))


def _table(top: Union, places: list[Union], *, shift: int) -> bytes:
    """The list as a file; `shift` makes the next one: a few more employees, two more firms, and rows that cannot be read."""
    rows = [HEAD]
    synced = today() - DAY

    def add(n: int, name: str, uscc: str, employees: int, place: str, mark: str, opened: str = "", state: str = "正常") -> None:
        rows.append(
            f"1013{n:06d},{name},{uscc},{state},{top.short_name.removesuffix('总工会')}税务局,{employees},{place},{mark},{synced},{opened}"
        )

    for n, one in enumerate(Employer.objects.filter(county=top, closed_on=None, employees__gte=30).order_by("pk")[:KNOWN]):
        by_name = n in (5, 11)  # the tax side has no code of these: somebody says whether they are ours
        add(n, one.name, "" if by_name else one.uscc, one.employees + (n % 3) * 4 + shift, "", "Y" if n % 16 else "")
    for n in range(WITHOUT + shift):
        place = places[n % len(places)]
        assert place.division is not None
        name = f"{place.short_name.removesuffix('总工会')}示例{TRADES[n % len(TRADES)]}有限公司"
        opened = synced - timedelta(days=40 + 37 * n)
        add(
            100 + n,
            name,
            credit(300 + n),
            SIZES[n * 5 % len(SIZES)] + n + shift,
            place.division.code,
            "Y" if n == 7 else "N",
            str(opened),
            "停业" if n == 13 else "正常",
        )
    if shift:
        rows += [
            f"1013900001,示例乱码有限公司,913305220000000000,正常,,40,,N,{synced},",
            f"1013900002,示例空数有限公司,,正常,,三十,,N,{synced},",
        ]
    return "\n".join(rows).encode("gb18030")
