"""Reading what belongs together: reports that look like one event, and what comes again at a firm, under a parent, in a trade and a season."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q, Value
from django.db.models.functions import Coalesce, ExtractQuarter, ExtractYear

from niangjia.access.models import User
from niangjia.kit.answer import asking
from niangjia.kit.dates import add_months, now, today
from niangjia.kit.who import permitted
from niangjia.rights import parameters, rules
from niangjia.rights.enums import May
from niangjia.rights.models import Event, Merge, TwoMatters

OPEN = ("REPORTED", "CONFIRMED", "HANDLING", "STABLE")
OUT = ("FALSE", "MERGED")
LOOKED = 60  # open reports of a county that are compared with one


@dataclass(frozen=True)
class Likely:
    """Another report that looks like the same event, and why."""

    event: Event
    reasons: list[str]


def told(one: Event) -> rules.Told:
    """What a report is compared by."""
    return rules.Told(one.employer_id, one.employer_name, one.township_id or one.county_id, one.type, one.reported_at.timestamp() / 3600)


def same_by(one: Event) -> rules.Same:
    """When two reports look like one, at this place today."""
    ask = asking(one, today())
    return rules.Same(ask(parameters.SAME_DAYS), ask(parameters.SAME_NAME))


def places_of(one: Event) -> list[str]:
    """How the names of firms there begin: they tell nothing apart."""
    names = [str(one.county.short_name) if one.county else "", str(one.township.short_name) if one.township else ""]
    return [short for name in names if (short := name.removesuffix("总工会").rstrip("县区市镇乡"))]


def likely(one: Event, user: User) -> list[Likely]:
    """Other reports that look like this event, of those that a person may see; those that somebody has told apart are left out."""
    if one.state not in OPEN:
        return []
    by = same_by(one)
    near = timedelta(days=by.days)
    apart = TwoMatters.objects.filter(Q(one=one) | Q(other=one)).values_list("one", "other")
    known = {pk for pair in apart for pk in pair} | {one.pk}
    rows = (
        permitted(user, May.SEE_EVENT, Event.objects.filter(county_id=one.county_id, reported_at__range=(one.reported_at - near, one.reported_at + near), state__in=OPEN))
        .exclude(pk__in=known).select_related("union", "township", "county", "employer", "desk").order_by("reported_at")[:LOOKED]
    )  # fmt: skip
    places, here = places_of(one), told(one)
    found = [Likely(other, rules.same_reasons(here, told(other), by, places)) for other in rows]
    return [pair for pair in found if pair.reasons]


def goes_on(one: Event, other: Event) -> tuple[Event, Event]:
    """Of two reports, the one that goes on and the one that becomes part of it: what has climbed highest, else what was known first."""
    first, second = sorted((one, other), key=lambda event: (int(event.rung), event.known_at, event.pk))
    return first, second


def merges_of(one: Event, user: User) -> list[Merge]:
    """The reports that became one with an event, of those that a person may see; the first first."""
    return list(
        one.merges.filter(parted_at=None, merged__in=permitted(user, May.SEE_EVENT)).select_related("merged__union", "by").order_by("pk")
    )


def merged_in(one: Event) -> Merge | None:
    """Into what a report went."""
    return one.merges_into.filter(parted_at=None).select_related("kept").first()


def may_part(one: Merge) -> bool:
    """Whether two reports may still be parted."""
    return bool(now() <= one.at + asking(one.kept, today())(parameters.PART_WITHIN).length())


# ---------- what comes again ----------


@dataclass(frozen=True)
class Pattern:
    """Something that came again: what, how often, how many of those the reader may open, and by which question of the list."""

    label: str
    n: int
    mine: int
    last: date | None
    query: dict[str, Any]
    meta: str = ""


def _since() -> date:
    from niangjia.kit.answer import answer

    return add_months(today(), -answer(parameters.PATTERN_MONTHS, today(), ()).value)


def _lately() -> Any:
    return Event.objects.filter(reported_on__gte=_since()).exclude(state__in=OUT)


def hidden_under() -> int:
    """Under how many events a count outside the reader's own place is not shown."""
    from niangjia.kit.answer import answer

    return int(answer(parameters.HIDDEN_UNDER, today(), ()).value)


