"""The annual returns of the city and of one county: last year's signed and sent in its October, this year's of the city still with the office."""

from __future__ import annotations

from datetime import date, timedelta

from niangjia.access.models import User
from niangjia.kit.dates import at, moved_to
from niangjia.returns import api as returns
from niangjia.returns.models import AnnualReturn
from niangjia.unions.models import Office, Union

COUNTY = "长兴县总工会"
LATE = "截止日后补录的历史数据和主席任职已入账。"
WHY = "按名册和批复核对过，属当年实际增减。"
STEP = timedelta(days=4)


def officer(union: Union, *duties: str) -> User:
    """Who holds one of these duties in a union, the first that somebody holds."""
    held = {
        one.duty: one.user
        for one in Office.objects.filter(union=union, duty__in=duties, until=None, user__isnull=False).select_related("user")
    }
    return next(held[duty] for duty in duties if duty in held and held[duty] is not None)  # type: ignore[return-value]  # asked for above


def begun(union: Union, year: int, by: User) -> AnnualReturn:
    """A return, counted anew: the history of the city was entered in slices, and its officers after them."""
    annual = returns.begin(union, year, by=by)
    returns.recount(annual, reason=LATE, by=by)
    annual.refresh_from_db()
    return annual


def explained(annual: AnnualReturn, by: User) -> AnnualReturn:
    """Every number that moved far has its remark."""
    for code in returns.judged(annual).unexplained:
        returns.remark(annual, code, WHY, by=by)
    return annual


def sent(union: Union, year: int) -> None:
    """A return as it went its way in the October of its year; one whose checks do not hold stays a draft, as it would."""
    fills, signs = officer(union, "organisation"), officer(union, "leader", "chair")
    october = at(date(year, 10, 9), 9, 30)
    with moved_to(october):
        annual = explained(begun(union, year, fills), fills)
    if returns.judged(annual).broken:
        return
    with moved_to(october + STEP):
        returns.check(annual, by=fills)
        annual.refresh_from_db()
    with moved_to(october + 2 * STEP):
        annual = returns.sign(annual, by=signs)
    with moved_to(october + 3 * STEP):
        returns.send(annual, by=fills)


def returned(today: date) -> None:
    """Last year's returns, sent; this year's of the city, begun."""
    year = returns.last_year(Union.objects.get(level=1))
    city, county = Union.objects.get(level=1), Union.objects.get(name=COUNTY)
    for union in (county, city):
        sent(union, year - 1)
    if date(year, 10, 9) < today:
        begun(city, year, officer(city, "organisation"))
