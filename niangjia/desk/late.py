"""All that is late below a seat: what, where, in whose hands, for how long; narrowed, page by page, and taken away as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from niangjia.desk import queries, shown, things
from niangjia.desk.forms import LateFilter
from niangjia.desk.queries import Late, Narrowed
from niangjia.flow.api import Due, running
from niangjia.flow.models import Clock
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import View, link
from niangjia.kit.dates import day_of
from niangjia.kit.errors import Refused
from niangjia.kit.export import export_act, workbook
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, render, signed_in
from niangjia.kit.tables import Cell, Column, Table
from niangjia.kit.workbook import Col
from niangjia.unions.api import Duty

ORDER = ["due_at", "id"]  # the longest late first
FILTERS = ("what", "duty", "place")
AT_ONCE = 500  # clocks whose things are looked up together


@dataclass(frozen=True)
class Asked:
    """The seat from which somebody looks, what she narrowed the list by, and what it holds."""

    seat: Any
    form: LateFilter
    own: bool
    places: dict[int, str]
    rows: QuerySet[Clock]

    def place(self, clock: Clock) -> str:
        """The place one level below in which a clock runs; nothing where it runs in none."""
        name = queries.column(self.seat)
        return self.places.get(getattr(clock, name), "") if name else ""


def asked(request: Request) -> Asked:
    """What the address asks for; only who looks over others has something below her."""
    seat = queries.leads(request.user)
    if seat is None:
        raise Refused(_("This list is for offices of townships, counties and the city. Your own desk shows what waits for you."))
    places = queries.parts(seat)
    choices: list[tuple[str, Any]] = [(one.code, one.short_name) for one in places]
    if places:
        choices.append((seat.union.code, _("At the union itself and its industries")))
    form = LateFilter(request.GET, places=choices)
    form.is_valid()
    said = form.cleaned_data
    narrowed = Narrowed(said.get("view") == "own", *(said.get(name) or "" for name in FILTERS))
    return Asked(seat, form, narrowed.own, {one.pk: one.short_name for one in places}, queries.late_list(seat, narrowed, places))


@require_safe
@signed_in
def late(request: Request) -> HttpResponse:
    """What is late below, the longest first."""
    said = asked(request)
    paged, many = page(request, said.rows, ORDER, text=_("The longest late first")), said.rows.count()
    found = queries.late_lines(paged.rows)
    rest = request.GET.copy()
    for name in ("view", "after", "before"):
        rest.pop(name, None)
    tail = f"&{rest.urlencode()}" if rest else ""
    context = {
        "table": _table(request, said, found), "keyset": paged.keyset, "found": bool(paged.rows),
        "totals": ngettext("%(n)s clock is late", "%(n)s clocks are late", many) % {"n": f"{many:,}"},
        "views": [View(_("The levels below"), f"?{tail[1:]}", here=not said.own), View(_("With our own"), f"?view=own{tail}", here=said.own)],
        "chips": chips(said.form, request, FILTERS if said.places else FILTERS[:2]), "keep": kept(request, ("view", *(one for one in FILTERS if said.form.cleaned_data.get(one)))),
        "acts": [export_act(request, "desk:late-export")],
    }  # fmt: skip
    return render(request, "desk/late.html", context, part="rows")


def _table(request: Request, said: Asked, found: Late) -> Table:
    """Rows; a thing leads to its page for who may read it."""
    opens = queries.opened_by(request.user, found)
    columns = [
        Column(_("What"), at=1, text=True), Column(_("What is due"), soft=True, at=6), *([Column(_("Place"), soft=True, nowrap=True, wide=True)] if said.places else []),
        Column(_("In whose hands"), at=3, text=True), Column(_("Was due"), nowrap=True, soft=True), Column(_("Late"), nowrap=True, at=2), Column("", num=True, at=4),
    ]  # fmt: skip
    rows = []
    for due in found.rows:
        url = things.url_of(due.thing) if (due.clock.kind, due.clock.thing_id) in opens else ""
        rows.append([
            link(shown.named(due, opens), url), due.deadline.title, *([said.place(due.clock)] if said.places else []), shown.kept(shown.hands(found, due)),
            day_of(due.clock.due_at), Cell(running(due.clock, due.thing).face.text, "late"), shown.urge_button(due, opens) if queries.urging_seat(due.clock, request.user) else "",
        ])  # fmt: skip
    return Table(columns, rows, label=_("What is late"), id="late")


@require_safe
@signed_in
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook; members stand in it covered and cases without a name, as they do on the page."""
    columns = [
        Col(_("What"), 44), Col(_("What is due"), 24), Col(_("Place"), 20), Col(_("Union"), 30), Col(_("Duty"), 14), Col(_("Holder"), 14), Col(_("Was due"), 12), Col(_("Late"), 16),
    ]  # fmt: skip
    said = asked(request)
    return workbook(request, "late", "flow.clock", (_("What is late"), columns, _lines(request, said)), form=said.form)


def _lines(request: Request, said: Asked) -> Iterator[tuple[Any, ...]]:
    rows, duties = said.rows.order_by(*ORDER).iterator(chunk_size=AT_ONCE), {code: str(label) for code, label in Duty.choices}
    while those := list(islice(rows, AT_ONCE)):
        found = queries.late_lines(those)
        opens = queries.opened_by(request.user, found)
        yield from (_line(said, found, due, duties, shown.named(due, opens)) for due in found.rows)


def _line(said: Asked, found: Late, due: Due, duties: dict[str, str], what: str) -> tuple[Any, ...]:
    clock = due.clock
    holders = found.hands.get((clock.union_id, clock.duty), [])
    return (
        what, str(due.deadline.title), said.place(clock), found.unions.get(clock.union_id, ""), duties.get(clock.duty, clock.duty),
        holders[0] if holders else "", day_of(clock.due_at), str(running(clock, due.thing).face.text),
    )  # fmt: skip
