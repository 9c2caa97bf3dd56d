"""What the lists of foundings, elections, reorganisations and lists of the tax side show, as workbooks; none names a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from niangjia.kit.export import Sheet, workbook
from niangjia.kit.pages import Request, lists
from niangjia.unions import ballots, forms, queries, sheets, taxed
from niangjia.unions.enums import May
from niangjia.unions.forms.elections import ElectionsFilter
from niangjia.unions.forms.founding import FoundingsFilter

NEWEST = ("-made_at", "-id")


def _taken(request: Request, name: str, rows: QuerySet[Any], sheet: Callable[[Any], Sheet], form: Form | None = None) -> HttpResponse:
    """A list as a workbook, the newest first, narrowed as it stands on the page."""
    return workbook(request, name, rows.model._meta.label_lower, sheet(rows.order_by(*NEWEST)), form=form)


def _ask(form: Form) -> ballots.Ask:
    form.is_valid()
    return ballots.Ask(*(form.cleaned_data.get(name, "") for name in ("q", "view", "state", "under")))


@require_safe
@lists(May.SEE_FOUNDING)
def foundings(request: Request) -> HttpResponse:
    """Foundings, as the list is narrowed."""
    form = FoundingsFilter(request.GET)
    return _taken(request, "foundings", ballots.foundings(request.user, _ask(form)), sheets.foundings, form)


@require_safe
@lists(May.SEE_ELECTION)
def elections(request: Request) -> HttpResponse:
    """Elections, as the list is narrowed; who stood is left out."""
    form = ElectionsFilter(request.GET)
    return _taken(request, "elections", ballots.listed(request.user, _ask(form)), sheets.elections, form)


@require_safe
@lists(May.SEE_REORGANISATION)
def reorganisations(request: Request) -> HttpResponse:
    """Reorganisations, as the list is narrowed."""
    form = forms.MovesFilter(request.GET)
    ask = _ask(form)
    return _taken(request, "reorganisations", queries.reorganisations(request.user, ask.view, ask.text), sheets.reorganisations, form)


@require_safe
@lists(May.SEE_TAX_LIST)
def tax_lists(request: Request) -> HttpResponse:
    """The lists that were laid."""
    return _taken(request, "tax-lists", taxed.lists_of(request.user), sheets.tax_lists)
