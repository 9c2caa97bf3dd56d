"""Requests: all of them, drawing one up with what the check says of each field, the steps of its life."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.asked import actions, checking, forms, queries, said, shown
from niangjia.asked.enums import Kind, May, State, Verdict
from niangjia.asked.models import Field, Request
from niangjia.asked.views import me
from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.kit.components import Act, Todo, View, face
from niangjia.kit.dates import at
from niangjia.kit.errors import IllegalStep, RuleBroken
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, render, signed_in
from niangjia.kit.who import allows
from niangjia.unions.models import Union

FEW = 20  # requests that a chair reads as her work, each with its clock


@require_safe
@lists(May.SEE)
def requests(request: HttpRequest) -> HttpResponse:
    """The requests: for an office what was asked, for whoever answers what is to be answered."""
    user, view = me(request), request.GET.get("view", "")
    leads = any(seat.level <= queries.ASKING for seat in user.seats)
    # What is asked of her own union comes first; whoever leads the city is asked by nobody.
    first = "open" if not leads or any(seat.level > 1 for seat in user.seats) else "asked"
    labels = {
        "open": pgettext("a union that was asked", "To be answered"), "of-us": _("Asked of us"), "asked": _("Asked by us"), "below": _("Of unions below, on their behalf"),
    }  # fmt: skip
    shown_views = (
        ("asked", "open", "of-us", "below") if first == "asked" else ("open", "of-us", "asked", "below") if leads else ("open", "of-us")
    )
    view = view if view in shown_views else first
    context: dict[str, Any] = {
        "todos": [],
        "views": [View(labels[code], f"?view={code}", here=code == view) for code in shown_views],
        "acts": [Act(_("Ask for data"), reverse("asked:new"), primary=True)] if leads and queries.asking_as(user).exists() else [],
    }  # fmt: skip
    if view == "asked":
        paged = page(request, queries.requests(user), ["-made_at", "-id"], text=_("The newest first"))
        context["table"] = shown.requests_table(paged.rows, queries.progress(paged.rows))
    else:
        paged = page(request, queries.addressed_to(user, view), ["-asked_on", "-id"], text=_("The newest first"))
        context["table"] = shown.addressed_table(paged.rows)
        context["todos"] = [_todo(one) for one in paged.rows] if view == "open" and not leads and len(paged.rows) <= FEW else []
    return render(request, "asked/list.html", context | {"keyset": paged.keyset, "found": bool(paged.rows)}, part="rows")


def _todo(one: Any) -> Todo:
    return Todo(
        pgettext("for data", "Answer"),
        one.request.title,
        one.get_absolute_url(),
        face(at(one.request.due_on, 23, 59)),
        one.request.union.short_name,
    )


def _crumbs(one: Request | None = None, last: Any = "") -> list[tuple[Any, str]]:
    return shown.crumbs(one, last)[: 2 if last else 1] if one else [(_("Requests for data"), reverse("asked:list"))]


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Draw up a request; its fields are written down next."""
    user, unions = me(request), queries.asking_as(me(request))
    mine = unions.first()
    form = forms.RequestForm(request.POST or None, unions=unions, initial={"union": mine, "under": forms.spoken(mine)} if mine else {})

    if request.method == "POST" and form.is_valid():
        return _done(request, form, lambda: actions.begin(form.cleaned_data["union"], form.facts(), by=user))
    context = {
        "form": form,
        "title": _("Ask for data"),
        "crumbs": [*_crumbs(), (_("Ask for data"), "")],
        "back": reverse("asked:list"),
        "reached": _reached(form, mine),
    }
    return render(request, "asked/compose.html", context, status=422 if request.method == "POST" else 200)


def _done(request: HttpRequest, form: forms.RequestForm, act: Any) -> HttpResponse:
    try:
        made = act()
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        context = {
            "form": form,
            "title": _("Ask for data"),
            "crumbs": [*_crumbs(), (_("Ask for data"), "")],
            "back": reverse("asked:list"),
            "reached": "",
        }
        return render(request, "asked/compose.html", context, status=422)
    return go(request, made.get_absolute_url())


def _words(many: int) -> str:
    return ngettext("It reaches %(n)s union.", "It reaches %(n)s unions.", many) % {"n": f"{many:,}"}


def _reached(form: forms.RequestForm, mine: Union | None) -> str:
    """How many unions a form that is being filled in would reach."""
    if not form.is_bound:
        kinds, under = form.fields["kinds"].initial, mine
    else:
        form.is_valid()
        kinds, under = form.cleaned_data.get("kinds", []), form.cleaned_data.get("under")
    if under is None or not kinds:
        return ""
    return _words(queries.reached(Request(union=mine or under, under=under, kinds=list(kinds))).count())


@require_safe
@signed_in
def reach(request: HttpRequest) -> HttpResponse:
    """How many unions would be asked, while the form is filled in."""
    unions = queries.asking_as(me(request))
    form = forms.RequestForm(request.GET, unions=unions)
    form.is_valid()
    mine, under = unions.first(), form.cleaned_data.get("under")
    inside = mine is not None and under is not None and any(under.path.startswith(one.path) for one in unions)
    return render(request, "asked/reach.html", {"words": _reached(form, mine) if inside else ""})


