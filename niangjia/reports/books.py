"""The compiler's books: facts found through the worklog, or facts as they were published."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass
class LiveBooks:
    """What the worklog answers: now, or as known at a posting. Each question is put once."""

    head: Mapping[str, str]
    union: int
    main: Period  # for figures that name no period
    known: int | None = None
    asked: dict[tuple[str, str], Fact] = field(default_factory=dict)  # (as called, period as called) -> the answer
    _facts: dict[tuple[str, Period], Fact] = field(default_factory=dict)
    _empty: set[str] | None = None

    def get(self, name: str, period: str = "") -> Fact | None:
        """The fact behind a code or a name."""
        if (name, period) in self.asked:
            return self.asked[name, period]
        place = self.place(name, period)
        if place is None:
            return None
        if place not in self._facts:
            self.find([place])
        self.asked[name, period] = self._facts[place]
        return self._facts[place]

    def prepare(self, refs_: Iterable[tuple[str, str]]) -> None:
        """Put all questions of a text together: each series is read once, not each figure."""
        wanted = []
        for name, period in refs_:
            try:
                place = self.place(name, period)
            except Untrue:
                continue  # it is said where it stands
            if place is not None and place not in self._facts:
                wanted.append(place)
        self.find(list(dict.fromkeys(wanted)))

    def place(self, name: str, period: str) -> tuple[str, Period] | None:
        """The code and the days that are meant; what stands, stands on a day."""
        code = codes().get(name)
        if code is None:
            return None
        span = self.span(period)
        figure = FIGURES.get(code)
        return code, Period(None, span.after) if figure and figure.stock and figure.kind != "difference" else span

    def names(self) -> list[str]:
        """Every code and name that may be called."""
        return sorted(codes())

    def span(self, said: str) -> Period:
        """A period by the name that the head gives it, or by its days."""
        if not said:
            return self.main
        named = dict(periods_of(self.head.get("时期", "")))
        if said in named:
            return named[said]
        try:
            return parse(said)
        except (ValueError, OverflowError):
            raise Untrue("period", name=said) from None

    def find(self, places: Sequence[tuple[str, Period]]) -> None:
        """Ask for figures."""
        counted, declared = list[tuple[Figure, Period]](), list[tuple[Figure, Period]]()
        for code, span in places:
            if figure := FIGURES.get(code):
                declared.append((figure, span))
                continue
            one, own = listed()[code], code in OWN
            ref, value = "/".join(refs().get(code, ())), years(span) if own else None
            self._facts[code, span] = Fact(code, one.zh, one.en, one.units, value, "parameter" if own else "", ref, span, recorded=own)
        if not declared:
            return
        if self._empty is None:
            self._empty = empty_series()
        for figure, span in declared:
            if series_of(figure.plan) & self._empty:
                self._facts[figure.name, span] = fact_of(figure, span, None, "", recorded=False)
            else:
                counted.append((figure, span))
        values = evaluate_many([(figure.plan, Asked(span, self.union, known=self.known)) for figure, span in counted])
        hashes = digests([(figure.plan, self.known) for figure, _span in counted])
        for (figure, span), value, hash_ in zip(counted, values, hashes, strict=True):
            self._facts[figure.name, span] = fact_of(figure, span, value, hash_, recorded=True)


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
    return plain | numbers | {
        "units": list(fact.units), "note": list(fact.note), "period": str(fact.period or ""), "day": str(fact.day or ""),
    }  # fmt: skip


def read(said: Mapping[str, Any]) -> Fact:
    """A fact from plain data."""
    facts: dict[str, Any] = {name: said[name] for name in ("code", "zh", "en", "kind", "ref", "base", "distinct", "recorded", "digest")}
    facts |= {name: None if said[name] is None else Decimal(said[name]) for name in ("value", "whole")}
    zh, en = said["note"]
    return Fact(
        **facts, units=tuple(said["units"]), note=(zh, en), period=parse(said["period"]) if said["period"] else None,
        day=date.fromisoformat(said["day"]) if said["day"] else None,
    )  # fmt: skip


@dataclass
class KeptBooks:
    """What a publication fixed: the same words get the same facts, whatever was declared or recorded since."""

    values: list[Kept]
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
