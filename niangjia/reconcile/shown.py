"""How comparisons and differences stand on pages: both sides beside each other, numbers covered but for what tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from niangjia.flow.models import Clock
from niangjia.kit.components import View, day_words, english, link, pill
from niangjia.kit.export import Sheet
from niangjia.kit.tables import Cell, Column, Table
from niangjia.kit.workbook import Col
from niangjia.members.api import fault_text
from niangjia.reconcile import rules
from niangjia.reconcile.enums import Cause, Kind, Of, Source, Stand, Turn
from niangjia.reconcile.models import Comparison, Decision, Difference
from niangjia.reconcile.queries import Ask, Counted
from niangjia.reconcile.words import label_of
from niangjia.unions.models import Union

ORDER = (Kind.FIELD, Kind.ONLY_OURS, Kind.ONLY_THEIRS, Kind.WRONG_PARENT, Kind.DUPLICATE, Kind.LATE, Kind.DEFINITION)


def title(one: Comparison) -> str:
    """With whom, as of when."""
    what = {
        (Of.MEMBERS, Source.PROVINCE): _("Members beside the province's, %(day)s"), (Of.UNIONS, Source.PROVINCE): _("Unions beside the province's, %(day)s"),
        (Of.MEMBERS, Source.OLD): _("Members beside the old list, %(day)s"), (Of.UNIONS, Source.OLD): _("Unions beside the old list, %(day)s"),
    }.get((Of(one.of), Source(one.source)), _("Totals told by return, %(day)s"))  # fmt: skip
    return what % {"day": day_words(one.as_of, year=True)}


def sentence(one: Comparison, left: int, by_rule: int) -> str:
    """Both totals, what agrees, and what is to be decided."""
    if one.state in ("READING", "FAILED", "DROPPED"):
        return one.said
    facts = {"ours": f"{one.ours:,}", "theirs": f"{one.rows:,}", "same": f"{one.same:,}", "left": f"{left:,}", "rule": f"{by_rule:,}"}
    said = _("We have %(ours)s, they have %(theirs)s; %(same)s agree in all.") % facts
    if one.state in ("OPEN", "CLOSED"):
        more = (
            _("%(left)s differences are to be decided, %(rule)s of them by a rule at once.")
            if by_rule
            else _("%(left)s differences are to be decided.")
        )
        said += (" " if english() else "") + (more % facts if left else _("Nothing is open."))
    return said


def comparisons_table(rows: Sequence[Comparison], clocks: Mapping[int, Clock]) -> Table:
    """The lists, with what is open and until when."""
    columns = [
        Column(_("List"), at=1), Column(_("Union"), at=3, soft=True), Column(_("As of"), at=6, nowrap=True), Column(_("Differences"), num=True, at=2),
        Column(_("State"), at=4), Column(_("Explain by"), nowrap=True, wide=True), Column(_("By"), wide=True, soft=True),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                link(f"{one.get_of_display()}　{one.get_source_display()}", one.get_absolute_url()), one.union.short_name, one.as_of,
                one.differ if one.of != Of.TOTALS else None, pill(one.phase, one.get_state_display()), clocks[one.pk].due_at.date() if one.pk in clocks else None, one.by.name,
            ]
            for one in rows
        ],
        label=_("Comparisons"),
    )  # fmt: skip


def of(counts: Iterable[Counted], *, kind: str = "", field: str | None = None, states: Sequence[str] = (Stand.OPEN,)) -> int:
    """How many of a list's differences are so."""
    return sum(one.n for one in counts if one.state in states and (not kind or one.kind == kind) and (field is None or one.field == field))


def views(one: Comparison, counts: Sequence[Counted], ask: Ask) -> list[View]:
    """The kinds with their open numbers, and what is decided."""
    made = [
        View(kind.label, f"?kind={kind}", n, here=ask.kind == kind and not ask.state)
        for kind in ORDER
        if (n := of(counts, kind=kind)) or ask.kind == kind
    ]
    decided = of(counts, states=("OURS", "THEIRS", "BOTH"))
    return [
        View(_("All open"), one.get_absolute_url(), of(counts), here=not ask.kind and not ask.state),
        *made,
        View(pgettext("difference", "Decided"), "?state=DECIDED", decided, here=ask.state == "DECIDED"),
    ]


