"""Imports of organisation sheets: sent, looked through, corrected, taken over, taken back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.files.api import open_
from niangjia.kit import choosing
from niangjia.kit.blank import Blank, blank
from niangjia.kit.columns import chosen_of
from niangjia.kit.components import Act
from niangjia.kit.errors import IllegalStep, RuleBroken
from niangjia.kit.export import export_act
from niangjia.kit.export import workbook as workbook_of
from niangjia.kit.filled import filled
from niangjia.kit.fixing import typed as typed_of
from niangjia.kit.given_back import with_faults
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render, seated, seen
from niangjia.kit.who import allows
from niangjia.kit.workbook import MEDIA, Col
from niangjia.unions import sheet_rows
from niangjia.unions import shown_imports as shown
from niangjia.unions.actions import sheets as actions
from niangjia.unions.enums import May
from niangjia.unions.fields import spoken
from niangjia.unions.forms.imports import SheetForm, UndoForm
from niangjia.unions.importing.fields import BY_CODE, SHEET
from niangjia.unions.importing.reading import PROPOSED
from niangjia.unions.importing.words import sentence
from niangjia.unions.models import SheetImport, SheetRow

SENDING = ("organisation", "chair")
FEW, SIZE = 50, 20
S = SheetImport.State
HOME = "unions:sheet_imports"


def _crumbs(one: SheetImport | None = None, here: str = "") -> list[tuple[Any, str]]:
    made: list[tuple[Any, str]] = [
        (_("Unions"), reverse("unions:unions")),
        (_("Imports of organisation sheets"), reverse(HOME) if one else ""),
    ]
    if one:
        made.append((one.file_name, one.get_absolute_url() if here else ""))
    return [*made, (here, "")] if here else made


@require_safe
@lists(May.SEE_SHEET)
def imports(request: Request) -> HttpResponse:
    """The imports, the latest first."""
    paged = page(request, sheet_rows.imports(request.user), ["-made_at", "-id"], text=_("The newest first"))
    context = {
        "table": shown.imports_table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "crumbs": _crumbs(),
        "acts": [
            Act(pgettext("an organisation sheet", "Empty sheet"), reverse("unions:sheet_template")), export_act(request, "unions:sheet_imports_export"),
            Act(_("Import a sheet"), reverse("unions:sheet_send"), primary=True),
        ],
    }  # fmt: skip
    return render(request, "unions/sheet_imports.html", context, part="rows")


@require_safe
@lists(May.SEE_SHEET)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook."""
    columns = [Col(_("File"), 40), Col(_("Union"), 30), Col(_("Rows"), 10, "number"), Col(_("Good"), 10, "number"), Col(_("Bad"), 10, "number"), Col(_("By"), 14), Col(_("When"), 18), Col(_("State"), 14)]  # fmt: skip
    words = dict(S.choices)
    read = (
        sheet_rows.imports(request.user)
        .order_by("-made_at", "-id")
        .values_list("file_name", "at__short_name", "rows", "good", "bad", "by__name", "made_at", "state")
    )
    rows = ((*row, words[state]) for *row, state in read.iterator(chunk_size=2000))
    return workbook_of(request, "sheets", SheetImport._meta.label_lower, (_("Imports of organisation sheets"), columns, rows))


@require_safe
@lists(May.SEE_SHEET)
def template(_request: Request) -> HttpResponse:
    """An empty organisation sheet with its heads and lists."""
    rules = [
        _("The row that begins with 示例 is an example; it is passed over, and may stay."),
        _("One union a row; a joint union has a row for each unit that it covers. Titles, sums and notes are passed over."),
        _("An empty cell says nothing: what the register has stays. A sheet takes nothing away and moves no union."),
        _("Columns may be left out, added or moved; they are known by their heads."),
        _("A workbook that was exported from the list of unions can be corrected and sent back."),
    ]
    said = Blank(
        "工会组织信息表", "组织信息", rules, lengths=dict.fromkeys(("uscc", "unit_uscc"), (18, 18, "统一社会信用代码为18位")),
        widths={"name": 34, "parent": 24, "uscc": 22, "unit": 30, "unit_uscc": 22, "kind": 20, "industry": 24, "category": 18},
    )  # fmt: skip
    answer = HttpResponse(blank(SHEET, said), content_type=MEDIA)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=_("Organisation sheet.xlsx"))
    return answer


