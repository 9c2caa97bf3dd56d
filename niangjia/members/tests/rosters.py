"""Made-up rosters for tests (domain reference, §22.1)."""

from __future__ import annotations

from pathlib import Path

from niangjia.kit.ids import identity_check

HEAD = "姓名,证件号码,手机号码,性别,入会时间,岗位"
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "子涵雨桐浩然梓萱一诺宇轩"


def number(n: int, born: str = "19850312") -> str:
    """The n-th made-up identity number."""
    first = f"330599{born}{n:03d}"
    return first + identity_check(first)


def many(n: int) -> str:
    """The n-th made-up identity number of very many."""
    day, turn = divmod(n, 999)
    first = f"330599{1960 + day // 300 % 40}{day // 25 % 12 + 1:02d}{day % 25 + 1:02d}{turn:03d}"
    return first + identity_check(first)


def name(n: int) -> str:
    """The n-th made-up name."""
    return SURNAMES[n % 12] + GIVEN[n // 12 % 12] + GIVEN[n // 144 % 12]


def line(n: int, **facts: str) -> str:
    """One good row, unless told otherwise."""
    row = {"name": name(n), "id": number(n), "phone": f"100{n:08d}", "sex": "", "joined": "2015-06-01", "job": "挡车工"} | facts
    return ",".join(row.values())


def roster(path: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    """A roster as CSV."""
    path.write_bytes("\n".join(["某某工会会员名册（合成）", head, *lines, ""]).encode(encoding))
    return path
