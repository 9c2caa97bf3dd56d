"""Books for the tests of the compiler: Huzhou's catalogue, each figure in the middle of its published interval."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from niangjia.kit.periods import Period, parse
from niangjia.reports.prose.checks import check
from niangjia.reports.prose.compile import Compiled, compile_review
from niangjia.reports.prose.facts import Fact
from niangjia.reports.prose.notation import parse as read
from niangjia.reports.prose.notation import periods_of
from niangjia.reports.prose.units import grain
from niangjia.reports.prose.untrue import Untrue

HERE = Path(__file__).parent
HUZHOU = HERE.parent / "huzhou"
MAIN = parse("2010-10-21..2015-10-20")
PLACES = ["north", "south", "east"]  # unions of one rank
BASES = {"care.stations.towns": "township", "culture.towns": "township", "unions.townships": "township", "unions.staffed": "township"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PUBLISHED = {r["ref"]: r for r in rows(HERE / "published.csv")}
CATALOGUE = rows(HUZHOU / "catalogue.csv")


def middle(row: dict[str, str], unit: str) -> Decimal | None:
    if not row["low"]:
        return None
    low, high = Decimal(row["low"]), Decimal(row["high"])
    fine = Decimal("0.01") if unit in ("元", "%") else grain(unit)
    return low if low == high else ((low + high) / 2).quantize(fine)


@dataclass
class Stub:
    """A table of facts that tests may change."""

    facts: dict[str, Fact] = field(default_factory=dict)
    named: dict[str, Period] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Stub:
        stub = cls()
        for c in CATALOGUE:
            row, units = PUBLISHED[c["ref"]], tuple(c["unit"].split("/"))
            if known := stub.facts.get(c["code"]):
                stub.change(c["code"], ref=f"{known.ref}/{c['ref']}")
                continue
            kind = "stock" if row["kind"] in ("stock", "coverage") else row["kind"]
            value = middle(row if c["ref"] != "F058" else PUBLISHED["F074"], units[0])
            fact = Fact(c["code"], c["zh"], c["en"], units, value, kind, c["ref"], None, BASES.get(c["code"], ""),
                        distinct=kind == "stock" and units[0] in ("人", "家", "户"), recorded=value is not None, digest=c["code"])  # fmt: skip
            stub.facts[c["code"]] = fact
        return stub

    def change(self, code: str, **fields: object) -> None:
        self.facts[code] = replace(self.facts[code], **fields)  # type: ignore[arg-type]

    def get(self, name: str, period: str = "") -> Fact | None:
        period, _, place = period.partition("#")
        fact = (
            self.facts.get(f"{name}@{period}#{place}" if place else f"{name}@{period}")
            or self.facts.get(name)
            or next((f for f in self.facts.values() if name in (f.zh, f.en.replace(" ", "-"))), None)
        )
        if fact is None:
            return None
        if period and period not in self.named:
            try:
                self.named[period] = parse(period)
            except ValueError:
                raise Untrue("period", name=period) from None
        return replace(fact, period=self.named[period] if period else fact.period or MAIN, union=place, place=(place, place))

    def span(self, said: str) -> Period:
        return self.named[said] if said in self.named else parse(said) if said else MAIN

    def peers(self, name: str, period: str, place: str) -> list[str]:
        return [place, *(code for code in PLACES if code != place)] if place in PLACES else []

    def names(self) -> list[str]:
        return sorted({n for f in self.facts.values() for n in (f.code, f.zh)})

    def review(self, text: str) -> Compiled:
        """A text, read, filled and checked."""
        tree, bad = read(text)
        self.named |= dict(periods_of(tree.head.get("时期", "")))
        return check(compile_review(tree, bad, self))


def sample(language: str) -> str:
    return (HUZHOU / f"{language}.md").read_text(encoding="utf-8")
