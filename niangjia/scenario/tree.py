"""The unions of the city: the federations, the grassroots under them, the units they cover, when each began and ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from niangjia.scenario import targets
from niangjia.scenario.firms import Firm, Register
from niangjia.scenario.places import Place, divisions
from niangjia.scenario.spread import Ints, dealt, dice, drawn_days, exact, later_days, season
from niangjia.scenario.targets import KINDS, MERGED_ON, REVIEW
from niangjia.scenario.words import VILLAGE_HEAD, VILLAGE_TAIL, credit_code
from niangjia.unions.api import level_under

INDUSTRIAL = ("教育", "卫生", "建设交通", "财贸", "机关事业", "农林水", "轻纺", "电力通信")
TRADES = ("铝合金", "经编", "电容器", "童装", "木地板", "竹椅", "蓄电池", "耐火材料", "丝绸", "快递", "建材", "汽修")
SUFFIX = {"20": "工会委员会", "25": "工会委员会", "27": "集团工会委员会", "22": "工会联合会", "23": "工会联合会"}
MANY = {"21": 6.1, "22": 7.4, "23": 8.2, "24": 4.3, "26": 3.1}  # units that a joint union covers


@dataclass(slots=True)
class Union:
    """A union, as it came to be."""

    pk: int
    code: str
    name: str
    kind: str
    level: int
    parent: int | None
    county: int | None
    township: int | None
    path: str
    division: int
    founded: date
    firm: Firm | None = None
    closed: date | None = None
    successor: int | None = None
    parent_before: int | None = None  # until the reorganisation
    size: int = 0  # members at full size, on the day of the review or of its end
    women: float = 0.42
    migrants: float = 0.33
    kin: int = -1
    uscc: str = ""
    covered: list[Firm] = field(default_factory=list)
    covered_since: list[date] = field(default_factory=list)
    name_short: str = ""

    @property
    def ended(self) -> bool:
        return self.closed is not None

    @property
    def grassroots(self) -> bool:
        return self.kind >= "20"


@dataclass
class Tree:
    """All unions with their places and employers."""

    places: list[Place]
    unions: list[Union]
    firms: list[Firm]
    members: int  # at full size

    def __post_init__(self) -> None:
        self.by_pk = {union.pk: union for union in self.unions}
        self.named = {union.name: union for union in self.unions if not union.grassroots}
        self.firm = min(
            self.firms_of("煤山镇"), key=lambda union: (abs(union.size - 180), union.pk)
        )  # whose chair and member the demo shows

    def firms_of(self, place: str) -> list[Union]:
        """The living unions of single firms that stand under the federation of a place, the largest first."""
        above = self.named[f"{place}总工会"]
        return sorted((u for u in self.living if u.kind == "20" and u.parent == above.pk), key=lambda union: (-union.size, union.pk))

    @property
    def living(self) -> list[Union]:
        return [union for union in self.unions if union.grassroots and not union.ended]


class Planter:
    """Plants the tree from a seed."""

    def __init__(self, seed: int) -> None:
        self.seed, self.rng = seed, dice(seed, "tree")
        self.places = divisions()
        self.place_of = {place.pk: place for place in self.places}
        self.unions: list[Union] = []
        self.serials: dict[str, int] = {}
        self.register = Register(seed)
        self.federation: dict[int, Union] = {}  # by division
        self.drivers: tuple[str, ...] = ("货运司机", "出租车司机", "快递")

    def reseed(self, theme: str) -> None:
        """Plant on with other dice: what is planted later does not move what stands."""
        self.rng = dice(self.seed, theme)
        self.register.rng = dice(self.seed, f"{theme}, firms")

    def union(self, kind: str, name: str, parent: Union | None, division: int, founded: date, *, code: str = "", short: str = "") -> Union:
        """One more union, standing where its parent stands."""
        pk = len(self.unions) + 1
        level = {"10": 1, "11": 2}.get(kind) or level_under(parent.level if parent else 0, kind)
        county = pk if level == 2 else parent.county if parent else None
        township = pk if level == 3 else parent.township if parent and level > 3 else None
        if not code:
            head = (parent.code if parent else "U330500")[:7]
            self.serials[head] = self.serials.get(head, 0) + 1
            code = f"{head}{self.serials[head]:05d}"
        path = f"{parent.path if parent else '/'}{pk}/"
        made = Union(pk, code, name, kind, level, parent.pk if parent else None, county, township, path, division, founded)
        made.name_short = short or name.removesuffix("工会委员会").removesuffix("委员会")
        self.unions.append(made)
        return made

    def plant(self) -> Tree:
        """The whole tree."""
        self.federations()
        homes = self.homes()
        low, high = targets.MEMBERS
        members = int(low + (high - low) * (0.31 + 0.38 * self.rng.random()))
        living: list[Union] = []
        left = targets.UNIONS - sum(kind.count for kind in KINDS)
        areas: dict[int, list[Union]] = {}
        for kind in sorted(KINDS, key=lambda one: one.code not in {"22", "23"}):  # those that lead others first
            count = kind.count or left
            made = self.grassroots(kind, count, homes, areas, ended=False)
            living += made
            if kind.code == "22":
                for union in made:
                    areas.setdefault(union.parent or 0, []).append(union)
            self.grassroots(kind, kind.ended, homes, areas, ended=True)
        sizes = exact(self.rng, np.array([float(u.size) for u in living]), members, low=3, high=targets.LARGEST)
        for union, size in zip(living, sizes.tolist(), strict=True):
            union.size = size
        self.employ()
        return Tree(self.places, self.unions, self.register.firms, members)

    def federations(self) -> None:
        """City, counties, industries, townships; the last of these were founded within the five years."""
        city = self.union("10", "湖州市总工会", None, 1, date(1950, 11, 12), code="U330500", short="湖州市总工会")
        self.federation[1] = city
        for place in self.places:
            if place.level == 2:
                day = date(1951, 1, 1) + timedelta(days=int(self.rng.integers(30, 900)))
                self.federation[place.pk] = self.union("11", f"{place.name}总工会", city, place.pk, day, code=f"U{place.code}")
        for i, name in enumerate(INDUSTRIAL, 1):
            day = date(1984, 1, 1) + timedelta(days=int(self.rng.integers(0, 6000)))
            self.union("13", f"湖州市{name}工会", city, 1, day, code=f"U3305C{i}")
        townships = [place for place in self.places if place.level == 3]
        late = set(self.rng.choice([p.pk for p in townships if p.weight < 1.1 and p.until is None], size=9, replace=False).tolist())
        for place in townships:
            first, last = (date(2011, 3, 1), date(2012, 11, 30)) if place.pk in late else (date(2003, 4, 1), date(2010, 11, 30))
            day = date.fromordinal(int(self.rng.integers(first.toordinal(), last.toordinal())))
            self.federation[place.pk] = self.union(
                "12", f"{place.name}总工会", self.federation[place.parent or 1], place.pk, day, code=f"U{place.code}"
            )
        for place in townships:
            if place.until:
                gone, into = self.federation[place.pk], self.federation[place.successor or 1]
                gone.closed, gone.successor = place.until, into.pk
        for union in self.unions:
            if union.level <= 3:
                union.uscc = credit_code("81", union.pk * 77_777_779 % 31**8)

    def homes(self) -> tuple[list[Union], list[float]]:
        """Under which federations the grassroots stand, and with what weight."""
        parents, weights = [], []
        rest = 1 - sum(targets.COUNTIES.values())
        for county, share in [*((p.pk, targets.COUNTIES[p.code]) for p in self.places if p.level == 2), (1, rest)]:
            below = [p for p in self.places if p.level == 3 and p.parent == county]
            jitter = self.rng.lognormal(0, 0.22, len(below))
            each = np.array([p.weight for p in below]) * jitter
            for place, weight in zip(below, each / each.sum() * share * (0.94 if county > 1 else 0.62), strict=True):
                parents.append(self.federation[place.pk])
                weights.append(float(weight))
            parents.append(self.federation[county])  # what stands under the county or the city itself
            weights.append(share * (0.06 if county > 1 else 0.12))
        industries = [u for u in self.unions if u.kind == "13"]
        parents += industries
        weights += [rest * 0.26 / len(industries)] * len(industries)
        return parents, weights

    def grassroots(
        self, kind: targets.Kind, count: int, homes: tuple[list[Union], list[float]], areas: dict[int, list[Union]], *, ended: bool
    ) -> list[Union]:
        """The unions of one type."""
        if not count:
            return []
        parents, weights = homes
        fit = np.array([weight * self.fits(kind.code, parent) for parent, weight in zip(parents, weights, strict=True)])
        stands = np.repeat(np.arange(len(parents)), dealt(fit, count))
        self.rng.shuffle(stands)
        span = season(
            date(2003, 2, 1), date(2011, 6, 30) if ended else date(2015, 10, 9), targets.FOUNDING, targets.FOUNDED_BY_YEAR, rest=0.04
        )
        since = later_days(self.rng, np.array([parents[i].founded.toordinal() + 5 for i in stands]), *span)
        if kind.code == "25":  # projects are short
            recent = season(
                date(2009, 1, 1) if ended else date(2013, 4, 1),
                date(2011, 6, 30) if ended else date(2015, 9, 30),
                targets.FOUNDING,
                rest=0.04,
            )
            since = later_days(self.rng, np.array([parents[i].founded.toordinal() + 5 for i in stands]), *recent)
        ends = self.ends(since) if ended else np.zeros(count, dtype=np.int64)
        sizes = np.clip(self.rng.lognormal(np.log(kind.median), kind.spread, count), 5, targets.LARGEST)
        made = []
        for i, at in enumerate(stands):
            parent, founded = parents[at], date.fromordinal(int(since[i]))
            moved = parent.closed is not None
            before = parent
            if moved:  # it stood under the township that was merged
                parent = self.unions[(parent.successor or 1) - 1]
            elif kind.code == "20" and (led := areas.get(parent.pk)) and self.rng.random() < 0.09:
                leader = led[int(self.rng.integers(len(led)))]
                if leader.founded < founded:
                    parent = leader
            closed = date.fromordinal(int(ends[i])) if ended else None
            union = self.named(kind.code, parent, before.division, founded, round(float(sizes[i])))
            union.closed = closed
            if moved and (closed is None or closed > MERGED_ON) and founded < MERGED_ON:
                union.parent_before = before.pk
            elif moved and closed:  # ended before the merger: it never stood elsewhere
                self.restand(union, before)
            made.append(union)
        return made

    @staticmethod
    def restand(union: Union, parent: Union) -> None:
        """Put a union that has just been made under another."""
        union.parent, union.county, union.township, union.path = parent.pk, parent.county, parent.township, f"{parent.path}{union.pk}/"

    @staticmethod
    def fits(kind: str, parent: Union) -> float:
        """How readily a type of union stands under a federation."""
        if kind == "20":
            return 1.0
        if kind == "27":
            return 0.4 if parent.kind == "12" else 3.0
        if kind == "25":
            return 1.0 if parent.kind in {"12", "11"} or "建设" in parent.name else 0.0
        if parent.kind != "12" or (parent.closed and kind in {"22", "23", "26"}):
            return 0.0
        if parent.name.endswith(("区总工会", "集聚区总工会")):
            return 0.25 if kind == "24" else 1.2
        return 1.0

    def ends(self, since: Ints) -> Ints:
        """When unions that were abolished ended: within the five years, mostly early in the year, at least ten months after their founding."""
        span = season(date(2011, 2, 1), date(2015, 9, 25), targets.LEAVING, rest=0.03)
        return np.minimum(later_days(self.rng, since + 300, *span), REVIEW.toordinal() - 20)

    def named(self, kind: str, parent: Union, division: int, founded: date, size: int) -> Union:
        """A union of a type with its name and, where it is one unit's, its employer."""
        place = self.place_of[division]
        town = place.name
        if kind in {"20", "25", "27"}:
            kin = {"教育": 13, "卫生": 14, "机关": 15}.get(parent.name[3:5]) if parent.kind == "13" else None
            kin = 8 if kind == "25" else self.register.kin() if kin is None else kin
            county = self.place_of[place.parent] if place.level == 3 and place.parent else place
            head = {1: "湖州", 2: county.name[:2], 3: county.name[:2] if self.rng.random() < 0.6 or county.pk > 1 else "湖州"}[place.level]
            if head in {"吴兴", "南浔"} and self.rng.random() < 0.55:
                head = "湖州"
            employees = round(size * (1.02 + 0.3 * float(self.rng.random())))
            firm = self.register.make(
                place=head, kin=kin, employees=employees, division=division, county=parent.county, township=parent.township, before=founded
            )
            name = f"{firm.name}{'项目' if kind == '25' else ''}{SUFFIX[kind]}"
            union = self.union(kind, name, parent, division, founded)
            union.firm, union.kin = firm, kin
            union.covered.append(firm)
            union.covered_since.append(founded)
            union.women = float(np.clip(targets.INDUSTRIES[kin][3] + self.rng.normal(0, 0.09), 0.03, 0.96))
            union.migrants = float(np.clip(targets.INDUSTRIES[kin][4] + self.rng.normal(0, 0.08), 0, 0.9))
        else:
            union = self.union(kind, self.joint_name(kind, town), parent, division, founded)
            union.women = float(np.clip(self.rng.normal(0.45, 0.1), 0.1, 0.9))
            union.migrants = float(np.clip(self.rng.normal(0.36, 0.1), 0.02, 0.85))
        union.size = size
        if self.rng.random() < 0.71:
            union.uscc = credit_code("81", union.pk * 77_777_779 % 31**8)
        return union

    def joint_name(self, kind: str, town: str) -> str:
        """The name of a union of several units."""
        for _ in range(200):
            spot = VILLAGE_HEAD[int(self.rng.integers(len(VILLAGE_HEAD)))] + VILLAGE_TAIL[int(self.rng.integers(len(VILLAGE_TAIL)))]
            trade = TRADES[int(self.rng.integers(len(TRADES)))]
            community = town.endswith("街道") or self.rng.random() < 0.17
            name = {
                "21": f"{town}{spot}{'商圈' if community else '片区'}企业联合工会委员会",
                "22": f"{town}{spot}工业园区工会联合会",
                "23": f"{town}{trade if self.rng.random() < 0.7 else spot + trade}行业工会联合会",
                "24": f"{town}{spot}{'社区' if community else '村'}联合工会委员会",
                "26": f"{town}{self.drivers[int(self.rng.integers(len(self.drivers)))]}联合工会委员会",
            }[kind]
            if name not in self.register.names:
                break
        self.register.names.add(name)
        return name

    def employ(self) -> None:
        """The small units that joint unions cover: some from the beginning, some since."""
        for union in self.unions:
            self.units(union)

    def units(self, union: Union) -> None:
        """Those of one union."""
        if union.kind not in MANY:
            return
        count = max(2, min(31, round(float(self.rng.lognormal(np.log(MANY[union.kind]), 0.48)))))
        each = dealt(self.rng.lognormal(0, 0.7, count), max(union.size, count * 2))
        last = (union.closed or REVIEW) - timedelta(days=30)
        span = season(union.founded, max(last, union.founded + timedelta(days=1)), targets.JOINING)
        later = drawn_days(self.rng, count, *span)
        early = self.rng.random(count) < 0.58
        place = self.place_of[union.division]
        for i in range(count):
            since = union.founded if early[i] else date.fromordinal(int(later[i]))
            firm = self.register.make(
                place=place.name.removesuffix("街道").removesuffix("镇").removesuffix("乡"), kin=None, employees=max(int(each[i] * 1.2), 2),
                division=union.division, county=union.county, township=union.township, before=since,
            )  # fmt: skip
            union.covered.append(firm)
            union.covered_since.append(since)