def by_firm(user: User, limit: int = 20) -> list[Pattern]:
    """Firms with more than one event, of those that a person may see."""
    rows = (
        permitted(user, May.SEE_EVENT, _lately())
        .order_by()
        .values("employer", name=Coalesce("employer__name", "employer_name"))  # one employer, however its name was typed
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .order_by("-n", "name")[:limit]
    )
    return [Pattern(row["name"], row["n"], row["n"], None, {"q": row["name"]}) for row in rows]


def by_site(user: User, limit: int = 20) -> tuple[list[Pattern], list[Pattern]]:
    """General contractors and building projects with more than one event, of those that a person may see; with the firms that stand behind."""
    builder: Any = Coalesce("builder__name", "builder_name")
    return _recurring(user, builder, "builder", limit), _recurring(user, F("project"), "project", limit)


def _recurring(user: User, name: Any, field: str, limit: int) -> list[Pattern]:
    rows = (
        permitted(user, May.SEE_EVENT, _lately()).order_by().values(name=name).exclude(name="")
        .annotate(n=Count("pk"), firms=ArrayAgg("employer_name", distinct=True, default=Value([])), last=Max("reported_on"))
        .filter(n__gt=1).order_by("-n", "name")[:limit]
    )  # fmt: skip
    return [Pattern(row["name"], row["n"], row["n"], row["last"], {field: row["name"]}, meta="、".join(row["firms"][:3])) for row in rows]


def by_names(user: User, limit: int = 20) -> list[Pattern]:
    """Firms whose names begin alike, as those of one parent do: the register knows no parents, so that this is a hint."""
    names = permitted(user, May.SEE_EVENT, _lately()).order_by().values_list("employer_name", flat=True)
    groups: dict[str, list[str]] = {}
    for name in names[:3000]:
        groups.setdefault(rules.bare(name)[:4], []).append(name)
    found = [
        Pattern(stem, len(those), len(those), None, {"q": stem}, meta="、".join(sorted(set(those))[:3]))
        for stem, those in groups.items()
        if len(stem) == 4 and len(set(those)) > 1
    ]
    return sorted(found, key=lambda one: (-one.n, one.label))[:limit]


def by_season(user: User, industries: dict[str, str], limit: int = 20) -> list[Pattern]:
    """Trades and quarters in which events come in numbers, over the whole city; outside a reader's place small counts stay hidden."""

    def counted(rows: Any) -> Any:
        dated = (
            rows.filter(employer__isnull=False).order_by().annotate(year=ExtractYear("reported_on"), quarter=ExtractQuarter("reported_on"))
        )
        return dated.values("employer__industry", "year", "quarter").annotate(n=Count("pk"))

    def key(row: dict[str, Any]) -> tuple[str, int, int]:
        return row["employer__industry"], row["year"], row["quarter"]

    own = {key(row): row["n"] for row in counted(permitted(user, May.SEE_EVENT, _lately()))}
    found = []
    for row in counted(_lately()).filter(n__gt=1).order_by("-n", "employer__industry", "year", "quarter")[:limit]:
        trade, year, quarter = key(row)
        first = date(year, 3 * quarter - 2, 1)
        query = {"trade": trade, "since": first, "until": add_months(first, 3) - timedelta(days=1)}
        found.append(Pattern(industries.get(trade, trade), row["n"], own.get((trade, year, quarter), 0), first, query))
    return found


def trade_line(one: Event) -> tuple[int, int] | None:
    """How many events the trade of a firm has had this year, and how many of those in this quarter; nothing where the trade is not known,
    or where so few would tell of single firms.
    """
    if one.employer is None:
        return None
    rows = Event.objects.filter(
        employer__industry=one.employer.industry, reported_on__year=one.reported_on.year, county_id=one.county_id
    ).exclude(state__in=OUT)
    quarter = (one.reported_on.month - 1) // 3 + 1
    found = rows.aggregate(n=Count("pk"), here=Count("pk", filter=Q(reported_on__quarter=quarter)))
    least = hidden_under()
    return (found["n"], found["here"] if found["here"] >= least else 0) if found["n"] >= least else None


def kinds(also: str) -> Iterable[str]:
    """Further types of an event, by their codes."""
    return also.split()
