"""What goes wrong between machines and the house: problem documents (RFC 9457), each with a sentence in the caller's language."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.machines import TooMany


class Gone(Exception):
    """What was asked from is no longer kept; the sentence says where to begin anew."""


class Fault(Schema):
    """One thing in what was sent that cannot be used."""

    where: str
    detail: str


class Problem(Schema):
    """Why a call was not done (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


def problem(status: int, detail: str, *, errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None) -> HttpResponse:
    """The document; `title` is the standard's phrase, `detail` is what to do."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "errors": errors or []}
    text = json.dumps(said, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/problem+json; charset=utf-8", headers=headers)


def answers(made: Any, *statuses: int, done: int = 200) -> dict[int, Any]:
    """What a call answers, for the OpenAPI document: what was made, or a problem."""
    return {done: made} | dict.fromkeys((401, 403, 404, *statuses, 429), Problem)


def faults(broken: ValidationError) -> list[dict[str, str]]:
    """Where what was sent cannot be used; what was sent there is not repeated."""
    found = []
    for one in broken.errors:
        where = ".".join(str(part) for part in one["loc"] if part not in ("body", "facts"))
        found.append(
            {"where": where, "detail": _("It is missing.") if one["type"] == "missing" else _("It cannot be read as what belongs here.")}
        )
    return found


def install(api: NinjaAPI) -> None:
    """Let the interface answer the house's own exceptions, and the library's, by problem documents."""

    def answer(kind: type[Exception], made: Any) -> None:
        api.add_exception_handler(kind, made)

    def invalid(_request: HttpRequest, broken: Any) -> HttpResponse:
        return problem(422, _("Something in what was sent cannot be used; “errors” says where."), errors=faults(broken))

    def stranger(_request: HttpRequest, broken: Any) -> HttpResponse:
        own = str(broken.message) if broken.message not in ("", "Unauthorized") else ""
        said = own or _("Nobody is signed in. Send a key: Authorization: Bearer …")
        return problem(401, said, headers={"WWW-Authenticate": "Bearer"})

    def moved(_request: HttpRequest, _broken: Any) -> HttpResponse:
        return problem(409, _("Somebody else moved this in the meantime. Nothing of yours was written; look at where it stands now."))

    answer(ValidationError, invalid)
    answer(AuthenticationError, stranger)
    answer(HttpError, lambda _request, broken: problem(broken.status_code, str(broken)))
    answer(Http404, lambda _request, _broken: problem(404, _("There is nothing here, or nothing that is yours to see.")))
    answer(Refused, lambda _request, broken: problem(403, str(broken)))
    answer(RuleBroken, lambda _request, broken: problem(422, str(broken)))
    answer(Gone, lambda _request, broken: problem(410, str(broken)))
    answer(Overtaken, moved)
    answer(IllegalStep, moved)
    answer(TooMany, lambda _request, broken: problem(429, str(broken), headers={"Retry-After": str(broken.seconds)}))
