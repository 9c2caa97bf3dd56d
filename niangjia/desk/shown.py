"""How a desk stands on the page: rows for the parts of the kit."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.desk import counted, queries, things
from niangjia.desk.queries import Late, Moved, Seen, Waits, Work
from niangjia.flow.api import Due, running
from niangjia.kit import drawings
from niangjia.kit.components import Act, Todo, english, fig, link, moment_words
from niangjia.kit.dates import today
from niangjia.kit.flow import FLOWS
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.unions.api import Duty


def weekday() -> str:
    """The day of the week."""
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")][today().weekday()]


def day_title() -> str:
    """11月25日，星期三."""
    day = today()
    if english():
        return f"{weekday()}, {day.day} {day:%B}"
    return f"{day.month}月{day.day}日，{weekday()}"


def sentence(work: Work, unread: int) -> SafeString:
    """What waits, in a sentence; what is late in the colour of what is late."""
    if not work.total:
        said = format_html("{}", _("Nothing is due from you within a month."))
    else:
        parts: list[Any] = []
        if work.late:
            parts.append(
                format_html(
                    '<span class="n-late">{}</span>', ngettext("%(n)d is late", "%(n)d are late", len(work.late)) % {"n": len(work.late)}
                )
            )
        if work.today:
            parts.append(ngettext("%(n)d is due today", "%(n)d are due today", len(work.today)) % {"n": len(work.today)})
        if work.soon:
            parts.append(ngettext("%(n)d within three days", "%(n)d within three days", len(work.soon)) % {"n": len(work.soon)})
        head = ngettext("%(n)d thing waits for you", "%(n)d things wait for you", work.total) % {"n": work.total}
        comma, colon, stop = pgettext("between words in a row", ", "), pgettext("before a list", ": "), pgettext("ends a sentence", ".")
        tail = format_html_join(comma, "{}", ((part,) for part in parts))
        said = format_html("{}{}{}{}", head, colon, tail, stop) if parts else format_html("{}{}", head, stop)
    if unread:
        letters = ngettext("%(n)d message is unread.", "%(n)d messages are unread.", unread) % {"n": unread}
        said = format_html('{}{}<a href="{}">{}</a>', said, " " if english() else "", reverse("notices:inbox"), letters)
    return said


def hints(accounts: list[str]) -> dict[str, str]:
    """What waits for people of the demo, in a few words; nothing where nothing waits."""
    said = {}
    for account, (total, late) in queries.waits_of(accounts).items():
        if total:
            words = [ngettext("%(n)d thing waits", "%(n)d things wait", total) % {"n": total}]
            words += [ngettext("%(n)d is late", "%(n)d are late", late) % {"n": late}] if late else []
            said[account] = pgettext("between words in a row", ", ").join(words)
    return said


def act_of(due: Due, may: Iterable[str]) -> Act | None:
    """What settles a clock, if she may do it: a form of its own, a question why, or one button; else the way to the thing, if it opens to her.
    What is signed by a second person names no act: it is read first.
    """
    url, met, hint = things.way_to(due.thing, may), due.deadline.met_by, things.name_of(due.thing)
    flow = FLOWS[things.kind_of(due.thing)]
    step = next((one for one in flow.steps_from(due.thing.state) if one.verb == met), None) if isinstance(met, str) else met
    if not url:
        return None
    if step is None or step.who not in may:
        return Act(_("Open"), url, small=True, hint=hint)
    if step.page:
        return Act(step.label, f"{url}step/{step.verb}/" if isinstance(met, str) else f"{url}{step.verb}/", small=True, hint=hint)
    if step.reason:
        return Act(step.label, f"{url}#why-{step.verb}", small=True, hint=hint)
    return Act(step.label, f"{url}step/", post=True, small=True, name="verb", value=step.verb, hint=hint)


def todos(dues: Iterable[Due], may: queries.Mays) -> list[Todo]:
    """Work with its clocks."""
    rows = []
    for due in dues:
        said = may.get((things.kind_of(due.thing), due.thing.pk), ())
        url = things.way_to(due.thing, said)
        clock = running(due.clock, due.thing)
        basis = due.deadline.basis if isinstance(due.deadline.basis, Promise) else ""  # an article in the reader's language, or none
        meta = things.facts([things.meta_of(due.thing) if url else "", basis])
        rows.append(
            Todo(
                clock.title,
                things.called(due.thing, opens=bool(url)),
                url,
                clock.face,
                meta,
                act_of(due, said),
            )
        )
    return rows


def undated(waits: Iterable[Waits]) -> list[Todo]:
    """Work without a clock."""
    rows = []
    for one in waits:
        url = things.url_of(one.thing)
        rows.append(
            Todo(
                one.step.label,
                things.name_of(one.thing),
                url,
                None,
                things.meta_of(one.thing),
                Act(_("Open"), url, small=True, hint=things.name_of(one.thing)),
            )
        )
    return rows


def late_table(late: Late, opens: Container[tuple[str, int]]) -> Table:
    """What is late: for how long, what, in whose hands it lies, and a button to urge it."""
    columns = [
        Column(_("Late"), at=1, nowrap=True, row_head=False), Column(_("What"), at=5, row_head=True), Column(_("In whose hands"), at=3, soft=True),
        Column("", at=2, num=True),
    ]  # fmt: skip
    rows = [
        [
            Cell(running(due.clock, due.thing).face.text, "late"), _what(due, opens), kept(hands(late, due)),
            urge_button(due, opens),
        ]
        for due in late.rows
    ]  # fmt: skip
    return Table(columns, rows, label=_("What is late"), bare=True)


def urge_button(due: Due, opens: Container[tuple[str, int]]) -> SafeString:
    """The button that urges; its form stands on the page that shows it."""
    words = _("Urge")
    said = '<button class="btn btn-link btn-sm" type="submit" form="urge" name="clock" value="{}" aria-label="{} · {}">{}</button>'
    return format_html(said, due.clock.pk, words, named(due, opens), words)


def late_lines(late: Late, opens: Container[tuple[str, int]]) -> Table:
    """The same for the margin of a desk: two columns."""
    columns = [Column(_("Late"), nowrap=True, row_head=False), Column(_("What"), row_head=True, text=True)]
    rows = [
        [
            Cell(running(due.clock, due.thing).face.text, "late"),
            format_html("{}<br><small>{}</small>", _what(due, opens), kept(hands(late, due))),
        ]
        for due in late.rows
    ]
    return Table(columns, rows, label=_("What is late"), bare=True)


def named(due: Due, opens: Container[tuple[str, int]]) -> str:
    """What is due by its name, as far as the reader may know it."""
    return things.called(due.thing, opens=(due.clock.kind, due.clock.thing_id) in opens)


def _what(due: Due, opens: Container[tuple[str, int]]) -> SafeString:
    """What is due; it leads to its page for who may read it."""
    said = (due.deadline.title, pgettext("before a list", ": "), named(due, opens))
    if (due.clock.kind, due.clock.thing_id) not in opens:
        return format_html("{}{}{}", *said)
    return format_html('<a class="n-ink" href="{}">{}{}{}</a>', things.url_of(due.thing), *said)


def kept(words: Iterable[str]) -> SafeString:
    """Names that break between, never inside."""
    return format_html_join(" ", '<span class="n-nowrap">{}</span>', ((word,) for word in words))


def hands(late: Late, due: Due) -> list[str]:
    """The union, the duty and who holds it."""
    duty = Duty(due.clock.duty).label if due.clock.duty in Duty.values else due.clock.duty
    people = late.hands.get((due.clock.union_id, due.clock.duty), [])
    where = late.unions.get(due.clock.union_id, "")
    return list(filter(None, ["" if where == things.name_of(due.thing) else where, str(duty), *people[:1]]))


def small_table(lines: Iterable[counted.Line]) -> Table:
    """The small figures: this year, and the same time last year."""
    columns = [Column(_("Figure")), Column(_("Now"), num=True), Column(_("A year ago"), num=True, soft=True)]
    rows = []
    for one in lines:
        title = format_html("{}<small>{}</small>", counted.name(one.figure), one.now.unit or one.was.unit)
        rows.append([title, fig(one.now.text, one.url) if one.now.value is not None else one.now.text, one.was.text])
    return Table(columns, rows, label=_("Figures of the union"), bare=True)


def resume(seen: Iterable[Seen]) -> list[tuple[SafeString, str]]:
    """Where she was last."""
    return [(link(things.name_of(one.thing), things.url_of(one.thing)), moment_words(one.at)) for one in seen]


def moves(found: Iterable[Moved]) -> list[dict[str, Any]]:
    """What moved: when, what was done, to what."""
    rows = []
    for one in found:
        labels = FLOWS[one.move.kind].told()
        did = _("Begun") if one.move.verb == "start" else labels.get(one.move.verb, one.move.verb)
        who = things.doer_of(one.thing, one.move.by)
        rows.append(
            {
                "at": one.move.at,
                "did": did,
                "what": link(things.name_of(one.thing), things.url_of(one.thing)),
                "who": who,
                "auto": one.move.auto,
            }
        )
    return rows


def overview_title(late: int) -> str:
    """11月25日，有7件迟了."""
    day = today()
    words = f"{day.day} {day:%B}" if english() else f"{day.month}月{day.day}日"
    if not late:
        return _("%(day)s: nothing is late") % {"day": words}
    return ngettext("%(day)s: %(n)d thing is late", "%(day)s: %(n)d things are late", late) % {"day": words, "n": late}


def overview_text(late: Late, union: Any) -> str:
    """Where what is late lies, and how the week went."""
    said = []
    if late.own:
        said.append(
            ngettext("%(n)d of it is at %(union)s itself.", "%(n)d of them are at %(union)s itself.", late.own)
            % {"n": late.own, "union": union.short_name}
        )
    week = counted.week(union)
    said.append(
        _("In the last seven days %(events)s events were reported and %(cases)s disputes accepted.")
        % {"events": week[0].text, "cases": week[1].text}
    )
    return (" " if english() else "").join(said)


def greats(found: Iterable[counted.Great]) -> list[dict[str, Any]]:
    """The five figures."""
    return [
        {
            "title": counted.name(one.figure) if one.figure.stock else _("%(figure)s, this year") % {"figure": counted.name(one.figure)},
            "value": fig(one.now.text, one.url, plain=True), "unit": one.now.unit, "course": drawings.spark(one.course, width=160, height=34), "against": one.against,
        }
        for one in found
    ]  # fmt: skip


def compared_table(found: counted.Compared, late: dict[int, int], label: str, top: Any) -> Table:
    """The unions below side by side: counts beside bars, shares as dots against the whole, and what is late."""
    columns = [Column(label, nowrap=True)]
    for figure in found.figures:
        columns.append(Column(counted.name(figure), counted.words(figure.units[0]), num=True))
        if figure.units[0] == "%" or figure.name == "unions.grassroots":
            columns.append(Column("", mid=True, roomy=True))
    columns.append(Column(pgettext("how many", "Late"), num=True))
    rows: list[Row | list[Any]] = [
        _compared(found, one.short_name, one, {f.name: found.cells[one.pk, f.name] for f in found.figures}, late.get(one.pk, 0), one.code)
        for one in found.unions
    ]
    rest = sum(many for union, many in late.items() if union not in {one.pk for one in found.unions})
    rows.append(_compared(found, _("At the union itself and its industries"), None, found.own, rest, top.code))
    rows.append(Row(_compared(found, top.short_name, top, found.total, sum(late.values()), foot=True), "sum"))
    return Table(columns, rows, label=label, bare=True)


def _compared(
    found: counted.Compared, name: str, union: Any, values: dict[str, Any], late: int, place: str = "", *, foot: bool = False
) -> list[Any]:
    cells: list[Any] = [name]
    for figure in found.figures:
        value = values.get(figure.name)
        said = "" if value is None else counted.plainly(figure, value)
        cells.append(fig(said, counted.address(figure, found.period[figure.name], union), plain=True) if union and said else said)
        if figure.units[0] == "%":
            cells.append("" if foot or value is None else _dot(found, figure.name, value))
        elif figure.name == "unions.grassroots":
            most = max((found.cells[one.pk, figure.name] or 0 for one in found.unions), default=0) or 1
            cells.append("" if foot or value is None else drawings.bar(float(100 * value / most)))
    where = {"view": "own"} | ({"place": place} if place else {})
    return [*cells, Cell(fig(late, f"{reverse('desk:late')}?{urlencode(where)}" if late else "", plain=True), "late" if late else "")]


def _dot(found: counted.Compared, code: str, value: Any) -> SafeString:
    those = [float(v) for one in found.unions if (v := found.cells[one.pk, code]) is not None]
    mean = found.total[code]
    low, high = min([*those, float(value)]), max([*those, float(value)])
    room = (high - low) * 0.15 or 1
    return drawings.dot(float(value), None if mean is None else float(mean), low - room, high + room, width=90)


def acts(user: Any) -> list[Act]:
    """What a person begins from her desk: only what her duties open, and what exists."""
    duties = {seat.duty for seat in user.seats}
    made = []
    for label, icon, route, whose, primary in (
        (_("Report an event"), "alert-triangle", "rights:report", {"rights", "chair", "informant", "office", "centre"}, False),
        (_("Register a case"), "plus", "rights:open", {"rights", "chair", "centre"}, True),
    ):
        if duties & whose and (url := _url(route)):
            made.append(Act(label, url, icon=icon, primary=primary))
    return made


def _url(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
