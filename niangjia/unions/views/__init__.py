"""Pages of unions: the list, the tree, one union, and the steps that are taken there."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import clocks, entries_of, press, stages_of, steps_for
from niangjia.gazette.api import lines_of, notices_of
from niangjia.kit import filled as kit_filled
from niangjia.kit.components import Act, Chip, Paper, View
from niangjia.kit.dates import today
from niangjia.kit.export import export_act, workbook
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render
from niangjia.kit.panels import panels
from niangjia.kit.who import permitted, which
from niangjia.unions import (
    actions,
    ballots,
    branches,
    forms,
    moves,
    queries,
    shown,
    shown_certificates,
    shown_elections,
    shown_founding,
    shown_splits,
    sitting,
)
from niangjia.unions import tree as tree_rows
from niangjia.unions.actions import ending
from niangjia.unions.enums import Kind, Link, May
from niangjia.unions.models import Office, Union
from niangjia.unions.sheets import organisation
from niangjia.unions.wants import Wants, sentence

ORDER = ["name_py", "id"]
SHEETS = ("organisation", "chair")  # who reads organisation sheets


def asked(request: Request) -> tuple[forms.Filter, queries.Ask]:
    """What the list, and its workbook, are narrowed by."""
    form = forms.Filter(request.GET)
    form.is_valid()
    said = form.cleaned_data
    return form, queries.Ask(*(said.get(name, "") for name in ("q", "kind", "state", "under", "view", "parent")))


@require_safe
@lists(May.VIEW)
def unions(request: Request) -> HttpResponse:
    """The list: narrowed, in the order of the names' readings, a page at a time."""
    form, ask = asked(request)
    rows = queries.listed(request.user, ask).select_related(None).select_related("parent").only(*shown.LISTED)
    paged = page(request, rows, ORDER, text=_("By name"))
    views = [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in shown.views()]
    context = {
        "table": shown.unions_table(paged.rows),
        "keyset": paged.keyset,
        "views": views,
        "chips": shown.chips(form, request),
        "q": ask.text,
        "keep": [(name, said) for name in ("view", "under", "parent") if (said := getattr(ask, name))],
        "found": bool(paged.rows),
        "totals": queries.totals(request.user, ask) if paged.rows else None,
    }
    context["acts"] = [
        Act(_("As a tree"), reverse("unions:tree")),
        *(
            [Act(_("Import a sheet"), reverse("unions:sheet_imports"))]
            if any(seat.duty in SHEETS and seat.level <= 3 for seat in request.user.seats)
            else []
        ),
        Act(_("Certificates"), reverse("unions:certificates"), quiet=True),
        export_act(request, "unions:export"),
    ]
    return render(request, "unions/unions.html", context, part="rows")