@require_http_methods(["GET", "POST"])
@seated(*SENDING)
def send(request: Request) -> HttpResponse:
    """Send a sheet; it is read through, and nothing is written."""
    own = next((seat.union for seat in request.user.seats if seat.duty in SENDING and seat.level <= 3), None)
    form = SheetForm(request.POST or None, request.FILES or None, user=request.user, initial={"at": spoken(own) if own else ""})

    def act(said: dict[str, Any]) -> tuple[str, str]:
        made = actions.receive(said["at"], said["file"], name=said["file"].name, by=request.user, whole=said["whole"])
        return "", actions.begin(made).get_absolute_url()

    text = _(
        "The sheet is read through first. You see what is new, what differs and what is wrong; only then is anything written. Needed are the name of the union and its type."
    )
    return filled(request, form, act, title=_("Import a sheet"), button=_("Read it through"), back=reverse(HOME), crumbs=[*_crumbs()[:-1], (_("Imports of organisation sheets"), reverse(HOME))], text=text)  # fmt: skip


@require_safe
@opens(May.SEE_SHEET, by="uuid")
def sheet_import(request: Request, one: SheetImport) -> HttpResponse:
    """One import: what was found, what is wrong and how to mend it, what would be written."""
    one = SheetImport.objects.select_related("at", "by", "undone_by").get(pk=one.pk)
    may = allows(request.user, May.WORK_SHEET, one)
    open_now = one.state in (S.CHECKED, S.DONE)
    sums, kinds = (sheet_rows.sums(one), sheet_rows.kinds(one)) if open_now else (dict.fromkeys(("waits", "right"), 0), [])
    fresh = (
        SheetRow.objects.filter(batch=one, codes=[], verdict="new", out=False, taken=False).order_by("sheet", "row")[:5] if open_now else []
    )
    changes = sheet_rows.rows_of(one, "change").order_by("sheet", "row")[:FEW] if open_now else []
    left = (
        SheetRow.objects.filter(batch=one).exclude(kept="").select_related("union").order_by("sheet", "row")[:FEW]
        if one.state == S.UNDONE
        else []
    )
    context: dict[str, Any] = {
        "one": one, "sentence": shown.sentence_of(one), "crumbs": _crumbs(one), "stages": shown.line_of(one), "step_url": reverse("unions:sheet_step", args=[one.uuid]),
        "steps": shown.steps(one, right=sums["right"], waits=sums["waits"], undoable=actions.undoable(one)) if may else [], "totals": shown.totals(one),
        "kinds": shown.kinds_table(one, kinds) if kinds else None, "changes": shown.changes_table(changes) if changes else None, "first": shown.first_table(fresh) if fresh else None,
        "rows_url": reverse("unions:sheet_rows", args=[one.uuid]), "left": shown.kept_table(left) if left else None, "twin": sheet_rows.same_file(one),
        "readings": choosing.readings(one, SHEET), "proposals": shown.proposals(one) if one.state in (S.CHECKED, S.FAILED) else [],
        "columns_url": reverse("unions:sheet_columns", args=[one.uuid]) if may and one.look and one.taken_at is None and one.state in (S.CHECKED, S.FAILED) else "",
    }  # fmt: skip
    return render(request, "unions/sheet_import.html", context, part="progress" if one.working else "")


