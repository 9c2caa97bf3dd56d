"""Reading comparisons: the list, one register's line through the months, differences narrowed and counted, what a rule would decide."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from niangjia.access.models import User
from niangjia.kit import crypt
from niangjia.kit.holding import held
from niangjia.kit.who import permitted
from niangjia.reconcile.enums import ROW, May, Stand
from niangjia.reconcile.models import Comparison, Decision, Difference, Return
from niangjia.reconcile.rules import RULINGS, Ruling, fits
from niangjia.unions.models import Union

LAYING = 7_330_500_8  # the lock that says that a list is being laid
DECIDING = 7_330_500_9
MONTHS = 24
DECISIONS = 30  # that a page shows


def listed(user: User, view: str = "") -> QuerySet[Comparison]:
    """The comparisons that a person may see: those to be explained, or all of them."""
    rows: QuerySet[Comparison] = permitted(user, May.SEE).select_related("union", "by")
    return rows if view == "all" else rows.filter(state__in=["READING", "OPEN", "FAILED"])


def register(union: int, of: str, source: str) -> QuerySet[Comparison]:
    """The lists that were laid beside one register, the last day first."""
    return Comparison.objects.filter(union_id=union, of=of, source=source).order_by("-as_of", "-pk")


def months(comparison: Comparison) -> list[Comparison]:
    """The line of a register: its lists, the oldest first."""
    rows = register(comparison.union_id, comparison.of, comparison.source).filter(as_of__lte=comparison.as_of)
    return list(rows.exclude(state__in=["READING", "FAILED", "DROPPED"])[:MONTHS])[::-1]


@dataclass(frozen=True)
class Ask:
    """What the differences of a list are narrowed by."""

    kind: str = ""
    field: str = ""
    cause: str = ""
    state: str = ""
    under: str = ""  # the code of a union
    row: str = ""  # of their list


def with_both(rows: QuerySet[Difference]) -> QuerySet[Difference]:
    """With all that a page names of them."""
    return rows.select_related(
        "comparison",
        "union",
        "union__parent",
        "their_union",
        "membership",
        "membership__person",
        "membership__union",
        "subject",
        "decision",
        "decision__by",
    )


def upward(comparison: Comparison) -> QuerySet[Difference]:
    """What goes up of a list: ours holds."""
    rows = Difference.objects.filter(comparison=comparison, state=Stand.OURS)
    return rows.select_related("subject", "subject__parent", "subject__employer").order_by("subject_id", "pk").distinct("subject_id")


def is_uuid(text: str) -> bool:
    """Whether an address or a form names a thing at all."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def differences(comparison: Comparison, ask: Ask) -> QuerySet[Difference]:
    """The differences of a list, narrowed; open ones unless said."""
    rows = Difference.objects.filter(comparison=comparison).select_related(
        "comparison", "union", "township", "their_union", "membership", "subject", "decision", "decision__by"
    )
    if ask.kind:
        rows = rows.filter(kind=ask.kind)
    if ask.field:
        rows = rows.filter(field=ask.field)
    if ask.cause:
        rows = rows.filter(cause="" if ask.cause == "NONE" else ask.cause)
    if ask.state != "ALL":
        rows = rows.filter(state__in=["OURS", "THEIRS", "BOTH"]) if ask.state == "DECIDED" else rows.filter(state=ask.state or Stand.OPEN)
    if ask.under:
        rows = rows.filter(Q(union__code=ask.under) | Q(township__code=ask.under) | Q(county__code=ask.under))
    if ask.row.isdecimal():
        rows = rows.filter(row=int(ask.row[:7]))
    return rows


@dataclass(frozen=True)
class Counted:
    """How many differences of one kind, field and cause, by what became of them."""

    kind: str
    field: str
    cause: str
    state: str
    n: int


