"""Pages about what each worker claims and gets: lines, ways that part, payments divided, tables of workers, many employers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kit import mask
from niangjia.kit.barred import while_in
from niangjia.kit.components import day_words
from niangjia.kit.errors import IllegalStep, RuleBroken
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, go, opens, render
from niangjia.kit.workbook import MEDIA
from niangjia.rights import actions, queries
from niangjia.rights.enums import Cause, May, SheetState, SplitBy
from niangjia.rights.forms.claims import MOST_LINES, FirmsForm, LinesForm, PartForm, RowForm, SheetForm, SplitForm
from niangjia.rights.models import Claimant, Dispute, Sheet, SheetRow
from niangjia.rights.sheets import template as empty_table
from niangjia.rights.shown import claims as shown
from niangjia.rights.views.disputes import crumbs_of

FEW = 100


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.CHANGING)
def lines(request: Request, dispute: Dispute, person: UUID) -> HttpResponse:
    """What one worker claims, kind by kind."""
    worker: Claimant = get_object_or_404(dispute.claimants.select_related("person", "dispute"), person__uuid=person)
    known = list(worker.lines.order_by("kind"))
    form = LinesForm(request.POST or None, lines=known or shown.first_line(dispute, worker))
    more, name = "more" in request.POST, mask.name(worker.person.name)
    if request.method == "POST" and not more and form.is_valid():
        try:
            actions.write_lines(worker, [actions.Claimed(*line) for line in form.lines()], by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            said = {"name": name, "yuan": f"{worker.claimed:,.2f}"}
            messages.success(request, _("%(name)s claims %(yuan)s yuan altogether.") % said)
            return go(request, dispute.get_absolute_url())
    if more:
        form.errors.clear()
    title = _("Claims of a worker")
    context = {
        "form": form, "title": title, "text": _("One line for each kind of claim of %(name)s.") % {"name": name}, "sum": f"{form.sum():,.2f}",
        "room": form.many < MOST_LINES, "back": dispute.get_absolute_url(), "crumbs": [*crumbs_of(dispute), (title, "")],
    }  # fmt: skip
    return render(request, "rights/lines.html", context, status=422 if request.method == "POST" and not more else 200)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.PARTING)
def part(request: Request, dispute: Dispute) -> HttpResponse:
    """Some workers go another way than the rest."""
    people = [(str(one.person.uuid), mask.name(one.person.name)) for one in queries.claimants_of(dispute)[:FEW]]
    form = PartForm(request.POST or None, people=people)

    def act(said: dict[str, Any]) -> str:
        chosen = dispute.claimants.filter(person__uuid__in=said["workers"]).values_list("pk", flat=True)
        n = actions.part(dispute, workers=set(chosen), outcome=said["outcome"], by=request.user)
        return ngettext("%(n)d claim goes its own way.", "%(n)d claims go their own way.", n) % {"n": n}

    return filled(
        request, form, act, title=_("Some go another way"), button=_("Record it"), back=dispute.get_absolute_url(), crumbs=crumbs_of(dispute),
        text=_("The case goes on for the others; the claims of these workers say how they ended."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.RECEIPT, by="uuid")
def split(request: Request, dispute: Dispute, receipt: UUID) -> HttpResponse:
    """Divide a payment among the workers anew."""
    line = get_object_or_404(dispute.receipts, uuid=receipt, void=False)
    form = SplitForm(request.POST or None, request.FILES or None)

    def act(said: dict[str, Any]) -> str:
        parts = actions.parts_of(dispute, said["parts"]) if said["split"] == SplitBy.LIST else None
        actions.redivide(line, split=said["split"], parts=parts, by=request.user)
        return _("The payment is divided anew; its amount and the figures stay.")

    text = _("%(day)s, %(yuan)s yuan, %(paper)s.") % {
        "day": day_words(line.received_on),
        "yuan": f"{line.amount:,.2f}",
        "paper": line.evidence,
    }
    return filled(
        request,
        form,
        act,
        title=_("Divide a payment"),
        button=_("Divide it"),
        text=text,
        back=dispute.get_absolute_url(),
        crumbs=crumbs_of(dispute),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.CHANGING)
def firms(request: Request, dispute: Dispute) -> HttpResponse:
    """Name many employers at once."""
    form = FirmsForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        n = actions.add_respondents(dispute, said["lines"], by=request.user)
        return ngettext("%(n)d employer is named.", "%(n)d employers are named.", n) % {"n": n}

    return filled(
        request, form, act, title=_("Add many employers"), button=_("Add"), back=dispute.get_absolute_url(), crumbs=crumbs_of(dispute),
        text=_("All of them, or none: a line that cannot be read is told by its number."),
    )  # fmt: skip


@require_safe
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def sheet_template(request: Request, dispute: Dispute) -> HttpResponse:
    """The empty table of workers, with the firm in its title."""
    del request
    firm = dispute.respondents.select_related("employer").order_by("pk").first()
    answer = HttpResponse(empty_table(firm.employer.name if firm else ""), content_type=MEDIA)
    answer["Content-Disposition"] = content_disposition_header(True, f"workers-{dispute.reference}.xlsx") or "attachment"
    return answer


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.CHANGING)
def sheets(request: Request, dispute: Dispute) -> HttpResponse:
    """Send a table of workers: it is read through, and nobody is named yet."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.read_sheet(dispute, file, name=file.name, by=request.user)
        except RuleBroken as broken:
            form.add_error("file", str(broken))
        else:
            return go(request, reverse("rights:sheet", args=[dispute.uuid, made.uuid]))
    context = {
        "form": form, "title": _("Workers by a table"), "template": reverse("rights:sheet_template", args=[dispute.uuid]), "back": dispute.get_absolute_url(),
        "crumbs": [*crumbs_of(dispute), (_("Workers by a table"), "")], "before": shown.sheets_papers(dispute),
    }  # fmt: skip
    return render(request, "rights/sheets.html", context, status=422 if request.method == "POST" else 200)