@require_safe
@lists(May.VIEW)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook; unions are no personal data."""
    form, ask = asked(request)
    return workbook(request, "unions", "unions.union", organisation(queries.listed(request.user, ask)), form=form)


@require_safe
@lists(May.VIEW)
def tree(request: Request) -> HttpResponse:
    """The tree of a day: from where a person sits, one storey opened at a time; or open to the unions of a name."""
    form = forms.TreeFilter(request.GET)
    form.is_valid()
    said = form.cleaned_data
    text, code, day = said.get("q", ""), said.get("under", ""), said.get("day") or today()
    differing = branches.differing(request.user, day)
    hold = branches.Hold(day, by if (by := said.get("by")) in differing else Link.ORG)
    top = get_object_or_404(permitted(request.user, May.VIEW), code=code) if code and not text else None
    tree = branches.searched(request.user, text, hold) if text else branches.opened(request.user, top, hold, every=said.get("all", False))
    opened = {"q": text, "under": "" if text else code}
    context = {
        "table": tree_rows.table(tree, text) if tree.lines else None, "totals": tree_rows.totals(tree), "sentence": tree_rows.sentence(tree, text), "q": text,
        "hold": hold, "wrong": form.errors.get("day", []), "views": tree_rows.views(shown.views(), hold, differing, **opened),
        "chips": [Chip(_("Name has"), text, clear=tree_rows.address(hold))] if text else [], "keep": tree_rows.keep(hold),
        "dated": tree_rows.keep(branches.Hold(today(), hold.by), **opened),
        "more": f"{reverse('unions:unions')}?{urlencode({'q': text})}" if tree.more and hold.usual else "",
        "acts": [Act(_("Three parents"), reverse("unions:apart"), quiet=True)]
        + ([Act(_("Today"), tree_rows.address(branches.Hold(today(), hold.by), **opened))] if hold.past else [])
        + ([Act(_("Close all"), tree_rows.address(hold))] if text or code else []),
    }  # fmt: skip
    return render(request, "unions/tree.html", context, part="branch")


@require_safe
@opens(May.VIEW, by="code")
def union(request: Request, union: Union) -> HttpResponse:
    """One union: who leads it, what it covers, what runs on it, what happened."""
    facts = queries.page_of(union)
    may = which(request.user, [May.EDIT, May.APPOINT, May.REORGANISE, May.FOUND, May.CERTIFY], union)
    steps = steps_for(union, request.user)
    elections = ballots.of_union(union)
    wants = Wants(union, facts, clocks(union), may, {one.verb for one in steps}, elections)
    context: dict[str, Any] = {
        "union": union, "facts": facts, "todos": wants.todos, "sentence": sentence(union, wants), "crumbs": [(one.short_name, one.get_absolute_url()) for one in facts.above] + [(union.short_name, "")],
        "stages": stages_of(union, ["PREPARING", "NORMAL"]), "steps": steps, "move_url": reverse("unions:step", args=[union.code]),
        "entries": entries_of(union), "clocks": list(wants.clocks.values()), "panels": panels(request, union), "aside": panels(request, union, aside=True),
        "acts": shown.acts(union, may, elections), "elections": shown_elections.of_union(elections), "pairs": shown.pairs(union), "offices": shown.offices_table(facts.offices, may), "past": shown.offices_table(facts.past_offices, set()),
        "bodies": shown.bodies_table(facts.bodies, may), "covers": shown.covers_table(facts.covers, may), "parentages": shown.parentages_table(facts.parentages),
        "founding": shown_founding.of_union(union), "settlement": shown.settlement(union) if union.closed_on else [], "turns": [Paper(one.reference, moves.line_words(one.lines.all()[0]), one.get_absolute_url()) for one in queries.turns_of(union) if one.lines.all()],
        "seated": shown_elections.seated(sitting.sitting(union)) if union.living else None, "certificates": shown_certificates.of(union), "splits": shown_splits.of(union), "may": may, "kinds": dict(Kind.choices), "notices": lines_of([one for one in notices_of(union) if one.running]),
    }  # fmt: skip
    return render(request, "unions/union.html", context)


@require_POST
@opens(May.VIEW, by="code")
def step(request: Request, union: Union) -> HttpResponse:
    """A step that needs no page of its own."""
    press(union, request.POST.get("verb", ""), by=request.user, reason=request.POST.get("reason", ""))
    return go(request, union.get_absolute_url())


def filled(
    request: Request,
    union: Union,
    form: Form,
    act: kit_filled.Act,
    *,
    title: Any,
    button: Any,
    text: Any = "",
    back: str = "",
    q: str | None = None,
) -> HttpResponse:
    """A page with one form of a union's; `act` answers the sentence of the toast."""
    home = union.get_absolute_url()
    return kit_filled.filled(
        request, form, act, title=title, button=button, text=text, back=back or home, crumbs=[(union.short_name, home)], q=q
    )