@require_POST
@opens(May.SEE_SHEET, do=May.WORK_SHEET, by="uuid")
def step(request: Request, one: SheetImport) -> HttpResponse:
    """What is to happen with an import: take, run again, whole, drop."""
    verb, by = request.POST.get("verb", ""), request.user
    match verb:
        case "take":
            done = actions.begin(actions.ask(one, S.TAKING, by=by))
            if done.state == S.DONE and not done.said:
                messages.success(request, _("Taken over."))
        case "again":
            actions.begin(actions.ask(one, S.CHECKING, by=by))
        case "run":
            actions.begin(one)
        case "whole":
            actions.all_or_none(one, whole=not one.whole, by=by)
        case "drop":
            actions.ask(one, S.DROPPED, by=by)
        case _other:
            raise IllegalStep(verb)
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SHEET, do=May.WORK_SHEET, by="uuid")
def undo(request: Request, one: SheetImport) -> HttpResponse:
    """Take the whole import back."""

    def act(_said: dict[str, Any]) -> str:
        done = actions.begin(actions.ask(one, S.UNDOING, by=request.user))
        return _("The import is taken back.") if done.state == S.UNDONE else ""

    text = _("Unions that it made go, what it changed is as it was. What people have worked on since is kept, and listed on its page.")
    return filled(request, UndoForm(request.POST if request.method == "POST" else None), act, title=_("Take the whole import back"), button=_("Take it back"), back=one.get_absolute_url(), crumbs=_crumbs(one, _("Take it back"))[:-1], text=text)  # fmt: skip


@require_safe
@opens(May.SEE_SHEET, by="uuid")
def workbook(request: Request, one: SheetImport) -> Any:
    """The sheet as it was sent, with the faults beside the bad rows and what was corrected; that it was opened is noted."""
    seen(request, one, May.SEE_SHEET, always=True)
    heads = {sheet["name"]: (sheet["head_row"], sheet["heads"]) for sheet in one.mapping.get("sheets", ())}
    try:
        with open_(one.digest) as file:
            path = Path(file.name)
    except FileNotFoundError:
        raise RuleBroken(_("The file as sent is no longer kept; send it again.")) from None
    fixed = shown.corrections(one, SheetRow.objects.filter(batch=one).exclude(over={}, out=False))
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it has been sent
    with_faults(path, out, heads, sheet_rows.faults_by_row(one), sentence, fixed)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{Path(one.file_name).stem}-{_('faults')}.xlsx", content_type=MEDIA)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SHEET, do=May.WORK_SHEET, by="uuid")
def columns(request: Request, one: SheetImport) -> HttpResponse:
    """Say how a file is to be read; it is read through again, and the next one of the same table is read so."""
    if one.state not in (S.CHECKED, S.FAILED) or not one.look:
        return HttpResponseRedirect(one.get_absolute_url())
    if request.method == "POST" and "forget" in request.POST:
        actions.begin(actions.forget_choice(one, by=request.user))
        return go(request, one.get_absolute_url())
    choices, wrong = (chosen_of(request.POST, one.look, SHEET), "") if request.method == "POST" else ({}, "")
    if request.method == "POST" and "show" not in request.POST:
        try:
            actions.begin(actions.read_otherwise(one, choices, by=request.user))
        except RuleBroken as broken:
            wrong = str(broken)
        else:
            return go(request, one.get_absolute_url())
    fresh = "show" in request.POST
    context: dict[str, Any] = {
        "batch": one, "habit": sheet_rows.remembered(one), "wrong": wrong, "crumbs": _crumbs(one, _("Choose columns")),
        "sheets": [choosing.sheet(look, choices.get(look["number"]), SHEET, PROPOSED, said=look["number"] in choices, fresh=fresh) for look in one.look],
    }  # fmt: skip
    return render(request, "columns.html", context, status=422 if wrong else 200)


