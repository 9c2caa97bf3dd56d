"""The compiler's books: facts found through the worklog, or facts as they were published."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from niangjia.kit.figure import FIGURES, Figure, series_of
from niangjia.kit.periods import Period, parse
from niangjia.reports.prose.facts import Fact
from niangjia.reports.prose.notation import periods_of
from niangjia.reports.prose.untrue import Untrue
from niangjia.unions.models import Union
from niangjia.worklog.api import Asked, digests, empty_series, evaluate_many

PLANNED = Path(__file__).parent / "huzhou" / "catalogue.csv"
OWN = {"review.years", "review.span"}  # the review itself answers: how long its period is


@dataclass(frozen=True)
class Listed:
    """A figure that the catalogue of a review names, whether or not anything counts it yet."""

    refs: tuple[str, ...]
    code: str
    units: tuple[str, ...]
    zh: str
    en: str


@lru_cache(1)
def listed() -> dict[str, Listed]:
    """The catalogue, by code."""
    found: dict[str, Listed] = {}
    with PLANNED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            refs = (*found[row["code"]].refs, row["ref"]) if row["code"] in found else (row["ref"],)
            found[row["code"]] = Listed(refs, row["code"], tuple(row["unit"].split("/")), row["zh"], row["en"])
    return found


def codes() -> dict[str, str]:
    """Every word by which a figure may be called, with its code; what is declared goes before what is only listed."""
    return _codes(tuple(FIGURES))


@lru_cache(1)
def _codes(_declared: tuple[str, ...]) -> dict[str, str]:
    by_ref = {figure.ref: figure.name for figure in FIGURES.values() if figure.ref}
    found: dict[str, str] = {}
    for figure in FIGURES.values():
        for name in (figure.zh, figure.en.replace(" ", "-")):
            found.setdefault(name, figure.name)
        found[figure.name] = figure.name
    for one in listed().values():
        code = one.code if one.code in FIGURES else next((by_ref[ref] for ref in one.refs if ref in by_ref), one.code)
        for name in (one.code, one.zh, one.en.replace(" ", "-")):
            found.setdefault(name, code)
    return found


def refs() -> dict[str, tuple[str, ...]]:
    """The numbers that outside tables give to figures, by code."""
    return _refs(tuple(FIGURES))


@lru_cache(1)
def _refs(_declared: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {figure.name: (figure.ref,) for figure in FIGURES.values() if figure.ref}
    for one in listed().values():
        code = codes()[one.code]
        found[code] = tuple(dict.fromkeys((*found.get(code, ()), *one.refs)))
    return found


Place = tuple[str, Period, str]  # a code, the days that are meant, and the code of a union that is not the document's own


@dataclass
class LiveBooks:
    """What the worklog answers: now, or as known at a posting. Each question is put once."""

    head: Mapping[str, str]
    union: int
    main: Period  # for figures that name no period
    known: int | None = None
    asked: dict[tuple[str, str], Fact] = field(default_factory=dict)  # (as called, period as called) -> the answer
    facts: dict[Place, Fact] = field(default_factory=dict)
    unions: dict[str, Union] = field(default_factory=dict)  # those placed among each other, by their codes
    _peers: dict[str, list[str]] = field(default_factory=dict)
    _empty: set[str] | None = None

    def get(self, name: str, period: str = "") -> Fact | None:
        """The fact behind a code or a name."""
        if (name, period) in self.asked:
            return self.asked[name, period]
        place = self.place(name, period)
        if place is None:
            return None
        if place not in self.facts:
            self.find([place])
        self.asked[name, period] = self.facts[place]
        return self.facts[place]

    def prepare(self, refs_: Iterable[tuple[str, str]]) -> None:
        """Put all questions of a text together: each series is read once, not each figure."""
        wanted = []
        for name, period in refs_:
            try:
                place = self.place(name, period)
            except Untrue:
                continue  # it is said where it stands
            if place is not None and place not in self.facts:
                wanted.append(place)
        self.find(list(dict.fromkeys(wanted)))

    def place(self, name: str, period: str) -> Place | None:
        """The code and the days that are meant; what stands, stands on a day."""
        code = codes().get(name)
        if code is None:
            return None
        days, _, union = period.partition("#")
        span = self.span(days)
        figure = FIGURES.get(code)
        return code, Period(None, span.after) if figure and figure.stock and figure.kind != "difference" else span, union

    def names(self) -> list[str]:
        """Every code and name that may be called."""
        return sorted(codes())

    def span(self, said: str) -> Period:
        """A period by the name that the head gives it, or by its days."""
        return span_of(self.head, self.main, said)

    def peers(self, name: str, period: str, place: str) -> list[str]:  # noqa: ARG002 - the same for every figure; what was kept differs
        """The unions of one rank below the same union, the one that is placed first: it is named, or it is the document's own."""
        if place not in self._peers:
            mine = Union.objects.get(pk=self.union)
            if place:
                below = Union.objects.filter(path__startswith=mine.path).exclude(pk=mine.pk).exclude(state="ABOLISHED")
                found = below.filter(name=place).first() or below.filter(short_name=place).order_by("level", "pk").first()
                if found is None:
                    raise Untrue("place", name=place)
                mine = found
            beside = (
                Union.objects.filter(parent=mine.parent_id, level=mine.level, kind=mine.kind).exclude(state="ABOLISHED")
                if mine.parent_id
                else []
            )
            others = sorted((one for one in beside if one.pk != mine.pk), key=lambda one: one.code)
            self.unions |= {one.code: one for one in (mine, *others)}
            self._peers[place] = [mine.code, *(one.code for one in others)] if others else []
        return self._peers[place]

    def find(self, places: Sequence[Place]) -> None:
        """Ask for figures."""
        counted, declared = list[tuple[Figure, Place]](), list[tuple[Figure, Place]]()
        for place in places:
            code, span, _union = place
            if figure := FIGURES.get(code):
                declared.append((figure, place))
                continue
            one, own = listed()[code], code in OWN
            ref, value = "/".join(refs().get(code, ())), years(span) if own else None
            self.facts[place] = Fact(code, one.zh, one.en, one.units, value, "parameter" if own else "", ref, span, recorded=own)
        if not declared:
            return
        if self._empty is None:
            self._empty = empty_series()
        for figure, place in declared:
            if series_of(figure.plan) & self._empty:
                self.facts[place] = self.at(fact_of(figure, place[1], None, "", recorded=False), place)
            else:
                counted.append((figure, place))
        values = evaluate_many([(figure.plan, Asked(place[1], self.whose(place), known=self.known)) for figure, place in counted])
        hashes = digests([(figure.plan, self.known) for figure, _place in counted])
        for (figure, place), value, hash_ in zip(counted, values, hashes, strict=True):
            self.facts[place] = self.at(fact_of(figure, place[1], value, hash_, recorded=True), place)

    def whose(self, place: Place) -> int:
        """The union that is asked about."""
        return self.unions[place[2]].pk if place[2] else self.union

    def at(self, fact: Fact, place: Place) -> Fact:
        """A fact with the union that it is about."""
        if not place[2]:
            return fact
        union = self.unions[place[2]]
        return replace(fact, union=union.code, place=(union.short_name, union.name))


