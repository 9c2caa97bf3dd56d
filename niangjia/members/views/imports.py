"""Imports of rosters: sent, looked through, taken over, taken back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.files.api import open_
from niangjia.kit.components import Act
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.export import export_act
from niangjia.kit.export import workbook as workbook_of
from niangjia.kit.given_back import with_faults
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, own_transactions, render, seen, signed_in
from niangjia.kit.who import allows
from niangjia.kit.workbook import MEDIA, Col
from niangjia.members import actions, forms, queries, shown, shown_columns, shown_rows
from niangjia.members.enums import May
from niangjia.members.importing import template as templates
from niangjia.members.importing.words import sentence
from niangjia.members.models import Batch
from niangjia.members.views import me
from niangjia.unions.models import Union

FEW = 200


@require_safe
@lists(May.SEE_IMPORT)
def batches(request: HttpRequest) -> HttpResponse:
    """The imports, the latest first."""
    paged = page(request, queries.batches(me(request)), ["-made_at", "-id"], text=_("The newest first"))
    acts = [
        export_act(request, "members:batches-export"),
        Act(_("Template"), reverse("members:template")),
        Act(_("Import a roster"), reverse("members:import"), primary=True),
    ]
    context = {"table": shown.batches_table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "acts": acts}
    return render(request, "members/batches.html", context, part="rows")


@require_safe
@lists(May.SEE_IMPORT)
def batches_export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a workbook: which files came when and from whom, nobody who stands in them."""
    columns = [
        Col(_("File"), 40), Col(_("Union"), 30), Col(_("Rows"), 10, "number"), Col(_("Good"), 10, "number"), Col(_("Bad"), 10, "number"), Col(_("By"), 14),
        Col(_("When"), 18), Col(_("State"), 14),
    ]  # fmt: skip
    words = dict(Batch.State.choices)
    found = queries.batches(me(request)).order_by("-made_at", "-id")
    rows = found.values_list("file_name", "union__short_name", "rows", "good", "bad", "by__name", "made_at", "state").iterator(
        chunk_size=2000
    )
    return workbook_of(
        request, "imports", "members.batch", (_("Imports of rosters"), columns, ((*row, words[state]) for *row, state in rows))
    )


