"""The pages of a person's day: the door, the desk, the leader's screen, search, a member's page, one's own account."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.access.models import User
from niangjia.desk import actions, counted, mine, queries, shown, things
from niangjia.desk import search as finding
from niangjia.flow.models import Clock
from niangjia.kit.components import Act, Pair, day_words
from niangjia.kit.errors import Refused
from niangjia.kit.pages import also_for_members, go, own_page, public, render, seated, signed_in
from niangjia.notices.api import unread

LEADERS = ("leader", "chair")


def reader(request: HttpRequest) -> User:
    """Whoever is signed in."""
    assert isinstance(request.user, User)
    return request.user


def leading_seat(user: User) -> Any:
    """The seat of a leader or chair of the city or a county; None for all others."""
    return next((seat for seat in user.seats if seat.level <= 2 and seat.duty in LEADERS), None)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The door: to signing in, or to the page that a person's day begins with."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("access:demo" if settings.DEMO else settings.LOGIN_URL))
    user = reader(request)
    page = "desk:me" if user.kind == "MEMBER" else "desk:overview" if leading_seat(user) else "desk:desk"
    return HttpResponseRedirect(reverse(page))


@require_safe
@signed_in
@also_for_members
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for a person today."""
    user = reader(request)
    if user.kind == "MEMBER":
        return HttpResponseRedirect(reverse("desk:me"))
    work, seat = queries.work_of(user), queries.leads(user)
    at_work = next((one for one in user.seats if one.duty not in queries.APART), None)
    late, may = queries.late_below(seat) if seat else None, queries.mays_of(user, work)
    return render(request, "desk/desk.html", {
        "title": shown.day_title(),
        "text": shown.sentence(work, unread(user)),
        "acts": shown.acts(user),
        "parts": [
            (title, late_part, len(dues), shown.todos(dues, may))
            for title, late_part, dues in (
                (_("Already late"), True, work.late), (_("Due today"), False, work.today), (_("Within three days"), False, work.soon), (_("Within a month"), False, work.later),
            )
            if dues
        ],
        "undated": shown.undated(queries.undated(user)),
        "total": work.total,
        "late": shown.late_lines(late, queries.opened_by(user, late)) if late and late.rows else None,
        "late_total": late.total if late else 0,
        "late_more": reverse("desk:late") if late else "",
        "union": at_work.union.short_name if at_work else "",
        "figures": shown.small_table(counted.small(at_work.union)) if at_work else None,
        "resume": shown.resume(queries.last_seen(user)),
    })  # fmt: skip


@require_safe
@seated(*LEADERS)
def overview(request: HttpRequest) -> HttpResponse:
    """The whole on one page, for who leads the city or a county: five figures, what is late, what moved, the unions below side by side."""
    user = reader(request)
    seat = leading_seat(user)
    if seat is None:
        raise Refused(_("This page is for who leads the city or a county. Your own desk shows what waits for you."))
    late, compared = queries.late_below(seat, own=True, limit=7), counted.compared(seat.union)
    return render(request, "desk/overview.html", {
        "title": shown.overview_title(late.total),
        "text": shown.overview_text(late, seat.union),
        "acts": [Act(_("My desk"), reverse("desk:desk")), Act(_("Reviews"), reverse("reports:reviews"))],
        "greats": shown.greats(counted.five(seat.union)),
        "late": shown.late_table(late, queries.opened_by(user, late)) if late.rows else None,
        "late_total": late.total,
        "moves": shown.moves(queries.moved(user)),
        "board": shown.compared_table(compared, queries.late_by(seat), _("Counties and zones") if seat.level == 1 else _("Townships"), seat.union),
        "board_title": _("Counties compared") if seat.level == 1 else _("Townships compared"),
    })  # fmt: skip


@require_POST
@signed_in
def reminder(request: HttpRequest) -> HttpResponse:
    """Urge what is late, and go back to where it stood: the overview, or the list or board as it was."""
    number = request.POST.get("clock", "")
    clock = get_object_or_404(Clock, pk=int(number) if number.isdecimal() and len(number) < 18 else 0)
    people = actions.urge(clock, by=reader(request))
    names = things.joined(one.name for one in people)
    toasts.success(request, _("%(names)s will be asked, and must say that it was read.") % {"names": names})
    back = request.POST.get("back", "")
    lists = (reverse("desk:late"), reverse("desk:board"))
    return go(request, back if back.partition("?")[0] in lists else reverse("desk:overview"))


@require_safe
@signed_in
@also_for_members
def search(request: HttpRequest) -> HttpResponse:
    """Everything that a person may see, by a name, initials, number or phone."""
    user, q = reader(request), request.GET.get("q", "").strip()[: finding.LONGEST]
    if user.kind == "MEMBER":
        return HttpResponseRedirect(reverse("desk:me"))
    found = finding.search(user, q)
    return render(request, "desk/search.html", {"q": q, "found": found, "many": sum(len(one.hits) for one in found)}, part="found")


@require_safe
@signed_in
@own_page
def me(request: HttpRequest) -> HttpResponse:
    """A member's card and what the union does for her."""
    person = mine.person_of(reader(request))
    if person is None:
        return HttpResponseRedirect(reverse("desk:account" if reader(request).kind == "MEMBER" else "desk:desk"))
    card = mine.card_of(person)
    return render(request, "desk/me.html", {
        "name": card.person.name,
        "number": card.number,
        "membership": card.membership,
        "joined": _("joined %(day)s") % {"day": day_words(card.membership.joined_on, year=True)} if card.membership and card.membership.joined_on else "",
        "phone": card.phone,
        "pairs": mine.pairs(card),
        "affairs": card.affairs,
        "looked": card.looked,
        "unread": unread(reader(request)),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@also_for_members
def account(request: HttpRequest) -> HttpResponse:
    """What a person holds, how she signs in, and in which language the house writes to her."""
    user = reader(request)
    if request.method == "POST":
        language = request.POST.get("language", "")
        if language in dict(settings.LANGUAGES):
            actions.write_in(user, language)
            toasts.success(request, _("The house will write to you in this language."))
        return go(request, reverse("desk:account"))
    chosen = user.language or settings.LANGUAGE_CODE
    return render(request, "desk/account.html", {
        "title": user.name,
        "offices": [Pair(f"{seat.union.short_name}", seat.post) for seat in user.seats],
        "pairs": [
            Pair(_("User name"), user.username),
            Pair(_("E-mail"), user.email or _("none: messages stay in here"), faint=not user.email),
            Pair(_("Second factor"), _("set up") if is_mfa_enabled(user) else _("not set up"), url=reverse("mfa_index")),
            Pair(_("Signed in on"), _("See and end"), url=reverse("usersessions_list")),
            Pair(_("Password"), _("Change"), url=reverse("account_change_password")),
        ],
        "languages": [(code, label, code == chosen) for code, label in settings.LANGUAGES],
        "save": Act(_("Save"), post=True, primary=True),
    })  # fmt: skip
