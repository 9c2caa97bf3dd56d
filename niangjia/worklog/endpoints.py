"""The figures for machines: the catalogue, a value, its course, its records; the same questions as on the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from niangjia.kit.figure import FIGURES, Figure
from niangjia.worklog.asking import Looked, look
from niangjia.worklog.board import by_year
from niangjia.worklog.clerk import declared_on, latest
from niangjia.worklog.evaluate import digest, evaluate
from niangjia.worklog.opened import NOTHING, opened
from niangjia.worklog.reader import hers
from niangjia.worklog.suppress import Hidden, hide

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
    public: bool


class Valued(Schema):
    """What a figure comes to, and the question it answers. A count under three outside the reader's unions is null and `hidden`."""

    code: str
    period: str
    union: int
    tree: str
    known: int
    declared_on: date | None
    digest: str
    value: Decimal | list[int] | None
    hidden: bool = False


class Step(Schema):
    """One year of a figure."""

    period: str
    value: Decimal | list[int] | None


class Recorded(Schema):
    """One record behind a figure."""

    source: int
    label: str
    url: str
    amount: Decimal


class Records(Schema):
    """One page of records; `hidden` are there and count, but are not the reader's to open."""

    records: list[Recorded]
    hidden: int
    gone: int
    older: int | None


def find(code: str) -> Figure:
    if code not in FIGURES:
        raise Http404
    return FIGURES[code]


def staff(request: HttpRequest) -> None:
    """The books are read by staff; members and the public read what is published."""
    if getattr(request.user, "kind", "staff") == "member":
        raise Http404


def asked(request: HttpRequest, figure: Figure, **said: Any) -> Looked:
    staff(request)
    return look(figure, {key: str(value) for key, value in said.items() if value}, request.user)


def shown(request: HttpRequest, looked: Looked, figure: Figure, values: list[Any]) -> list[Any]:
    """Values with the small ones hidden from readers outside."""
    counts = figure.plan["op"] in ("count", "sum", "difference", "peak")
    mine = looked.asked.union in hers(request.user, [looked.asked.union])
    return values if mine or not counts else hide(values, whole=len(values) > 1)


@router.get("/figures", response=list[Told], operation_id="figures")
def figures(request: HttpRequest) -> list[dict[str, Any]]:
    """Every figure that the house declares."""
    staff(request)
    return [
        {
            "code": f.name, "zh": f.zh, "en": f.en, "units": list(f.units), "kind": f.kind, "ref": f.ref, "base": f.base, "public": f.public,
        }
        for f in FIGURES.values()
    ]  # fmt: skip


@router.get("/figures/{code}", response=Valued, operation_id="figure")
def figure(
    request: HttpRequest, code: str, period: str = "", union: int | None = None, known: date | None = None, tree: str = "", freeze: int | None = None
) -> dict[str, Any]:  # fmt: skip
    """What a figure comes to: in a period, for a union, as known on a day, by today's tree or by that of the day."""
    found = find(code)
    looked = asked(request, found, period=period, union=union, known=known, tree=tree, freeze=freeze)
    posting = latest() if looked.asked.known is None else looked.asked.known
    [value] = shown(request, looked, found, [evaluate(found.plan, looked.asked)])
    return {
        "code": code, "period": str(looked.asked.period), "union": looked.asked.union, "tree": str(looked.asked.tree), "known": posting,
        "declared_on": declared_on(posting) if posting else None, "digest": digest(found.plan, looked.asked.known),
        "value": None if isinstance(value, Hidden) else value, "hidden": isinstance(value, Hidden),
    }  # fmt: skip


@router.get("/figures/{code}/years", response=list[Step], operation_id="figure_years")
def years(request: HttpRequest, code: str, period: str = "", union: int | None = None, known: date | None = None) -> list[dict[str, Any]]:
    """A figure year by year."""
    found = find(code)
    looked = asked(request, found, period=period, union=union, known=known)
    steps = by_year(found, looked.asked)
    values = shown(request, looked, found, [value for _, value in steps])
    return [{"period": str(p), "value": None if isinstance(value, Hidden) else value} for (p, _), value in zip(steps, values, strict=True)]


@router.get("/figures/{code}/records", response=Records, operation_id="figure_records")
def records(
    request: HttpRequest, code: str, period: str = "", union: int | None = None, known: date | None = None, older: int | None = None
) -> dict[str, Any]:  # fmt: skip
    """The records behind a figure, the newest first; none where the number itself is hidden."""
    found = find(code)
    looked = asked(request, found, period=period, union=union, known=known)
    [value] = shown(request, looked, found, [evaluate(found.plan, looked.asked)])
    page = NOTHING if isinstance(value, Hidden) else opened(found, looked.asked, request.user, older)
    return {
        "records": [{"source": r.source, "label": r.label, "url": r.url, "amount": r.amount} for r in page.records],
        "hidden": page.hidden, "gone": page.gone, "older": page.older,
    }  # fmt: skip
