"""The pages of who saw what, for the audit administrator: the lines narrowed, and taken away as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from niangjia.access import queries
from niangjia.access.forms import LogFilter
from niangjia.access.models import SeenLog
from niangjia.access.words import act_words, kind_words
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import link
from niangjia.kit.export import export_act, workbook
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, render, seated
from niangjia.kit.tables import Cell, Column, Table
from niangjia.kit.told import Named, named, reason_words
from niangjia.kit.workbook import Col

ORDER = ["-at", "-id"]
FILTERS = ("who", "act", "kind", "since", "until")
AT_ONCE = 1000  # lines whose things are looked up together


def asked(request: HttpRequest) -> tuple[LogFilter, queries.Ask]:
    """What the log is narrowed by."""
    form = LogFilter(request.GET)
    form.is_valid()
    return form, queries.Ask(**{name: said for name, said in form.cleaned_data.items() if said})


def things(request: HttpRequest, lines: Iterable[SeenLog]) -> dict[tuple[str, int], Named]:
    """What the lines are about, as the reader may see it."""
    return named(request.user, ((line.kind, line.thing_id) for line in lines if line.kind and line.thing_id))


@require_safe
@seated("auditlog")
def log(request: Request) -> HttpResponse:
    """Who saw what, the last first."""
    form, ask = asked(request)
    paged = page(request, queries.lines(ask), ORDER, text=_("The last first"))
    found = things(request, paged.rows)
    columns = [
        Column(pgettext("log", "When"), nowrap=True), Column(pgettext("log", "Who"), nowrap=True), Column(pgettext("log", "Did"), nowrap=True), Column(pgettext("log", "What")),
        Column(pgettext("log", "Why"), text=True), Column(_("Seal of the line"), soft=True),
    ]  # fmt: skip
    rows = [
        [
            line.at, _person(line), Cell(act_words(line.act), "late") if line.act == "refused" else act_words(line.act), _thing(line, found), reason_words(line.act, line.why),
            line.digest[:10],
        ]
        for line in paged.rows
    ]  # fmt: skip
    context = {
        "table": Table(columns, rows, label=_("Who saw what"), id="log", stack=True), "found": bool(rows), "narrowed": ask != queries.Ask(), "keyset": paged.keyset,
        "q": ask.q, "chips": chips(form, request, FILTERS), "keep": kept(request, [one for one in FILTERS if form.cleaned_data.get(one)]),
        "broken": queries.broken_at(), "acts": [export_act(request, "access:log-export")],
    }  # fmt: skip
    return render(request, "access/log.html", context, part="rows")


def _person(line: SeenLog) -> Any:
    """Who did it; the name leads to all that she did."""
    if line.user is None:
        return Cell(_("nobody known"), "faint")
    return link(line.user.name, f"{reverse('access:log')}?{urlencode({'who': line.user.username})}")


def _thing(line: SeenLog, found: dict[tuple[str, int], Named]) -> Any:
    """What it was about: the kind, and what names the thing, with a way to it for who may read it."""
    if not line.kind:
        return ""
    kind = kind_words(line.kind)
    if line.thing_id is None:
        return kind
    there = found.get((line.kind, line.thing_id), Named(str(line.thing_id)))
    return link(f"{kind} {there.words}".rstrip(), there.url)


@require_safe
@seated("auditlog")
def export(request: Request) -> HttpResponse:
    """The lines of the list as a workbook, their seals with them, so that the chain can be followed outside of the house."""
    columns = [
        Col(pgettext("log", "When"), 18), Col(pgettext("log", "Who"), 14), Col(_("Account"), 20), Col(pgettext("log", "Did"), 18), Col(_("Kind of thing"), 18),
        Col(pgettext("log", "What"), 30), Col(pgettext("log", "Why"), 44), Col(_("Seal of the line before"), 66), Col(_("Seal of the line"), 66),
    ]  # fmt: skip
    form, ask = asked(request)
    return workbook(request, "log", "access.seenlog", (_("Who saw what"), columns, _lines(request, ask)), form=form)


def _lines(request: HttpRequest, ask: queries.Ask) -> Iterator[tuple[Any, ...]]:
    lines = queries.lines(ask).order_by(*ORDER).iterator(chunk_size=AT_ONCE)
    while those := list(islice(lines, AT_ONCE)):
        found = things(request, those)
        for line in those:
            words = "" if line.thing_id is None else found.get((line.kind, line.thing_id), Named(str(line.thing_id))).words
            yield (
                line.at, line.user.name if line.user else "", line.user.username if line.user else "", act_words(line.act), kind_words(line.kind) if line.kind else "", words,
                reason_words(line.act, line.why), line.before, line.digest,
            )  # fmt: skip
