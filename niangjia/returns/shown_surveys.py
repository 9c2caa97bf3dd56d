"""What the pages of surveys show: the list, how far each township has come, one survey, its workbook, and what is laid beside a return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import Chip, Pair, day_words, fig, link, pill
from niangjia.kit.export import Sheet
from niangjia.kit.flow import FLOWS
from niangjia.kit.tables import Column, Row, Table
from niangjia.kit.workbook import Col
from niangjia.returns import queries, said, surveys
from niangjia.returns.asked import ASKED, Asking
from niangjia.returns.figures import BY_CODE, GROUND, SECTIONS, every
from niangjia.returns.forms import SurveyFilter
from niangjia.returns.models import AnnualReturn, Survey
from niangjia.returns.shown import unit
from niangjia.unions.api import moved
from niangjia.unions.models import Union

ONE_UNIT = ("20", "25")  # what the cover calls a union of one unit; the others are joint ones


def phase(one: Survey) -> SafeString:
    """Its state as a pill."""
    return pill(FLOWS["returns.survey"].phases[one.state], one.get_state_display())


def title(one: Survey) -> str:
    """What it is called."""
    return _("%(union)s: survey %(year)d") % {"union": one.union.short_name, "year": one.year}


def chips(form: SurveyFilter, request: HttpRequest) -> list[Chip]:
    """The filters; what is set is shown with the way to take it away."""
    told, made = form.cleaned_data, []
    for name in ("year", "state", "kind", "under"):
        value = told.get(name)
        rest = request.GET.copy()
        rest.pop(name, None)
        if not value:
            if name in ("state", "kind"):
                made.append(Chip(form.fields[name].label, field=form[name]))
            continue
        words: dict[Any, Any] = dict(getattr(form.fields[name], "choices", ()))
        top = Union.objects.filter(code=value).first() if name == "under" else None
        made.append(Chip(form.fields[name].label, top or words.get(value, value), clear=f"?{rest.urlencode()}"))
    return made


def surveys_table(rows: Sequence[Survey]) -> Table:
    """The surveys, each with its first numbers."""
    columns = [
        Column(_("Union"), at=1), Column(_("Statistical year"), at=3, nowrap=True), Column(_("Type"), soft=True, roomy=True), Column(_("Township"), soft=True),
        Column(_("Members"), num=True, at=4), Column(_("Employees"), num=True), Column(_("State"), at=2, nowrap=True),
    ]  # fmt: skip
    body = [
        [
            link(one.union.short_name, one.get_absolute_url()), str(one.year), one.union.get_kind_display(), one.township.short_name if one.township else "",
            one.values.get("301"), one.answers.get("601"), phase(one),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, body, label=_("Surveys of the year"), id="surveys")


def towns_table(towns: Iterable[surveys.Town], year: int) -> Table:
    """How far each township has come, by county; those with the most missing first."""
    columns = [
        Column(_("Township"), at=1), Column(_("Surveys"), num=True, at=3), Column(pgettext("a survey", "Confirmed"), num=True), Column(_("Missing"), num=True, at=2),
    ]  # fmt: skip
    rows: list[Row | Sequence[Any]] = []
    county: Union | None = None
    first = True
    for one in towns:
        if first or one.county != county:
            rows.append(Row([one.county.short_name if one.county else _("Directly under the city")], "group"))
        county, first = one.county, False
        at = one.union or one.county
        under = f"&under={at.code}" if at else ""
        there = f"{reverse('returns:surveys')}?year={year}{under}"
        name = one.union.short_name if one.union else _("under no township")
        rows.append([link(name, there), one.many, one.many - one.open, fig(one.open, f"{there}&state=OPEN") if one.open else 0])
    return Table(columns, rows, label=_("Surveys by township"), id="towns")


def opened(one: Survey, line: Any, now: int) -> Any:
    """A number with the way to its records; what was said has none."""
    return now if isinstance(line, Asking) else fig(now, queries.opens_at(one, line))


def lines_table(one: Survey) -> Table:
    """The lines with this year's number and last year's: what the records say, and what the union says."""
    columns = [
        Column(pgettext("a return", "Line"), at=5), Column(_("No."), soft=True), Column(_("Unit"), soft=True, nowrap=True), Column(str(one.year), num=True, at=2),
        Column(str(one.year - 1), num=True, at=3),
    ]  # fmt: skip
    rows: list[Row | Sequence[Any]] = []
    section, numbers = "", surveys.numbers(one)
    for line in every(GROUND):
        if line.section != section:
            section = line.section
            rows.append(Row([SECTIONS[section]], "group"))
        now = numbers.get(line.code)
        value = opened(one, line, now) if now is not None else pill("open", _("to be filled in"))
        rows.append(
            Row(
                [said.short(line), line.code, unit(line.unit), value, one.before.get(line.code)],
                depth=said.depth(line) if line.inside in numbers else 0,
            )
        )
    return Table(columns, rows, label=_("Lines of the survey"))


def type_904(kind: str) -> str:
    """The type as the cover has it."""
    return "1 单独基层工会" if kind in ONE_UNIT else "2 联合基层工会"


def cover(one: Survey) -> list[Pair]:
    """The cover of the table, by its fixed numbers."""
    division = one.union.division
    single = one.union.kind in ONE_UNIT
    return [
        Pair(_("901 Code"), one.union.code), Pair(_("902 Name"), one.union.name, url=one.union.get_absolute_url()), Pair(_("903 Division"), division.code if division else ""),
        Pair(_("904 Type"), _("1 union of one unit") if single else _("2 joint union")), Pair(_("As of"), day_words(one.as_of, year=True)),
    ]  # fmt: skip


def book(one: Survey) -> list[Sheet]:
    """The workbook of one survey: its cover and its lines, with the heads of the table, in Chinese."""
    division, numbers = one.union.division, surveys.numbers(one)
    head = [
        ["901", "基层工会统计编码", one.union.code], ["902", "名称", one.union.name], ["903", "所在地区划代码", division.code if division else ""],
        ["904", "组织类型", type_904(one.union.kind)], ["", "统计年度", f"{one.opens:%Y-%m-%d}至{one.as_of:%Y-%m-%d}"], ["", "状态", one.get_state_display()],
    ]  # fmt: skip
    lines = [[line.code, line.words("zh"), line.unit, numbers.get(line.code), one.before.get(line.code)] for line in every(GROUND)]
    columns = [Col("代码", 8), Col("指标", 40), Col("计量单位", 10), Col("本年", 14, "number"), Col("上年", 14, "number")]
    return [("封面", [Col("代码", 8), Col("项目", 28), Col("内容", 44)], head), ("基层工会调查表", columns, lines)]


def sheet(rows: QuerySet[Survey]) -> Sheet:
    """The list as the table goes up: one union a row, the cover's numbers and all lines across, read as it is written."""
    lines = every(GROUND)
    columns = [
        Col("901 统计编码", 14),
        Col("902 名称", 40),
        Col("903 区划代码", 14),
        Col("904 组织类型", 16),
        Col("统计年度", 10),
        Col("状态", 10),
    ]
    columns += [Col(f"{line.code} {line.words('zh')}", 14, "number") for line in lines]
    states = dict(Survey._meta.get_field("state").flatchoices)
    read = rows.values_list("union__code", "union__name", "union__division__code", "union__kind", "year", "state", "values", "answers")

    def told() -> Iterable[list[Any]]:
        for code, name, division, kind, year, state, values, answers in read.iterator(chunk_size=2000):
            numbers: Mapping[str, Any] = values | answers
            yield [code, name, division or "", type_904(kind), str(year), str(states[state]), *(numbers.get(line.code) for line in lines)]

    return "基层工会调查表", columns, told()