def rule_words(rule: rules.Ruling) -> str:
    """What a rule says."""
    return {
        "phone-ours-empty": _("Where ours is empty, take theirs"),
        "phone-theirs-empty": _("Where theirs is empty, send ours up"),
        "joined-theirs-empty": _("Where theirs is empty, send ours up"),
        "joined-ours-earlier": _("The earlier day holds: send ours up"),
        "late-after": _("Explained: with us from a later day than the list's"),
        "late-before": _("Explained: with us until a later day than the list's"),
        "retained": _("Explained: retained memberships are not counted by us"),
        "second": _("Explained: second memberships are not counted by us"),
        "dispatch": _("Explained: they do not count dispatched workers"),
        "new-form": _("Explained: they do not count new forms of employment"),
        "dormant": _("Explained: dormant unions are not counted on both sides"),
        "new": _("Joined lately: send ours up"),
        "left": _("Left with us: send up that they left"),
        "unknown": _("Make a roster of them, to be checked"),
        "twice": _("One of the two rows is theirs to strike: send ours up"),
    }[rule.code]


def way_words(way: str) -> str:
    """The word on the button of a decision."""
    return {Stand.OURS: _("Ours holds"), Stand.THEIRS: _("Take theirs"), Stand.BOTH: _("Both stand")}[Stand(way)]


def way_said(rule: rules.Ruling) -> str:
    """What a rule does with what it decides."""
    if rule.way == rules.THEIRS and rule.kind == Kind.ONLY_THEIRS:
        return _("A roster is made of their rows and read through; nobody is entered before an office has looked at it and taken it over.")
    return {
        rules.OURS: _("Our record stays as it is, and goes up with the next file."),
        rules.THEIRS: _("What they have is written into our record, in your name; what was before is kept, and can be brought back."),
        rules.BOTH: _(
            "Nothing is changed on either side: the difference is explained, and is not asked again as long as both say the same."
        ),
    }[rule.way]


def rules_table(one: Comparison, counts: Sequence[Counted], can: Mapping[str, int], kind: str) -> Table | None:
    """Field by field, or cause by cause: how many differ, which rule fits, how many it decides."""
    rows: list[Any] = []
    groups: dict[tuple[str, str], int] = {}
    for c in counts:
        if c.state == Stand.OPEN and (not kind or c.kind == kind):
            groups[c.kind, c.field] = groups.get((c.kind, c.field), 0) + c.n
    for (k, field), n in sorted(groups.items(), key=lambda g: (ORDER.index(Kind(g[0][0])), -g[1])):
        label = label_of(field, one.of) if field else Kind(k).label
        here = f"{one.get_absolute_url()}?kind={k}" + (f"&field={field}" if field else "")
        fits = [rule for rule in rules.RULINGS if rule.kind == k and rule.field == field and rule.code in can]
        for i, rule in enumerate(fits):
            go = format_html(
                '<a class="btn btn-sm" href="{}">{}</a>',
                reverse("reconcile:rule", args=[one.uuid, rule.code]),
                _("Look at %(n)s") % {"n": f"{can[rule.code]:,}"},
            )
            rows.append([label if not i else "", link(f"{n:,}", here) if not i else "", rule_words(rule), can[rule.code], go])
        if not fits:
            rows.append([label, link(f"{n:,}", here), Cell(_("no rule: one by one"), "faint"), 0, link(_("One by one"), here)])
    if not rows:
        return None
    columns = [
        Column(_("Field or kind"), at=5),
        Column(_("Differ"), num=True, at=2),
        Column(_("Rule"), at=3, soft=True),
        Column(_("Decides"), num=True),
        Column("", at=4),
    ]
    return Table(
        columns,
        rows,
        foot=[_("Sum"), sum(groups.values()), "", sum(n for code, n in can.items() if not kind or rules.BY_CODE[code].kind == kind), ""],
        bare=True,
        dense=False,
        label=_("By rule"),
    )


# ---------- beside the list ----------


def causes_table(one: Comparison, counts: Sequence[Counted], kind: str) -> Table | None:
    """Why records stand on one side only; those that nobody can explain are last and bold."""
    found: dict[str, int] = {}
    for c in counts:
        if c.kind == kind and c.state == Stand.OPEN:
            found[c.cause] = found.get(c.cause, 0) + c.n
    rows = [
        [
            str(Cause(cause).label) if cause else format_html("<b>{}</b>", _("cannot say: to be looked at")),
            link(f"{n:,}", f"{one.get_absolute_url()}?kind={kind}&cause={cause or 'NONE'}"),
        ]
        for cause, n in sorted(found.items(), key=lambda item: (not item[0], -item[1]))
    ]
    return (
        Table([Column(_("Cause")), Column(_("Records"), num=True)], rows, bare=True, listed=False, label=Kind(kind).label) if rows else None
    )


def months_table(line: Sequence[Comparison]) -> Table:
    """The line through the months: what was open when each list had been laid."""
    columns = [Column(_("List of")), Column(pgettext("difference", "Open"), num=True)]
    rows = [[link(day_words(one.as_of, year=True), one.get_absolute_url()), one.open_then] for one in line]
    return Table(columns, rows, bare=True, listed=False, label=_("Fewer each time"), id="months")


