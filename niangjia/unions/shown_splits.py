"""How splits stand on pages: the list, the parts with their units and officers, what speaks against it, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.files.api import papers
from niangjia.flow.models import Clock
from niangjia.kit.components import Act, Pair, Paper, link, pill
from niangjia.kit.export import Sheet
from niangjia.kit.flow import FLOWS, Step
from niangjia.kit.tables import Column, Table
from niangjia.kit.workbook import Col
from niangjia.unions.enums_life import Splitting
from niangjia.unions.models import Split, Union
from niangjia.unions.papers import ready
from niangjia.unions.rules.splits import Remark
from niangjia.unions.shown_elections import clock_cell
from niangjia.unions.splits import Plan, of_union, sentence

LINE = ["DRAFT", "SENT", "APPROVED", "SETTLED"]
FEW = 30  # units of a part that its table names


def views() -> list[tuple[str, Any]]:
    """The saved questions over the list."""
    return [
        ("", _("All")), ("mine", _("Waits for me")), ("open", _("Under way")), ("settling", pgettext("splits", "To be settled")), ("late", _("Late")),
        ("gone", _("Refused or given up")),
    ]  # fmt: skip


def phase(one: Split) -> Any:
    """Its state as a pill."""
    return pill(FLOWS["unions.split"].phases[one.state], dict(Splitting.choices)[one.state])


def title(one: Split) -> str:
    """Which union is split."""
    return _("Split of %(union)s") % {"union": one.union.short_name}


def into(one: Split) -> str:
    """The new unions, for lists."""
    names = [part.short_name for part in one.parts.all()]
    return pgettext("between names", ", ").join(names[:3]) + (" …" if len(names) > 3 else "")


def table(rows: Sequence[Split], clocks: dict[int, Clock]) -> Table:
    """The list."""
    columns = [
        Column(_("Union"), at=1), Column(_("New unions"), at=5), Column(_("Decided by"), soft=True, wide=True), Column(_("Clock"), nowrap=True, at=6),
        Column(_("Its number"), soft=True, nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                link(one.union.short_name, one.get_absolute_url()), into(one) or pgettext("a split", "none yet"), one.above.short_name, clock_cell(clocks.get(one.pk)), one.reference, phase(one),
            ]
            for one in rows
        ],
        label=_("Splits of unions"), id="splits",
    )  # fmt: skip


def sheet(rows: Any) -> Sheet:
    """Splits as a workbook, each with all its parts; who goes where is left out."""
    columns = [
        Col(_("Its number"), 18), Col(_("State"), 16), Col(_("Union"), 36), Col(_("Code"), 14), Col(_("What becomes of the union"), 20), Col(_("New unions"), 60),
        Col(pgettext("a split", "Decided on"), 12), Col(_("Number of the approval"), 20), Col(_("Approved on"), 12), Col(_("Settled on"), 12),
    ]  # fmt: skip
    lines = (
        (
            one.reference, str(one.get_state_display()), one.union.name, one.union.code, _("ends") if one.ends else _("goes on"),
            "、".join(part.name for part in one.parts.all()), one.decided_on, one.approval_no, one.approved_on, one.settled_on,
        )
        for one in rows.iterator(chunk_size=500)
    )  # fmt: skip
    return _("Splits of unions"), columns, lines


def words(one: Split) -> str:
    """Where it stands, in a sentence."""
    said = {"above": one.above.short_name, "no": one.approval_no, "day": one.approved_on, "by": one.settle_by}
    those = {
        Splitting.DRAFT: _("Write into which unions, and who goes where; then send it up."),
        Splitting.SENT: _("%(above)s decides. Until then the union can take it back."),
        Splitting.APPROVED: _("Approved by %(no)s; the new unions stand from %(day)s. Funds and property are shared out until %(by)s."),
        Splitting.SETTLED: _("Approved by %(no)s; the new unions stand from %(day)s, and all is shared out."),
        Splitting.REFUSED: _("Nothing came of it; the reason stands in the story."),
        Splitting.WITHDRAWN: _("Nothing came of it; the reason stands in the story."),
    }
    return str(those[Splitting(one.state)]) % said


def remarks(those: Sequence[Remark]) -> list[tuple[bool, str]]:
    """What speaks against it: whether it keeps it from being sent, and the sentence."""
    return [(one.hard, sentence(one)) for one in those]


def pairs(one: Split) -> list[Pair]:
    """What was said and decided."""
    votes = _("%(ayes)s of %(entitled)s agreed, %(present)s came") % {"ayes": one.ayes, "entitled": one.entitled, "present": one.present}
    return [
        Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()),
        Pair(_("What becomes of the union"), _("ends") if one.ends else _("goes on")),
        Pair(_("Why it is split"), one.why),
        Pair(_("Who decided"), one.get_organ_display() if one.organ else _("not decided yet"), faint=not one.organ),
        *(
            [
                Pair(pgettext("a split", "Decided on"), one.decided_on),
                Pair(pgettext("a split", "Minutes"), one.decision_no),
                Pair(_("Votes"), votes),
            ]
            if one.decided_on
            else []
        ),
        Pair(_("How funds, property and debts are shared out"), one.assets or _("not written yet"), faint=not one.assets),
        Pair(_("Decided above by"), one.above.short_name, url=one.above.get_absolute_url()),
        *([Pair(_("Number of the approval"), one.approval_no), Pair(_("In force from"), one.approved_on)] if one.approved_on else []),
        *([Pair(_("What went to which union"), one.settlement), Pair(_("Settled on"), one.settled_on)] if one.settled_on else []),
        *([Pair(_("Account closed on"), one.account_closed_on)] if one.account_closed_on else []),
        *([Pair(_("Legal person cancelled on"), one.cancelled_on)] if one.cancelled_on else []),
    ]


def parts(plan: Plan, *, editing: bool) -> list[tuple[Any, Table]]:
    """Each new union with its units and officers; on a draft each can be taken off."""
    made = []
    for part in plan.parts:
        columns = [Column(_("What goes to it"), at=1), Column(_("As"), soft=True, at=3), *([Column("", at=2)] if editing else [])]
        rows: list[list[Any]] = []
        for unit in part.going[:FEW]:
            off = _off("split_unit", plan.of, unit.employer.uscc) if editing else ""
            rows.append([unit.employer.name, _("unit"), *([off] if editing else [])])
        if (more := len(part.going) - FEW) > 0:
            rows.append([_("and %(n)s more units") % {"n": more}, _("unit"), *([""] if editing else [])])
        for going in part.leaving:
            off = _off("split_office", plan.of, going.office.uuid) if editing else ""
            rows.append([going.office.name, going.office.post, *([off] if editing else [])])
        head: Any = link(part.name, part.union.get_absolute_url()) if part.union else part.name
        kind = format_html('{} <span class="n-faint">{}</span>', head, part.get_kind_display())
        if editing:
            kind = format_html("{} {}", kind, _off("split_part", plan.of, part.uuid))
        made.append((kind, Table(columns, rows, label=part.short_name, id=f"part-{part.pk}", bare=True)))
    return made


def _off(name: str, one: Split, key: Any) -> Any:
    url = reverse(f"unions:{name}", args=[one.uuid, key])
    return format_html('<button class="btn btn-link btn-sm" type="submit" form="parts" formaction="{}">{}</button>', url, _("Take off"))


def acts(one: Split, steps: Sequence[Step], against: Sequence[Remark], held: str) -> list[Any]:
    """What may be done now; what is missing keeps it from being sent, and says so."""
    made: list[Any] = []
    why = held or (sentence(against[0]) if against and against[0].hard else "")
    for step in steps:
        if step.page:
            made.append(Act(step.label, f"{reverse('unions:split_step', args=[one.uuid])}{step.verb}/", primary=not made))
        elif step.verb == "send":
            made.append(Act(step.label, post=True, primary=True, name="verb", value="send", why=why))
        else:
            made.append(step)
    return made


def filed(one: Split) -> list[Paper]:
    """The papers that lie on it."""
    return [Paper(row.name, row.purpose, row.get_absolute_url()) for row in papers(one)]


def drawable(one: Split) -> list[tuple[Any, str]]:
    """The papers that can be drawn up now, each with its address."""
    return [(label, reverse("unions:split_draw", args=[one.uuid, code])) for code, label in ready(one)]


def done(one: Split) -> str:
    """What was done, in a sentence."""
    those = {
        Splitting.SENT: _("Sent up. %(above)s decides; until then it can be taken back."),
        Splitting.DRAFT: _("It is a draft again."),
        Splitting.REFUSED: _("Not agreed to; the union is told why."),
        Splitting.WITHDRAWN: _("Given up."),
    }
    return str(those.get(Splitting(one.state), one.reference)) % {"above": one.above.short_name}


def of(union: Union) -> list[Paper]:
    """The splits of a union, and that of which it came, for its page."""
    return [Paper(one.reference, f"{title(one)} {dict(Splitting.choices)[one.state]}", one.get_absolute_url()) for one in of_union(union)]
