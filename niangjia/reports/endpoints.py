"""Reviews for machines: the list, and each figure of a review as `niangjia review show` tells it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from niangjia.kit.machines import anybody, office
from niangjia.kit.pages import of_the_office
from niangjia.reports.enums import May
from niangjia.reports.queries import figures_of, published, readable, reviews

router = Router(tags=["reviews"])


class Listed(Schema):
    """One review."""

    name: str
    title_zh: str
    title_en: str
    period: str
    union: str
    state: str
    url: str


class Shown(Schema):
    """One figure of a review; `value` is null where nothing is recorded yet, `records` where no record stands behind it.

    Outside the office, `records` is null and `url` empty, as on the page.
    """

    code: str
    ref: str
    label: str
    value: Decimal | None
    unit: str
    printed: str
    records: int | None
    url: str


class Published(Schema):
    """What went out: the posting, the root over the figures, the digest of the canonical documents, and these."""

    number: int
    at: datetime
    posting: int
    root: str
    digest: str
    documents: dict[str, Any]


@router.get("/reviews", response=list[Listed], operation_id="reviews")
@office(May.VIEW)
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """The reviews that the reader may open, the newest first."""
    return [
        {
            "name": one.name, "title_zh": one.title_zh, "title_en": one.title_en, "period": one.period, "union": one.union.code, "state": one.state,
            "url": one.get_absolute_url(),
        }
        for one in reviews(request.user)[:200]
    ]  # fmt: skip


@router.get("/reviews/{name}", response=list[Shown], operation_id="review")
@anybody(May.VIEW)
def review(request: HttpRequest, name: str) -> list[dict[str, Any]]:
    """Every figure of a review, to whomever may read its page: what it came to, how the prose prints it, and to the office where its records are."""
    found = readable(request.user, name)
    if found is None:
        raise Http404
    return figures_of(found, linked=of_the_office(request.user))


@router.get("/reviews/{name}/publication", response=Published, operation_id="publication")
@anybody(May.VIEW)
def publication(request: HttpRequest, name: str) -> Any:
    """The canonical documents as they were published; 404 while nothing is."""
    found = readable(request.user, name)
    made = published(found) if found else None
    if made is None:
        raise Http404
    return made
