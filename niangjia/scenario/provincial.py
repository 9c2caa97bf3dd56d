"""Two exports of the provincial register for one county, a month apart, made of our own register with a few dozen rows otherwise; the list shrinks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from niangjia.kit import crypt
from niangjia.kit.dates import CHINA
from niangjia.members.api import ID, PHONE
from niangjia.members.models import Membership
from niangjia.reconcile import api as reconcile
from niangjia.reconcile.models import Difference
from niangjia.scenario.spread import dice
from niangjia.unions.models import Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

COUNTY = "长兴县总工会"
HEADS = "序号,姓名,性别,出生日期,有效证件类别,证件号码,移动电话,所属工会,会籍变化类型,会籍变化日期,是否农民工"
OTHERWISE = 64  # members of whom they write something else
AT_ONCE = 2000
Cells = list[str]


def register(at: Mapping[str, Any], on: date) -> Iterator[Cells]:
    """The register at some union, or all of it, as the province would have it."""
    found = Membership.objects.filter(
        **at, standing="ACTIVE", primary=True, left_on=None, joined_on__lte=on, state__in=["MEMBER", "LEAVING"]
    )
    columns = ("name", "sex", "person__id_sealed", "person__phone_sealed", "union__code", "joined_on", "migrant")
    source = found.order_by("pk").values_list(*columns).iterator(chunk_size=AT_ONCE)
    while block := list(islice(source, AT_ONCE)):
        numbers, phones = crypt.unseal_many([one[2] for one in block], ID), crypt.unseal_many([one[3] for one in block], PHONE)
        for one, number, phone in zip(block, numbers, phones, strict=True):
            sex, migrant = "男性" if one[1] == "1" else "女性", "是" if one[6] else "否"
            yield ["", one[0], sex, number[6:14], "身份证", number, phone, one[4], "入会", f"{one[5]:%Y%m%d}", migrant]


def other(cells: Cells, turn: int, codes: list[str]) -> list[Cells]:
    """What the province writes of one member instead; a row that is missing, or stands twice."""
    name, number = cells[1], cells[5]
    match turn % 8:
        case 1 if cells[6]:
            return [[*cells[:6], cells[6][:-1] + str((int(cells[6][-1]) + 3) % 10), *cells[7:]]]
        case 0 | 1:
            return [[*cells[:6], "", *cells[7:]]]  # no phone
        case 2:
            return []
        case 3:
            return [[*cells[:9], f"{int(cells[9][:4]) + 1}{cells[9][4:6]}01", cells[10]]]  # joined a year later
        case 4:
            return [[cells[0], name[:-1] + ("芬" if name[-1] != "芬" else "芳"), *cells[2:]]]
        case 5:
            return [[*cells[:7], codes[turn % len(codes)], *cells[8:]]]
        case 6:
            return [[*cells[:8], "退会" if turn % 16 == 6 else "保留", *cells[9:]]]
        case _twice:
            return [cells, [*cells[:5], number, "", *cells[7:]]]


def written(rows: Iterable[Cells], changed: dict[int, int], codes: list[str], more: list[Cells]) -> bytes:
    """The export as it comes: titles, the head in the fifth row, a note at the foot, in GB18030."""
    lines = []
    for i, cells in enumerate(rows):
        lines += other(cells, changed[i], codes) if i in changed else [cells]
    lines += more
    body = [",".join([str(n), *cells[1:]]) for n, cells in enumerate(lines, start=1)]
    return "\n".join(["省级工会会员实名制导出（合成）", "", "", "", HEADS, *body, "填表说明：第五行起为数据", ""]).encode("gb18030")


def provincial(living: Living) -> None:
    """Lay a list of last month and one of yesterday beside the register of a county; some differences of the first are decided."""
    county = Union.objects.get(pk=living.tree.named[COUNTY].pk)
    by, rng = living.officer(county.pk, "organisation"), dice(2015, "provincial")
    codes = list(Union.objects.filter(county=county, level__gt=3).order_by("pk").values_list("code", flat=True)[:40])
    whole = [5 * n + int(rng.integers(0, 5)) for n in range(OTHERWISE)]
    strangers = [_stranger(living, codes[n % len(codes)]) for n in range(6)]
    for span, some, more in ((timedelta(days=31), whole, strangers), (timedelta(days=1), whole[: OTHERWISE * 5 // 8], strangers[:4])):
        with living.ago(span) as moment:
            on = moment.astimezone(CHINA).date()
            data = written(register({"county": county}, on), {place: n for n, place in enumerate(some)}, codes, more)
            made = reconcile.lay(county, data, of="MEMBERS", whence="PROVINCE", as_of=on, name=f"省平台会员-{on:%Y%m%d}.csv", by=by)
            made = reconcile.run(made)
            if span.days > 1:
                for one in Difference.objects.filter(comparison=made, field="name").order_by("pk")[:3]:
                    reconcile.decide(one, "BOTH", why="身份证换领前后名字写法不同，已核对证件。", by=by)
                for one in Difference.objects.filter(comparison=made, kind="ONLY_OURS").order_by("pk")[:4]:
                    reconcile.decide(one, "OURS", by=by)


def _stranger(living: Living, code: str) -> Cells:
    """Somebody whom only they have."""
    name, number = living.worker()
    sex = "男性" if int(number[16]) % 2 else "女性"
    return [
        "",
        name,
        sex,
        number[6:14],
        "身份证",
        number,
        f"100{int(living.rng.integers(10**7, 10**8)):08d}",
        code,
        "入会",
        "20150601",
        "否",
    ]
