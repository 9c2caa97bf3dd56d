"""A member's own requests: what she may ask, the form of each, how far it is, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import clocks
from niangjia.kit.components import Paper, day_words
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import go, opens, own_page, render, signed_in
from niangjia.members import actions, shown_wished, wished
from niangjia.members.enums import May, Particular, Requested, Want
from niangjia.members.models import Person, PersonalRequest
from niangjia.members.views import me
from niangjia.members.wish_forms import FORMS

Crumbs = list[tuple[str, str]]


def owner(request: HttpRequest) -> Person:
    """The person who is signed in; for everybody else there is no such page."""
    person = Person.objects.filter(user=me(request), erased_at=None).first()
    if person is None:
        raise Http404
    return person


def _crumbs(title: str) -> Crumbs:
    return [(_("My union"), "/me/"), (_("My requests"), reverse("own:requests")), (title, "")]


@require_safe
@signed_in
@own_page
def requests(request: HttpRequest) -> HttpResponse:
    """What I have asked, and what I may ask."""
    person = owner(request)
    home = actions.home_of(person)
    running = home is not None and home.left_on is None
    kinds = [
        (Want.CONTEST, _("a membership, an employer, a merger of two files")),
        *(
            [(Want.MOVE, _("I have a new employer")), (Want.LEAVE, _("my written request"))]
            if running
            else [(Want.ERASE, _("my membership has ended"))]
        ),
    ]
    context = {
        "asked": shown_wished.own_papers(wished.own(person)),
        "particulars": [
            Paper(one.label, now, f"{reverse('own:ask', args=['correct'])}?what={one.value}")
            for one, now in wished.particulars(person, home)
        ],
        "kinds": [Paper(kind.label, note, reverse("own:ask", args=[kind.value.lower()])) for kind, note in kinds] if home else [],
        "crumbs": [(_("My union"), "/me/"), (_("My requests"), "")],
    }
    return render(request, "members/own_requests.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@own_page
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for one thing."""
    person, made = owner(request), FORMS.get(kind)
    what = request.GET.get("what", "")
    if made is None or (kind == "correct" and what not in Particular.values):
        raise Http404
    form = made(request.POST or None, request.FILES or None, person=person, what=what)
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.ask_union(person, form.wish(), by=me(request))
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("Sent. Your union answers here, and you get a message."))
            return go(request, reverse("own:request", args=[sent.uuid]))
    title = str(Want(made.kind).label)
    if kind == "correct":
        title = _("%(kind)s: %(what)s") % {"kind": title, "what": Particular(what).label}
    context = {"form": form, "title": title, "crumbs": _crumbs(title), "files": form.is_multipart()}
    return render(request, "members/own_ask.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@opens(May.OWN_PERSONAL, by="uuid")
@own_page
def request_(request: HttpRequest, one: PersonalRequest) -> HttpResponse:
    """How far one of my requests is, and what my union says."""
    due = next((clock.due_at for clock in clocks(one) if clock.stopped_at is None), None)
    until = _("by %(day)s") % {"day": day_words(due)} if due else ""
    context = {
        "one": one, "title": shown_wished.subject(one), "way": shown_wished.way(one, until), "waits": one.state == Requested.SENT,
        "pairs": shown_wished.pairs(one, wished.covered_value(one), own=True), "papers": shown_wished.paper_list(one, opened=False), "crumbs": _crumbs(shown_wished.subject(one)),
    }  # fmt: skip
    return render(request, "members/own_request.html", context)


@require_POST
@opens(May.OWN_PERSONAL, do=May.OWN_PERSONAL, by="uuid")
@own_page
def withdraw(request: HttpRequest, one: PersonalRequest) -> HttpResponse:
    """Take it back."""
    actions.take_back(one, by=me(request))
    messages.success(request, _("Taken back."))
    return go(request, reverse("own:request", args=[one.uuid]))