def counted(comparison: Comparison) -> list[Counted]:
    """All of a list's differences in one query of a few lines."""
    rows = (
        Difference.objects.filter(comparison=comparison).order_by().values_list("kind", "field", "cause", "state").annotate(n=Count("pk"))
    )
    return [Counted(*one) for one in rows]


def records(comparison: Comparison) -> int:
    """How many of our records differ in something."""
    return (
        Difference.objects.filter(comparison=comparison, kind="FIELD").aggregate(
            n=Count("membership", distinct=True) + Count("subject", distinct=True)
        )["n"]
        or 0
    )


def ruled(comparison: Comparison, one: Ruling) -> QuerySet[Difference]:
    """The open differences that a rule decides; none where it does not fit what the list is of."""
    rows = Difference.objects.filter(comparison=comparison, state=Stand.OPEN, kind=one.kind, field=one.field, cause=one.cause)
    return rows if fits(one, comparison.of) else rows.none()


def rulings(counts: Sequence[Counted], of: str) -> dict[str, int]:
    """How many each rule could decide now, in a list of members or of unions."""
    left = {(one.kind, one.field, one.cause): one.n for one in counts if one.state == Stand.OPEN}
    return {one.code: left[one.kind, one.field, one.cause] for one in RULINGS if fits(one, of) and (one.kind, one.field, one.cause) in left}


def places(comparison: Comparison) -> list[dict[str, Any]]:
    """Open and explained, by the township (of a city's list: the county) in which the records stand."""
    at = "county" if comparison.union.level == 1 else "township" if comparison.union.level == 2 else "union"
    rows = Difference.objects.filter(comparison=comparison).order_by(f"{at}__name_py")
    found: Any = rows.values(code=F(f"{at}__code"), name=F(f"{at}__short_name")).annotate(
        open=Count("pk", Q(state="OPEN")), decided=Count("pk", Q(state__in=["OURS", "THEIRS", "BOTH"]))
    )
    return list(found)


def decided(comparison: Comparison) -> QuerySet[Decision]:
    """What was decided of this register's lists, up to this one: an earlier decision can still be taken back."""
    rows = Decision.objects.filter(
        comparison__union_id=comparison.union_id, comparison__of=comparison.of, comparison__source=comparison.source
    )
    return rows.filter(comparison__as_of__lte=comparison.as_of)


def decisions(comparison: Comparison) -> list[Decision]:
    """The same for the page, the last first."""
    return list(decided(comparison).select_related("by", "batch", "undone_by").order_by("-at", "-pk")[:DECISIONS])


def opened(sealed: Sequence[bytes | memoryview | None]) -> list[dict[str, str]]:
    """Rows of either side as they were laid."""
    return [json.loads(text) if text else {} for text in crypt.unseal_many(sealed, ROW)]


def laying(comparison: Comparison) -> bool:
    """Whether it is being read just now."""
    return held(LAYING, comparison.pk)


def returned(comparison: Comparison) -> dict[Union, dict[str, Return]]:
    """The returns of a sheet by union, in the order of the sheet."""
    found: dict[Union, dict[str, Return]] = {}
    for one in comparison.returns.select_related("union").order_by("row", "pk"):
        found.setdefault(one.union, {})[one.figure] = one
    return found


def beside(comparison: Comparison) -> Comparison | None:
    """The old list of members that explains a sheet of returns record by record: of the same register and day."""
    rows = Comparison.objects.filter(union_id=comparison.union_id, of="MEMBERS", source="OLD", as_of=comparison.as_of)
    return rows.exclude(state__in=["READING", "FAILED", "DROPPED"]).order_by("-pk").first()


def weights(comparison: Comparison, level: int) -> dict[int, int]:
    """What the differences of a list of members add to our count, by the union in which they stand."""
    at = {1: "top_id", 2: "county_id", 3: "township_id"}.get(level, "union_id")
    rows = Difference.objects.filter(comparison=comparison).order_by().values_list(at).annotate(n=Sum("weight"))
    return {pk: int(n or 0) for pk, n in rows}
