"""What is asked of the surveys of the grassroots unions: all of them at once, never one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from niangjia.access.models import User
from niangjia.kit.who import permitted
from niangjia.returns import rules
from niangjia.returns.asked import ASKED
from niangjia.returns.enums import JOINTLY, Look, May, State
from niangjia.returns.figures import CHECKS, GROUND, JOINT, every, lines_of
from niangjia.returns.models import AnnualReturn, Survey
from niangjia.returns.queries import THEN, period_of, surveys_of
from niangjia.returns.rules import Broken
from niangjia.unions.api import gathered, open_on
from niangjia.unions.enums import GRASSROOTS
from niangjia.unions.models import Cover, Election, Union
from niangjia.worklog.api import Asked, at_each, question


def to_ask(union: Union, as_of: date) -> QuerySet[Union]:
    """The grassroots unions that report to a county, or to the city itself, and were at work on a day: those that are asked."""
    here = Q(county=union) if union.level > 1 else Q(county=None)
    stood = Q(founded_on__lte=as_of) & (Q(closed_on=None) | Q(closed_on__gt=as_of)) & (Q(dormant_on=None) | Q(dormant_on__gt=as_of))
    return Union.objects.filter(here, stood, kind__in=GRASSROOTS).exclude(state="PREPARING").order_by("pk")


def not_asked(union: Union, year: int, as_of: date) -> QuerySet[Union]:
    """Those of them whose survey is not there yet."""
    return to_ask(union, as_of).exclude(pk__in=Survey.objects.filter(year=year).values("union"))


def values_of(unions: Sequence[int], opens: date, as_of: date, posting: int) -> dict[int, dict[str, int]]:
    """What the books hold of each of some unions itself: one reading for each line, however many unions there are."""
    out: dict[int, dict[str, int]] = {pk: {} for pk in unions}
    for line in lines_of(GROUND):
        put = Asked(period_of(line.figure, opens, as_of), unions[0], THEN, posting)
        found = at_each(question(line.figure.plan, put, unions))
        for pk, said in out.items():
            said[line.code] = int(found.get(pk, 0))
    return out


def recorded(unions: Collection[int], as_of: date) -> dict[int, dict[str, int]]:
    """What records know of the numbers that a union is asked: the employees that its units have declared, and how its chair was elected."""
    out: dict[int, dict[str, int]] = {pk: {} for pk in unions}
    covers = Cover.objects.filter(open_on(as_of), union__in=list(unions)).values("union").annotate(n=Sum("employer__employees"))
    for union, n in covers.values_list("union", "n"):
        if n:
            out[union]["601"] = n
    last = (
        Election.objects.filter(union__in=list(unions), state="APPROVED", held_on__lte=as_of)
        .order_by("union", "-held_on")
        .distinct("union")
    )
    for union, direct in last.values_list("union", "direct"):
        out[union]["611"] = int(direct)
    return out


def carried(unions: Collection[int], year: int) -> tuple[dict[int, dict[str, int]], dict[int, dict[str, int]]]:
    """What the same unions came to a year before, and what of their answers lasts."""
    before: dict[int, dict[str, int]] = {}
    lasts: dict[int, dict[str, int]] = {}
    for union, values, answers in surveys_of(unions, year - 1).filter(state=Look.CONFIRMED).values_list("union", "values", "answers"):
        before[union] = values | answers
        lasts[union] = {code: n for code, n in answers.items() if code in ASKED and ASKED[code].lasts}
    return before, lasts


def numbers(one: Survey) -> dict[str, int]:
    """All of its numbers, by line, in their order."""
    said: Mapping[str, Any] = one.values | one.answers
    return {line.code: said[line.code] for line in every(GROUND) if said.get(line.code) is not None}


def lacking(one: Survey) -> list[str]:
    """The lines that no record holds and nobody has answered."""
    return [code for code in ASKED if one.answers.get(code) is None]


def broken(one: Survey) -> list[Broken]:
    """The checks that do not hold."""
    return rules.broken(CHECKS, numbers(one))


@dataclass(frozen=True)
class Ask:
    """What the list is narrowed by."""

    year: int | None = None
    state: str = ""
    under: str = ""  # the code of a township or a county
    kind: str = ""


def listed(user: User, ask: Ask) -> QuerySet[Survey]:
    """The surveys that a person may read."""
    rows: QuerySet[Survey] = permitted(user, May.SEE_SURVEY).select_related("union", "township")
    if ask.year:
        rows = rows.filter(year=ask.year)
    if ask.state:
        rows = rows.filter(state=ask.state)
    if ask.kind:
        rows = rows.filter(union__kind__in=JOINT if ask.kind == JOINTLY else [ask.kind])
    if ask.under:
        rows = rows.filter(Q(township__code=ask.under) | Q(county__code=ask.under) | Q(union__code=ask.under))
    return rows


def years(user: User) -> list[int]:
    """The years of which a person may read surveys, the last first."""
    return list(permitted(user, May.SEE_SURVEY).order_by("-year").values_list("year", flat=True).distinct())


@dataclass(frozen=True)
class Town:
    """How far the surveys of a township have come; None: of the unions that stand under no township."""

    union: Union | None
    county: Union | None
    many: int
    open: int


def by_town(user: User, year: int) -> list[Town]:
    """How many surveys of a year are there and how many wait, for each township: one question."""
    rows = permitted(user, May.SEE_SURVEY).filter(year=year).order_by()
    counts = rows.values_list("county", "township").annotate(n=Count("pk"), waits=Count("pk", filter=Q(state=Look.OPEN)))
    found = list(counts.order_by("county", "township"))
    names = Union.objects.in_bulk({pk for county, town, *_n in found for pk in (county, town) if pk})
    return sorted(
        (Town(names.get(town), names.get(county), n, waits) for county, town, n, waits in found),
        key=lambda one: (one.county.code if one.county else "", -one.open, one.union.name_py if one.union else ""),
    )


def in_the_way(annual: AnnualReturn) -> tuple[list[Survey], int, list[Union]]:
    """What a return waits for: the first surveys that are not confirmed and how many there are, and the unions below whose return has not come."""
    here = gathered(annual.union, annual.as_of)
    surveys = surveys_of(here, annual.year)
    waits = surveys.filter(state=Look.OPEN)
    level = annual.union.level
    if level >= 3 or not surveys.exists():
        return list(waits.select_related("union").order_by("pk")[:3]), waits.count(), []
    below = Union.objects.filter(pk__in=surveys.values("township" if level == 2 else "county")).exclude(pk=annual.union_id)
    sent = AnnualReturn.objects.filter(year=annual.year, state=State.SENT).values("union")
    late = list(below.exclude(pk__in=sent).order_by("code")[:200])
    return list(waits.select_related("union").order_by("pk")[:3]), waits.count(), late


def confirmed_sums(annual: AnnualReturn) -> dict[str, int]:
    """What the confirmed surveys come to, by line, to lay beside the books; nothing where none was asked."""
    rows = list(surveys_of(gathered(annual.union, annual.as_of), annual.year).filter(state=Look.CONFIRMED).values_list("values", flat=True))
    adds = [line for line in lines_of(GROUND) if not line.figure.distinct or line.section == "3"]
    return {line.code: sum(one.get(line.code, 0) for one in rows) for line in adds} if rows else {}


def signed_above(one: Survey) -> AnnualReturn | None:
    """The return that has been signed with this survey in it, if there is one: then it is mended from above."""
    above = [pk for pk in (one.township_id, one.county_id) if pk]
    return AnnualReturn.objects.filter(union__in=above, year=one.year).exclude(state=State.DRAFT).order_by("-union__level").first()
