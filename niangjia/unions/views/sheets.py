"""What the lists of foundings, elections, reorganisations and lists of the tax side show, as workbooks; none names a person."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from niangjia.kit.export import workbook
from niangjia.kit.pages import Request, lists
from niangjia.unions import ballots, forms, queries, sheets, taxed
from niangjia.unions.enums import May
from niangjia.unions.forms.elections import ElectionsFilter
from niangjia.unions.forms.founding import FoundingsFilter

NEWEST = ("-made_at", "-id")


def _ask(form: ElectionsFilter | FoundingsFilter) -> ballots.Ask:
    form.is_valid()
    return ballots.Ask(*(form.cleaned_data.get(name, "") for name in ("q", "view", "state", "under")))


@require_safe
@lists(May.SEE_FOUNDING)
def foundings(request: Request) -> HttpResponse:
    """Foundings, as the list is narrowed."""
    form = FoundingsFilter(request.GET)
    rows = ballots.foundings(request.user, _ask(form)).order_by(*NEWEST)
    return workbook(request, "foundings", "unions.founding", sheets.foundings(rows), form=form)


@require_safe
@lists(May.SEE_ELECTION)
def elections(request: Request) -> HttpResponse:
    """Elections, as the list is narrowed; who stood is left out."""
    form = ElectionsFilter(request.GET)
    rows = ballots.listed(request.user, _ask(form)).order_by(*NEWEST)
    return workbook(request, "elections", "unions.election", sheets.elections(rows), form=form)


@require_safe
@lists(May.SEE_REORGANISATION)
def reorganisations(request: Request) -> HttpResponse:
    """Reorganisations, as the list is narrowed."""
    form = forms.MovesFilter(request.GET)
    form.is_valid()
    rows = queries.reorganisations(request.user, form.cleaned_data.get("view", ""), form.cleaned_data.get("q", ""))
    return workbook(request, "reorganisations", "unions.reorganisation", sheets.reorganisations(rows.order_by(*NEWEST)), form=form)


@require_safe
@lists(May.SEE_TAX_LIST)
def tax_lists(request: Request) -> HttpResponse:
    """The lists that were laid."""
    return workbook(request, "tax-lists", "unions.taxlist", sheets.tax_lists(taxed.lists_of(request.user).order_by(*NEWEST)))
