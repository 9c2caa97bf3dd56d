"""What the law asks of unions: pure questions about facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


def term_end(start: date, years: int) -> date:
    """The last day of a term: grassroots unions sit three or five years (Trade Union Law 2021, art. 16).

    >>> term_end(date(2012, 2, 29), 3)
    datetime.date(2015, 2, 27)
    """
    last = 28 if (start.month, start.day) == (2, 29) else start.day
    return date(start.year + years, start.month, last) - timedelta(days=1)


LEADS = {  # which types may stand under which; custom, configurable
    "10": {"11", "12", "13", "20", "21", "25", "26", "27"},
    "11": {"12", "13", "20", "21", "22", "23", "25", "26", "27"},
    "12": {"20", "21", "22", "23", "24", "25", "26", "27"},
    "13": {"20", "21", "25", "27", "13"},
    "22": {"20", "21"},
    "23": {"20", "21"},
    "24": {"20", "21"},
    "27": {"20"},
}


def may_lead(above: str, below: str) -> bool:
    """Whether a union of one type may be the parent of another.

    >>> may_lead("11", "12"), may_lead("20", "12")
    (True, False)
    """
    return below == "30" or below in LEADS.get(above, set())


def level_under(level: int, kind: str) -> int:
    """The level at which a union stands: counties and industries 2, townships 3, the grassroots below."""
    if kind in ("11", "13"):
        return 2
    return 3 if kind == "12" else max(4, level + 1)


ENDINGS = {  # how the name of a union ends, by its type; custom, configurable
    "20": ("工会委员会",),
    "21": ("联合工会委员会", "联合工会"),
    "22": ("工会联合会", "联合工会委员会", "联合工会"),
    "23": ("行业工会联合会", "工会联合会", "行业联合工会委员会"),
    "24": ("联合工会委员会", "联合工会", "工会联合会"),
    "25": ("项目工会委员会", "项目部工会委员会", "项目工会"),
    "26": ("联合工会委员会", "联合工会", "工会联合会"),
    "27": ("工会委员会", "集团工会", "工会联合会"),
}


def named(kind: str, name: str) -> bool:
    """Whether a name ends as names of its type do.

    >>> named("23", "漾西铝合金行业工会联合会"), named("24", "示例村工会委员会"), named("30", "一车间分会")
    (True, False, True)
    """
    return name.endswith(ENDINGS.get(kind, ("",)))


@dataclass(frozen=True)
class Founding:
    """What is written on the paper by which a union is founded."""

    name: str
    kind: str
    founded_on: date
    term_years: int
    approval_no: str


# ---------- reorganisations ----------


@dataclass(frozen=True)
class Stands:
    """A union and where it stands: the numbers of those above it, the highest first, and its own."""

    pk: int
    kind: str
    way: tuple[int, ...]
    living: bool = True

    @property
    def parent(self) -> int | None:
        """The union directly above it."""
        return self.way[-2] if len(self.way) > 1 else None


@dataclass(frozen=True)
class Wanted:
    """What a line of a reorganisation wants of a union."""

    turn: str  # MOVE, MERGE, RENAME
    union: Stands
    target: Stands | None = None


@dataclass(frozen=True)
class Hitch:
    """Why a line cannot be: a code, and the line's number."""

    code: str
    line: int


def decides(lines: Sequence[Wanted]) -> tuple[int, ...]:
    """The way to the union that decides: what all parents concerned, old and new, have above them in common.

    >>> north, south = Stands(2, "11", (1, 2)), Stands(3, "11", (1, 3))
    >>> decides([Wanted("MOVE", Stands(4, "12", (1, 2, 4)), south)])
    (1,)
    >>> decides([Wanted("MERGE", Stands(4, "12", (1, 2, 4)), Stands(5, "12", (1, 2, 5)))])
    (1, 2)
    """
    ways = [one.union.way[:-1] for one in lines]
    ways += [one.target.way if one.turn == "MOVE" else one.target.way[:-1] for one in lines if one.target]
    common = []
    for step in zip(*ways, strict=False):
        if len(set(step)) > 1:
            break
        common.append(step[0])
    return tuple(common)


def may_merge(gone: str, into: str) -> bool:
    """Whether a union of one type may merge into one of another: like into like, and the grassroots into any of the grassroots.

    >>> may_merge("12", "12"), may_merge("20", "21"), may_merge("20", "12")
    (True, True, False)
    """
    return gone != "10" and (gone == into or ("20" <= gone < "30" and "20" <= into < "30"))


def hitches(lines: Sequence[Wanted]) -> list[Hitch]:
    """What keeps some lines from being one act: each by itself, and all of them together.

    >>> town, other = Stands(4, "12", (1, 2, 4)), Stands(5, "12", (1, 2, 5))
    >>> [h.code for h in hitches([Wanted("MOVE", town, other)])], hitches([Wanted("MERGE", town, other)])
    (['kind'], [])
    >>> [h.code for h in hitches([Wanted("MERGE", town, other), Wanted("MERGE", other, town)])]
    ['target-ends', 'target-ends', 'circle', 'circle']
    """
    found = []
    ending = {one.union.pk for one in lines if one.turn == "MERGE"}
    above = {one.union.pk: one.target.pk for one in lines if one.target is not None}
    parents = dict[int, int]()
    for stands in [one.union for one in lines] + [one.target for one in lines if one.target]:
        parents |= {child: up for up, child in zip(stands.way, stands.way[1:], strict=False)}
    for n, one in enumerate(lines):
        codes = []
        if not one.union.living:
            codes.append("ended")
        if one.target is not None:
            codes += _of_target(one, one.target)
            if one.target.pk in ending:
                codes.append("target-ends")
            if _circles(one.union.pk, parents | above):
                codes.append("circle")
        elif one.union.pk in ending:
            codes.append("renamed-ends")
        found += [Hitch(code, n) for code in codes]
    return sorted(found, key=lambda hitch: hitch.code == "circle")


def _of_target(one: Wanted, target: Stands) -> list[str]:
    """What speaks against one line's target, whatever the other lines do."""
    codes = []
    if not target.living:
        codes.append("target-ended")
    if one.turn == "MOVE" and not may_lead(target.kind, one.union.kind):
        codes.append("kind")
    if one.turn == "MOVE" and one.union.parent == target.pk:
        codes.append("there-already")
    if one.turn == "MERGE" and not may_merge(one.union.kind, target.kind):
        codes.append("merge-kind")
    return codes


def _circles(union: int, parents: Mapping[int, int]) -> bool:
    """Whether the way up from a union leads back to it."""
    at, seen = union, {union}
    while (up := parents.get(at)) is not None:
        if up in seen:
            return True
        seen.add(up)
        at = up
    return False


def print_of(facts: Mapping[str, object]) -> str:
    """The digest of what was rehearsed: two people sign the same, or they do not sign.

    >>> print_of({"on": "2026-01-01", "lines": []}) == print_of({"lines": [], "on": "2026-01-01"})
    True
    """
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