def span_of(head: Mapping[str, str], main: Period, said: str) -> Period:
    """A period by the name that a head gives it, or by its days; the whole document's where nothing is said."""
    if not said:
        return main
    named = dict(periods_of(head.get("时期", "")))
    if said in named:
        return named[said]
    try:
        return parse(said)
    except (ValueError, OverflowError):
        raise Untrue("period", name=said) from None


def years(span: Period) -> Decimal | None:
    """How many years a period lasts, to a tenth."""
    if span.first is None:
        return None
    months = (span.after.year - span.first.year) * 12 + span.after.month - span.first.month
    length = (Decimal(months) / 12).quantize(Decimal("0.1"))
    return length.to_integral_value() if length == length.to_integral_value() else length


def fact_of(figure: Figure, span: Period, value: Any, hash_: str, *, recorded: bool) -> Fact:
    """A figure of the house with what it came to; of a coverage, those covered out of all."""
    whole = None
    if isinstance(value, list):
        value, whole = Decimal(value[0]), Decimal(value[1])
    return Fact(
        figure.name, figure.zh, figure.en, figure.units, value, figure.kind, "/".join(refs().get(figure.name, ())), span, figure.base,
        (figure.note_zh, figure.note_en), figure.distinct, recorded, hash_, span.last if figure.stock else None, whole=whole,
    )  # fmt: skip