@require_http_methods(["GET", "POST"])
@own_transactions
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Send a roster; it is read through, and nothing is written."""
    homes = queries.homes(me(request))
    places = homes or [seat.union for seat in me(request).seats[:1]]
    form = forms.ImportForm(
        request.POST or None,
        request.FILES or None,
        initial={"union": request.GET.get("under", "")[:20] or (places[0].code if places else "")},
    )
    if request.method == "POST" and form.is_valid():
        union, file = form.union_(), form.cleaned_data["file"]
        if not allows(request.user, May.IMPORT, union):
            raise Refused(_("Rosters of this union are read by its chair, or by the organisation office above."))
        try:
            batch = actions.receive(union, file, name=file.name, by=me(request), whole=form.cleaned_data["whole"])
        except RuleBroken as broken:
            form.add_error("file", str(broken))
        else:
            actions.begin(batch)
            return go(request, batch.get_absolute_url())
    context = {
        "form": form,
        "crumbs": [(_("Imports of rosters"), reverse("members:batches")), (_("Import a roster"), "")],
        "template": f"{reverse('members:template')}?{urlencode({'under': form['union'].value() or ''})}",
    }
    return render(request, "members/import.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@opens(May.SEE_IMPORT, by="uuid")
def batch(request: HttpRequest, batch: Batch) -> HttpResponse:
    """One import: what was found, what is wrong and how to mend it, what would be written."""
    batch = Batch.objects.select_related("union", "by", "undone_by").get(pk=batch.pk)
    code = request.GET.get("code", "")[:30]
    kinds = queries.kinds(batch)
    working = batch.state in ("CHECKING", "TAKING", "UNDOING")
    rows = _rows(batch, working=working, may=allows(request.user, May.FIX_IMPORT, batch))
    may_undo = allows(request.user, May.UNDO_IMPORT, batch)
    left = queries.kept(batch, FEW) if batch.state == "UNDONE" else []
    context: dict[str, Any] = {
        "batch": batch, "sentence": shown.sentence_of(batch), "crumbs": [(_("Register of members"), reverse("members:list")), (_("Imports of rosters"), reverse("members:batches")), (batch.file_name, "")],
        "stages": shown.line_of(batch), "working": working, "held": working and queries.worked_on(batch), "step_url": reverse("members:batch-step", args=[batch.uuid]),
        "workbook": reverse("members:workbook", args=[batch.uuid]) if batch.bad and batch.rows else "", "may_undo": may_undo,
        "undoable": may_undo and batch.state == "DONE" and queries.undoable(batch), "left": shown.kept_table(left) if left else None, "held_back": batch.whole and batch.state == "CHECKED" and rows["waits"],
        "kinds": shown.kinds_table(batch, kinds, queries.examples(batch), rows["rows_url"]), "has_faults": bool(kinds), "elsewhere": any(one["code"] == "elsewhere" for one in kinds),
        "code": code, "rows_of_kind": shown.faults_table(batch.faults.filter(code=code).order_by("sheet", "row")[:FEW]) if code else None, "few": FEW,
        "first": shown.first_table(batch), "has_first": bool(batch.found.get("first")), "totals": shown.totals_table(batch, rows["right"]), "twin": queries.same_file(batch),
        "readings": shown_columns.readings(batch), "proposals": shown_columns.proposals(batch), **rows,
    }  # fmt: skip
    return render(request, "members/batch.html", context, part="progress" if working else "")


def _rows(batch: Batch, *, working: bool, may: bool) -> dict[str, Any]:
    """Where bad rows are corrected and columns chosen, and how many rows wait and are right."""
    open_now = may and batch.state in ("CHECKED", "DONE")
    waits, right = queries.waiting(batch) if open_now and not working else (0, 0)
    return {
        "waits": waits, "right": right, "rows_url": reverse("members:rows", args=[batch.uuid]) if waits or right else "",
        "columns_url": reverse("members:columns", args=[batch.uuid]) if may and batch.look and batch.state in ("CHECKED", "FAILED") else "",
    }  # fmt: skip


@require_POST
@own_transactions
@opens(May.SEE_IMPORT, do=May.UNDO_IMPORT, by="uuid")
def step(request: HttpRequest, batch: Batch) -> HttpResponse:
    """What is to happen with an import: take, again, second, undo, drop."""
    verb, by = request.POST.get("verb", ""), me(request)
    match verb:
        case "take":
            actions.begin(actions.ask(batch, "TAKING", by=by))
        case "again":
            actions.begin(actions.ask(batch, "CHECKING", by=by))
        case "second":
            actions.begin(actions.ask(batch, "CHECKING", by=by, second=not batch.second))
        case "whole":
            actions.all_or_none(batch, whole=not batch.whole, by=by)
        case "run":
            actions.begin(batch)
        case "undo":
            undone = actions.undo(batch, by=by)
            if undone.state == "UNDONE":
                messages.success(request, _("The import is taken back."))
        case "drop":
            actions.drop(batch, by=by)
        case _other:
            raise IllegalStep(verb)
    return go(request, batch.get_absolute_url())


@require_safe
@opens(May.SEE_IMPORT, by="uuid")
def workbook(request: HttpRequest, batch: Batch) -> Any:
    """The roster as it was sent, with the faults beside the bad rows and what was corrected; that it was opened is noted."""
    if not batch.file_digest:
        raise RuleBroken(
            _("The file has been kept as long as the rules ask, and is destroyed. What was taken over stands in the register.")
        )
    seen(request, batch, May.SEE_IMPORT, always=True)
    heads = {one["name"]: (one["head_row"], one["heads"]) for one in batch.mapping.get("sheets", [])}
    with open_(batch.file_digest) as file:
        path = Path(file.name)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it has been sent
    with_faults(path, out, heads, queries.faults_by_row(batch), sentence, shown_rows.corrections(batch))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{Path(batch.file_name).stem}-{_('faults')}.xlsx", content_type=MEDIA)


@require_safe
@signed_in
def template(request: HttpRequest) -> HttpResponse:
    """An empty roster with its heads and lists; for a union of hers, its name stands in it."""
    union = Union.objects.filter(code=request.GET.get("under", "")[:20]).first()
    mine = union is not None and union.level > 3 and allows(request.user, May.IMPORT, union)
    answer = HttpResponse(templates.template(union.name if union and mine else ""), content_type=MEDIA)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=_("%(union)s roster.xlsx") % {"union": union.short_name} if union and mine else _("Roster.xlsx"))  # fmt: skip
    return answer