@require_safe
@opens(May.SEE, by="uuid")
def request_(request: HttpRequest, one: Request) -> HttpResponse:
    """One request: whom it asks, its fields with what the check said, how far it is answered."""
    one = Request.objects.select_related("union", "under").get(pk=one.pk)
    fields, draft, may = queries.fields_of(one), one.state == State.DRAFT, allows(request.user, May.COMPOSE, one)
    held = sum(field.verdict == Verdict.HELD for field in fields)
    far = queries.progress([one]).get(one.pk, queries.Progress())
    edits = draft and may
    context = {
        "one": one, "title": one.title, "crumbs": shown.crumbs(one), "stages": stages_of(one), "steps": steps_for(one, request.user), "step_url": reverse("asked:step", args=[one.uuid]),
        "pairs": shown.facts(one), "table": shown.fields_table(one, fields, may=edits) if fields else None, "held": held, "draft": draft, "edits": edits,
        "reached": _words(queries.reached(one).count()) if draft else "", "far": far, "entries": entries_of(one), "clocks": running_of(one), "acts": _acts(one, edits=edits),
    }  # fmt: skip
    return render(request, "asked/request.html", context)


def _acts(one: Request, *, edits: bool) -> list[Act]:
    if edits:
        return [
            Act(_("Change what it says"), reverse("asked:facts", args=[one.uuid])),
            Act(_("Add a field"), reverse("asked:add", args=[one.uuid]), primary=True),
        ]
    if one.state == State.DRAFT or one.issued_on is None:
        return []
    return [
        Act(_("Who has answered"), reverse("asked:unions", args=[one.uuid])),
        Act(_("Answers"), reverse("asked:answers", args=[one.uuid])),
    ]


@require_http_methods(["GET", "POST"])
@opens(May.SEE, do=May.COMPOSE, by="uuid")
def facts(request: HttpRequest, one: Request) -> HttpResponse:
    """Change what a draft says."""
    initial = {name: getattr(one, name) for name in ("title", "why", "period", "due_on", "kinds")} | {"under": forms.spoken(one.under)}
    form = forms.RequestForm(request.POST or None, unions=Union.objects.none(), fixed=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _done(request, form, lambda: actions.amend(one, form.facts(), by=me(request)))
    context = {
        "form": form,
        "title": _("Change what it says"),
        "crumbs": [*_crumbs(one, "x"), (_("Change what it says"), "")],
        "back": one.get_absolute_url(),
        "reached": "",
    }
    return render(request, "asked/compose.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@opens(May.SEE, do=May.COMPOSE, by="uuid")
def check(request: HttpRequest, one: Request) -> HttpResponse:
    """What the check says of a field while it is typed."""
    label, kind = request.GET.get("label", "").strip()[:60], request.GET.get("kind", "")
    if not label or kind not in Kind.values:
        return render(request, "asked/check.html", {"words": ""})
    found = checking.check(one, label, kind)
    return render(
        request,
        "asked/check.html",
        {"words": said.found_said(found), "url": checking.shown_at(found.held) if found.held else "", "verdict": found.verdict},
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE, do=May.COMPOSE, by="uuid")
def add(request: HttpRequest, one: Request) -> HttpResponse:
    """Write a field down."""
    form = forms.FieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add(one, form.wanted(), by=me(request))
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            tell = messages.warning if made.verdict == Verdict.HELD else messages.success
            tell(request, f"{made.label}: {said.found_words(made.verdict, made.held, made.reused)}")
            return go(request, reverse("asked:add", args=[one.uuid]) if "more" in request.POST else one.get_absolute_url())
    context = {"form": form, "one": one, "crumbs": [*_crumbs(one, "x"), (_("Add a field"), "")], "title": _("Add a field")}
    return render(request, "asked/field.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@opens(May.SEE, do=May.COMPOSE, by="uuid")
def field(request: HttpRequest, one: Request, field: int) -> HttpResponse:
    """What may be done about a field of a draft: contest what is held, or take it out."""
    found = Field.objects.filter(request=one, pk=field).select_related("request", "reused__request__union").first()
    if found is None:
        raise Http404
    if request.method == "POST" and "drop" in request.POST:
        actions.drop(found, by=me(request))
        messages.success(request, _("Taken out: %(label)s.") % {"label": found.label})
        return go(request, one.get_absolute_url())

    def act(facts: dict[str, Any]) -> str:
        changed = actions.contest(found, reason=facts["reason"], by=me(request))
        return _("It will be asked, with the reason.") if changed.verdict == Verdict.CONTESTED else _("It is not sent out.")

    if found.verdict in (Verdict.HELD, Verdict.CONTESTED):
        form = forms.ContestForm(request.POST or None, initial={"reason": found.contested})
        text = said.found_words(Verdict.HELD, found.held, None)
        if request.method == "POST":
            return filled(
                request,
                form,
                act,
                title=found.label,
                button=_("Ask for it all the same"),
                text=text,
                back=one.get_absolute_url(),
                crumbs=_crumbs(one, "x"),
            )
        context = {"form": form, "text": text, "url": checking.shown_at(found.held)}
    else:
        context = {"form": None, "text": said.found_words(found.verdict, found.held, found.reused), "url": ""}
    return render(
        request, "asked/drop.html", context | {"title": found.label, "one": one, "crumbs": [*_crumbs(one, "x"), (found.label, "")]}
    )


@require_POST
@opens(May.SEE, do=May.COMPOSE, by="uuid")
def step(request: HttpRequest, one: Request) -> HttpResponse:
    """Take a step."""
    verb, reason, by = request.POST.get("verb", ""), request.POST.get("reason", ""), me(request)
    match verb:
        case "issue":
            many = actions.issue(one, by=by)
            messages.success(request, ngettext("Sent out to %(n)d union.", "Sent out to %(n)d unions.", many) % {"n": many})
        case "close":
            many = actions.close(one, reason=reason, by=by)
            messages.success(
                request, ngettext("Closed; %(n)d union had not answered.", "Closed; %(n)d unions had not answered.", many) % {"n": many}
            )
        case "withdraw":
            actions.withdraw(one, reason=reason, by=by)
        case _other:
            raise IllegalStep(verb)
    return go(request, one.get_absolute_url())
