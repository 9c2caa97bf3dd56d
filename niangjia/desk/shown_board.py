"""How the unions below stand side by side: numbers that open, small drawings against the whole, a sentence that says where to look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.desk import boarded, counted, things
from niangjia.desk.boarded import COUNTS, FRESH, LIKELY, MEMBERS, RATE, SHARES, TERMS, UNIONS, VACANT, Board, Line, News
from niangjia.desk.queries import Late
from niangjia.desk.shown import hands, kept, named, urge_button
from niangjia.flow.api import running
from niangjia.kit import drawings
from niangjia.kit.components import Entry, View, day_words, english, fig, link
from niangjia.kit.dates import today
from niangjia.kit.export import Sheet
from niangjia.kit.periods import Period, until
from niangjia.kit.served import SERVICES
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.kit.workbook import Col
from niangjia.unions.models import Union

NAMED = 3  # places that a sentence names
HALF = 2


def heads() -> dict[str, tuple[Any, Any]]:
    """What the columns are called, short, and their units."""
    return {
        UNIONS: (pgettext("head of a board", "Unions"), pgettext("unit of a board", "unions")), MEMBERS: (_("Members"), pgettext("unit of a board", "people")),
        RATE: (pgettext("head of a board", "Unionised"), "%"), boarded.COMPLETE: (pgettext("head of a board", "Filled in"), "%"), FRESH: (pgettext("head of a board", "Fresh"), "%"),
        TERMS: (pgettext("head of a board", "Overdue terms"), pgettext("unit of a board", "unions")), VACANT: (pgettext("head of a board", "Vacant"), pgettext("unit of a board", "posts")),
        LIKELY: (pgettext("head of a board", "Twice"), pgettext("unit of a board", "people")),
    }  # fmt: skip


def row_word(level: int) -> str:
    """What stands in the rows."""
    return {1: _("Counties and zones"), 2: _("Townships")}.get(level, _("Unions"))


def whole_word(level: int) -> str:
    """What the line of sums is of."""
    return {1: _("The whole city"), 2: _("The whole county")}.get(level, _("The whole township"))


def title(union: Union) -> str:
    """What the page is called."""
    words = {1: _("How far the counties have come"), 2: _("How far the townships have come")}
    return words.get(int(union.level), _("How far the unions have come"))


def sentence(found: Board) -> SafeString:
    """How many have something late, where most of it lies, and whose chair is vacant."""
    late = [one for one in found.lines if one.late]
    n, gap = len(found.lines), " " if english() else ""
    said = [_many(found.place.level, n)]
    total = sum(one.late for one in late)
    if late:
        words = ngettext("%(n)d of them has something late, %(all)d in all", "%(n)d of them have something late, %(all)d in all", len(late))
        said.append(format_html('<b class="n-late">{}</b>', words % {"n": len(late), "all": total}))
        most = sorted(late, key=lambda one: -one.late)
        few = next((k for k in (1, 2) if sum(one.late for one in most[:k]) * HALF > total), 0)
        if few and len(late) > few:
            said.append(_("more than half of it at %(places)s") % {"places": things.joined(one.union.short_name for one in most[:few])})
    else:
        said.append(_("nothing is late"))
    made = format_html("{}{}", things.joined(said) if not late else _joined(said), pgettext("end of a sentence", "."))
    vacant = [one.union.short_name for one in found.lines if not one.chair]
    if vacant:
        words = ngettext("%(places)s has no chair.", "%(places)s have no chair.", len(vacant))
        more = _("%(n)d unions have no chair.") % {"n": len(vacant)} if len(vacant) > NAMED else words % {"places": things.joined(vacant)}
        made = format_html("{}{}{}", made, gap, more)
    return made


def _joined(parts: Sequence[Any]) -> SafeString:
    made = format_html("{}", parts[0])
    for part in parts[1:]:
        made = format_html("{}{}{}", made, pgettext("between words in a row", ", "), part)
    return made


def _many(level: int, n: int) -> str:
    words = {
        1: ngettext("%(n)d county or zone", "%(n)d counties and zones", n), 2: ngettext("%(n)d township", "%(n)d townships", n),
    }  # fmt: skip
    return words.get(level, ngettext("%(n)d union", "%(n)d unions", n)) % {"n": n}


def views(union: Union, by: str, mine: Union) -> list[View]:
    """The orders in which they may stand."""
    labels = {
        "late": _("Late first"), "rate": _("Lowest rate first"), "stale": _("Stalest first"), "members": _("Most members first"),
        "quarter": _("Against last quarter"),
    }  # fmt: skip
    return [View(label, order_url(union, code, mine), here=code == by) for code, label in labels.items()]


def order_url(union: Union, by: str, mine: Union) -> str:
    """The same board in another order."""
    return f"?{urlencode({'by': by, **({'under': union.code} if union.pk != mine.pk else {})})}"


def table(found: Board, lines: Sequence[Line], by: str, mine: Union) -> Table:
    """The comparison: a number, and beside each share a dot on a line with the whole's tick; or the change since the last quarter."""
    named, change = heads(), by == "quarter"
    order = {"rate": RATE, "stale": FRESH, "members": MEMBERS}.get(by, "")
    ways = {RATE: "rate", FRESH: "stale", MEMBERS: "members"}
    top = found.place.union
    columns = [Column(row_word(found.place.level), nowrap=True, at=5), Column(_("Chair"), wide=True, nowrap=True, soft=True)]
    for name in boarded.FIGURES_SHOWN:
        label, unit = named[name]
        sort = ("descending" if name == MEMBERS else "ascending") if name == order else ""
        there = order_url(top, ways[name], mine) if name in ways else ""
        columns.append(Column(label, "" if english() and unit != "%" else unit, num=True, sort=sort, url=there))
        if change:
            columns.append(Column(pgettext("against the last quarter", "Change"), num=True, soft=True, wide=True))
        elif name in SHARES:
            columns.append(Column("", mini=True))
    late = "descending" if by == "late" else ""
    columns += [
        Column(pgettext("head of a board", "Served"), "" if english() else pgettext("unit of a board", "people"), num=True),
        Column(pgettext("how many", "Late"), num=True, at=2, sort=late, url=order_url(top, "late", mine)), Column("", at=3, only=True),
    ]  # fmt: skip
    spans = {name: _span(found, name) for name in SHARES}
    rows: list[Row | list[Any]] = [_row(found, one, spans, change=change, mine=mine) for one in lines]
    if found.rest is not None:
        rows.append(_row(found, found.rest, spans, change=change, mine=mine, kind="rest"))
    foot = _row(found, found.whole, spans, change=change, mine=mine, kind="whole")
    return Table(columns, rows, foot=foot, label=row_word(found.place.level), id="board")


