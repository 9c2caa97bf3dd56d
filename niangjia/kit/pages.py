"""Pages: every view says who may open it, loads its thing through that question, and answers page or fragment.

A stranger gets 404 (she must not learn that the thing exists), a reader without the office 403.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as django_render
from django.utils.translation import gettext as _

from niangjia.kit import who
from niangjia.kit.errors import Refused
from niangjia.kit.flow import code

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request as views behind a guard get it: somebody is signed in, and django_htmx has looked at it."""

    user: Any
    htmx: Any


@dataclass(frozen=True)
class Guard:
    """Who may open a route; the table of routes and its test are made of these."""

    kind: str  # public, signed-in, list, object, seated; office for calls of machines
    may: str = ""
    do: str = ""


MEMBER = "MEMBER"  # the kind of account that has a face of its own; access declares it, and a test of the desk holds the two together


def of_the_office(user: Any) -> bool:
    """Whether somebody is signed in who works for a union; a member is not."""
    return bool(user.is_authenticated) and getattr(user, "kind", "") != MEMBER


def guarded(view: View, guard: Guard) -> View:
    view.guard = guard  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may open it."""
    view.login_required = False  # type: ignore[attr-defined]
    return guarded(view, Guard("public"))


def is_member(user: Any) -> bool:
    """Whether a member is signed in: to her the office does not exist."""
    return bool(user.is_authenticated) and not of_the_office(user)


def also_for_members(view: View) -> View:
    """A page of the office that members open too; stands below the guard, which else answers them that there is no such page."""
    view.for_members = True  # type: ignore[attr-defined]
    return view


def own_page(view: View) -> View:
    """A page of a member's own: it opens to the office too, and who is not signed in is led to the door of members. Stands below the guard."""
    view.login_url = "door:number"  # type: ignore[attr-defined]
    return also_for_members(view)


def _in_the_office(view: View) -> View:
    """To members the office does not exist, whatever they would find in it."""
    if getattr(view, "for_members", False):
        return view

    @wraps(view)
    def open_(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_member(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return open_


def signed_in(view: View) -> View:
    """Whoever is signed in and works for a union may open it; it shows her what is hers."""
    return guarded(_in_the_office(view), Guard("signed-in"))


def own_transactions(view: View) -> View:
    """The view does long work in transactions of its own, and is safe to be sent twice without a one-time key."""
    view.own_transactions = True  # type: ignore[attr-defined]
    return view


def lists(may: str | Enum) -> Callable[[View], View]:
    """A list: everybody signed in who works for a union may open it, and sees the rows that `may` permits."""
    return lambda view: guarded(_in_the_office(view), Guard("list", code(may)))


def seated(*duties: str) -> Callable[[View], View]:
    """Only holders of one of these duties, anywhere; 403 for others."""

    def wrap(view: View) -> View:
        @wraps(view)
        def open_(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(s.duty in duties for s in getattr(request.user, "seats", ())):
                raise Refused(_("Your office does not open this page."))
            return view(request, *args, **kwargs)

        return guarded(open_, Guard("seated", "|".join(duties)))

    return wrap


def opens(may: str | Enum, *, do: str | Enum = "", by: str = "pk") -> Callable[[View], View]:
    """Load the one thing that the URL names (`by` is its field and the URL's word): 404 unless `may`, 403 unless `do`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def open_(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            line = who.GRANTS[code(may)]
            thing: Model | None = who.permitted(request.user, may).filter(**{by: kwargs.pop(by)}).first()
            if thing is None:
                raise Http404
            if do and not who.allows(request.user, do, thing):
                raise Refused(_("You may read this, but the step belongs to another office."))
            seen(request, thing, line.may)
            return view(request, thing, *args, **kwargs)

        return guarded(open_, Guard("object", code(may), code(do)))

    return wrap


def seen(request: HttpRequest, thing: Model, why: str, *, always: bool = False) -> None:
    """Note that a person opened something whose openings are logged (or this page of it is); written after the answer, because a GET only reads."""
    if always or getattr(thing, "openings_are_logged", False):
        note(request, "opened", thing._meta.label_lower, int(thing.pk), why)


def note(request: HttpRequest, act: str, kind: str, thing_id: int | None, why: str) -> None:
    """A line for the log of who saw what: written after the view and before the first byte of its answer leaves."""
    notes: list[tuple[str, str, int | None, str]] = request.__dict__.setdefault("seen", [])
    notes.append((act, kind, thing_id, why[:200]))


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """The page, or under htmx the named part of it: one URL serves both."""
    name = f"{template}#{part}" if part and getattr(request, "htmx", False) else template
    return django_render(request, name, dict(context or {}), status=status)


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Answer a success that leaves the page: htmx follows redirects into its target, so it is told by a header."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    return answer
