"""What the pages of returns show: the table with its changes and remarks, the checks, the signatures, the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import Pair, Signature, day_words, fig, link, pill, shown_number
from niangjia.kit.dates import day_of
from niangjia.kit.export import Sheet
from niangjia.kit.flow import FLOWS
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.kit.workbook import Col
from niangjia.returns import queries, rules, said
from niangjia.returns.asked import Asking
from niangjia.returns.enums import JOINTLY, Role
from niangjia.returns.figures import ABSENT, BY_CODE, CHECKS, NAMED, SECTIONS, every
from niangjia.returns.models import AnnualReturn
from niangjia.worklog.api import day_of_posting


def unit(word: str) -> Any:
    """A unit in the reader's language."""
    return {
        "家": _("unions or units"),
        "个": pgettext("unit of a return", "in number"),
        "人": _("people"),
        "人次": pgettext("unit of a return", "times"),
        "次": pgettext("unit of a return", "times"),
    }.get(word, word)


def phase(one: AnnualReturn) -> SafeString:
    """Its state as a pill."""
    return pill(FLOWS["returns.annualreturn"].phases[one.state], one.get_state_display())


def title(one: AnnualReturn) -> str:
    """What it is called."""
    return _("%(union)s: annual return %(year)d") % {"union": one.union.short_name, "year": one.year}


def crumbs(one: AnnualReturn, last: Any = "") -> list[tuple[Any, str]]:
    """Where it stands."""
    at = [(_("Annual return"), reverse("returns:list")), (str(one), one.get_absolute_url() if last else "")]
    return [*at, (last, "")] if last else at