def _sheet(dispute: Dispute, uuid: UUID) -> Sheet:
    found: Sheet = get_object_or_404(dispute.sheets.select_related("dispute", "by", "ended_by"), uuid=uuid)
    return found


@require_safe
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def sheet(request: Request, dispute: Dispute, sheet: UUID) -> HttpResponse:
    """A table that was read: how much is right, which cells are wrong and why."""
    one = _sheet(dispute, sheet)
    wrong = list(one.rows.exclude(faults=[]).order_by("pk")[:FEW])
    good, bad = one.rows.filter(faults=[]).count(), one.rows.exclude(faults=[]).count()
    open_ = one.state == SheetState.READ and dispute.state in actions.CHANGING
    context = {
        "one": one, "title": one.name, "crumbs": [*crumbs_of(dispute), (_("Workers by a table"), reverse("rights:sheets", args=[dispute.uuid])), (one.name, "")],
        "sentence": shown.sheet_sentence(one, good, bad), "steps": shown.sheet_acts(one, good, bad, open_=open_), "step_url": reverse("rights:sheet_step", args=[dispute.uuid, one.uuid]),
        "wrong": shown.wrong_rows(one, wrong, open_=open_) if wrong else None, "more": max(bad - len(wrong), 0), "columns": shown.sheet_columns(one),
    }  # fmt: skip
    return render(request, "rights/sheet.html", context)


@require_POST
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def sheet_step(request: Request, dispute: Dispute, sheet: UUID) -> HttpResponse:
    """Take the good rows, take all or none, put aside, undo."""
    one, by = _sheet(dispute, sheet), request.user
    here = reverse("rights:sheet", args=[dispute.uuid, one.uuid])
    try:
        match request.POST.get("verb", ""):
            case "take":
                actions.take_sheet(one, whole=False, by=by)
            case "whole":
                actions.take_sheet(one, whole=True, by=by)
            case "drop":
                actions.put_aside(one, by=by)
            case "undo":
                actions.undo_sheet(one, by=by)
            case other:
                raise IllegalStep(f"{other} is no step of a table")
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return go(request, here)
    messages.success(request, shown.sheet_done(one))
    return go(request, here)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
@while_in(*actions.CHANGING)
def sheet_row(request: Request, dispute: Dispute, sheet: UUID, row: int) -> HttpResponse:
    """Correct one row, or leave it out."""
    one = _sheet(dispute, sheet)
    line: SheetRow = get_object_or_404(one.rows.select_related("sheet__dispute"), pk=row)
    here = reverse("rights:sheet", args=[dispute.uuid, one.uuid])
    said = queries.opened([line])[0]
    kinds = [(kind, str(dict(Cause.choices).get(kind or dispute.cause, "")), value) for kind, value in said.amounts.items()]
    form = RowForm(request.POST or None, kinds=kinds, initial={"name": said.name, "number": said.id, "phone": said.phone})
    if request.method == "POST" and "drop" in request.POST:
        actions.drop_row(line, by=request.user)
        return go(request, here)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("name", "number", "phone")}
        actions.mend_row(line, **facts, amounts=form.amounts(), by=request.user)
        if not line.faults:
            messages.success(request, _("Row %(n)d is right now.") % {"n": line.row})
            return go(request, here)
        said = queries.opened([line])[0]
    context = {
        "form": form, "title": _("Row %(n)d") % {"n": line.row}, "back": here, "faults": shown.faults_of(said),
        "crumbs": [*crumbs_of(dispute), (one.name, here), (_("Row %(n)d") % {"n": line.row}, "")],
    }  # fmt: skip
    return render(request, "rights/sheet_row.html", context, status=422 if request.method == "POST" else 200)
