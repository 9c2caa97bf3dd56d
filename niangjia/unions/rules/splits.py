"""What is asked of a split: parts that can stand, nothing left of a union that ends, a decision of more than half (domain reference, §1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Part:
    """A union that is to be made."""

    name: str
    single: bool  # of one unit
    several: bool  # of units that found it together
    named: bool  # its name ends as those of its type do
    taken: bool  # a union that exists has this name
    units: int
    officers: int


@dataclass(frozen=True)
class Decision:
    """What the union decided; nothing before its meeting."""

    held: bool
    entitled: int = 0
    ayes: int = 0


@dataclass(frozen=True)
class Whole:
    """The union that is split, and what is left of it."""

    ends: bool
    several: bool
    left: int  # units that go to no part
    own_goes: bool  # the unit whose own union it is goes to a part
    shared: bool  # it is written how funds and property are shared out


@dataclass(frozen=True)
class Remark:
    """What speaks against a split: a hard one keeps it from being sent, a soft one is shown to whoever decides."""

    code: str
    hard: bool = True
    said: Mapping[str, object] = field(default_factory=dict)


def against(whole: Whole, parts: Sequence[Part], decision: Decision, *, units: int, majority: Fraction) -> list[Remark]:
    """What speaks against it, the hard ones first. `units`: of how many a joint union is made at the least (Trade Union Law 2021, art. 11).

    >>> whole = Whole(ends=True, several=True, left=3, own_goes=False, shared=True)
    >>> [one.code for one in against(whole, [], Decision(held=True, entitled=10, ayes=5), units=2, majority=Fraction(1, 2))]
    ['two-parts', 'left', 'votes']
    """
    found = []
    if whole.ends and len(parts) <= 1:
        found.append(Remark("two-parts"))
    elif not parts:
        found.append(Remark("no-part"))
    for one in parts:
        found += _of(one, units)
    if whole.ends and whole.left:
        found.append(Remark("left", said={"n": whole.left}))
    if not whole.ends and whole.own_goes:
        found.append(Remark("own-goes"))
    if not whole.ends and whole.several and whole.left < units:
        found.append(Remark("few-left", hard=False, said={"n": whole.left, "least": units}))
    if not whole.shared:
        found.append(Remark("assets"))
    if not decision.held:
        found.append(Remark("undecided"))
    elif decision.ayes <= decision.entitled * majority:
        found.append(Remark("votes", said={"ayes": decision.ayes, "entitled": decision.entitled}))
    return sorted(found, key=lambda remark: not remark.hard)


def _of(one: Part, units: int) -> list[Remark]:
    """What speaks against one part."""
    said: dict[str, object] = {"name": one.name, "n": one.units, "least": units}
    found = []
    if not one.named:
        found.append(Remark("named", said=said))
    if one.taken:
        found.append(Remark("taken", said=said))
    if one.single and one.units != 1:
        found.append(Remark("one-unit", said=said))
    if one.several and one.units < units:
        found.append(Remark("few-units", said=said))
    if not one.officers:
        found.append(Remark("no-officer", hard=False, said=said))
    return found
