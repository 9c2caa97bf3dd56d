"""The town: one small coherent world that every test of permissions and flows shares. Loaded as the fixture `town`.

湖州市总工会 (city)
├── 长兴县总工会 (north)          ├── 德清县总工会 (south)
│   ├── 煤山镇总工会 (hill)       │   └── 新市镇总工会 (market)
│   │   ├── firm, mill            │       └── shop
│   └── 泗安镇总工会 (fort)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from niangjia.access.models import User
from niangjia.flow.api import start
from niangjia.kit.ids import credit_check
from niangjia.kit.names import reading, tokens
from niangjia.unions.models import Cover, Division, Employer, Office, Parentage, Union
from tests.standing import laid, stands

SINCE = date(2010, 1, 1)


def credit(number: int, head: str = "91") -> str:
    """A made-up credit code (domain reference, §22.1)."""
    first = f"{head}330599{number % 10**9:09d}"
    return first + credit_check(first)


@dataclass
class Town:
    """Unions by their short English names, people by theirs."""

    city: Union
    unions: dict[str, Union] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    employers: dict[str, Employer] = field(default_factory=dict)

    def __getattr__(self, name: str) -> object:
        for held in ("unions", "people", "employers"):
            if name in self.__dict__.get(held, {}):
                return self.__dict__[held][name]
        raise AttributeError(name)


def union(code: str, name: str, kind: str, level: int, parent: Union | None, **facts: object) -> Union:
    """A union that has stood since 2010, placed in the tree."""
    said = reading(name, person=False)
    facts = {
        "founded_on": SINCE,
        "term_start": date(2024, 1, 1),
        "term_end": date(2028, 12, 31),
        "uscc": credit(int(code[1:]), "81"),
    } | facts
    made = Union.objects.create(
        code=code,
        name=name,
        short_name=name,
        name_py=said,
        tokens=tokens(name, said),
        kind=kind,
        level=level,
        parent=parent,
        state="NORMAL",
        path="",
        **facts,
    )
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.county_id = made.pk if level == 2 else parent.county_id if parent else None
    made.township_id = made.pk if level == 3 else parent.township_id if parent and level > 3 else None
    made.save()
    Parentage.objects.create(child=made, parent=parent, since=SINCE, basis="synthetic")
    start(made, by=None, at=None)
    return made


def person(username: str, name: str, union: Union, duty: str, post: str = "") -> User:
    """Somebody who holds an office."""
    user = User.objects.create(username=username, name=name, password="!")
    Office.objects.create(union=union, user=user, name=name, duty=duty, post=post or duty, since=SINCE)
    return user


def build() -> Town:
    """Lay out the town, as the application may."""
    city = union("U33050000001", "湖州市总工会", "10", 1, None)
    town = Town(city)
    u = town.unions
    u["city"] = city
    u["north"] = union("U33052200001", "长兴县总工会", "11", 2, city)
    u["south"] = union("U33052100001", "德清县总工会", "11", 2, city)
    u["hill"] = union("U33052200002", "煤山镇总工会", "12", 3, u["north"])
    u["fort"] = union("U33052200003", "泗安镇总工会", "12", 3, u["north"])
    u["market"] = union("U33052100002", "新市镇总工会", "12", 3, u["south"])
    for number, (name, words, parent) in enumerate(
        (
            ("firm", "煤山青禾电池有限公司工会", "hill"),
            ("mill", "煤山云锦纺织有限公司工会", "hill"),
            ("shop", "新市长桥竹业有限公司工会", "market"),
        ),
        start=11,
    ):
        employer = Employer.objects.create(
            name=words.removesuffix("工会"),
            uscc=credit(number),
            category="170",
            industry="C",
            employees=120,
            township=u[parent],
            county=u[parent].county,
        )
        town.employers[f"{name}_unit"] = employer
        u[name] = union(f"U330522001{number}", words, "20", 4, u[parent], employer=employer)
        Cover.objects.create(union=u[name], employer=employer, since=SINCE)
    for code, name, level, leads, above in (
        ("330500", "湖州市", 1, "city", ""), ("330522", "长兴县", 2, "north", "city"), ("330521", "德清县", 2, "south", "city"),
        ("330522112", "煤山镇", 3, "hill", "north"), ("330522111", "泗安镇", 3, "fort", "north"), ("330521102", "新市镇", 3, "market", "south"),
    ):  # fmt: skip
        up = u[above].division if above else None
        u[leads].division = Division.objects.create(
            code=code, name=name, level=level, since=SINCE, parent=up, union=u[leads].county or u[leads]
        )
        u[leads].save(update_fields=["division"])
    p = town.people
    p["leader"] = person("leader", "沈领导", city, "leader", "常务副主席")
    p["city_rights"] = person("city-rights", "陆市权", city, "rights")
    p["city_org"] = person("city-org", "钱市组", city, "organisation")
    p["city_office"] = person("city-office", "孙市办", city, "office")
    p["system"] = person("system", "周系统", city, "system")
    p["security"] = person("security", "吴安全", city, "security")
    p["auditlog"] = person("auditlog", "郑审计", city, "auditlog")
    p["north_chair"] = person("north-chair", "王长兴", u["north"], "chair", "主席")
    p["north_rights"] = person("north-rights", "冯县权", u["north"], "rights")
    p["north_org"] = person("north-org", "陈县组", u["north"], "organisation")
    p["south_rights"] = person("south-rights", "褚德清", u["south"], "rights")
    p["south_org"] = person("south-org", "卫德组", u["south"], "organisation")
    p["hill_chair"] = person("hill-chair", "蒋煤山", u["hill"], "chair", "主席")
    p["fort_chair"] = person("fort-chair", "韩泗安", u["fort"], "chair", "主席")
    p["market_chair"] = person("market-chair", "杨新市", u["market"], "chair", "主席")
    p["firm_chair"] = person("firm-chair", "朱企业", u["firm"], "chair", "主席")
    p["mill_chair"] = person("mill-chair", "秦云锦", u["mill"], "chair", "主席")
    p["shop_chair"] = person("shop-chair", "尤长桥", u["shop"], "chair", "主席")
    p["nobody"] = User.objects.create(username="nobody", name="许无职", password="!")
    return town


@pytest.fixture
@stands(build)
def town(db: None) -> Town:
    """The town, freshly laid out; every test may change it."""
    return laid(build)


@pytest.fixture
def as_(client: object) -> object:
    """`as_(user)` is the test client, signed in as that person."""

    def enter(user: User) -> object:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter
