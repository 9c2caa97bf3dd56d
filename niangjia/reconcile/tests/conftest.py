"""A county with eight members, and lists of the province in its own layout."""

from __future__ import annotations

import pytest

from niangjia.kit.dates import today
from niangjia.members.api import import_roster
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.reconcile import actions

HEAD = "序号,姓名,性别,出生日期,证件号码,移动电话,所属工会,会籍变化类型,会籍变化日期,是否农民工"
FIRM, MILL = "煤山青禾电池有限公司工会", "煤山云锦纺织有限公司工会"


def theirs(n: int, **facts: str) -> str:
    """A row of the province that says what ours says, unless told otherwise."""
    row = {
        "name": name(n), "sex": "男性" if int(number(n)[16]) % 2 else "女性", "born": "", "id": number(n), "phone": f"100{n:08d}", "union": FIRM, "change": "入会", "joined": "20150601", "migrant": "否",
    } | facts  # fmt: skip
    return ",".join([str(n), *row.values()])


def province(*lines: str, head: str = HEAD) -> bytes:
    """An export of the province: titles, the head, rows, and the note at its foot; in the encoding that it comes in."""
    return "\n".join(["浙江省工会会员实名制", "导出表", "", "", head, *lines, "填表说明：第五行起为数据", ""]).encode("gb18030")


@pytest.fixture
def register(town, tmp_path):
    """One to eight stand in the firm of a county, nine in another county."""
    import_roster(roster(tmp_path / "a.csv", *map(line, range(1, 9))), town.firm, by=town.north_org)
    import_roster(roster(tmp_path / "b.csv", line(9)), town.shop, by=town.south_org)


@pytest.fixture
def lay(town):
    """`lay(rows)` is a list of the province, laid beside the register of the county for today."""

    def lay(*lines, union=None, of="MEMBERS", whence="PROVINCE", as_of=None, by=None, data=None, name="省导出.csv"):
        made = actions.lay(
            union or town.north,
            data if data is not None else province(*lines),
            of=of,
            whence=whence,
            as_of=as_of or today(),
            name=name,
            by=by or town.north_org,
        )
        return actions.begin(made)

    return lay


def told(comparison, **facts):
    """What differs: kind, field, cause and state."""
    rows = comparison.differences.filter(**facts).order_by("kind", "field", "cause", "pk")
    return [(one.kind, one.field, one.cause) for one in rows]
