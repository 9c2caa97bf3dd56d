"""Pages of the units that unions of several cover: of a founding while it is written, and of a union, dated."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kit.barred import while_in
from niangjia.kit.components import Act, View
from niangjia.kit.errors import RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, opens, render
from niangjia.kit.who import allows
from niangjia.unions import covered, forms
from niangjia.unions import shown_units as shown
from niangjia.unions.actions import founding as founding_actions
from niangjia.unions.actions import units as actions
from niangjia.unions.enums import OF_ONE_UNIT, May, Way
from niangjia.unions.forms import units as unit_forms
from niangjia.unions.models import Cover, Founding, Union
from niangjia.unions.views import filled
from niangjia.unions.views.founding import given

ORDER = ["-since", "-id"]


def listed(file: UploadedFile[Any]) -> actions.Listing:
    """The units of a file that was handed in; nothing of it is kept."""
    with tempfile.NamedTemporaryFile(suffix=Path(str(file.name)).suffix[:8]) as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        return actions.read_list(Path(kept.name))


def _came(n: int, listing: actions.Listing | None = None) -> str:
    """How many units came, and what was left out of a list."""
    said = (
        ngettext("%(n)d unit was added.", "%(n)d units were added.", n) % {"n": n}
        if n
        else _("No unit was added: all stand there already.")
    )
    left = actions.left_out(listing) if listing else ""
    return f"{said} {left}".strip()


def _looked_for(request: Request) -> str:
    """What is looked for among the employers to tick; what was ticked is taken whatever was looked for."""
    return request.GET.get("q", "").strip()[:60] if request.method == "GET" else ""


# ---------- of a founding ----------


@require_http_methods(["GET", "POST"])
@opens(May.SEE_FOUNDING, do=May.FILE, by="uuid")
@while_in(Way.CLUE, Way.RETURNED)
def founding_units(request: Request, one: Founding, how: str) -> HttpResponse:
    """Units that the union is to cover: one by its code, ticked, or by a list."""
    form: Any
    q = _looked_for(request) if how == "pick" else None
    if how == "one":
        form, text = (
            unit_forms.OneUnit(request.POST or None),
            _("A unit is known by its credit code; it is covered from the day on which the union is there."),
        )
    elif how == "pick":
        form = unit_forms.Picked(request.POST or None, among=covered.uncovered(one.at, q or ""))
        text = _("Employers that the house knows in this place.")
    else:
        form, text = (
            unit_forms.UnitList(request.POST or None, request.FILES or None),
            _("Good rows come in; a bad one is told with its reason and left."),
        )

    def act(said: dict[str, Any]) -> str:
        listing = listed(said["file"]) if how == "list" else None
        if listing is not None and not listing.units:
            raise RuleBroken(actions.left_out(listing))
        return _came(founding_actions.add_units(one, listing.units if listing else form.units(), by=request.user), listing)

    return given(request, one, form, act, title=_("Units to be covered"), button=_("Add"), text=text, q=q)


@require_POST
@opens(May.SEE_FOUNDING, do=May.FILE, by="uuid")
def founding_unit(request: Request, one: Founding, uscc: str) -> HttpResponse:
    """A unit is not to be covered after all."""
    founding_actions.drop_unit(one, uscc, by=request.user)
    return go(request, one.get_absolute_url())


# ---------- of a union ----------


@require_safe
@opens(May.VIEW, by="code")
def units(request: Request, union: Union) -> HttpResponse:
    """The units of a union: those it covers, and those that left, each with its days."""
    form = unit_forms.UnitsFilter(request.GET)
    form.is_valid()
    text, view = form.cleaned_data.get("q", ""), form.cleaned_data.get("view", "")
    paged = page(request, covered.units_of(union, text, view), ORDER, text=_("The newest first"))
    editing = allows(request.user, May.EDIT, union)
    home = union.get_absolute_url()
    adding = [Act(_("Add a unit"), reverse("unions:units", args=[union.code]), primary=True)]
    if union.kind not in OF_ONE_UNIT:
        adding += [
            Act(_("Pick"), reverse("unions:units_pick", args=[union.code])),
            Act(_("By a list"), reverse("unions:units_list", args=[union.code])),
        ]
    context = {
        "union": union, "table": shown.table(paged.rows, editing=editing), "keyset": paged.keyset, "found": bool(paged.rows), "q": text,
        "views": [View(label, f"?view={code}" if code else "?", here=view == code) for code, label in shown.views()],
        "keep": [("view", view)] if view else [], "chips": [], "narrowed": bool(text or view), "crumbs": [(union.short_name, home), (_("Units covered"), "")],
        "acts": [*(adding if editing and union.joinable else []), export_act(request, "unions:covers_export", args=[union.code])],
    }  # fmt: skip
    return render(request, "unions/units_list.html", context, part="rows")


@require_safe
@opens(May.VIEW, by="code")
def export(request: Request, union: Union) -> HttpResponse:
    """The units as a workbook, with the heads by which they come in again."""
    form = unit_forms.UnitsFilter(request.GET)
    form.is_valid()
    rows = covered.units_of(union, form.cleaned_data.get("q", ""), form.cleaned_data.get("view", "")).order_by(*ORDER)
    return workbook(request, "units", "unions.cover", shown.sheet(rows), form=form)


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def add(request: Request, union: Union) -> HttpResponse:
    """A unit joins."""

    def act(facts: dict[str, Any]) -> str:
        made = actions.cover(union, **facts, by=request.user)
        return _("%(unit)s is covered by %(union)s.") % {"unit": made.employer, "union": union}

    return filled(request, union, forms.CoverForm(request.POST or None), act, title=_("Add a unit"), button=_("Add"))


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def pick(request: Request, union: Union) -> HttpResponse:
    """Units are ticked among the employers of the place that no union covers."""
    q = _looked_for(request)
    form = unit_forms.DatedPicked(request.POST or None, among=covered.uncovered(union, q))

    def act(said: dict[str, Any]) -> str:
        return _came(actions.cover_all(union, form.units(), since=said["since"], by=request.user))

    return filled(
        request, union, form, act, title=_("Pick units"), button=_("Add"), text=_("Employers that the house knows in this place."), q=q
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def by_list(request: Request, union: Union) -> HttpResponse:
    """Units join by a list."""

    def act(said: dict[str, Any]) -> str:
        listing = listed(said["file"])
        if not listing.units:
            raise RuleBroken(actions.left_out(listing))
        return _came(actions.cover_all(union, listing.units, since=said["since"], by=request.user), listing)

    text = _("Good rows come in; a bad one is told with its reason and left.")
    return filled(
        request,
        union,
        unit_forms.DatedList(request.POST or None, request.FILES or None),
        act,
        title=_("Units by a list"),
        button=_("Add"),
        text=text,
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def leave(request: Request, union: Union, uscc: str) -> HttpResponse:
    """A unit leaves."""
    held = Cover.objects.filter(union=union, employer__uscc=uscc, until=None).select_related("employer", "union").first()
    if held is None:
        raise Http404

    def act(facts: dict[str, Any]) -> str:
        actions.uncover(held, **facts, by=request.user)
        return _("%(unit)s is no longer covered.") % {"unit": held.employer}

    title = _("%(unit)s leaves") % {"unit": held.employer}
    return filled(request, union, forms.EndForm(request.POST or None), act, title=title, button=_("End it"))
