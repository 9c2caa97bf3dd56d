"""Bad rows of a roster corrected in the browser, cell by cell: one page, and under htmx one row of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from niangjia.kit.errors import IllegalStep
from niangjia.kit.fixing import typed as typed_of
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, opens, render, seen
from niangjia.members import actions, queries, shown_rows
from niangjia.members.enums import May
from niangjia.members.importing.fields import BY_CODE
from niangjia.members.models import Batch
from niangjia.members.views import me

SIZE = 20


@require_http_methods(["GET", "POST"])
@opens(May.SEE_IMPORT, do=May.FIX_IMPORT, by="uuid")
def rows(request: HttpRequest, batch: Batch) -> HttpResponse:
    """The rows with one kind of fault, to be corrected; those that are right; those that are left out."""
    if request.method == "POST":
        return _act(request, batch)
    if batch.state not in (Batch.State.CHECKED, Batch.State.DONE):
        return HttpResponseRedirect(batch.get_absolute_url())
    seen(request, batch, May.FIX_IMPORT, always=True)
    kinds, sums = queries.line_kinds(batch)
    view = request.GET.get("view", "")[:30] or (kinds[0][0] if kinds else "right" if sums["right"] else "taken" if sums["taken"] else "out")
    total = dict(kinds).get(view, sums.get(view, 0))
    words = ngettext("%(n)d row of this kind", "%(n)d rows of this kind", total) % {"n": total}
    paged = page(request, queries.lines_of(batch, view), ["sheet", "row"], size=SIZE, text=words)
    fields, grid = shown_rows.grid(batch, paged.rows, view, me(request))
    context = _head(batch, kinds, sums, view) | {
        "view": view, "advice": shown_rows.advice(view), "rows": grid, "fields": ",".join(fields), "keyset": paged.keyset,
        "heads": [(code, BY_CODE[code].label) for code in fields], "is_kind": view not in ("right", "taken", "out"), "here": request.get_full_path(),
    }  # fmt: skip
    return render(request, "fixing.html", context)


def _head(batch: Batch, kinds: list[tuple[str, int]], sums: dict[str, int], view: str) -> dict[str, Any]:
    """What stands over the rows, and changes with each of them."""
    done = sums["right"] + sums["taken"]
    more = sums["right"] if batch.state == Batch.State.DONE else 0 if batch.whole and sums["waits"] else batch.good
    return {
        "batch": batch, "waits": sums["waits"], "done": done, "all": sums["all"] - sums["out"], "right": sums["right"], "more": more,
        "views": shown_rows.kinds_nav(batch, kinds, sums, view), "step_url": reverse("members:batch-step", args=[batch.uuid]), "oob": False, "things": False,
        "workbook": reverse("members:workbook", args=[batch.uuid]),
        "crumbs": [(_("Imports of rosters"), reverse("members:batches")), (batch.file_name, batch.get_absolute_url()), (_("Corrections"), "")],
    }  # fmt: skip


def _act(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Write what was typed, then do what was pressed."""
    typed, turns = typed_of(request.POST, BY_CODE)
    verb, _colon, rest = request.POST.get("do", "save").partition(":")
    view, by = request.POST.get("view", "")[:30], me(request)
    overtaken = actions.mend(batch, typed, turns=turns, by=by)
    if verb == "row":
        return _one(request, batch, int(rest or "0"), view, bool(overtaken))
    told = _press(batch, verb, rest, typed, view, by)
    if overtaken:
        told = _("Somebody else changed %(n)d of these rows meanwhile; nothing of yours was written there. Look at them again.") % {
            "n": len(overtaken)
        }
    if told:
        messages.info(request, told)
    return go(request, request.get_full_path())


def _press(batch: Batch, verb: str, rest: str, typed: Mapping[int, Mapping[str, str]], view: str, by: Any) -> str:
    """Do what a button says; a sentence about it, if one is needed."""
    first, _colon, second = rest.partition(":")
    line = int(first) if first.isdecimal() else 0
    match verb:
        case "save":
            return ""
        case "undo":
            actions.unmend(batch, [line], by=by)
        case "out" if line:
            actions.leave_out(batch, line=line, by=by)
        case "found" if line:
            with suppress(ValueError):  # no address of anybody
                actions.confirm(batch, line, UUID(second), by=by)
        case "alike" if line:
            n = actions.mend_alike(batch, line, second, typed.get(line, {}).get(second, ""), by=by)
            return ngettext("%(n)d row was changed.", "%(n)d rows were changed.", n) % {"n": n}
        case "out-kind":
            n = actions.leave_out(batch, code=view, by=by)
            return ngettext("%(n)d row is left out.", "%(n)d rows are left out.", n) % {"n": n}
        case "back":
            actions.unmend(batch, queries.lines_of(batch, "out").values_list("pk", flat=True), by=by)
        case "again":
            n = actions.judge_again(batch, view)
            return ngettext("%(n)d row is right now.", "%(n)d rows are right now.", n) % {"n": n}
        case _other:
            raise IllegalStep(verb)
    return ""


def _one(request: HttpRequest, batch: Batch, line: int, view: str, overtaken: bool) -> HttpResponse:
    """One row as it stands now, and the figures over the rows."""
    batch.refresh_from_db()
    one = queries.lines(batch).filter(pk=line).first()
    if one is None:  # the file was read again meanwhile
        return go(request, request.get_full_path())
    fields = [code for code in request.POST.get("fields", "").split(",") if code in BY_CODE]
    note = _("Somebody else changed this row meanwhile; nothing of yours was written. Look at it again.") if overtaken else ""
    _fields, grid = shown_rows.grid(batch, [one], view, me(request), fields, {one.pk: note})
    kinds, sums = queries.line_kinds(batch)
    context = _head(batch, kinds, sums, view) | {"one": grid[0], "view": view, "fields": ",".join(fields), "oob": True}
    return render(request, "fixing.html", context, part="answer")
