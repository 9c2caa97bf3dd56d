"""The figures for machines: the catalogue, a value, its course, its records; the same questions as on the pages.

Public figures are open to everybody; all others, and every list of records, to staff.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from niangjia.kit.errors import RuleBroken
from niangjia.kit.figure import FIGURES, Figure
from niangjia.kit.machines import anybody, office
from niangjia.kit.pages import of_the_office
from niangjia.worklog.asking import Looked, look
from niangjia.worklog.board import by_year
from niangjia.worklog.clerk import declared_on, latest
from niangjia.worklog.evaluate import digest
from niangjia.worklog.guard import Guard
from niangjia.worklog.opened import NOTHING, opened
from niangjia.worklog.reader import called, hers
from niangjia.worklog.suppress import Hidden

router = Router(tags=["figures"])


class Told(Schema):
    """What a figure is."""

    code: str
    zh: str
    en: str
    units: list[str]
    kind: str
    ref: str
    base: str
    note_zh: str
    note_en: str
    public: bool


class Valued(Schema):
    """What a figure comes to, and the question it answers. What stands on one or two outside the reader's unions is null and `hidden`."""

    code: str
    period: str
    union: str
    tree: str
    posting: int
    declared_on: date | None
    digest: str
    value: Decimal | list[int] | None
    hidden: bool = False


class Step(Schema):
    """One year of a figure."""

    period: str
    value: Decimal | list[int] | None
    hidden: bool = False


class Recorded(Schema):
    """One record behind a figure; several may be shown by one page."""

    label: str
    url: str
    amount: Decimal


class Records(Schema):
    """One page of records; `hidden` are there and count, but are not the reader's to open; `gone` counted then and are no more."""

    records: list[Recorded]
    hidden: int
    hidden_amount: Decimal
    gone: int
    older: int | None


def find(request: HttpRequest, code: str) -> Figure:
    """The figure of a code; 401 or 404 where it is not this reader's to ask about."""
    figure = FIGURES.get(code)
    if not of_the_office(request.user) and not (figure is not None and figure.public):
        if request.user.is_authenticated:
            raise Http404
        raise HttpError(401, "Sign in: only public figures are open to everybody.")
    if figure is None:
        raise Http404
    return figure


def asked(request: HttpRequest, figure: Figure, **said: Any) -> Looked:
    """The question; one that cannot be read is answered with a sentence."""
    try:
        return look(figure, {key: str(value) for key, value in said.items() if value}, request.user)
    except RuleBroken as broken:
        raise HttpError(422, str(broken)) from None


def guard(request: HttpRequest, figure: Figure, looked: Looked) -> Guard:
    """What the reader may see of it."""
    return Guard(figure, looked.asked, looked.asked.union in hers(request.user, [looked.asked.union]))


def plain(value: Any) -> dict[str, Any]:
    """A value that may be hidden."""
    return {"value": None if isinstance(value, Hidden) else value, "hidden": isinstance(value, Hidden)}


@router.get("/figures", response=list[Told], operation_id="figures")
@anybody()
def figures(request: HttpRequest) -> list[dict[str, Any]]:
    """Every figure that the house declares; to readers outside, those that are public."""
    words = list(Told.model_fields)
    shown = [f for f in FIGURES.values() if f.public or of_the_office(request.user)]
    return [{name: getattr(f, name) for name in words[1:]} | {"code": f.name, "units": list(f.units)} for f in shown]


@router.get("/figures/{code}", response=Valued, operation_id="figure")
@anybody()
def figure(
    request: HttpRequest, code: str, period: str = "", union: str = "", known: str = "", posting: int = 0, tree: str = "", freeze: int = 0
) -> dict[str, Any]:  # fmt: skip
    """What a figure comes to: in a period, for a union, as known on a day or at a posting, by today's tree or that of the day, or as published."""
    found = find(request, code)
    looked = asked(request, found, period=period, union=union, known=known, posting=posting, tree=tree, freeze=freeze)
    at = latest() if looked.asked.known is None else looked.asked.known
    return {
        "code": code, "period": str(looked.asked.period), "union": called([looked.asked.union])[looked.asked.union].code,
        "tree": str(looked.asked.tree), "posting": at, "declared_on": declared_on(at) if at else None,
        "digest": digest(found.plan, looked.asked.known), **plain(guard(request, found, looked).value()),
    }  # fmt: skip


@router.get("/figures/{code}/years", response=list[Step], operation_id="figure_years")
@anybody()
def years(request: HttpRequest, code: str, period: str = "", union: str = "", known: str = "", posting: int = 0) -> list[dict[str, Any]]:
    """A figure year by year."""
    found = find(request, code)
    looked = asked(request, found, period=period, union=union, known=known, posting=posting)
    steps = by_year(found, looked.asked)
    values = guard(request, found, looked).years([p for p, _ in steps], [value for _, value in steps], whole=not found.stock)
    return [{"period": str(p), **plain(value)} for (p, _), value in zip(steps, values, strict=True)]


@router.get("/figures/{code}/records", response=Records, operation_id="figure_records")
@office()
def records(
    request: HttpRequest, code: str, period: str = "", union: str = "", known: str = "", posting: int = 0, tree: str = "",
    freeze: int = 0, older: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The records behind a figure, the newest first; none where the number itself is hidden."""
    found = find(request, code)
    looked = asked(request, found, period=period, union=union, known=known, posting=posting, tree=tree, freeze=freeze)
    value = guard(request, found, looked).value()
    page = NOTHING if isinstance(value, Hidden) else opened(found, looked.asked, request.user, older)
    return {
        "records": [{"label": r.label, "url": r.url, "amount": r.amount} for r in page.records],
        "hidden": page.hidden, "hidden_amount": page.hidden_amount, "gone": page.gone, "older": page.older,
    }  # fmt: skip