def places_table(one: Comparison, rows: Sequence[Mapping[str, Any]]) -> Table | None:
    """Open and explained by county or township."""
    made = [
        [
            link(row["name"], f"{one.get_absolute_url()}?under={row['code']}") if row["code"] else _("not told where"),
            row["open"],
            row["decided"],
        ]
        for row in rows
    ]
    return (
        Table(
            [Column(_("Where")), Column(pgettext("difference", "Open"), num=True), Column(pgettext("difference", "Decided"), num=True)],
            made,
            bare=True,
            listed=False,
            label=_("By place"),
        )
        if made
        else None
    )


@dataclass(frozen=True)
class Done:
    """A decision with what it did, and whether it can be taken back."""

    what: str
    note: str
    url: str
    back: str


def decisions(one: Comparison, rows: Sequence[Decision], *, may: bool) -> list[Done]:
    """What was decided, the last first."""
    made = []
    for d in rows:
        rule = rules.BY_CODE.get(d.rule)
        what = rule_words(rule) if rule else str(Stand(d.way).label)
        many = ngettext("%(n)s difference", "%(n)s differences", d.done) % {"n": f"{d.done:,}"}
        said = [
            d.by.name,
            day_words(d.at),
            many,
            *([_("%(n)d left open") % {"n": d.left}] if d.left else []),
            *([str(Turn(d.turn).label)] if d.turn != Turn.DONE else []),
        ]
        back = reverse("reconcile:back", args=[one.uuid, d.uuid]) if may and d.turn == Turn.DONE else ""
        made.append(Done(what, _(", ").join(said), d.batch.get_absolute_url() if d.batch else "", back))
    return made


def bad_table(one: Comparison) -> Table:
    """Rows of which nobody could say who is meant."""
    words = {"union-unknown": _("No such union in reach"), "no-number": _("A total is no number")}
    columns = [
        Column(_("Sheet"), wide=True),
        Column(_("Row"), num=True, at=2),
        Column(_("Name"), at=1, row_head=True),
        Column(_("What is wrong"), at=3),
    ]
    rows = [
        [said["sheet"], said["row"], said["name"], words.get(said["code"]) or fault_text(said["code"])] for said in one.found.get("bad", [])
    ]
    return Table(columns, rows, label=_("Rows that could not be laid"))


def crumbs(one: Comparison, here: Any = "") -> list[tuple[Any, str]]:
    """Where a page stands."""
    first = [(_("Reconciliation"), reverse("reconcile:list"))]
    return [*first, (str(one), one.get_absolute_url()), (here, "")] if here else [*first, (str(one), "")]


def narrowed(said: Mapping[str, str]) -> Ask:
    """The filters of a list of differences, words that say nothing passed over."""
    return Ask(*(said.get(name, "") or "" for name in ("kind", "field", "cause", "state", "under", "row")))


# The heads of the registration table of unions (forms reference, §3 and §4), as far as the register knows what stands under them; nobody stands in it.
UPWARD = (
    ("变动", 10), ("工会名称", 36), ("工会统一社会信用代码", 22), ("工会编码", 16), ("基层工会类型", 20), ("上级工会", 30), ("建会日期", 12), ("批准文号", 20),
    ("本届起始日期", 14), ("本届届满日期", 14), ("法人资格证书号", 20), ("单位名称", 36), ("单位统一社会信用代码", 22), ("国民经济行业分类", 24), ("单位类别", 18), ("单位地址", 36), ("职工人数", 10),
)  # fmt: skip
TURNED = {"ONLY_OURS": "新增", "ONLY_THEIRS": "撤销"}


def upward(those: Iterable[Difference]) -> Sheet:
    """What goes up of a list of unions: each with all that their table asks and we hold."""

    def line(change: str, one: Union) -> tuple[Any, ...]:
        unit = one.employer
        with override("zh-hans"):  # the table is theirs, whatever language the page speaks
            kind, industry, category = (
                one.get_kind_display(),
                unit.get_industry_display() if unit else "",
                unit.get_category_display() if unit else "",
            )
        return (
            change, one.name, one.uscc, one.code, f"{one.kind} {kind}", one.parent.name if one.parent else "", one.founded_on, one.approval_no, one.term_start, one.term_end,
            one.certificate_no, *((unit.name, unit.uscc, f"{unit.industry} {industry}", f"{unit.category} {category}", unit.address, unit.employees) if unit else ("",) * 6),
        )  # fmt: skip

    lines = (line(TURNED.get(d.kind, "更正"), d.subject) for d in those if d.subject is not None)
    return _("To be sent up"), [Col(head, width) for head, width in UPWARD], lines
