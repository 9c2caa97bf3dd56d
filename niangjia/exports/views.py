"""Pages of exports: the list, the asking, one export with its steps, and the file for whoever asked for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.exports import actions, forms, queries, rules, shown
from niangjia.exports.enums import May, State
from niangjia.exports.models import Export
from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.kit.components import View
from niangjia.kit.dates import now
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.exportable import EXPORTABLES
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, note, opens, render, signed_in
from niangjia.kit.workbook import MEDIA, Col
from niangjia.unions.models import Union


@require_safe
@lists(May.VIEW)
def exports(request: Request) -> HttpResponse:
    """The exports that a person may see, the last asked first."""
    view = request.GET.get("view", "")
    paged = page(request, queries.listed(request.user, view), ["-id"], text=_("The newest first"))
    many = queries.waiting(request.user)
    context = {
        "table": shown.exports_table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "acts": [export_act(request, "exports:exports-export")],
        "views": [
            View(pgettext("exports", "All"), "?", here=not view),
            View(_("Wait for my decision"), "?view=waiting", many, here=view == "waiting"),
            View(_("Mine"), "?view=mine", here=view == "mine"),
        ],
    }  # fmt: skip
    return render(request, "exports/exports.html", context, part="rows")


@require_safe
@lists(May.VIEW)
def exports_export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook: the record of what left the house, nobody who was in it."""
    columns = [
        Col(pgettext("exports", "Number"), 18), Col(_("List"), 20), Col(_("Purpose"), 40), Col(_("Rows when asked"), 14, "number"), Col(_("Rows written"), 14, "number"), Col(_("Asked by"), 14),
        Col(_("Union"), 30), Col(_("Asked on"), 18), Col(_("Decided by"), 14), Col(_("Decided on"), 18), Col(_("Deleted on"), 18), Col(_("State"), 18),
    ]  # fmt: skip
    words = dict(State.choices)
    found = queries.listed(request.user, request.GET.get("view", "")).select_related("by", "union", "decided_by").order_by("-id")
    rows = (
        (
            one.reference, one.title, one.purpose, one.rows, one.written, one.by.name, one.union.short_name, one.asked_at, one.decided_by.name if one.decided_by else "",
            one.decided_at, one.gone_at, words[one.state],
        )
        for one in found.iterator(chunk_size=2000)
    )  # fmt: skip
    return workbook(request, "exports", "exports.export", (_("Exports of people"), columns, rows))


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: Request) -> HttpResponse:
    """Ask for what a list shows: which columns, for what, in whose name. Who names no list is told that it begins there."""
    code = request.GET.get("what", "")
    if not code:
        messages.info(request, shown.chosen_first(request.user))
        return go(request, reverse("exports:exports"))
    what = EXPORTABLES.get(code)
    if what is None:
        raise Http404
    seats = queries.asking_seats(request.user, what)
    if not seats:
        raise Refused(_("This list is taken away by the office that keeps it, or by the chair."))
    query = {name: request.GET[name] for name in what.filters if request.GET.get(name)}
    form = forms.AskForm(request.POST or None, what=what, seats=seats)
    if request.method == "POST" and form.is_valid():
        union = Union.objects.get(pk=int(form.cleaned_data["union"]))
        try:
            made = actions.ask(what, union, form.asking(query), by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("%(union)s is asked; you are told what was decided.") % {"union": made.asked_of.short_name})
            return go(request, made.get_absolute_url())
    back = reverse(what.back) + (f"?{urlencode(query)}" if query else "")
    second = queries.second_for(seats[0].union, what.duty, request.user) if len(seats) == 1 else None
    context = {
        "form": form, "what": what, "narrowed": shown.narrowed(what, query), "back": back, "crumbs": [(what.title, back), (_("Export"), "")],
        "always": _(", ").join(str(one.label) for one in what.fields if one.always), "second": second, "kept": queries.kept(now()).days,
    }  # fmt: skip
    return render(request, "exports/new.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@opens(May.VIEW, by="uuid")
def export(request: Request, export: Export) -> HttpResponse:
    """One export: what is asked, what may be done, where it stands, who took it."""
    export = queries.whole(export.pk)
    mine, working = export.by_id == request.user.pk, export.state == State.MAKING
    ready = export.state == State.READY and not rules.over(export.keep_until, now())
    context: dict[str, Any] = {
        "export": export, "crumbs": [(_("Exports of people"), reverse("exports:exports")), (export.reference, "")], "title": shown.title(export),
        "sentence": shown.sentence(export, mine=mine), "stages": stages_of(export, shown.LINE), "steps": shown.moves(export, steps_for(export, request.user), mine=mine and ready),
        "move_url": reverse("exports:step", args=[export.uuid]), "why": shown.why(export, mine=mine and ready),
        "working": working, "cut_off": working and not queries.worked_on(export), "asked": shown.asked_pairs(export), "file": shown.file_pairs(export),
        "entries": entries_of(export), "clocks": running_of(export), "takings": shown.takings(export), "where": shown.where(export), "mine": mine,
    }  # fmt: skip
    return render(request, "exports/export.html", context, part="progress" if working else "")


STEPS = {"approve": actions.approve, "withdraw": actions.withdraw, "again": actions.again, "drop": actions.drop}


@require_POST
@opens(May.VIEW, by="uuid")
def step(request: Request, export: Export) -> HttpResponse:
    """One step of an export."""
    export, verb = queries.whole(export.pk), request.POST.get("verb", "")
    if verb == "refuse":
        actions.refuse(export, reason=request.POST.get("reason", ""), by=request.user)
    elif verb in STEPS:
        STEPS[verb](export, by=request.user)
    else:
        raise IllegalStep(verb)
    return go(request, export.get_absolute_url())


@require_safe
@opens(May.VIEW, do=May.TAKE, by="uuid")
def file(request: Request, export: Export) -> HttpResponse:
    """The workbook, for whoever asked for it; the line in the log stands before the first byte leaves."""
    name, pieces = actions.hand_out(export, by=request.user)
    note(request, "downloaded", "exports.export", export.pk, export.reference)
    heads = {"Content-Length": str(export.size), "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    answer: Any = StreamingHttpResponse(pieces, content_type=MEDIA, headers=heads)
    return answer  # type: ignore[no-any-return]