def said_before(request: Request, *names: str) -> dict[str, str]:
    """What the button that opened a form has said already."""
    return {name: request.GET[name][:20] for name in names if name in request.GET}


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.FOUND, by="code")
def found(request: Request, union: Union) -> HttpResponse:
    """Found a union under this one."""
    form = forms.FoundForm(request.POST or None)

    def act(_said: dict[str, Any]) -> str:
        made = actions.found(union, form.facts(union), by=request.user)
        return _("%(name)s is being prepared; it counts once it is approved.") % {"name": made.name}

    text = _(
        "For a union that was founded already and is entered here. A new one begins with its clue, in the list of foundings: application, preparatory group, election."
    )
    return filled(request, union, form, act, title=_("Found a union"), button=_("Begin"), text=text)


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.CONFIRM, by="code")
def approve(request: Request, union: Union) -> HttpResponse:
    """Approve the founding of this union."""

    def act(facts: dict[str, Any]) -> str:
        ballots.none_runs(union)
        actions.approve(union, **facts, by=request.user)
        return _("%(name)s is founded and counts from %(day)s.") % {"name": union.name, "day": facts["on"]}

    text = _(
        "For a union that was founded before it was entered here. A new one is elected first: its result is approved on the page of the election."
    )
    return filled(
        request, union, forms.ApprovalForm(request.POST or None), act, title=_("Approve the founding"), button=_("Approve"), text=text
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.CONFIRM, by="code")
def election(request: Request, union: Union) -> HttpResponse:
    """Record an election."""

    def act(facts: dict[str, Any]) -> str:
        ballots.none_runs(union)
        actions.re_elect(union, **facts, by=request.user)
        return _("The next term runs until %(day)s.") % {"day": union.term_end}

    text = _(
        "For an election that was held before it was entered here, or a congress. What is still to be held is prepared with its candidates: “Prepare an election”."
    )
    return filled(
        request, union, forms.ElectionForm(request.POST or None), act, title=_("Record the election"), button=_("Record it"), text=text
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.REORGANISE, by="code")
def abolish(request: Request, union: Union) -> HttpResponse:
    """Abolish this union."""
    form = forms.AbolishForm(request.POST or None, union=union)

    def act(_said: dict[str, Any]) -> str:
        ending.abolish(union, **form.facts(), by=request.user)
        return _("%(name)s has ended. Its past stays countable.") % {"name": union.name}

    text = _(
        "Nobody may abolish or merge a union at will; when the employer ends, its union ends and it is reported upward (Trade Union Law, art. 13)."
    )
    return filled(
        request,
        union,
        form,
        act,
        title=_("Abolish %(union)s") % {"union": union.short_name},
        button=_("Abolish"),
        text=text,
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.REORGANISE, by="code")
def parents(request: Request, union: Union) -> HttpResponse:
    """Move this union under another."""

    def act(facts: dict[str, Any]) -> str:
        actions.reparent(union, **facts, by=request.user)
        return _("%(union)s stands under %(parent)s.") % {"union": union, "parent": facts["parent"]}

    text = _(
        "One union that leads no others moves by its organisation office alone; all others move by a reorganisation, signed by two people."
    )
    return filled(
        request,
        union,
        forms.MoveForm(request.POST or None, user=request.user),
        act,
        title=_("Move under another union"),
        button=_("Move"),
        text=text,
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.APPOINT, by="code")
def offices(request: Request, union: Union) -> HttpResponse:
    """Give an office."""

    def act(facts: dict[str, Any]) -> str:
        office = actions.appoint(union, **facts, by=request.user)
        return _("%(name)s is %(post)s.") % {"name": office.name, "post": office.post}

    return filled(
        request,
        union,
        forms.OfficeForm(request.POST or None, initial=said_before(request, "duty")),
        act,
        title=_("Appoint"),
        button=_("Appoint"),
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.APPOINT, by="code")
def office(request: Request, union: Union, uuid: str) -> HttpResponse:
    """End an office."""
    held = get_object_or_404(Office, union=union, uuid=uuid, until=None)

    def act(facts: dict[str, Any]) -> str:
        made = actions.hand_over(held, **facts, by=request.user)
        if made is not None:
            return _("%(name)s is %(post)s in the place of %(other)s.") % {"name": made.name, "post": made.post, "other": held.name}
        return _("%(name)s is no longer %(post)s.") % {"name": held.name, "post": held.post}

    return filled(
        request,
        union,
        forms.LeavingForm(request.POST or None),
        act,
        title=_("End the office of %(name)s") % {"name": held.name},
        button=_("End it"),
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def bodies(request: Request, union: Union) -> HttpResponse:
    """A body is set up."""

    def act(facts: dict[str, Any]) -> str:
        made = actions.set_up(union, **facts, by=request.user)
        return _("%(body)s is recorded.") % {"body": made.get_kind_display()}

    return filled(
        request,
        union,
        forms.BodyForm(request.POST or None, initial=said_before(request, "kind")),
        act,
        title=_("Set up a body"),
        button=_("Record it"),
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def facts(request: Request, union: Union) -> HttpResponse:
    """Correct what is written about this union."""
    now = {
        name: getattr(union, name)
        for name in ("name", "short_name", "uscc", "certificate_no", "legal_until", "address", "contact", "contact_phone")
    }

    def act(said: dict[str, Any]) -> str:
        actions.correct(union, **said, by=request.user)
        return _("Corrected.")

    return filled(request, union, forms.CorrectForm(request.POST or None, initial=now), act, title=_("Correct the entry"), button=_("Save"))
