"""What is asked of returns, and of the books for them. No page counts: values are found once, when a return is begun or counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from niangjia.access.models import User
from niangjia.kit.answer import asking
from niangjia.kit.dates import add_months, today
from niangjia.kit.figure import Figure
from niangjia.kit.periods import Period, until
from niangjia.kit.who import permitted
from niangjia.returns import rules
from niangjia.returns.enums import May, State
from niangjia.returns.figures import CHECKS, Line, lines_of
from niangjia.returns.models import AnnualReturn, Signature
from niangjia.returns.parameters import CLOSES, MOVED, MOVED_LEAST
from niangjia.unions.models import Union
from niangjia.worklog.api import Asked, evaluate_many, keeps, records_url

DAY = timedelta(days=1)
THEN = "then"  # the tree of the closing day, whatever moved since


@keeps
def called(names: Sequence[str], language: str) -> dict[str, tuple[str, str]]:
    """What signed returns are called, for the figures that stand in them; they open to whoever works there, so no address is told."""
    codes = {name: name.removeprefix("return-").rsplit("-", 1) for name in names if name.startswith("return-")}
    unions = {one.code: one.short_name for one in Union.objects.filter(code__in=[code for code, _year in codes.values()])}
    words = "%s工会统计年报，%s年" if language.startswith("zh") else "Annual return of %s, %s"
    return {name: (words % (unions.get(code, code), year), "") for name, (code, year) in codes.items()}


def document_name(annual: AnnualReturn) -> str:
    """Under which name the books keep its signed document."""
    return f"return-{annual.union.code}-{annual.year}"


def listed(user: User, year: int | None = None) -> QuerySet[AnnualReturn]:
    """The returns that a person may read."""
    rows: QuerySet[AnnualReturn] = permitted(user, May.SEE).select_related("union")
    return rows.filter(year=year) if year else rows


def years(user: User) -> list[int]:
    """The years of which a person may read returns, the last first."""
    return list(permitted(user, May.SEE).order_by("-year").values_list("year", flat=True).distinct())


def begun_by(user: User) -> QuerySet[Union]:
    """The unions whose returns a person may begin."""
    found: QuerySet[Union] = permitted(user, May.BEGIN, Union.objects.filter(level__lte=2)).order_by("level", "code")
    return found


def closes(union: Union, year: int) -> str:
    """On which day of a year its statistical year ends, by what is in force at its end or known of it today."""
    return str(asking(union, min(date(year, 12, 31), today()))(CLOSES))


def last_year(union: Union) -> int:
    """The last statistical year that has ended for a union."""
    return rules.latest(today(), closes(union, today().year))


def period_of(figure: Figure, opens: date, as_of: date) -> Period:
    """A stock is asked for the closing day, a flow for the statistical year."""
    return until(as_of) if figure.stock else Period(opens, as_of + DAY)


def asked(union: int, lines: Sequence[Line], opens: date, as_of: date, posting: int) -> list[tuple[Figure, Asked]]:
    """The questions of a return to the books."""
    return [(line.figure, Asked(period_of(line.figure, opens, as_of), union, THEN, posting)) for line in lines]


def counted(union: Union, opens: date, as_of: date, posting: int) -> dict[str, int]:
    """The numbers of a return, by line: one question to the books for all of them."""
    lines = lines_of(union.level)
    values = evaluate_many([(figure.plan, question) for figure, question in asked(union.pk, lines, opens, as_of, posting)])
    return {line.code: int(value or 0) for line, value in zip(lines, values, strict=True)}


def year_before(union: Union, year: int, opens: date, as_of: date, posting: int) -> tuple[dict[str, int], AnnualReturn | None]:
    """Last year's numbers: as they were signed, or else as the books say them today."""
    found = AnnualReturn.objects.filter(union=union, year=year - 1, state__in=[State.SIGNED, State.SENT]).first()
    if found is not None:
        return dict(found.values), found
    return counted(union, add_months(opens, -12), add_months(as_of + DAY, -12) - DAY, posting), None


@dataclass(frozen=True)
class Judged:
    """What stands in the way of a return: checks that do not hold, and lines that moved far without a remark."""

    broken: list[rules.Broken]
    unexplained: list[str]
    share: Decimal
    least: int


def judged(annual: AnnualReturn) -> Judged:
    """Judge a return by the rules that held on its closing day."""
    said = asking(annual.union, annual.as_of)
    share, least = said(MOVED), said(MOVED_LEAST)
    remarks = annual.remarks.values_list("line", flat=True)
    ordered = {line.code: annual.values[line.code] for line in lines_of(annual.union.level) if line.code in annual.values}
    return Judged(
        rules.broken(CHECKS, ordered), rules.unexplained(ordered, annual.before, remarks, share, least), share, least
    )  # fmt: skip


def opens_at(annual: AnnualReturn, line: Line) -> str:
    """Where the records behind a number stand: as published once it is signed, else by the same question."""
    at = records_url(line.figure, period_of(line.figure, annual.opens, annual.as_of), annual.union.code, annual.posting)
    page, mark, anchor = at.partition("#")
    return f"{page}&tree={THEN}{mark}{anchor}"


def signatures(annual: AnnualReturn) -> dict[str, Signature]:
    """Who has signed in this round, by role."""
    return {one.role: one for one in annual.signatures.filter(round=annual.round).select_related("by")}


def remarks_of(annual: AnnualReturn) -> dict[str, Any]:
    """The remarks by line."""
    return {one.line: one for one in annual.remarks.select_related("by")}
