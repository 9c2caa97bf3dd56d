"""What is published: a figure is a measure of a series, perhaps narrowed, or made of other figures; always plain data.

A plan is data, so it can be frozen with a publication and asked again in ten years.

>>> from niangjia.kit.series import SERIES, series
>>> class Case:
...     "A model."
>>> CASES = series("demo.cases", Case, where="union", when="opened_on", cases=1, yuan="won", by=("cause",))
>>> all_ = figure("demo.cases", CASES.cases, unit="件", zh="案件", en="Cases", ref="F000")
>>> pay = figure("demo.cases.pay", CASES.cases, only={"cause": ["PAY", "OVERTIME"]}, unit="件", zh="欠薪案件", en="Cases about pay")
>>> rate = figure("demo.cases.pay.rate", ratio(pay, all_), unit="%", zh="欠薪案件占比", en="Part that is about pay")
>>> pay.plan["only"], rate.kind, sorted(series_of(rate.plan))
({'cause': ['PAY', 'OVERTIME']}, 'ratio', ['demo.cases'])
>>> figure("demo.wrong", CASES.cases, only={"colour": "red"}, unit="件", zh="", en="")
Traceback (most recent call last):
ValueError: demo.wrong: demo.cases is not told apart by colour
>>> del SERIES["demo.cases"], FIGURES["demo.cases"], FIGURES["demo.cases.pay"], FIGURES["demo.cases.pay.rate"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from niangjia.kit.series import SERIES, Measure

Plan = dict[str, Any]
Choice = str | bool | Enum | None
Choices = Mapping[str, Choice | Iterable[Choice]]


@dataclass(frozen=True)
class Figure:
    """A number that people quote: what it is, in which units, in both languages, and how it is found."""

    name: str  # its dotted code
    plan: Plan
    units: tuple[str, ...]  # the first is printed; prose may use the others
    zh: str
    en: str
    ref: str = ""  # the number that an outside table gives it
    base: str = ""  # figures that share a base are easily mistaken for each other, and are named side by side
    note_zh: str = ""  # the definition: what counts, what does not
    note_en: str = ""
    public: bool = False  # may be shown to anybody

    @property
    def unit(self) -> str:
        return self.units[0]

    @property
    def kind(self) -> str:
        """How it behaves: flow, stock, or the operation that makes it of others."""
        op: str = self.plan["op"]
        return op if op != "count" else "stock" if SERIES[self.plan["series"]].stock else "flow"

    @property
    def stock(self) -> bool:
        """Whether its period is a day: everything that it reads is a stock."""
        return all(SERIES[name].stock for name in series_of(self.plan) if name in SERIES)

    @property
    def distinct(self) -> bool:
        """Whether it tells subjects apart, so that its parts must not be added up."""
        return bool(self.plan["op"] == "count" and self.plan["measure"] == "distinct")

    def words(self, language: str) -> str:
        """Its name in Chinese (zh…) or English."""
        return self.zh if language.startswith("zh") else self.en

    def note(self, language: str) -> str:
        """Its definition in Chinese (zh…) or English."""
        return self.note_zh if language.startswith("zh") else self.note_en


FIGURES: dict[str, Figure] = {}


def text(value: Choice) -> str | None:
    """A breakdown's value as a ledger line holds it."""
    if isinstance(value, Enum):
        return str(value.value)
    return value if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def chosen(choices: Choices | None) -> dict[str, list[str | None]]:
    """Each breakdown with the list of its values, whether one was said or several."""
    out: dict[str, list[str | None]] = {}
    for name, said in (choices or {}).items():
        if said is None or isinstance(said, (str, bool, Enum)):
            out[name] = [text(said)]
        else:
            out[name] = [text(value) for value in (sorted(said, key=str) if isinstance(said, (set, frozenset)) else said)]
    return out


def figure(
    name: str, what: Measure | Plan, *, unit: str = "", units: tuple[str, ...] = (), zh: str, en: str,
    only: Choices | None = None, without: Choices | None = None, ref: str = "", base: str = "",
    note_zh: str = "", note_en: str = "", public: bool = False,
) -> Figure:  # fmt: skip
    """Declare a figure: a measure of a series, narrowed by `only` and `without`, or a plan made of other figures."""
    if name in FIGURES:
        raise ValueError(f"{name}: declared twice")
    if isinstance(what, Measure):
        narrowed = {"only": chosen(only), "without": chosen(without)}
        for key in {**narrowed["only"], **narrowed["without"]}:
            if key not in what.series.by:
                raise ValueError(f"{name}: {what.series.name} is not told apart by {key}")
        plan: Plan = {"op": "count", "series": what.series.name, "measure": what.name, **narrowed}
    else:
        if only or without:
            raise ValueError(f"{name}: narrow the figures that it is made of")
        plan = what
    FIGURES[name] = Figure(name, plan, units or (unit,), zh, en, ref, base, note_zh, note_en, public)
    return FIGURES[name]


def ratio(part: Figure, whole: Figure) -> Plan:
    """A percentage; the conditions of the denominator are those of the figure `whole`."""
    return {"op": "ratio", "of": part.plan, "to": whole.plan, "times": 100}


def remainder(lacking: Figure, whole: Figure, *, of_each: int = 1) -> Plan:
    """What of a whole is as it should be, in percent: all of it less what is lacking. Behind it stand the records that lack.

    `of_each` is how many things each of the whole is looked at for: the part of entries that are filled in.
    """
    return {"op": "remainder", "of": lacking.plan, "to": whole.plan, "each": of_each}


def average(of: Figure, *, per: Figure) -> Plan:
    """So much for each: 人均."""
    return {"op": "average", "of": of.plan, "to": per.plan, "times": 1}


def share(of: Figure) -> Plan:
    """A union's part of the whole tree, in percent."""
    return {"op": "share", "of": of.plan}


def growth(of: Figure) -> Plan:
    """Against the same span a year before 同比, in percent."""
    return {"op": "growth", "of": of.plan}


def difference(of: Figure) -> Plan:
    """The net rise of a stock over the period 净增: at its end, less at its beginning."""
    if not of.stock:
        raise ValueError(f"{of.name}: a net rise is of a stock, never of a flow")
    return {"op": "difference", "of": of.plan}


def total(*of: Figure) -> Plan:
    """Several figures added up; never distinct ones, because who is in two of them would count twice."""
    if any(one.distinct for one in of) or len({one.unit for one in of}) > 1:
        raise ValueError(f"{', '.join(one.name for one in of)}: these cannot be added up")
    return {"op": "sum", "parts": [one.plan for one in of]}


def completion(of: Figure, target: Decimal) -> Plan:
    """How much of a target is reached, in percent."""
    return {"op": "completion", "of": of.plan, "target": str(target)}


def peak(of: Figure) -> Plan:
    """The most in any year of the period."""
    return {"op": "peak", "of": of.plan}


def longest_run(of: Figure) -> Plan:
    """The most years on end, in the period, in which there was any 连续年数."""
    return {"op": "run", "of": of.plan}


def coverage(of: Figure, among: Figure | None = None) -> Plan:
    """How many unions have any: n of n. Of the unions at which `among` counts something, or of those directly below."""
    return {"op": "coverage", "of": of.plan} | ({"among": among.plan} if among else {})


def parts_of(plan: Plan) -> list[Plan]:
    """The plans that a plan is made of."""
    return [plan[key] for key in ("of", "to", "among") if key in plan] + list(plan.get("parts", []))


def series_of(plan: Plan) -> set[str]:
    """The series that a plan reads."""
    return {plan["series"]} if plan["op"] == "count" else {name for part in parts_of(plan) for name in series_of(part)}