# ---------- as published ----------

Kept = dict[str, Any]


def keep(books: Iterable[LiveBooks], freezes: Mapping[str, int]) -> list[Kept]:
    """Every fact that documents asked for, as plain data, with the words by which it was called and the number of its freeze."""
    found: dict[str, Kept] = {}
    for one in books:
        for (name, period), fact in one.asked.items():
            row = found.setdefault(fact.key, {"fact": written(fact), "freeze": freezes.get(fact.key), "called": []})
            if [name, period] not in row["called"]:
                row["called"].append([name, period])
    return [found[key] | {"called": sorted(found[key]["called"])} for key in sorted(found)]


def written(fact: Fact) -> dict[str, Any]:
    """A fact as plain data."""
    plain = {name: getattr(fact, name) for name in ("code", "zh", "en", "kind", "ref", "base", "distinct", "recorded", "digest")}
    numbers = {name: None if (n := getattr(fact, name)) is None else format(n, "f") for name in ("value", "whole")}
    more = {"union": fact.union, "place": list(fact.place)} if fact.union else {}
    return plain | numbers | more | {
        "units": list(fact.units), "note": list(fact.note), "period": str(fact.period or ""), "day": str(fact.day or ""),
    }  # fmt: skip


def read(said: Mapping[str, Any]) -> Fact:
    """A fact from plain data."""
    facts: dict[str, Any] = {name: said[name] for name in ("code", "zh", "en", "kind", "ref", "base", "distinct", "recorded", "digest")}
    facts |= {name: None if said[name] is None else Decimal(said[name]) for name in ("value", "whole")}
    zh, en = said["note"]
    here, there = said.get("place", ("", ""))
    return Fact(
        **facts, union=said.get("union", ""), place=(here, there), units=tuple(said["units"]), note=(zh, en), period=parse(said["period"]) if said["period"] else None,
        day=date.fromisoformat(said["day"]) if said["day"] else None,
    )  # fmt: skip


@dataclass
class KeptBooks:
    """What a publication fixed: the same words get the same facts, whatever was declared or recorded since."""

    values: list[Kept]
    head: Mapping[str, str]
    main: Period
    union: str  # the code of the document's own
    facts: dict[tuple[str, str], Fact] = field(default_factory=dict)
    freezes: dict[str, int] = field(default_factory=dict)  # by the key of a fact

    def __post_init__(self) -> None:
        for row in self.values:
            fact = read(row["fact"])
            if row["freeze"]:
                self.freezes[fact.key] = row["freeze"]
            for name, period in row["called"]:
                self.facts[name, period] = fact

    def get(self, name: str, period: str = "") -> Fact | None:
        """The fact that was published under these words."""
        return self.facts.get((name, period))

    def names(self) -> list[str]:
        """Every word that was used."""
        return sorted({name for name, _period in self.facts})

    def span(self, said: str) -> Period:
        """The days that were meant."""
        return span_of(self.head, self.main, said)

    def peers(self, name: str, period: str, place: str) -> list[str]:
        """The unions that were published beside each other, the one that was placed first."""
        those = {
            fact.union: fact
            for (called, when), fact in self.facts.items()
            if fact.union and (called, when) == (name, f"{period}#{fact.union}")
        }
        mine = next((code for code, fact in those.items() if (place in fact.place if place else code == self.union)), "")
        return [mine, *sorted(set(those) - {mine})] if mine else []

    def by_key(self) -> dict[str, Fact]:
        """Every fact that was published, by its key."""
        return {fact.key: fact for fact in self.facts.values()}
