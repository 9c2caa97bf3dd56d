"""How claims, what came of them, and tables of workers stand on pages."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kit import mask
from niangjia.kit.components import Act, Pair, Paper, clauses, day_words, fig, in_a_row, link, shown_number
from niangjia.kit.components import mask as covered_span
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.members.api import covered
from niangjia.rights.enums import Cause, LineOutcome, SheetState
from niangjia.rights.models import Claimant, Dispute, Sheet, SheetRow
from niangjia.rights.queries import Account, Sums, Worker, opened
from niangjia.rights.sheets import Cells, sentence
from niangjia.rights.shown.common import address, money


def first_line(dispute: Dispute, worker: Claimant) -> list[Any]:
    """What a worker without lines claims, as its one line."""
    if not worker.claimed:
        return []
    return [SimpleNamespace(kind=dispute.cause, claimed=worker.claimed, months="", basis="")]


def money_table(sums: Sums, account: Account, *, open_: bool) -> Table:
    """Claimed, agreed and recovered, kind by kind; what was agreed and not paid is not recovered."""
    columns = [
        Column(_("Claim")), Column(_("Basis of the claim"), soft=True, wide=True), Column(_("Claimed"), unit=_("yuan"), num=True), Column(_("Sum agreed"), unit=_("yuan"), num=True),
        Column(_("Recovered"), unit=_("yuan"), num=True),
    ]  # fmt: skip
    labels = dict(Cause.choices)
    rows: list[Any] = []
    for one in account.kinds:
        who = ngettext("%(n)d worker", "%(n)d workers", one.workers) % {"n": one.workers}
        label = format_html('{}<span class="n-soft"> {}</span>', labels.get(one.kind, ""), who if len(account.kinds) > 1 else "")
        rows.append([label, one.basis, money(one.claimed), money(one.agreed), money(one.received)])
    if account.loose or not rows:
        rows.append([_("For all together"), "", money(account.loose if rows else sums.claimed), Cell("", "faint"), Cell("", "faint")])
    if account.undivided:
        rows.append([_("Not divided among workers yet"), "", "", "", money(account.undivided)])
    shown = fig(sums.received, address("worklog:figure", "rights.recovered")) if open_ else shown_number(sums.received)
    foot = [_("Sum"), "", money(sums.claimed), money(sums.agreed), shown]
    return Table(columns, rows, foot=foot, bare=True, dense=False, label=_("Money"), stack=True)


def claimants_table(dispute: Dispute, rows: Sequence[Claimant], account: Account, *, open_: bool, may: bool, reveal: Any) -> Table:
    """The workers: covered for all, openable one at a time by those who may; with what each claims, agreed to and got."""
    settled = dispute.agreed_on is not None  # a phone has room for one sum: what is claimed, and once they agreed what came
    columns = [
        Column(_("Name of the worker"), at=1, nowrap=True), Column(_("Identity number"), at=3, nowrap=True, roomy=True), Column(_("Mobile"), at=6, nowrap=True, roomy=True),
        Column(_("Claims"), unit=_("yuan"), num=True, at=0 if settled else 2), Column(_("Sum agreed"), unit=_("yuan"), num=True),
        Column(_("Got"), unit=_("yuan"), num=True, at=2 if settled else 0),
        Column("", at=4, nowrap=True),
    ]  # fmt: skip
    lines = []
    outcomes = dict(LineOutcome.choices)
    for one in rows:
        said = account.workers.get(one.pk, Worker(one.claimed))
        role = [_("speaks for the others")] if one.leads else []
        role += [str(outcomes[said.outcome])] if said.outcome and said.outcome != LineOutcome.AGREED else []
        gone = said.outcome in (LineOutcome.WITHDRAWN, LineOutcome.DROPPED)
        got = format_html('<span class="n-only">{} </span>{}', _("Got"), shown_number(said.received)) if settled else said.received
        sums = [said.claimed, money(said.agreed) if said.agreed is not None else "", got]
        if not open_:
            lines.append(Row([covered_span(mask.name(one.person.name)), "", "", *sums, in_a_row(role)], "gone" if gone else ""))
            continue
        known = covered(one.person)
        tail = (
            format_html(
                '{}<span class="n-gap"></span>{}', link(_("Claims"), reverse("rights:claim_lines", args=[dispute.uuid, one.person.uuid])),
                link(_("Change"), reverse("rights:claimant", args=[dispute.uuid, one.person.uuid])),
            ) if may else ""
        )  # fmt: skip
        lines.append(
            Row(
                [
                    known.name, covered_span(known.number, reveal(dispute, one, "id")), covered_span(known.phone, reveal(dispute, one, "phone")) if known.phone else "",
                    *sums, format_html('{}<span class="n-gap"></span>{}', in_a_row(role), tail) if role and tail else tail or in_a_row(role),
                ],
                "gone" if gone else "",
            )
        )  # fmt: skip
    return Table(columns, lines, bare=True, label=_("Workers"))


# ---------- tables of workers ----------


def columns_words() -> dict[str, Any]:
    """The columns of a table by their fields."""
    return {"name": _("Name of the worker"), "id": _("Identity number"), "phone": _("Mobile"), "months": _("For which months")}


def column_word(code: str) -> str:
    """How a column is called to the reader."""
    if code.startswith("sum:"):
        return str(dict(Cause.choices).get(code.removeprefix("sum:"), _("Amount")))
    return str(columns_words().get(code, code))


def sheets_papers(dispute: Dispute) -> list[Paper]:
    """The tables that were sent before."""
    return [
        Paper(one.name, in_a_row((one.get_state_display(), day_words(one.at))), reverse("rights:sheet", args=[dispute.uuid, one.uuid]))
        for one in dispute.sheets.order_by("-at")[:20]
    ]


def sheet_sentence(one: Sheet, good: int, bad: int) -> str:
    """How a table stands."""
    if one.state == SheetState.READ:
        said = _("Right rows: %(good)d; wrong ones: %(bad)d. Nobody is named before you take them.") % {"good": good, "bad": bad}
        return said + (" " + _("%(n)d workers are named already.") % {"n": one.taken} if one.taken else "")
    return _("%(state)s; %(n)d workers were named by it.") % {"state": one.get_state_display(), "n": one.taken}


def sheet_acts(one: Sheet, good: int, bad: int, *, open_: bool) -> list[Act]:
    """What may be done with a table."""
    acts = []
    if open_ and good and not bad:
        acts.append(Act(_("Name these workers"), post=True, primary=True, name="verb", value="whole"))
    elif open_ and good:
        acts.append(Act(_("Take the good rows"), post=True, primary=True, name="verb", value="take"))
    if open_:
        acts.append(Act(_("Put the table aside"), post=True, name="verb", value="drop"))
    if one.taken and one.state in (SheetState.READ, SheetState.TAKEN):
        acts.append(Act(_("Undo"), post=True, danger=True, name="verb", value="undo"))
    return acts


def sheet_done(one: Sheet) -> str:
    """What a step did, for the toast."""
    return {
        SheetState.UNDONE: _("The workers of this table stand in the dispute no more."),
        SheetState.DROPPED: _("The table is put aside; nobody was named."),
    }.get(SheetState(one.state), _("%(n)d workers are named.") % {"n": one.taken})


def faults_of(one: Cells) -> list[Paper]:
    """What is wrong with a row, column by column."""
    return [Paper(column_word(column), sentence(code), missing=True) for column, code in one.faults]


def wrong_rows(one: Sheet, rows: Sequence[SheetRow], *, open_: bool) -> Table:
    """The rows that are wrong: the bad cells in red, numbers covered, the reasons beside them."""
    columns = [
        Column(_("Row"), num=True, at=3), Column(_("Name of the worker"), at=1, row_head=True), Column(_("Identity number"), at=5, nowrap=True), Column(_("Amounts"), num=True, at=2),
        Column(_("What is wrong"), text=True, at=6), Column("", at=4),
    ]  # fmt: skip
    lines = []
    for line, said in zip(rows, opened(rows), strict=True):
        bad = {column for column, _code in said.faults}
        reasons = clauses(
            _("%(column)s: %(fault)s") % {"column": column_word(column), "fault": sentence(code)} for column, code in said.faults
        )
        sums = in_a_row(said.amounts.values())
        url = reverse("rights:sheet_row", args=[one.dispute.uuid, one.uuid, line.pk])
        lines.append([
            Cell(str(line.row)), Cell(mask.name(said.name) or _("left empty"), "late" if "name" in bad else ""), Cell(_masked(said.id), "late" if "id" in bad else ""),
            Cell(sums, "late" if any(column.startswith("sum:") for column in bad) else ""), reasons, link(_("Mend"), url) if open_ else "",
        ])  # fmt: skip
    return Table(columns, lines, label=_("Rows that are wrong"), id="wrong")


KEPT = 4  # characters of a number that are shown at either end


def _masked(number: str) -> str:
    """A number that may be no number: its ends, and how long it is."""
    if not number:
        return str(_("left empty"))
    return f"{number[:KEPT]}****{number[-KEPT:]}" if len(number) > 2 * KEPT else number[:1] + "****"


def sheet_columns(one: Sheet) -> list[Pair]:
    """Which column was read as what."""
    return [Pair(column_word(code), head) for code, head in one.columns.items() if head]
