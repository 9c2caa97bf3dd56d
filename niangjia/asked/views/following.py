"""What became of a request: who has answered and who is missing, the answers as a table and a workbook, a workbook filled in and taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.asked import actions, forms, queries, shown
from niangjia.asked.enums import May, Standing, State
from niangjia.asked.models import Addressed, Request
from niangjia.asked.views import me
from niangjia.kit.components import Act, View
from niangjia.kit.errors import RuleBroken
from niangjia.kit.export import workbook
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, opens, render
from niangjia.kit.who import allows, permitted
from niangjia.kit.workbook import Col

BLOCK = 500  # unions whose answers are read together
LARGEST = 4 * 2**20  # bytes of a workbook that is filled in


def _out(one: Request) -> Request:
    """A request that has gone out; else there is nothing to follow."""
    if one.issued_on is None:
        raise Http404
    return Request.objects.select_related("union", "under").get(pk=one.pk)


@require_safe
@opens(May.SEE, by="uuid")
def unions(request: HttpRequest, one: Request) -> HttpResponse:
    """Who has answered, who is missing, who was answered for."""
    one, view = _out(one), request.GET.get("view", "missing")
    far, may = queries.progress([one]).get(one.pk, queries.Progress()), allows(request.user, May.COMPOSE, one)
    whole = may or any(
        seat.level == 1 or seat.union_id == one.union_id for seat in me(request).seats
    )  # the counts are of all, and told to whoever sees all
    paged = page(
        request,
        queries.of_request(me(request), one, view),
        ["state", "id"] if view == "all" else ["id"],
        text=_("In the order of the register"),
    )
    counts = {"all": far.all, "missing": far.missing, "answered": far.answered, "behalf": far.behalf}
    labels = {
        "missing": pgettext("how many", "Missing"),
        "answered": pgettext("how many", "Answered"),
        "behalf": _("Given on its behalf"),
        "all": _("All"),
    }
    running = one.state == State.ISSUED
    context = {
        "one": one, "title": _("Who has answered"), "crumbs": shown.crumbs(one, _("Who has answered")), "table": shown.unions_table(paged.rows, back=may and running), "keyset": paged.keyset,
        "found": bool(paged.rows), "views": [View(label, f"?view={code}", counts[code] if whole else None, here=code == view) for code, label in labels.items()],
        "remind": reverse("asked:remind", args=[one.uuid]) if may and running and far.missing else "",
        "acts": [Act(_("Answers"), reverse("asked:answers", args=[one.uuid])), *_sheet_acts(request, one)],
    }  # fmt: skip
    return render(request, "asked/unions.html", context, part="rows")


def _sheet_acts(request: HttpRequest, one: Request) -> list[Act]:
    """The workbook to be filled in, for whoever answers for several unions."""
    if one.state != State.ISSUED or not any(seat.level <= queries.ASKING for seat in me(request).seats):
        return []
    return [
        Act(_("Template to fill in"), reverse("asked:template", args=[one.uuid]), icon="download"),
        Act(_("Take a filled one"), reverse("asked:import", args=[one.uuid])),
    ]


@require_POST
@opens(May.SEE, do=May.COMPOSE, by="uuid")
def remind(request: HttpRequest, one: Request) -> HttpResponse:
    """Remind whoever is missing."""
    try:
        many = actions.remind(one, by=me(request))
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    else:
        messages.success(request, ngettext("%(n)d union was reminded.", "%(n)d unions were reminded.", many) % {"n": many})
    return go(request, reverse("asked:unions", args=[one.uuid]))


@require_safe
@opens(May.SEE, by="uuid")
def answers(request: HttpRequest, one: Request) -> HttpResponse:
    """The answers, a union in each row."""
    one = _out(one)
    paged = page(request, queries.of_request(me(request), one), ["state", "id"], text=_("Those that have answered first"))
    context = {
        "one": one, "title": _("Answers"), "crumbs": shown.crumbs(one, _("Answers")), "table": shown.answers_table(paged.rows, queries.fields_of(one)), "keyset": paged.keyset,
        "found": bool(paged.rows), "acts": [Act(_("Export"), reverse("asked:book", args=[one.uuid]), icon="download"), Act(_("Who has answered"), reverse("asked:unions", args=[one.uuid]))],
    }  # fmt: skip
    return render(request, "asked/answers.html", context, part="rows")


def _blocks(rows: QuerySet[Addressed]) -> Iterator[list[Addressed]]:
    """The unions, block by block: a city's take no more memory than a page."""
    last = 0
    while block := list(rows.filter(pk__gt=last).order_by("pk")[:BLOCK]):
        yield block
        last = block[-1].pk


@require_safe
@opens(May.SEE, by="uuid")
def book(request: HttpRequest, one: Request) -> HttpResponse:
    """The answers as a workbook."""
    one = _out(one)
    fields, found = queries.fields_of(one), queries.of_request(me(request), one)
    rows = (row for block in _blocks(found) for row in shown.book_rows(block, fields))
    return workbook(request, f"answers-{one.reference}", "asked.request", (one.title, shown.book_columns(fields), rows), thing=one.pk)


@require_safe
@opens(May.SEE, by="uuid")
def template(request: HttpRequest, one: Request) -> HttpResponse:
    """A workbook to be filled in, for the unions for which she answers: what is known stands there already."""
    one = _out(one)
    fields = queries.sent_fields(one)
    found = permitted(request.user, May.ANSWER, Addressed.objects.filter(request=one, state=Standing.NEW)).select_related(
        "union", "request"
    )
    rows = (row for block in _blocks(found) for row in shown.template_rows(block, fields))
    told: tuple[Any, list[Col], list[list[Any]]] = ("填写说明", [Col("说明", 100, "wrap")], [[text] for text in _hints()])
    return workbook(
        request,
        f"template-{one.reference}",
        "asked.request",
        (one.title, shown.book_columns(fields, template=True), rows),
        told,
        thing=one.pk,
    )


def _hints() -> list[str]:
    return [
        "每行一家工会，工会编码不要改。平台已有和以前报过的数已填好，有变化的改，没有变化的不动。",
        "改过的行会报送；没有改但已核对无误的，在“已核对”列填“是”。两样都没有的行不报送。",
        "必填项没有填齐或有格填错的行，填对的格先存下，改好后再传一次，或由工会自己补报。",
    ]


@require_http_methods(["GET", "POST"])
@opens(May.SEE, by="uuid")
def take(request: HttpRequest, one: Request) -> HttpResponse:
    """Take a filled workbook back: the good rows are sent, the bad cells told."""
    one, done = _out(one), None
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = _taken(one, form.cleaned_data["file"], request)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
    context = {
        "one": one, "form": form, "title": _("Take a filled one"), "crumbs": shown.crumbs(one, _("Take a filled one")), "back": reverse("asked:unions", args=[one.uuid]), "done": done,
        "table": shown.bad_table(done.bad) if done and done.bad else None, "template": reverse("asked:template", args=[one.uuid]),
    }  # fmt: skip
    return render(request, "asked/take.html", context, status=422 if request.method == "POST" and done is None else 200)


def _taken(one: Request, file: Any, request: HttpRequest) -> actions.Taken:
    if file.size > LARGEST:
        raise RuleBroken(_("This file is larger than any template of ours. Look whether the right one was chosen."))
    with tempfile.NamedTemporaryFile() as aside:
        for piece in file.chunks():
            aside.write(piece)
        aside.flush()
        return actions.take(one, Path(aside.name), by=me(request))
