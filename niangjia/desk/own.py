"""A member's own pages beside her card: what is held about her, and who looked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from niangjia.access.models import User
from niangjia.desk import looked, mine
from niangjia.kit.keyset import page
from niangjia.kit.pages import own_page, render, signed_in
from niangjia.members.api import disclose_own, file_of
from niangjia.members.models import Person


def owner(request: HttpRequest) -> Person:
    """The person who is signed in; for everybody else there is no such page."""
    assert isinstance(request.user, User)
    person = mine.person_of(request.user)
    if person is None:
        raise Http404
    return person


def _crumbs(title: str) -> list[tuple[str, str]]:
    return [(_("My union"), reverse("desk:me")), (title, "")]


@require_safe
@signed_in
@own_page
def file(request: HttpRequest) -> HttpResponse:
    """What is held about me."""
    return _file(request, owner(request), {})


def _file(request: HttpRequest, person: Person, shown: dict[str, str]) -> HttpResponse:
    context = {
        "file": file_of(person, shown),
        "affairs": mine.affairs_of(person),
        "said": mine.said_of(person),
        "crumbs": _crumbs(_("My file")),
    }
    return render(request, "desk/own_file.html", context)


@never_cache
@require_POST
@signed_in
@own_page
def shown(request: HttpRequest, what: str) -> HttpResponse:
    """Show one covered value of her own: one press, and no reason asked; that she did is written down like any other."""
    person = owner(request)
    if what not in ("id", "phone"):
        raise Http404
    return _file(request, person, {what: disclose_own(person, what)})


@require_safe
@signed_in
@own_page
def seen(request: HttpRequest) -> HttpResponse:
    """Who looked at my papers, the last first; and the lists in which I was taken away."""
    person = owner(request)
    paged = page(request, looked.lines(person), looked.ORDER, text=_("The last first"))
    context = {
        "table": looked.table(paged.rows), "found": bool(paged.rows), "keyset": paged.keyset, "crumbs": _crumbs(_("Who looked at my papers")),
        "taken": [looked.taken(one) for one in looked.exports(person)[:mine.MOST]],
    }  # fmt: skip
    return render(request, "desk/own_looked.html", context, part="rows")
