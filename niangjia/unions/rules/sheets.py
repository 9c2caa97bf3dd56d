"""The rows of an organisation sheet judged against the tree: what is new, what differs, what stays, what cannot be taken (domain reference, §1.3-§1.5)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from niangjia.kit.days import day, month_in_doubt
from niangjia.kit.ids import credit_fault, narrow
from niangjia.unions.rules import may_lead, term_end

Cells = Mapping[str, str]
Fault = tuple[str, str, str]  # field, code, what is shown
ONE_UNIT = ("20", "25")  # of one unit, of a project
UNION_HEADS = ("81", "89")  # how credit codes of unions begin (GB 32100-2015)
NEW, CHANGE, SAME = "new", "change", "same"
DEFAULTS = {"category": "170", "industry": "C", "employees": "0"}  # as the form of founding has them


@dataclass(frozen=True)
class Known:
    """A union of the register, with what a sheet may say of it as text."""

    pk: int
    code: str
    kind: str
    parent: int | None
    ended: bool
    preparing: bool
    employer: int | None
    said: Mapping[str, str]


@dataclass(frozen=True)
class Unit:
    """An employer of the register."""

    pk: int
    uscc: str
    here: bool  # whether whoever reads the sheet may correct it
    said: Mapping[str, str]
    own: int | None = None  # the union of this employer alone
    founding: bool = False  # one is being founded
    merged: str = ""  # the credit code of the entry into which this one was merged


@dataclass(frozen=True)
class Ground:
    """What a sheet is judged against: the day, the union for which it is read, and all in its reach that the rows may name."""

    on: date
    first: date  # before it there were no unions of today's kind
    demo: bool
    at: int
    grassroots: frozenset[str]
    words: Mapping[str, Mapping[str, str]]  # of each field with a code list, what its words mean
    longest: Mapping[str, int]
    days: Sequence[str]
    numbers: Sequence[str]
    terms: frozenset[str]  # in years
    unions: Mapping[int, Known] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)
    by_credit: Mapping[str, int] = field(default_factory=dict)  # of all unions of the house; 0: one out of reach
    names: Mapping[str, Sequence[int]] = field(default_factory=dict)  # by `union_name`
    units: Mapping[str, Unit] = field(default_factory=dict)  # by credit code
    unit_names: Mapping[str, Sequence[str]] = field(default_factory=dict)  # name: credit codes
    above: frozenset[int] = frozenset()  # over the union for which it is read: named, and not touched
    covers: frozenset[tuple[int, str]] = frozenset()  # union, the employer's credit code


@dataclass
class Judged:
    """One row after judgement. Of the rows of one union the first speaks of it, all of their employers."""

    faults: list[Fault] = field(default_factory=list)
    verdict: str = ""
    union: int | None = None  # of the register
    first: int | None = None  # the place of the row that speaks of this union, if it is another
    parent: int | None = None
    said: dict[str, str] = field(default_factory=dict)  # all that the row says, as codes and days
    union_new: dict[str, str] = field(default_factory=dict)  # what changes of the union, or is said of a new one
    unit: str = ""  # the employer's credit code
    unit_pk: int | None = None
    unit_new: dict[str, str] = field(default_factory=dict)
    covers: bool = False  # the employer comes to be covered
    was: dict[str, str] = field(default_factory=dict)  # of what changes, what the register has

    def wrong(self, where: str, code: str, value: str = "") -> None:
        """Note a fault."""
        self.faults.append((where, code, value[:120]))


def union_name(text: str) -> str:
    """The part of a union's name that people write: without brackets, blanks and the words that all of them end in.

    >>> union_name("湖州恒泰织造有限公司工会委员会") == union_name(" 湖州恒泰织造有限公司工会 ")
    True
    """
    text = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"(工会委员会|工会联合会|联合工会委员会|总工会|工会)$", "", text).upper()


def plain(word: str) -> str:
    """A word of a code list as it is looked up."""
    return "".join(word.replace("（", "(").replace("）", ")").split()).lower()


def judge(rows: Sequence[Cells], ground: Ground, numbers: Sequence[str] = ()) -> list[Judged]:
    """Judge the rows of a sheet together, in their order; `numbers`: how each is called where another row speaks of it."""
    called = numbers or [str(i + 1) for i in range(len(rows))]
    made = [_read(cells, ground) for cells in rows]
    firsts: dict[object, int] = {}
    named: dict[str, object] = {}
    owned: dict[str, object] = {}
    owners: dict[str, object] = {}
    seen: dict[tuple[object, str], int] = {}
    for i, one in enumerate(made):
        _place(one, ground)
        name = union_name(one.said.get("name", ""))
        key: object = one.union or (name, one.parent)
        if one.union is None and name in named and "parent" not in one.said:  # a further unit of a joint union: its name alone says which
            key = named[name]
        named.setdefault(name, key)
        if (first := firsts.setdefault(key, i)) != i:
            one.first = first
            _as_above(one, made[first], called[first])
        elif not any(code == "code-unknown" for _where, code, _value in one.faults):
            _union(one, ground)
        _unit(one, made[first], ground)
        for code, those, fault, where in (
            (one.said.get("uscc", ""), owned, "credit-twice", "uscc"),
            (one.unit if made[first].said.get("kind") in ONE_UNIT else "", owners, "unit-twice", "unit_uscc"),
        ):
            if code and those.setdefault(code, key) != key:
                one.wrong(where, fault)
        if (there := seen.setdefault((key, one.unit), i)) != i:
            one.wrong("unit" if one.unit else "name", "again", called[there])
    for one in made:
        above = made[one.first] if one.first is not None else one
        one.union = above.union
        if one.faults:
            continue
        new = above.union is None
        one.verdict = NEW if new else CHANGE if (one.first is None and one.union_new) or one.unit_new or one.covers else SAME
    for one in made:  # what stands on a bad row is bad with it: its union is not made
        if one.first is not None and made[one.first].faults and made[one.first].union is None and not one.faults:
            one.wrong("name", "above-differs", called[one.first])
            one.verdict = ""
    return made


def _read(cells: Cells, ground: Ground) -> Judged:
    """What a row says, as codes, days and numbers; what cannot be read is a fault."""
    one = Judged()
    for where, text in cells.items():
        if not text:
            continue
        if where in ground.words:
            if code := ground.words[where].get(plain(text), ""):
                one.said[where] = code
            else:
                one.wrong(where, f"{where}-unknown", text[:40])
        elif where in ground.days:
            _day(one, where, text, ground)
        elif where in ground.numbers:
            found = re.fullmatch(r"(\d{1,7})(\.0+)?[人年届]?", text.replace(",", ""))
            if found:
                one.said[where] = str(int(found[1]))
            else:
                one.wrong(where, "number", text[:40])
        elif where in ("uscc", "unit_uscc"):
            code = narrow(text)
            one.said[where] = code
            if fault := credit_fault(code, demo=ground.demo):
                one.wrong(where, f"credit-{fault}", text[:20])
            elif where == "uscc" and not code.startswith(UNION_HEADS):
                one.wrong(where, "credit-no-union", code)
        elif len(text) > ground.longest.get(where, 200):
            one.wrong(where, "long")
        else:
            one.said[where] = text
    return one


def _day(one: Judged, where: str, text: str, ground: Ground) -> None:
    read = day(text)
    if month_in_doubt(text):
        one.wrong(where, "day-doubt", text[:40])
    elif read is None:
        one.wrong(where, "day", text[:40])
    elif read < ground.first:
        one.wrong(where, "day-early", text[:40])
    elif where in ("founded", "term_start") and read > ground.on:
        one.wrong(where, "day-ahead", text[:40])
    else:
        one.said[where] = read.isoformat()


def _place(one: Judged, ground: Ground) -> None:
    """Which union of the register a row means, and under which it stands."""
    said = one.said
    named = said.get("parent", "")
    if named:
        found = [ground.codes[named.upper()]] if named.upper() in ground.codes else list(ground.names.get(union_name(named), ()))
        leading = [pk for pk in found if not ground.unions[pk].ended and (len(found) == 1 or ground.unions[pk].kind not in ONE_UNIT)]
        if len(leading) == 1:
            one.parent = leading[0]
        else:
            one.wrong("parent", "parent-many" if leading else "parent-unknown", named[:60])
    else:
        one.parent = ground.at
    if code := said.get("code", "").upper():
        one.union = ground.codes.get(code)
        if one.union is None:
            one.wrong("code", "code-unknown", code)
        return
    if (credit := said.get("uscc", "")) and ground.by_credit.get(credit):
        one.union = ground.by_credit[credit]
        return
    same = [ground.unions[pk] for pk in ground.names.get(union_name(said.get("name", "")), ()) if not ground.unions[pk].ended]
    here = [known for known in same if known.parent == one.parent] if named or len(same) != 1 else same
    if len(here) == 1:
        one.union = here[0].pk
    elif same and "kind" in said:
        one.wrong("name", "name-there", "、".join(f"{known.said['short']} {known.code}" for known in same[:3]))


def _as_above(one: Judged, above: Judged, called: str) -> None:
    """A further row of a union says of it what the first does, or nothing."""
    for where, text in one.said.items():
        if where not in UNITS and where in above.said and above.said[where] != text:
            one.wrong(where, "above-differs", called)
    one.parent = above.parent


UNITS = ("unit", "unit_uscc", "category", "industry", "employees", "unit_address")


def _union(one: Judged, ground: Ground) -> None:
    """What a row says of its union."""
    said = one.said
    known = ground.unions.get(one.union or 0)
    _shape(one, known, ground)
    credit = said.get("uscc", "")
    if credit and ground.by_credit.get(credit, one.union) != one.union:
        one.wrong("uscc", "credit-taken", credit)
    if known is None:
        _new(one, ground)
        return
    if known.pk in ground.above:
        one.wrong("name", "code-unknown", known.code)
    if known.ended or said.get("state") == "ABOLISHED":
        one.wrong("state" if "state" in said else "name", "ended", known.code)
    for where, has, code in (("kind", known.kind, "kind-differs"), ("founded", known.said.get("founded", ""), "founded-differs")):
        if where in said and said[where] != has:
            one.wrong(where, code, known.said.get(where, has))
    if "parent" in said and one.parent is not None and one.parent != known.parent:
        above = ground.unions.get(known.parent or 0)
        one.wrong("parent", "parent-differs", above.said["short"] if above else "")
    for where, has in known.said.items():
        if where not in ("founded", "kind") and where in said and said[where] != has:
            one.union_new[where] = said[where]
            one.was[where] = has


def _new(one: Judged, ground: Ground) -> None:
    """A union that the register does not have."""
    said = one.said
    unread = {where for where, _code, _value in one.faults}
    if "name" not in said and "name" not in unread:
        one.wrong("name", "name-missing")
    kind = said.get("kind", "")
    if not kind:
        if "kind" not in unread:
            one.wrong("kind", "kind-missing")
    elif kind not in ground.grassroots:
        one.wrong("kind", "kind-above")
    above = ground.unions.get(one.parent or 0)
    if above and above.pk in ground.above:
        one.wrong("parent", "parent-unknown", above.said["short"])
    elif above and kind in ground.grassroots and not may_lead(above.kind, kind):
        one.wrong("parent", "parent-leads-none" if "parent" in said else "parent-missing", above.said["short"])
    if said.get("state") == "ABOLISHED":
        one.wrong("state", "ended")
    if "founded" not in said and "founded" not in unread:
        one.wrong("founded", "founded-missing")
    one.union_new = {where: text for where, text in said.items() if where not in (*UNITS, "code", "parent", "state")}


def _shape(one: Judged, known: Known | None, ground: Ground) -> None:
    """Terms and certificates, as they stand after the row is taken."""
    said = one.said
    has = dict(known.said if known else {})
    if "term_years" in said and said["term_years"] not in ground.terms | {has.get("term_years", "")}:
        one.wrong("term_years", "term-years", said["term_years"])
    now = has | said
    if (
        "term_start" in said
        and "term_end" not in said
        and now.get("term_years", "").isdecimal()
        and said["term_start"] != has.get("term_start")
    ):
        said["term_end"] = now["term_end"] = term_end(date.fromisoformat(said["term_start"]), int(now["term_years"])).isoformat()
    start, end, legal = now.get("term_start", ""), now.get("term_end", ""), now.get("legal_until", "")
    if start and end and end <= start and {"term_start", "term_end"} & said.keys():
        one.wrong("term_end", "term-order", end)
    if legal and end and legal > end and said.get("legal_until", has.get("legal_until", "")) != has.get("legal_until", ""):
        one.wrong("legal_until", "legal-long", legal)


def _unit(one: Judged, above: Judged, ground: Ground) -> None:
    """The employer of a row: known by its credit code, else by its name."""
    said, unread = one.said, {where for where, _code, _value in one.faults}
    code, name = said.get("unit_uscc", ""), said.get("unit", "")
    known_union = ground.unions.get(above.union or 0)
    single = (known_union.kind if known_union else above.said.get("kind", "")) in ONE_UNIT
    if not code and name:
        those = ground.unit_names.get(name, ())
        if len(those) == 1:
            code = those[0]
        elif "unit_uscc" not in unread:
            one.wrong("unit_uscc" if those else "unit", "unit-many" if those else "unit-unknown", name[:60])
    if not code:
        if single and known_union is None and not name and one.first is None and not {"unit", "code"} & unread:
            one.wrong("unit", "unit-missing")
        return
    one.unit = code
    unit = ground.units.get(code)
    if unit is None:
        if not name and "unit" not in unread:
            one.wrong("unit", "unit-unknown", code)
        one.unit_new = DEFAULTS | {where: said[where] for where in UNITS if where in said and where != "unit_uscc"}
    elif unit.merged:
        one.wrong("unit_uscc", "unit-merged", unit.merged)
    else:
        one.unit_pk = unit.pk
        differs = {
            where: said[where] for where in UNITS if where in said and where != "unit_uscc" and said[where] != unit.said.get(where, "")
        }
        if differs and not unit.here:
            one.wrong(next(iter(differs)), "unit-outside", unit.said["unit"])
        else:
            one.unit_new = differs
            one.was |= {where: unit.said.get(where, "") for where in differs}
    if single:
        _own(one, known_union, unit)
    one.covers = above.union is None or (above.union, code) not in ground.covers


def _own(one: Judged, union: Known | None, unit: Unit | None) -> None:
    """The employer of a union of one unit: it has no other, and none is being founded for it."""
    if one.first is not None or (union and union.employer and (unit is None or union.employer != unit.pk)):
        one.wrong("unit", "unit-one")
    elif unit and unit.own and (union is None or unit.own != union.pk):
        one.wrong("unit", "unit-united")
    elif unit and unit.founding and union is None:
        one.wrong("unit", "unit-founding")