def elsewhere(one: AnnualReturn) -> Table | None:
    """The unions whose numbers go otherwise than they stand by organisation: counted here, or counted elsewhere."""
    arrived, left = moved(one.union, one.as_of)
    if not arrived and not left:
        return None
    named = Union.objects.select_related("parent").in_bulk(arrived | left)
    rows = []
    for pk in sorted(arrived | left, key=lambda pk: named[pk].name_py)[:50]:
        union, parent = named[pk], named[pk].parent
        where = _("counted here") if pk in arrived else _("counted elsewhere")
        rows.append([link(union.short_name, union.get_absolute_url()), parent.short_name if parent else "", where])
    return Table(
        [Column(_("Union"), at=1), Column(_("Stands under"), soft=True, at=3), Column(_("By statistics"), at=2)],
        rows,
        label=_("Unions that report elsewhere"),
    )


def beside(one: AnnualReturn, sums: Mapping[str, int]) -> Table | None:
    """The lines in which the confirmed surveys come to something else than the books: entered late, or of unions that were not asked."""
    rows = [
        [said.name(BY_CODE[code]), code, one.values[code], n, f"{n - one.values[code]:+,}".replace("-", "−")]
        for code, n in sums.items() if code in one.values and n != one.values[code]
    ]  # fmt: skip
    if not rows:
        return None
    columns = [
        Column(pgettext("a return", "Line"), at=1), Column(_("No."), soft=True), Column(_("By the books"), num=True), Column(_("By the surveys"), num=True, at=2),
        Column(_("Difference"), num=True, at=3),
    ]  # fmt: skip
    return Table(columns, rows, label=_("Beside what the grassroots unions have confirmed"))


def lacking_words(codes: Iterable[str]) -> str:
    """What nobody has answered yet, in words."""
    return said.listed(said.name(ASKED[code]) for code in codes)
