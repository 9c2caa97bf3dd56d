"""What may be decided of a difference, which rules decide many at once, and how two records of a union differ. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

OURS, THEIRS, BOTH = "OURS", "THEIRS", "BOTH"
WRITABLE = frozenset({"name", "phone", "migrant", "joined"})  # of a member; her number, sex and birth come from her card alone


@dataclass(frozen=True)
class Ruling:
    """A rule by which differences are decided in bulk: which it is for, and which way they go."""

    code: str
    way: str
    kind: str
    field: str = ""
    cause: str = ""


# Nothing is decided by rule in which a person's identity is in question: names and numbers go one by one.
RULINGS = (
    Ruling("phone-ours-empty", THEIRS, "FIELD", "phone", "EMPTY_OURS"),
    Ruling("phone-theirs-empty", OURS, "FIELD", "phone", "EMPTY_THEIRS"),
    Ruling("joined-theirs-empty", OURS, "FIELD", "joined", "EMPTY_THEIRS"),
    Ruling("joined-ours-earlier", OURS, "FIELD", "joined", "EARLIER_OURS"),
    Ruling("late-after", BOTH, "LATE", "", "AFTER"),
    Ruling("late-before", BOTH, "LATE", "", "BEFORE"),
    Ruling("retained", BOTH, "DEFINITION", "", "RETAINED"),
    Ruling("second", BOTH, "DEFINITION", "", "SECOND"),
    Ruling("dispatch", BOTH, "DEFINITION", "", "DISPATCH"),
    Ruling("new-form", BOTH, "DEFINITION", "", "NEW_FORM"),
    Ruling("dormant", BOTH, "DEFINITION", "", "DORMANT"),
    Ruling("new", OURS, "ONLY_OURS", "", "NEW"),
    Ruling("left", OURS, "ONLY_THEIRS", "", "LEFT"),
    Ruling("unknown", THEIRS, "ONLY_THEIRS", "", "UNKNOWN"),
    Ruling("twice", OURS, "DUPLICATE", "", "TWICE_THEIRS"),
)
BY_CODE = {one.code: one for one in RULINGS}


def ways(of: str, kind: str, field: str, cause: str) -> tuple[str, ...]:
    """The ways in which one difference may be decided; what the register cannot take over by a verb of its own is not offered.

    >>> ways("MEMBERS", "FIELD", "id", "NUMBER"), ways("MEMBERS", "FIELD", "phone", "")
    (('OURS', 'BOTH'), ('OURS', 'THEIRS', 'BOTH'))
    """
    takes = (
        (of == "MEMBERS" and kind == "FIELD" and field in WRITABLE)
        or (of == "MEMBERS" and kind == "WRONG_PARENT" and cause == "PLACE")
        or (of == "MEMBERS" and kind == "ONLY_THEIRS" and cause in ("UNKNOWN", "LEFT"))
        or (of == "UNIONS" and kind == "FIELD" and field in ("name", "uscc"))
    )
    return (OURS, THEIRS, BOTH) if takes and not (field == "phone" and cause == "EMPTY_THEIRS") else (OURS, BOTH)


def fits(rule: Ruling, of: str) -> bool:
    """Whether a rule may decide in a list of members or of unions: never in a way in which one difference could not be decided.

    >>> fits(BY_CODE["unknown"], "MEMBERS"), fits(BY_CODE["unknown"], "UNIONS"), fits(BY_CODE["twice"], "UNIONS")
    (True, False, True)
    """
    return rule.way in ways(of, rule.kind, rule.field, rule.cause)


@dataclass(frozen=True)
class Unit:
    """A union as one side writes it."""

    name: str
    key: str  # the part of the name by which it is known
    uscc: str = ""
    code: str = ""
    above: str = ""  # the key of the union above, if it is said
    founded: date | None = None
    members: int | None = None
    pk: int = 0
    row: int = 0
    sheet: str = ""
    closed: date | None = None
    counts: bool = True  # exists and is not dormant or preparing


@dataclass(frozen=True)
class Gap:
    """One difference between two lists of unions."""

    kind: str
    field: str = ""
    cause: str = ""
    ours: Unit | None = None
    theirs: Unit | None = None


def pairs(
    ours: Sequence[Unit], theirs: Iterable[Unit]
) -> tuple[list[tuple[Unit, Unit]], list[Unit], list[Unit], list[tuple[Unit, Unit | None]]]:
    """Who is who: by credit code, else by our own code, else by a name that only one bears. Pairs, theirs alone, ours alone, and theirs twice."""
    by_uscc, by_code = {one.uscc: one for one in ours if one.uscc}, {one.code: one for one in ours if one.code}
    by_name: dict[str, Unit | None] = {}
    for one in ours:
        by_name[one.key] = None if one.key in by_name else one
    found, alone, twice = [], [], []
    taken: set[int] = set()
    seen: set[tuple[str, str]] = set()
    for one in theirs:
        mine = by_uscc.get(one.uscc) or by_code.get(one.code) or by_name.get(one.key)
        if (mine is not None and mine.pk in taken) or (mine is None and (one.uscc, one.key) in seen):
            twice.append((one, mine))
            continue
        seen.add((one.uscc, one.key))
        if mine is None:
            alone.append(one)
        else:
            taken.add(mine.pk)
            found.append((mine, one))
    return found, alone, [one for one in ours if one.pk not in taken], twice


def gaps(ours: Sequence[Unit], theirs: Sequence[Unit], on: date) -> list[Gap]:
    """In what two lists of unions differ, for the day of which theirs speaks."""
    both, alone, missing, twice = pairs(ours, theirs)
    made = [Gap("DUPLICATE", cause="TWICE_THEIRS", ours=mine, theirs=one) for one, mine in twice]
    for mine, one in both:
        if mine.founded and mine.founded > on:
            made.append(Gap("LATE", cause="AFTER", ours=mine, theirs=one))
        elif mine.closed and mine.closed <= on:
            made.append(Gap("ONLY_THEIRS", cause="LEFT", ours=mine, theirs=one))
        elif not mine.counts:
            made.append(Gap("DEFINITION", cause="DORMANT", ours=mine, theirs=one))
        said = {"name": (mine.name, one.name), "uscc": (mine.uscc, one.uscc), "founded": (str(mine.founded or ""), str(one.founded or ""))}
        made += [
            Gap("FIELD", field, _lack(a, b), mine, one)
            for field, (a, b) in said.items()
            if b and a != b and not (field == "name" and mine.key == one.key)
        ]
        if one.above and mine.above != one.above:
            made.append(Gap("WRONG_PARENT", cause="PLACE", ours=mine, theirs=one))
    made += [Gap("ONLY_THEIRS", cause="UNKNOWN", theirs=one) for one in alone]
    for mine in missing:
        if (mine.closed and mine.closed <= on) or not mine.counts:
            continue
        late = "AFTER" if mine.founded and mine.founded > on else "BEFORE" if mine.closed else ""
        made.append(Gap("LATE" if late else "ONLY_OURS", cause=late, ours=mine))
    return made


def _lack(ours: str, theirs: str) -> str:
    return "EMPTY_OURS" if not ours else "EMPTY_THEIRS" if not theirs else ""


def rest(theirs: int, ours: int, weights: Mapping[str, int]) -> int:
    """What of the gap between a told total and ours no difference explains.

    >>> rest(120, 118, {"ONLY_THEIRS": -3, "LATE": 1})
    0
    """
    return ours - theirs - sum(weights.values())


def over(at: date, today: date, span: int) -> bool:
    """Whether the days in which a decision can be taken back are over."""
    return (today - at).days > span
