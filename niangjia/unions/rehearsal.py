"""What a reorganisation would do, found without doing it: who stands where then, and whose desks change.

What moves along on higher floors, and what speaks against it, they say themselves in their `rehearsals.py` (`kit.rehearsal`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count, Model, Q

from niangjia.flow.models import Clock
from niangjia.kit.dates import today
from niangjia.unions import rules
from niangjia.unions.enums import State, Turn
from niangjia.unions.models import Division, Line, Office, Reorganisation, Union, open_on
from niangjia.unions.permissions import under


@dataclass(frozen=True)
class Branch:
    """A union with all below it, as the scope columns of rows tell it."""

    union: Union

    @property
    def union_id(self) -> int:
        return self.union.pk

    @property
    def level(self) -> int:
        return self.union.level

    @cached_property
    def within(self) -> tuple[int, ...]:
        """For the grassroots: the union and those below it."""
        return tuple(Union.objects.filter(path__startswith=self.union.path).values_list("pk", flat=True))

    def rows(self, model: type[Model]) -> Q:
        """The rows of a model that stand here."""
        return under(self, model)

    def clocks(self) -> Q:
        """The clocks on what stands here, by the index of the county."""
        if self.level == 3:
            return Q(county_id=self.union.county_id, township_id=self.union.pk)
        return under(self, Clock)


@dataclass(frozen=True)
class Shift:
    """One line that moves something: the branch, those above it now, and those above it then; the nearest first."""

    line: Line
    branch: Branch
    old: tuple[Union, ...]
    new: tuple[Union, ...]

    @property
    def target(self) -> Union:
        """Under which it moves, or into which it merges."""
        return self.new[0]

    @property
    def merges(self) -> bool:
        return self.line.turn == Turn.MERGE

    def ends(self, on: date) -> Division | None:
        """The township's entry in the table of divisions, if it ends with this line: what goes on with its work succeeds it there."""
        place = self.line.union.division
        if place is None or place.level != 3 or place.until is not None or place.since >= on or self.branch.level != 3:
            return None
        return place if self.merges or place.union_id != self.owner.pk else None

    @property
    def owner(self) -> Union:
        """The federation in whose county it lies then."""
        return next((one for one in self.new if one.level == 2), self.target)

    @property
    def leaves(self) -> list[Union]:
        """Those that no longer stand above it; of a merger, the union that ends too."""
        ends = [self.line.union] if self.merges else []
        return ends + [one for one in self.old if one not in self.new]

    @property
    def enters(self) -> list[Union]:
        """Those that stand above it anew."""
        return [one for one in self.new if one not in self.old]

    def follows(self) -> dict[int, Union]:
        """To whom goes what lies on the desks of those who leave: to the one of the same level, else to the next above."""
        found = {}
        for one in self.leaves:
            same = [other for other in self.new if other.level == one.level] or [other for other in self.new if other.level < one.level]
            found[one.pk] = same[0]
        return found


@dataclass
class Side:
    """A union that a reorganisation makes larger or smaller: by which branches."""

    union: Union
    lost: list[Branch] = field(default_factory=list)
    gained: list[Branch] = field(default_factory=list)
    ends: Union | None = None  # it ends, and this is what goes on with its work

    @cached_property
    def heirs(self) -> list[int]:
        """The unions that a union which ends leads: all of them go."""
        return list(Union.objects.filter(parent=self.union).exclude(state=State.ABOLISHED).values_list("pk", flat=True))


@dataclass(frozen=True)
class Desk:
    """An office on whose desk more or less will lie."""

    union: Union
    duty: str
    names: tuple[str, ...]
    now: int
    then: int


