"""The divisions of Huzhou as of 2015-09-30, held back to 2011; what is assumed says so in its `basis`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from niangjia.scenario.targets import ASSUMED, MERGED_ON

CITY = ("330500", "湖州市")
COUNTIES = (("330502", "吴兴区"), ("330503", "南浔区"), ("330521", "德清县"), ("330522", "长兴县"), ("330523", "安吉县"))
LISTED = {
    "330502": (
        "001月河街道 002朝阳街道 003爱山街道 004飞英街道 005龙泉街道 006凤凰街道 007康山街道 008仁皇山街道 009滨湖街道 010龙溪街道 "
        "011杨家埠街道 012环渚街道 100织里镇 101八里店镇 102妙西镇 104埭溪镇 105东林镇 200道场乡"
    ),
    "330503": "100南浔镇 101双林镇 102练市镇 103善琏镇 104旧馆镇 105菱湖镇 106和孚镇 107千金镇 108石淙镇",
    "330521": "100武康镇 101乾元镇 102新市镇 103洛舍镇 104钟管镇 105莫干山镇 110雷甸镇 113禹越镇 114新安镇 201筏头乡 202三合乡",
    "330522": (
        "001雉城街道 002画溪街道 003太湖街道 004龙山街道 101洪桥镇 102李家巷镇 103夹浦镇 104林城镇 106虹星桥镇 108小浦镇 110和平镇 "
        "111泗安镇 112煤山镇 200水口乡 202吕山乡"
    ),
    "330523": (
        "001递铺街道 002昌硕街道 003灵峰街道 004孝源街道 103鄣吴镇 104杭垓镇 105孝丰镇 106报福镇 107章村镇 108天荒坪镇 110梅溪镇 "
        "111天子湖镇 201溪龙乡 205上墅乡 206山川乡"
    ),
}
ZONES = (  # local code, name, under which county ("" for the city), weight among its neighbours
    ("3305Z1000", "湖州经济技术开发区", "", 3.4),
    ("3305Z2000", "湖州太湖旅游度假区", "", 1.0),
    ("3305Z3000", "南浔经济开发区", "330503", 2.6),
    ("3305Z4000", "吴兴高新区", "330502", 1.6),
    ("3305Z5000", "德清高新区", "330521", 2.2),
    ("3305Z6000", "长兴开发区", "330522", 2.3),
    ("3305Z7000", "安吉开发区", "330523", 2.0),
)
ASSUMED_ZONE = ("3305Z8000", "南太湖产业集聚区", "", 1.2)
MERGED = ("330522205", "槐坎乡", "煤山镇")
OLD = date(2003, 1, 1)


@dataclass
class Place:
    """A division or zone."""

    pk: int
    code: str
    name: str
    level: int
    parent: int | None
    basis: str
    zone: bool = False
    since: date = OLD
    until: date | None = None
    successor: int | None = None
    weight: float = 1.0


def divisions() -> list[Place]:
    """All divisions, the city first, then its counties, then what lies in each."""
    from niangjia.scenario.targets import HEAVY

    made = [Place(1, CITY[0], CITY[1], 1, None, ASSUMED["list"])]
    above = {"": 1}
    for code, name in COUNTIES:
        made.append(Place(len(made) + 1, code, name, 2, 1, ASSUMED["list"]))
        above[code] = len(made)
    for county, said in LISTED.items():
        for word in said.split():
            number, name = word[:3], word[3:]
            small = 0.45 if name.endswith("乡") else 1.0
            made.append(Place(len(made) + 1, county + number, name, 3, above[county], ASSUMED["list"], weight=HEAVY.get(name, small)))
    into = next(place.pk for place in made if place.name == MERGED[2])
    made.append(
        Place(len(made) + 1, MERGED[0], MERGED[1], 3, above["330522"], ASSUMED["merger"], until=MERGED_ON, successor=into, weight=0.7)
    )
    for zones, basis in ((ZONES, ASSUMED["zones"]), ((ASSUMED_ZONE,), ASSUMED["zone"])):
        for code, name, county, weight in zones:
            made.append(Place(len(made) + 1, code, name, 3, above[county], basis, zone=True, weight=weight))
    return made
