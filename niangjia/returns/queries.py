"""What is asked of returns, and of the books for them. No page counts: values are found once, when a return is begun or counted anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from niangjia.returns.asked import ASKED
from niangjia.returns.enums import Look, May, State
from niangjia.returns.figures import CHECKS, Line, every, lines_of
from niangjia.returns.models import AnnualReturn, Signature, Survey
from niangjia.returns.parameters import CLOSES, MOVED, MOVED_LEAST
from niangjia.unions.api import gathered, moved
from niangjia.unions.models import Union
from niangjia.worklog.api import Asked, at_those, evaluate_many, keeps, question, records_url

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
    found: QuerySet[Union] = permitted(user, May.BEGIN, Union.objects.filter(level__lte=3)).order_by("level", "code")
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
    """The questions of a return to the books, by the tree of each day."""
    return [(line.figure, Asked(period_of(line.figure, opens, as_of), union, THEN, posting)) for line in lines]


def asked_all(annual: AnnualReturn) -> list[tuple[Figure, Asked]]:
    """What is frozen when a return is signed: the answers of the books by organisation, and, where unions report elsewhere than they stand,
    those of each such union, so that both ways of adding up can be followed.
    """
    lines = [line for line in lines_of(annual.union.level) if not line.kinds]
    at = [annual.union_id, *sorted(set().union(*moved(annual.union, annual.as_of)))]
    return [one for union in at for one in asked(union, lines, annual.opens, annual.as_of, annual.posting)]


def counted(union: Union, opens: date, as_of: date, posting: int) -> dict[str, int]:
    """The numbers of a return, by line: one question to the books for all of them, and what the grassroots unions have said.

    Where unions report elsewhere than they stand, each of those that report here is asked by itself; so are the unions of the types
    to which a line is narrowed, because the books do not tell them apart.
    """
    arrived, left = moved(union, as_of)
    here = gathered(union, as_of)
    lines = lines_of(union.level)
    plain = [] if arrived or left else [line for line in lines if not line.kinds]
    values = evaluate_many([(figure.plan, one) for figure, one in asked(union.pk, plain, opens, as_of, posting)])
    found = {line.code: value for line, value in zip(plain, values, strict=True)}
    for line in lines:
        if line.code not in found:
            those = sorted(of_kinds(here, line.kinds) if line.kinds else here)
            put = Asked(period_of(line.figure, opens, as_of), union.pk, THEN, posting)
            found[line.code] = at_those(question(line.figure.plan, put, those)) if those else 0
    return {line.code: int(found[line.code] or 0) for line in lines} | answered(here, as_of.year)


def of_kinds(those: Collection[int], kinds: Sequence[str]) -> set[int]:
    """The unions of some types among others."""
    return set(Union.objects.filter(kind__in=kinds).values_list("pk", flat=True)) & set(those)


def surveys_of(those: Collection[int], year: int) -> QuerySet[Survey]:
    """The surveys of some unions for a year."""
    return Survey.objects.filter(year=year, union__in=list(those))


def answered(those: Collection[int], year: int) -> dict[str, int]:
    """What the grassroots unions have said and confirmed, added up; nothing where none was asked in that year."""
    rows = list(surveys_of(those, year).values_list("state", "answers"))
    said = [answers for state, answers in rows if state == Look.CONFIRMED]
    return {code: sum(one.get(code) or 0 for one in said) for code in ASKED} if rows else {}


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
    ordered = {line.code: annual.values[line.code] for line in every(annual.union.level) if line.code in annual.values}
    return Judged(
        rules.broken(CHECKS, ordered), rules.unexplained(ordered, annual.before, remarks, share, least), share, least
    )  # fmt: skip


def opens_at(annual: AnnualReturn | Survey, line: Line) -> str:
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