@dataclass
class Plan:
    """A reorganisation with all that its lines touch, read once."""

    of: Reorganisation

    @cached_property
    def lines(self) -> list[Line]:
        return list(self.of.lines.select_related("union__parent", "union__division", "target__division", "was").order_by("pk"))

    @cached_property
    def around(self) -> dict[int, Union]:
        """Every union that the lines name, and those above them."""
        those = [one for line in self.lines for one in (line.union, line.target, line.was) if one]
        keys = {int(pk) for one in those for pk in one.path.strip("/").split("/")}
        return Union.objects.in_bulk(list(keys | {self.of.top_id}))

    def way(self, union: Union) -> tuple[Union, ...]:
        """A union and those above it, the nearest first."""
        return tuple(self.around[int(pk)] for pk in reversed(union.path.strip("/").split("/")))

    @cached_property
    def shifts(self) -> list[Shift]:
        """The lines that move something; once in force, from where it stood before."""
        return [
            Shift(one, Branch(one.union), self.way(one.was) if one.was else self.way(one.union)[1:], self.way(one.target))
            for one in self.lines
            if one.target
        ]

    @cached_property
    def wanted(self) -> list[rules.Wanted]:
        """The lines as the rules read them."""
        return [rules.Wanted(one.turn, self._stands(one.union), self._stands(one.target) if one.target else None) for one in self.lines]

    def _stands(self, union: Union) -> rules.Stands:
        way = tuple(int(pk) for pk in union.path.strip("/").split("/"))
        return rules.Stands(union.pk, union.kind, way, living=union.living)

    def under(self, model: type[Model]) -> Q:
        """The rows of a model that stand in any branch that moves; none if nothing does."""
        said = Q(pk__in=())
        for one in self.shifts:
            said |= one.branch.rows(model)
        return said

    @cached_property
    def sides(self) -> list[Side]:
        """Who becomes larger or smaller, the highest first."""
        found: dict[int, Side] = {}
        for one in self.shifts:
            for union in one.leaves:
                found.setdefault(union.pk, Side(union)).lost.append(one.branch)
            for union in one.enters:
                found.setdefault(union.pk, Side(union)).gained.append(one.branch)
            if one.merges:
                found[one.line.union_id].ends = one.line.target
        return sorted(found.values(), key=lambda side: (side.union.level, side.union.name_py))

    @cached_property
    def unions(self) -> int:
        """How many unions that exist stand elsewhere."""
        return Union.objects.filter(self.under(Union)).exclude(state=State.ABOLISHED).count()

    def size(self, union: Union) -> int:
        """How many unions stand below a union."""
        return Union.objects.filter(under(Branch(union), Union)).exclude(state=State.ABOLISHED).exclude(pk=union.pk).count()

    @cached_property
    def clocks(self) -> int:
        """How many clocks run on what moves."""
        said = Q(pk__in=())
        for one in self.shifts:
            said |= one.branch.clocks()
        return Clock.objects.filter(said, stopped_at=None).count()

    @cached_property
    def desks(self) -> list[Desk]:
        """Whose desks change, by the clocks that lie on them: two questions, and one for the names."""
        change: dict[tuple[int, str], int] = {}
        unions: dict[int, Union] = {}
        for one in self.shifts:
            follows = one.follows()
            rows = Clock.objects.filter(one.branch.clocks(), stopped_at=None, union_id__in=list(follows))
            ended = Q(kind="unions.union", thing_id=one.line.union_id) if one.merges else Q(pk__in=())
            for union, duty, n, ends in (
                rows.values("union_id", "duty").annotate(n=Count("pk"), ends=Count("pk", filter=ended)).values_list("union_id", "duty", "n", "ends")
            ):  # fmt: skip
                heir = follows[union]
                unions |= {union: self.around[union], heir.pk: heir}
                change[union, duty] = change.get((union, duty), 0) - n
                change[heir.pk, duty] = change.get((heir.pk, duty), 0) + n - ends
        held = Clock.objects.filter(stopped_at=None, union_id__in=list(unions)).values_list("union_id", "duty").annotate(n=Count("pk"))
        now = {(union, duty): n for union, duty, n in held}
        names = self._names(unions)
        return [
            Desk(unions[union], duty, names.get((union, duty)) or names.get((union, "chair"), ()), now.get((union, duty), 0), now.get((union, duty), 0) + by)
            for (union, duty), by in sorted(change.items(), key=lambda pair: (unions[pair[0][0]].level, pair[0]))
            if by
        ]  # fmt: skip

    @staticmethod
    def _names(unions: Iterable[int]) -> dict[tuple[int, str], tuple[str, ...]]:
        """Who sits where."""
        found: dict[tuple[int, str], tuple[str, ...]] = {}
        rows = Office.objects.filter(open_on(today()), union__in=list(unions)).order_by("since", "pk")
        for union, duty, name in rows.values_list("union_id", "duty", "name"):
            found[union, duty] = (*found.get((union, duty), ()), name)
        return found

    @cached_property
    def offices(self) -> dict[int, int]:
        """How many people hold an office in the unions that become larger or smaller: their reach changes."""
        rows = Office.objects.filter(open_on(today()), union__in=[side.union for side in self.sides], user__isnull=False)
        return dict(rows.values_list("union_id").annotate(n=Count("user", distinct=True)).order_by())

    @cached_property
    def digest(self) -> str:
        """The print of what two people sign: the day, the paper, the lines, and where each union that they name stands now."""
        said = [
            [one.turn, one.union.code, one.union.path, one.target.code if one.target else "", one.target.path if one.target else "", one.name, one.short_name]
            for one in self.lines
        ]  # fmt: skip
        return rules.print_of(
            {"on": str(self.of.on), "paper": self.of.paper, "late": self.of.why_late, "top": self.of.top_id, "lines": said}
        )
