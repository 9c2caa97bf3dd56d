"""How a roster was read, and how else: which row is the head, which column is what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import go, opens, own_transactions, render
from niangjia.members import actions, queries, shown_columns
from niangjia.members.enums import May
from niangjia.members.importing.fields import BY_CODE
from niangjia.members.importing.looking import Choice
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
    choices, wrong = (_chosen(request, batch), "") if request.method == "POST" else ({}, "")
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
    return render(request, "members/columns.html", context, status=422 if wrong else 200)


def _chosen(request: HttpRequest, batch: Batch) -> dict[int, Choice | None]:
    """What the form says of each sheet; None where it is to be left out."""
    made: dict[int, Choice | None] = {}
    for look in batch.look:
        number = look["number"]
        head = request.POST.get(f"head-{number}", "")
        if request.POST.get(f"skip-{number}") or not head.isdecimal():
            made[number] = None
            continue
        said = {i: request.POST.get(f"column-{number}-{i}", "") for i in range(look["width"])}
        made[number] = Choice(min(int(head[:6]), len(look["top"])), {code: i for i, code in reversed(said.items()) if code in BY_CODE})
    return made