# ---------- rows ----------


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SHEET, do=May.WORK_SHEET, by="uuid")
def rows(request: Request, one: SheetImport) -> HttpResponse:
    """The rows with one kind of fault, to be corrected; those that change something; those that are left out."""
    if request.method == "POST":
        return _act(request, one)
    if one.state not in (S.CHECKED, S.DONE):
        return HttpResponseRedirect(one.get_absolute_url())
    kinds, sums = sheet_rows.kinds(one), sheet_rows.sums(one)
    view = request.GET.get("view", "")[:30] or next(
        (code for code, _n in kinds), "change" if sums["change"] else "corrected" if sums["corrected"] else "out"
    )
    total = dict(kinds).get(view, sums.get(view, 0))
    words = ngettext("%(n)d row of this kind", "%(n)d rows of this kind", total) % {"n": total}
    paged = page(request, sheet_rows.rows_of(one, view), ["sheet", "row"], size=SIZE, text=words)
    fields = shown.columns(paged.rows)
    context = _head(one, view) | {
        "view": view, "advice": shown.advice(view), "rows": shown.grid(one, paged.rows, fields), "fields": ",".join(fields), "keyset": paged.keyset,
        "heads": [(code, BY_CODE[code].label) for code in fields], "is_kind": view not in sheet_rows.VIEWS, "here": request.get_full_path(),
    }  # fmt: skip
    return render(request, "fixing.html", context)


def _head(one: SheetImport, view: str) -> dict[str, Any]:
    """What stands over the rows, and changes with each of them."""
    kinds, sums = sheet_rows.kinds(one), sheet_rows.sums(one)
    return {
        "batch": one, "waits": sums["waits"], "done": sums["right"] + sums["taken"], "all": sums["all"] - sums["out"], "right": sums["right"],
        "more": 0 if one.whole and one.state == S.CHECKED and sums["waits"] else sums["right"], "views": shown.views(one, kinds, sums, view), "oob": False,
        "step_url": reverse("unions:sheet_step", args=[one.uuid]), "workbook": reverse("unions:sheet_workbook", args=[one.uuid]), "crumbs": _crumbs(one, _("Corrections")),
        "things": True,
    }  # fmt: skip


def _act(request: Request, one: SheetImport) -> HttpResponse:
    """Write what was typed, then do what was pressed."""
    typed, turns = typed_of(request.POST, BY_CODE)
    verb, _colon, rest = request.POST.get("do", "save").partition(":")
    view, by = request.POST.get("view", "")[:30], request.user
    overtaken = actions.mend(one, typed, turns=turns, by=by)
    line = int(rest[:18]) if rest.isdecimal() else 0
    if verb == "row":
        return _one(request, one, line, view, overtaken=bool(overtaken))
    told = ""
    match verb:
        case "save":
            pass
        case "undo" if line:
            actions.unmend(one, [line], by=by)
        case "out" if line:
            actions.leave_out(one, row=line, by=by)
        case "out-kind":
            n = actions.leave_out(one, code=view, by=by)
            told = ngettext("%(n)d row is left out.", "%(n)d rows are left out.", n) % {"n": n}
        case "back":
            actions.unmend(one, sheet_rows.rows_of(one, "out").values_list("pk", flat=True), by=by)
        case "again":
            n = actions.judge_again(one, by=by)
            told = ngettext("%(n)d row is right now.", "%(n)d rows are right now.", n) % {"n": n}
        case _other:
            raise IllegalStep(verb)
    if overtaken:
        told = _("Somebody else changed %(n)d of these rows meanwhile; nothing of yours was written there. Look at them again.") % {
            "n": len(overtaken)
        }
    if told:
        messages.info(request, told)
    return go(request, request.get_full_path())


def _one(request: Request, one: SheetImport, line: int, view: str, *, overtaken: bool) -> HttpResponse:
    """One row as it stands now, and the figures over the rows."""
    one.refresh_from_db()
    row = SheetRow.objects.filter(batch=one, pk=line).select_related("union").first()
    if row is None:  # the file was read again meanwhile
        return go(request, request.get_full_path())
    fields = [code for code in request.POST.get("fields", "").split(",") if code in BY_CODE]
    note = _("Somebody else changed this row meanwhile; nothing of yours was written. Look at it again.") if overtaken else ""
    grid = shown.grid(one, [row], fields, {row.pk: note})
    return render(
        request, "fixing.html", _head(one, view) | {"one": grid[0], "view": view, "fields": ",".join(fields), "oob": True}, part="answer"
    )
