"""What the pages of requests show: lists, the fields with what the check said, who has answered, the answers, the burden of a quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.asked import queries, said
from niangjia.asked.actions.taking import CODE, NAME, READ, Bad, head
from niangjia.asked.burden import Burden, Line, Quarter, Quarterly
from niangjia.asked.checking import held_values, shown_at
from niangjia.asked.enums import NUMERIC, SENT, Standing, Verdict
from niangjia.asked.models import Addressed, Field, Request
from niangjia.kit.components import Pair, day_words, english, link, pill
from niangjia.kit.flow import FLOWS
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.kit.workbook import Col

PHASE = {Verdict.ASKED: "open", Verdict.HELD: "stop", Verdict.REUSED: "done", Verdict.CONTESTED: "late"}


def crumbs(one: Request, last: Any = "") -> list[tuple[Any, str]]:
    """Where a page of a request stands."""
    at = [(_("Requests for data"), reverse("asked:list")), (str(one), one.get_absolute_url() if last else "")]
    return [*at, (last, "")] if last else at


def asker(one: Request) -> str:
    """Who asks: the union and its office."""
    return f"{one.union.short_name} {one.get_office_display()}"


def phase(one: Request) -> SafeString:
    """The state of a request as a pill."""
    return pill(FLOWS["asked.request"].phases[one.state], one.get_state_display())


def standing(one: Addressed) -> SafeString:
    """How a union stands, as a pill; that it is late is said before anything else."""
    if queries.is_late(one):
        return pill("late", pgettext("a union that was asked", "Late"))
    return pill(FLOWS["asked.addressed"].phases[one.state], one.get_state_display())


def requests_table(rows: Sequence[Request], far: Mapping[int, queries.Progress]) -> Table:
    """Requests, as whoever asks reads them."""
    columns = [
        Column(pgettext("a request", "Title"), at=1), Column(_("Who asks"), at=3), Column(_("No."), soft=True, nowrap=True), Column(_("Due on"), at=4, nowrap=True),
        Column(_("Unions"), num=True), Column(pgettext("how many", "Answered"), num=True), Column(_("State"), at=2, nowrap=True),
    ]  # fmt: skip
    body = []
    for one in rows:
        done = far.get(one.pk, queries.Progress())
        body.append(
            [
                link(one.title, one.get_absolute_url()),
                asker(one),
                one.reference,
                one.due_on,
                done.all if one.issued_on else None,
                done.answered if one.issued_on else None,
                phase(one),
            ]
        )
    return Table(columns, body, label=_("Requests for data"), id="requests")


def addressed_table(rows: Sequence[Addressed]) -> Table:
    """Requests, as whoever answers reads them."""
    columns = [
        Column(pgettext("a request", "Title"), at=1), Column(_("Union"), at=3), Column(_("Who asks"), soft=True), Column(_("Fields"), num=True),
        Column(_("Due on"), at=4, nowrap=True), Column(_("State"), at=2, nowrap=True),
    ]  # fmt: skip
    body = [
        [
            link(one.request.title, one.get_absolute_url()), one.union.short_name, one.request.union.short_name, one.fields,
            Cell(one.request.due_on, "late" if queries.is_late(one) else ""), standing(one),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, body, label=_("Requests for data"), id="requests")


def facts(one: Request) -> list[Pair]:
    """What a request says of itself."""
    kinds = dict(one.union._meta.get_field("kind").flatchoices)
    return [
        Pair(_("Who asks"), asker(one)), Pair(_("What for, and by which paper"), one.why), Pair(_("Of which time the fields speak"), one.period or "–"),
        Pair(_("The unions below"), one.under.short_name, url=one.under.get_absolute_url()), Pair(_("Of these types"), pgettext("between words in a row", ", ").join(str(kinds.get(kind, kind)) for kind in one.kinds)),
        Pair(_("Answers are due on"), day_words(one.due_on, year=True)), Pair(_("Sent out on"), day_words(one.issued_on, year=True) if one.issued_on else "–"),
    ]  # fmt: skip


def fields_table(one: Request, fields: Sequence[Field], *, may: bool) -> Table:
    """The fields with what the check said; in a draft each with what may be done about it."""
    columns = [
        Column(_("What is asked for"), at=1), Column(pgettext("a field", "Kind"), soft=True, nowrap=True), Column(_("The check says"), text=True, at=3), Column("", at=2, nowrap=True),
    ]  # fmt: skip
    if may:
        columns.append(Column(_("Change"), nowrap=True, at=4))
    rows = []
    for field in fields:
        label = format_html("{}{}", head(field), "" if field.required else format_html(' <small class="n-faint">{}</small>', _("optional")))
        words: Any = said.found_words(field.verdict, field.held, field.reused, field.contested)
        if field.held and (there := shown_at(field.held)):
            words = format_html('{} <a href="{}">{}</a>', words, there, _("See it there"))
        cells = [label, field.get_kind_display(), words, pill(PHASE[Verdict(field.verdict)], field.get_verdict_display())]
        rows.append(Row([*cells, link(_("Change"), reverse("asked:field", args=[one.uuid, field.pk]))] if may else cells))
    return Table(columns, rows, label=pgettext("of a request", "Fields"), id="fields")


def unions_table(rows: Sequence[Addressed], *, back: bool) -> Table:
    """The unions that were asked, and how each stands."""
    columns = [
        Column(_("Union"), at=1), Column(_("Township federation"), soft=True, at=3), Column(_("State"), at=2, nowrap=True), Column(_("Sent on"), nowrap=True, at=4), Column(_("By"), soft=True),
    ]  # fmt: skip
    if back:
        columns.append(Column("", nowrap=True))
    body = []
    for row in rows:
        by = f"{row.sent_by.name}{_(' (on its behalf)') if row.on_behalf else ''}" if row.sent_by and row.state == Standing.ANSWERED else ""
        cells = [
            link(row.union.short_name, row.get_absolute_url()),
            row.township.short_name if row.township else "",
            standing(row),
            row.sent_on if row.state == Standing.ANSWERED else None,
            by,
        ]
        body.append(
            [*cells, link(_("Send back"), reverse("asked:return", args=[row.uuid])) if row.state == Standing.ANSWERED else ""]
            if back
            else cells
        )
    return Table(columns, body, label=_("Unions that were asked"), id="unions")


def _columns(fields: Sequence[Field]) -> list[Column]:
    return [Column(one.label, unit="" if english() else one.unit, num=one.kind in NUMERIC, text=one.kind == "TEXT") for one in fields]


def answers_table(rows: Sequence[Addressed], fields: Sequence[Field]) -> Table:
    """The answers, a union in each row; beside them what the house holds of what was refused."""
    sent, held = [one for one in fields if one.verdict in SENT], [one for one in fields if one.verdict == Verdict.HELD]
    given, known = queries.given(list(rows)), held_values(list(held), [one.union for one in rows])
    columns = [
        Column(_("Union"), at=1),
        Column(_("State"), at=2, nowrap=True),
        *_columns(sent),
        *(Column(_("%(field)s (held)") % {"field": one.label}, num=one.kind in NUMERIC, soft=True) for one in held),
    ]
    body = [
        [
            link(row.union.short_name, row.get_absolute_url()), standing(row), *(said.value_words(one, given.get((row.pk, one.pk), "")) for one in sent),
            *(known.get((row.union_id, one.pk)) for one in held),
        ]
        for row in rows
    ]  # fmt: skip
    return Table(columns, body, label=_("Answers"), id="answers")


def _cell(one: Field, value: str) -> Any:
    """An answer as a workbook holds it: numbers as numbers."""
    if one.kind in NUMERIC and value:
        try:
            return Decimal(value)
        except InvalidOperation:
            return value
    return {"YES": "是", "NO": "否"}.get(value, value) if one.kind == "YESNO" else value


def book_columns(fields: Sequence[Field], *, template: bool = False) -> list[Col]:
    """The heads of a workbook; a template has no more than what is filled in, and a place to say that a row was read."""
    kinds = {"NUMBER": "number", "YUAN": "yuan"}
    first = [Col(CODE, 16), Col(NAME, 34)]
    asked = [
        Col(head(one), max(12, 2 * len(one.label)), "text" if template else kinds.get(one.kind, "text"))
        for one in fields
        if one.verdict in SENT
    ]
    if template:
        return [*first, *asked, Col(READ, 10)]
    return [
        *first,
        Col("状态", 10),
        Col("报送日期", 14),
        Col("代报", 8),
        *asked,
        *(Col(f"{one.label}（平台已有）", 16) for one in fields if one.verdict == Verdict.HELD),
    ]


def book_rows(rows: Sequence[Addressed], fields: Sequence[Field]) -> list[list[Any]]:
    """The answers as a workbook takes them away."""
    sent, held = [one for one in fields if one.verdict in SENT], [one for one in fields if one.verdict == Verdict.HELD]
    given, known = queries.given(list(rows)), held_values(list(held), [one.union for one in rows])
    return [
        [
            row.union.code, row.union.name, str(row.get_state_display()), row.sent_on if row.state == Standing.ANSWERED else None, "是" if row.on_behalf else "",
            *(_cell(one, given.get((row.pk, one.pk), "")) for one in sent), *(known.get((row.union_id, one.pk)) for one in held),
        ]
        for row in rows
    ]  # fmt: skip


def template_rows(rows: Sequence[Addressed], fields: Sequence[Field]) -> list[list[Any]]:
    """What is known, filled in: a row a union that has not answered."""
    filled = queries.filled(list(rows), list(fields))
    none = queries.Filled()
    return [
        [row.union.code, row.union.name, *(str(_cell(one, filled.get((row.pk, one.pk), none).value)) for one in fields), ""] for row in rows
    ]


def bad_table(bad: Sequence[Bad]) -> Table:
    """The cells that were not taken."""
    columns = [
        Column(_("Row"), num=True),
        Column(_("Column"), nowrap=True),
        Column(_("Field"), at=1),
        Column(_("It says"), clip=True, at=3),
        Column(_("Why it was not taken"), text=True, at=6),
    ]
    return Table(
        columns,
        [[one.row, one.column, one.field.label if one.field else "–", one.said[:60], said.fault(one.why, one.field)] for one in bad],
        label=_("Cells that were not taken"),
    )


# ---------- the burden of a quarter ----------


def quarter_words(of: Quarter) -> str:
    """A quarter by its name."""
    return _("%(year)d, quarter %(n)d") % {"year": of[0], "n": of[1]}


def quarter_code(of: Quarter) -> str:
    """A quarter as an address says it."""
    return f"{of[0]}Q{of[1]}"


def _numbers(one: Burden) -> list[Any]:
    return [one.requests, one.asked, one.times, one.held, one.reused, one.contested, f"{one.spared}%" if one.spared is not None else ""]


def _heads() -> list[Column]:
    return [
        Column(pgettext("for data", "Requests"), num=True), Column(_("Fields"), num=True, at=2), Column(_("Fields × unions"), num=True, at=4), Column(_("Held, refused"), num=True), Column(_("Given before"), num=True),
        Column(_("Contested"), num=True), Column(_("Spared"), num=True),
    ]  # fmt: skip


def offices_table(page: Quarterly) -> Table:
    """By asking office, the most first, with the sum."""
    offices = sorted(page.by_office.items(), key=lambda one: (-one[1].times, one[0][0].level, one[0][0].pk))
    rows = [[f"{union.short_name} {office}", *_numbers(burden)] for (union, office), burden in offices]
    return Table(
        [Column(_("Who asks"), at=1), *_heads()],
        rows,
        foot=[_("Together"), *_numbers(page.whole)] if len(rows) > 1 else (),
        label=_("By asking office"),
        id="offices",
        listed=False,
    )


def course_table(page: Quarterly) -> Table:
    """The quarters, the last first."""
    rows = [
        Row([link(quarter_words(at), f"?quarter={quarter_code(at)}"), *_numbers(burden)], "here" if at == page.quarter else "")
        for at, burden in page.course.items()
    ]
    return Table([Column(_("Quarter"), at=1, nowrap=True), *_heads()], rows, label=_("Quarters before"), id="course", listed=False)


def lines_table(lines: Sequence[Line]) -> Table:
    """The requests of a quarter."""
    columns = [
        Column(pgettext("a request", "Title"), at=1), Column(_("Who asks"), at=3), Column(_("Sent out on"), nowrap=True, at=4), Column(_("Unions"), num=True), Column(_("Fields"), num=True, at=2),
        Column(_("Held, refused"), num=True), Column(_("Given before"), num=True), Column(_("Contested"), num=True),
    ]  # fmt: skip
    rows = [
        [
            link(one.request.title, one.request.get_absolute_url()),
            asker(one.request),
            one.request.issued_on,
            one.unions,
            one.asked,
            one.held,
            one.reused,
            one.contested,
        ]
        for one in lines
    ]
    return Table(columns, rows, label=_("Requests for data"), id="lines")


def contested_table(fields: Sequence[Field]) -> Table:
    """What was asked although it is held, and why."""
    columns = [Column(_("What is asked for"), at=1), Column(_("Who asks"), at=3), Column(_("Why is it contested?"), text=True, at=6)]
    return Table(
        columns,
        [[link(one.label, one.request.get_absolute_url()), asker(one.request), one.contested] for one in fields],
        label=_("Contested"),
    )