def returns_table(rows: Sequence[AnnualReturn]) -> Table:
    """The returns of the house."""
    columns = [
        Column(_("Union"), at=1), Column(_("Statistical year"), at=3, nowrap=True), Column(_("As of"), soft=True, nowrap=True), Column(_("No."), soft=True, nowrap=True),
        Column(_("Grassroots unions"), num=True), Column(_("Members"), num=True, at=4), Column(_("State"), at=2, nowrap=True),
    ]  # fmt: skip
    body = [
        [
            link(one.union.short_name, one.get_absolute_url()), str(one.year), one.as_of, one.reference,
            one.values.get("101"), one.values.get("301"), phase(one),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, body, label=_("Annual return"))


def sentence(one: AnnualReturn) -> str:
    """As of when, and as known when: the day of the posting, which is earlier where the books slept, and later where it was counted anew."""
    known = day_of_posting(one.posting)
    facts = {
        "day": day_words(one.as_of, year=True),
        "first": day_words(one.opens, year=True),
        "known": day_words(known, year=True) if known else "–",
    }
    return _("As of %(day)s, by the books as known on %(known)s; what happened in the year is counted from %(first)s.") % facts


def _change(now: int, before: int | None) -> Any:
    if before is None or now == before:
        return "" if before is None else shown_number(0)
    share = f" ({(now - before) / before:+.1%})".replace("-", "−") if before and abs(now - before) * 1000 >= before else ""
    return f"{now - before:+,}".replace("-", "−") + share


def lines_table(one: AnnualReturn, remarks: Mapping[str, Any], judged: queries.Judged, *, may: bool) -> Table:
    """The lines with this year's number, last year's, the change and its remark; every number opens."""
    columns = [
        Column(pgettext("a return", "Line"), at=5), Column(_("No."), soft=True), Column(_("Unit"), soft=True, nowrap=True), Column(str(one.year), num=True, at=2),
        Column(str(one.year - 1), num=True), Column(_("Change on last year"), num=True, at=4), Column(_("Remark"), text=True, at=3),
    ]  # fmt: skip
    rows: list[Row | Sequence[Any]] = []
    section = ""
    for line in every(one.union.level):
        if line.code not in one.values:
            continue
        if line.section != section:
            section = line.section
            rows.append(Row([SECTIONS[section]], "group"))
        now, before = one.values[line.code], one.before.get(line.code)
        far = before is not None and rules.large(now, before, judged.share, judged.least)
        remark = remarks.get(line.code)
        words: Any = remark.text if remark else ""
        if may:
            words = link(words or (_("Explain") if far else _("Remark")), reverse("returns:line", args=[one.uuid, line.code]))
        change = _change(now, before)
        rows.append(
            Row(
                [
                    said.short(line), line.code, unit(line.unit), opened(one, line, now), before,
                    Cell(change, "late" if not remark else "") if far else change, words,
                ],
                depth=said.depth(line),
            )
        )  # fmt: skip
    return Table(columns, rows, label=_("Lines of the return"))


def opened(one: AnnualReturn, line: Any, now: int) -> Any:
    """A number with the way to what it counts: the records in the books, or the surveys in which it was said."""
    if isinstance(line, Asking):
        return fig(now, f"{reverse('returns:surveys')}?year={one.year}&under={one.union.code}&state=CONFIRMED")
    if line.kinds:
        return fig(now, f"{reverse('returns:surveys')}?year={one.year}&under={one.union.code}&kind={JOINTLY}")
    return fig(now, queries.opens_at(one, line))


def absent_table() -> Table:
    """What the table asks and no book counts yet."""
    return Table(
        [Column(_("Asked"), at=1), Column(_("Why it stays empty"), text=True, at=3)], [list(one) for one in ABSENT], label=_("Not filled")
    )


def faults(one: AnnualReturn, found: queries.Judged) -> list[tuple[str, str, str]]:
    """Each check that does not hold: its sentence, and the way to the records of its parts."""
    firsts = [(each, each.check.parts[0]) for each in found.broken]
    return [
        (said.fault(each), queries.opens_at(one, BY_CODE[part]) if part in BY_CODE else "", said.name(NAMED[part])) for each, part in firsts
    ]


def checks_said(one: AnnualReturn, found: queries.Judged) -> str:
    """How many checks were asked and hold."""
    asked = sum(check.whole in one.values for check in CHECKS)
    return _("%(hold)d of %(all)d checks hold") % {"hold": asked - len(found.broken), "all": asked}


def cover(one: AnnualReturn) -> list[Pair]:
    """The cover of the table, by its fixed numbers."""
    division = one.union.division
    return [
        Pair(_("901 Code"), one.union.code), Pair(_("902 Name"), one.union.name), Pair(_("903 Division"), division.code if division else ""),
        Pair(_("904 Type"), one.union.get_kind_display()), Pair(_("Compared with"), _compared(one), url=one.compared.get_absolute_url() if one.compared else ""),
    ]  # fmt: skip


def _compared(one: AnnualReturn) -> str:
    return str(one.compared) if one.compared else _("last year by the books")


def signs(one: AnnualReturn, signed: Mapping[str, Any]) -> list[Signature]:
    """Both signatures, or their blanks."""
    rows = []
    for role in Role:
        found = signed.get(role.value)
        mark = one.root[:12] if role == Role.LEADER and found else ""
        rows.append(Signature(role.label, found.by.name if found else "", day_words(day_of(found.at), year=True) if found else "", mark))
    return rows


def book(one: AnnualReturn, remarks: Mapping[str, Any], signed: Mapping[str, Any]) -> list[Sheet]:
    """The workbook that goes up: its cover, the lines, and what no book counts yet. Its heads are those of the table, in Chinese."""
    first = [Col("代码", 8), Col("项目", 28), Col("内容", 44)]
    division = one.union.division
    people = [signed[role.value].by.name if role.value in signed else "" for role in Role]
    head = [
        ["901", "工会统计编码", one.union.code], ["902", "工会名称", one.union.name], ["903", "所在地区划代码", division.code if division else ""],
        ["904", "组织类型", "基层以上工会"], ["", "统计年度", f"{one.opens:%Y-%m-%d}至{one.as_of:%Y-%m-%d}"], ["", "填表人", people[0]], ["", "单位负责人", people[1]],
    ]  # fmt: skip
    columns = [
        Col("代码", 8),
        Col("指标", 40),
        Col("计量单位", 10),
        Col("本年", 14, "number"),
        Col("上年", 14, "number"),
        Col("说明", 60, "wrap"),
    ]
    rows = [
        [line.code, line.words("zh"), line.unit, one.values[line.code], one.before.get(line.code), remarks[line.code].text if line.code in remarks else ""]
        for line in every(one.union.level) if line.code in one.values
    ]  # fmt: skip
    return [("封面", first, head), ("组织部分", columns, rows)]
