"""One small coherent world: a city, two counties, a township, a firm's union, and the people who sit there. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from niangjia.access.models import User
from niangjia.kit.ids import credit_check, identity_check
from niangjia.rights.tests.layoffs import case, replied  # noqa: F401 - fixtures
from niangjia.unions.models import Employer, Office, Parentage, Union
from tests.standing import laid, stands

SINCE = date(2015, 1, 1)


def number(n: int) -> str:
    """The identity number of a made-up person."""
    head = f"33059919900101{n:03d}"
    return head + identity_check(head)


def credit(n: int) -> str:
    """The credit code of a made-up firm."""
    head = f"91330599MA{n:07d}"
    return head + credit_check(head)


@dataclass
class Town:
    """Everybody by name."""

    unions: dict[str, Union]
    people: dict[str, User]
    employer: Employer
    other_employer: Employer

    def __getattr__(self, name: str) -> Any:
        words = name.replace("_", " ")
        if words in self.__dict__.get("people", {}):
            return self.people[words]
        if words in self.__dict__.get("unions", {}):
            return self.unions[words]
        raise AttributeError(name)


def union(name: str, kind: str, level: int, parent: Union | None) -> Union:
    made = Union.objects.create(
        code=f"T{Union.objects.count():05d}", name=name, short_name=name, name_py=name, kind=kind, level=level, state="NORMAL", founded_on=SINCE,
        parent=parent, path="", term_start=SINCE,
    )  # fmt: skip
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.county_id = made.pk if level == 2 else parent.county_id if parent and level > 2 else None
    made.township_id = made.pk if level == 3 else parent.township_id if parent and level > 3 else None
    made.save()
    Parentage.objects.create(child=made, parent=parent, since=SINCE)
    return made


def person(username: str, name: str, at: Union, duty: str) -> User:
    user = User.objects.create(username=username, name=name)
    Office.objects.create(union=at, user=user, name=name, duty=duty, post=duty, since=SINCE)
    return user


def lay() -> Town:
    """Lay it out, as the application may."""
    city = union("示例市总工会", "10", 1, None)
    county, far = union("甲县总工会", "11", 2, city), union("乙县总工会", "11", 2, city)
    township, far_township = union("甲镇总工会", "12", 3, county), union("乙镇总工会", "12", 3, far)
    firm, far_firm = union("甲织造工会", "20", 4, township), union("乙木业工会", "20", 4, far_township)
    unions = {
        "city": city, "county": county, "far county": far, "township": township, "far township": far_township, "firm": firm, "far firm": far_firm,
    }  # fmt: skip
    seats = {
        "grassroots chair": (firm, "chair"), "township rights": (township, "rights"), "county rights": (county, "rights"),
        "county finance": (county, "finance"), "city rights": (city, "rights"), "city leader": (city, "chair"), "other county": (far, "rights"),
        "far chair": (far_firm, "chair"), "county chair": (county, "chair"), "county leader": (county, "leader"), "county centre": (county, "centre"), "county culture": (county, "publicity"),
        "county office": (county, "office"), "firm finance": (firm, "finance"), "firm informant": (firm, "informant"),
    }  # fmt: skip
    people = {name: person(f"t-{n}", f"示例{n}", at, duty) for n, (name, (at, duty)) in enumerate(seats.items())}
    place = {"county": county, "township": township}
    employer = Employer.objects.create(name="甲织造有限公司（示例）", uscc=credit(1), category="170", industry="C", employees=186, **place)
    other = Employer.objects.create(name="丙包装有限公司（示例）", uscc=credit(2), category="170", industry="C", employees=20, **place)
    return Town(unions, people, employer, other)


@pytest.fixture
@stands(lay)
def town(db: None) -> Town:
    """Freshly laid out; every test may change it."""
    return laid(lay)


@pytest.fixture
def arrears(town: Town) -> Any:
    """An orange event that the firm's chair reported and that stands on her own rung."""
    from niangjia.rights import actions

    facts = actions.Facts(
        "甲织造有限公司（示例）", "E06", 46, employer=town.employer, owed=318000, months_owed=2, demands="月底前付清工资。"
    )
    return actions.report(town.firm, facts, by=town.grassroots_chair)


@pytest.fixture
def dispute(town: Town) -> Any:
    """Two workers against one firm, not yet accepted."""
    from niangjia.kit.dates import today
    from niangjia.rights import actions

    made = actions.open_(town.township, actions.Opening("012", today(), facts="两个月工资未付。"), by=town.township_rights)
    actions.add_respondent(made, employer=town.employer, by=town.township_rights)
    for n in (1, 2):
        actions.add_claimant(
            made,
            name=f"示例工{'甲乙丙丁戊己庚辛壬癸'[n % 10]}",
            number=number(n),
            phone="10000000001",
            claimed=5000,
            by=town.township_rights,
        )
    return made


@pytest.fixture
def mediated(town: Town, dispute: Any) -> Any:
    """The dispute, accepted."""
    from niangjia.rights import actions

    actions.accept(dispute, by=town.township_rights)
    dispute.refresh_from_db()
    return dispute
