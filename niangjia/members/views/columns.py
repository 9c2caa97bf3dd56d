"""How a roster was read, and how else: which row is the head, which column is what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kit.columns import chosen_of
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import go, opens, own_transactions, render
from niangjia.members import actions, queries, shown_columns
from niangjia.members.enums import May
from niangjia.members.importing.fields import ROSTER
from niangjia.members.models import Batch
from niangjia.members.views import me


@require_http_methods(["GET", "POST"])
@own_transactions
@opens(May.SEE_IMPORT, do=May.FIX_IMPORT, by="uuid")
def columns(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Say how a file is to be read; it is read through again, and the next one of the same table is read so."""
    if batch.state not in (Batch.State.CHECKED, Batch.State.FAILED) or not batch.look:
        return HttpResponseRedirect(batch.get_absolute_url())
    if request.method == "POST" and "forget" in request.POST:
        actions.begin(actions.forget_choice(batch, by=me(request)))
        return go(request, batch.get_absolute_url())
    choices, wrong = (chosen_of(request.POST, batch.look, ROSTER), "") if request.method == "POST" else ({}, "")
    if request.method == "POST" and "show" not in request.POST:
        try:
            actions.begin(actions.read_otherwise(batch, choices, by=me(request)))
        except RuleBroken as broken:
            wrong = str(broken)
        else:
            return go(request, batch.get_absolute_url())
    context: dict[str, Any] = {
        "batch": batch, "sheets": [shown_columns.sheet(look, choices.get(look["number"]), said=look["number"] in choices, fresh="show" in request.POST) for look in batch.look],
        "habit": queries.remembered(batch), "wrong": wrong, "crumbs": [(_("Imports of rosters"), reverse("members:batches")), (batch.file_name, batch.get_absolute_url()), (_("Choose columns"), "")],
    }  # fmt: skip
    return render(request, "columns.html", context, status=422 if wrong else 200)