def _span(found: Board, name: str) -> tuple[float, float]:
    """From where to where the drawings of a column reach: alike for all its rows."""
    those = [float(v) for one in (*found.lines, found.whole) if (v := one.now[name]) is not None]
    low, high = (min(those), max(those)) if those else (0.0, 100.0)
    room = (high - low) * 0.15 or 1
    return low - room, high + room


def _row(found: Board, line: Line, spans: Any, *, change: bool, mine: Union, kind: str = "") -> list[Any]:
    union = line.union
    if kind:
        cells: list[Any] = [_("At the union itself and its industries") if kind == "rest" else whole_word(found.place.level), ""]
    else:
        there = board_url(union) if union.level < boarded.GRASSROOTS_LEVEL else union.get_absolute_url()
        cells = [link(union.short_name, there), line.chair or Cell(_("vacant"), "late")]
    for name in boarded.FIGURES_SHOWN:
        value = line.now.get(name) if kind != "rest" or name in COUNTS else None
        figure = found.figure(name)
        said = "" if value is None else counted.plainly(figure, value)
        shown = fig(said, counted.address(figure, until(today()), union), plain=name not in SHARES) if said and kind != "rest" else said
        zero = Cell(shown, "faint") if value == 0 and name not in SHARES else shown
        cells.append(zero)
        if change:
            cells.append(_change(value, line.was.get(name), name) if kind != "rest" or name in COUNTS else "")
        elif name in SHARES:
            cells.append("" if kind or value is None else _dot(found, name, value, spans[name]))
    people = fig(f"{line.served:,}", served_url(found.quarter, union), plain=True) if kind != "rest" else f"{line.served:,}"
    cells.append(Cell(people, "faint") if not line.served else people)
    late = f"{line.late:,}"
    cells.append(Cell(fig(late, late_url(found, line, mine), plain=True), "late") if line.late else Cell(late, "faint"))
    cells.append(_phone(line) if kind != "rest" else "")
    return cells


def _dot(found: Board, name: str, value: Decimal, span: tuple[float, float]) -> SafeString:
    mean = found.whole.now[name]
    return drawings.dot(float(value), None if mean is None else float(mean), *span, width=72)


def _change(now: Any, was: Any, name: str) -> str:
    """A difference to the end of the last quarter: of shares in points."""
    if now is None or was is None:
        return ""
    places = 1 if name in SHARES else 0
    rise = round(Decimal(now) - Decimal(was), places)
    return f"{rise:+,.{places}f}".replace("-", "−") if rise else "0"


def _phone(line: Line) -> str:
    """The three shares in one line, as a phone shows them."""
    words = {RATE: _("united"), boarded.COMPLETE: _("filled in"), FRESH: pgettext("registers", "fresh")}
    said = [
        f"{words[name]} {line.now[name]:.1f}%" if english() else f"{words[name]}{line.now[name]:.1f}%"
        for name in SHARES
        if line.now.get(name) is not None
    ]
    return "\u3000".join(said)


def board_url(union: Union) -> str:
    """The board of a union."""
    return f"{reverse('desk:board')}?{urlencode({'under': union.code})}"


def served_url(quarter: Period, union: Union) -> str:
    """Where the people served stand: at the figure of the one part of the house that says so, or among the figures if there are several."""
    if len(SERVICES) == 1:
        return f"{reverse('worklog:figure', args=[SERVICES[0].figure])}?{urlencode({'period': str(quarter), 'union': union.code})}"
    return reverse("worklog:figures")


def late_url(found: Board, line: Line, mine: Union) -> str:
    """The list of what is late there: the reader's own list narrowed to the place; farther down the board of the place itself."""
    union, top = line.union, found.place.union
    if top.pk != mine.pk:
        return board_url(union) if union.level < boarded.GRASSROOTS_LEVEL else union.get_absolute_url()
    where = {"view": "own"}
    if line is found.rest or (line is not found.whole and union.level < boarded.GRASSROOTS_LEVEL):
        where["place"] = union.code
    return f"{reverse('desk:late')}?{urlencode(where)}"


def note(found: Board) -> str:
    """What the tick is, who counts as served, and what else the numbers say."""
    parts = things.joined(one.label for one in SERVICES)
    said = _(
        "The tick is the whole. Served this quarter: people who got something since %(day)s from %(parts)s, each once; who is only registered does not count."
    )
    return said % {"day": day_words(found.quarter.first or today()), "parts": parts or "–"}


def late_table(late: Late, opens: Any, urging: Any) -> Table:
    """What is late for longest, with the button that urges."""
    columns = [
        Column(_("Late"), at=4, nowrap=True, row_head=False),
        Column(_("What"), at=5, row_head=True),
        Column(_("In whose hands"), at=6, soft=True),
        Column("", at=2, num=True),
    ]
    rows = []
    for due in late.rows:
        said = f"{named(due, opens)}{pgettext('before a list', ': ')}{due.deadline.title}"
        url = things.url_of(due.thing) if (due.clock.kind, due.clock.thing_id) in opens else ""
        rows.append(
            [
                Cell(running(due.clock, due.thing).face.text, "late"),
                link(said, url),
                kept(hands(late, due)),
                urge_button(due, opens) if urging(due.clock) else "",
            ]
        )
    return Table(columns, rows, label=_("Late for longest"), bare=True)


def entries(news: Iterable[News]) -> list[Entry]:
    """The week, line by line."""
    made = []
    for one in news:
        name = link(one.union.short_name, one.union.get_absolute_url())
        gap = " " if english() else ""
        made.append(Entry(one.at, format_html("{}{}{}{}{}", name, gap, one.words, " " if one.said else "", one.said)))
    return made


def sheet(found: Board, lines: Sequence[Line]) -> Sheet:
    """What the page shows, as a workbook."""
    named = heads()
    columns = [
        Col(row_word(found.place.level), 28), Col(_("Chair"), 14),
        *(Col(f"{label} ({unit})" if english() else f"{label}（{unit}）", 16, "number") for label, unit in named.values()),
        Col(_("Served this quarter"), 14, "number"), Col(pgettext("how many", "Late"), 10, "number"),
    ]  # fmt: skip

    def cells(line: Line, name: str, chair: str) -> list[Any]:
        numbers = [_number(line.now.get(code), code) for code in boarded.FIGURES_SHOWN]
        return [name, chair, *numbers, line.served, line.late]

    rows = [cells(one, one.union.short_name, one.chair or _("vacant")) for one in lines]
    if found.rest is not None:
        rows.append(cells(found.rest, _("At the union itself and its industries"), ""))
    rows.append(cells(found.whole, whole_word(found.place.level), ""))
    return row_word(found.place.level), columns, rows


def _number(value: Any, name: str) -> Any:
    return None if value is None else round(float(value), 1) if name in SHARES else int(value)
