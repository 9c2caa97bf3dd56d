"""How cases of legal aid stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.flow.api import entries_of
from niangjia.flow.models import Clock
from niangjia.kit.components import Act, Entry, Pair, Paper, clock, day_words, face, in_a_row, link, moment_words, pill
from niangjia.kit.dates import now
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.rights.actions.aid import NAMING, SUPPLYING
from niangjia.rights.actions.aiding import HEARING, PAYING
from niangjia.rights.aided import AidEnding, AidForm, AidKind, AidMatter, AidMay, AidRefusal, AidResult, AidState, ProofKind
from niangjia.rights.aidflow import AID_FLOW
from niangjia.rights.drawn import kinds
from niangjia.rights.models import Aid
from niangjia.rights.queries.aid import applicant_name, missing_of, received_by, received_in, to_take_over
from niangjia.rights.shown.common import begun, counts_in, newest_first

LINE = ["APPLIED", "GRANTED", "ASSIGNED", "HANDLING", "FINISHED", "CLOSED"]


def yuan(value: Any) -> str:
    """Yuan in running text."""
    return _("%(yuan)s yuan") % {"yuan": f"{value or 0:,.2f}"}


def state(case: Aid) -> SafeString:
    """The state as a pill; a closed one says what came of it."""
    if case.state == "CLOSED" and case.result:
        return pill("done", dict(AidResult.choices).get(case.result, ""))
    return pill(AID_FLOW.phases[case.state], dict(AidState.choices).get(case.state, ""))


def aids_table(rows: Sequence[Aid], clocks: Mapping[int, Clock], label: Any = None) -> Table:
    """The list of cases: no names stand in it."""
    columns = [
        Column(_("Case number"), at=1, nowrap=True), Column(_("Applied on"), nowrap=True, soft=True, sort="descending"), Column(_("Applicant"), at=5, clip=True),
        Column(pgettext("legal aid", "Matter"), at=6, clip=True), Column(_("Form of aid"), soft=True, clip=True), Column(_("Agent"), soft=True, at=3, nowrap=True),
        Column(_("Handled by"), soft=True, wide=True), Column(_("State"), at=2, nowrap=True), Column(_("Clock"), at=4, nowrap=True),
    ]  # fmt: skip
    who, matters, forms = dict(AidKind.choices), dict(AidMatter.choices), dict(AidForm.choices)
    lines = []
    for one in rows:
        ticking = clocks.get(one.pk)
        shown = face(ticking.due_at, ticking.warn_at) if ticking else None
        lines.append([
            link(one.reference, one.get_absolute_url()), one.applied_on, who.get(one.kind, ""), matters.get(one.matter, ""), forms.get(one.form, ""),
            one.agent.name if one.agent else "", one.union.short_name, state(one), clock(shown.kind, shown.text) if shown else "",
        ])  # fmt: skip
    return Table(columns, lines, label=label or _("Legal aid"), id="aids")


def sentence(case: Aid) -> str:
    """When it came in, by which door, and who handles it."""
    said = _("Applied for %(day)s. Handled by %(union)s.") % {"day": day_words(case.applied_on), "union": case.union.short_name}
    return f"{case.get_door_display()}\u3000{said}"


def waits(case: Aid, lacking: Sequence[str]) -> str:
    """What is missing before the next step."""
    if case.state in ("APPLIED", "ASKED") and lacking:
        return _("Still missing: %(papers)s.") % {"papers": in_a_row(ProofKind(one).label for one in lacking)}
    return {
        "APPLIED": _("All papers are here: decide."), "GRANTED": _("Choose an agent whom no tie to the employer binds; the letter is signed before it gets its number."),
        "SIGNING": _("The assignment is signed by the chair or a vice-chair who did not draft it."), "ASSIGNED": _("The agent accepts or declines; or record what she answered."),
        "FINISHED": _("The agent hands in the case report."), "REPORTED": _("Somebody other than whoever wrote the report reads it, and files the case."),
        "OBJECTED": _("%(union)s looks at the refusal again.") % {"union": case.reviewer.short_name if case.reviewer else ""},
    }.get(case.state, "")  # fmt: skip


def moves(case: Aid, may: set[str], steps: Iterable[Any]) -> list[Any]:
    """The buttons: what the flow allows, and what may be done beside it."""
    acts: list[Any] = list(steps)
    beside = [
        (AidMay.HANDLE_AID, HEARING, _("A day is set for a hearing"), "hearings"), (AidMay.SUPPLY_AID, SUPPLYING, _("Add a paper"), "proofs"),
        (AidMay.DECIDE_AID, NAMING, _("One more person"), "recipients"), (AidMay.DECIDE_AID, NAMING, _("Last day of the limitation"), "limit"),
        (AidMay.HANDLE_AID, PAYING, _("Take payments over") if case.dispute_id else _("Enter a payment"), "money"),
        (AidMay.CLOSE_AID, ("FINISHED", "REPORTED", "CLOSED"), _("How content she is"), "rating"),
    ]  # fmt: skip
    acts += [
        Act(label, reverse(f"rights:aid_{name}", args=[case.uuid]))
        for one, states, label, name in beside
        if one in may and case.state in states
    ]
    if AidMay.DECIDE_AID in may and kinds(case):
        acts.append(Act(_("Draw up a paper"), reverse("rights:aid_draw", args=[case.uuid]), quiet=True))
    if AidMay.CLOSE_AID in may and case.state == "CLOSED" and not case.subsidies.exists():
        acts.append(Act(_("Propose a subsidy"), reverse("rights:subsidy_new", args=[case.uuid])))
    return acts


def matter_pairs(case: Aid, *, dispute: bool) -> list[Pair]:
    """What it is about, against whom, and how much."""
    pairs = [
        Pair(_("Applicant"), str(case.get_kind_display())), Pair(_("Who is aided"), applicant_name(case)), Pair(pgettext("legal aid", "Matter"), str(case.get_matter_display())),
        Pair(_("Form of aid"), str(case.get_form_display())), Pair(_("Against"), case.against.name if case.against else _("nobody named"), faint=case.against is None),
        Pair(_("Claimed"), yuan(case.claimed)),
    ]  # fmt: skip
    if case.limit_on:
        pairs.append(Pair(_("Last day for arbitration or suit"), day_words(case.limit_on, year=True)))
    if case.dispute is not None:
        pairs.append(Pair(_("Dispute"), case.dispute.reference, url=case.dispute.get_absolute_url() if dispute else ""))
    return pairs


def decision_pairs(case: Aid) -> list[Pair]:
    """What was decided, by whom, and how it ended."""
    pairs = []
    if case.wanted and case.state == "ASKED":
        pairs.append(Pair(_("Papers asked for"), case.wanted))
    if case.decided_on:
        said = _("granted") if case.granted_on else dict(AidRefusal.choices).get(case.refusal, "")
        pairs.append(Pair(_("Decision"), f"{said} {day_words(case.decided_on)}"))
        pairs.append(Pair(_("On what it rests"), case.opinion))
    if case.advance:
        pairs.append(Pair(_("In advance"), _("A limitation ends soon: papers follow.")))
    if case.finished_on:
        pairs.append(
            Pair(_("Result"), f"{dict(AidResult.choices).get(case.result, '')} {day_words(case.finished_on)} {case.number}".strip())
        )
        if case.awarded is not None:
            pairs.append(Pair(_("Awarded or agreed"), yuan(case.awarded)))
    if case.report:
        pairs.append(Pair(_("Case report"), case.report))
    if case.satisfied:
        pairs.append(Pair(_("How content she is"), f"{case.get_satisfied_display()} {case.remark}".strip()))
    if case.ending:
        pairs.append(Pair(_("Ended because"), dict(AidEnding.choices).get(case.ending, "")))
    if case.handed_to:
        pairs.append(Pair(_("Handed to"), case.handed_to))
    return pairs


def proof_papers(case: Aid) -> list[Paper]:
    """The papers that are here, and those that are missing; a missing one stands first."""
    lacking = (
        [Paper(ProofKind(one).label, _("missing"), missing=True) for one in missing_of(case)]
        if case.state in NAMING or case.advance
        else []
    )
    here = [
        Paper(one.get_kind_display(), one.note or (one.file.name if one.file else ""), one.file.get_absolute_url() if one.file else "")
        for one in case.proofs.select_related("file").order_by("pk")
    ]
    return lacking + here


def agent_pairs(case: Aid) -> list[Pair]:
    """Who acts."""
    one = case.agent
    if one is None:
        return []
    pairs = [
        Pair(_("Agent"), one.name),
        Pair(pgettext("agent", "Kind"), str(one.get_kind_display())),
        Pair(_("Licence number"), one.licence),
    ]
    return pairs + ([Pair(_("Law firm"), one.firm)] if one.firm else [])


def hearings_table(case: Aid, *, may: bool) -> Table | None:
    """Hearings with what came of each."""
    lines = []
    for one in case.hearings.order_by("at", "pk"):
        tail: Any = one.outcome
        if not one.outcome and may and one.at <= now() and case.state in HEARING:
            tail = link(_("Record what came of it"), reverse("rights:aid_hearing", args=[case.uuid, one.uuid]))
        lines.append([moment_words(one.at), one.get_kind_display(), f"{one.body} {one.number}".strip(), tail])
    if not lines:
        return None
    columns = [
        Column(_("When"), at=1, nowrap=True),
        Column(_("Before whom"), at=3),
        Column(_("Commission or court"), at=4),
        Column(_("What came of it"), at=2),
    ]
    return Table(columns, lines, bare=True, dense=False, label=_("Hearings of the case"))


def money_pairs(case: Aid) -> list[Pair]:
    """What really came, and what may be taken over."""
    pairs = [Pair(_("Recovered"), yuan(received_in(case)))]
    got = received_by(case)
    people = list(case.recipients.select_related("person").order_by("pk"))
    if len(people) > 1:
        pairs += [
            Pair(one.person.name, _("claims %(claimed)s, got %(got)s") % {"claimed": yuan(one.claimed), "got": yuan(got.get(one.pk, 0))})
            for one in people[:50]
        ]
    if waiting := to_take_over(case):
        pairs.append(Pair(_("In the dispute, to be taken over"), yuan(sum(one.amount for one in waiting))))
    return pairs


def receipts_table(case: Aid, *, may: bool) -> Table | None:
    """Each payment, with where it is entered."""
    lines = []
    for one in case.receipts.select_related("recipient__person").order_by("received_on", "pk"):
        tail: Any = _("void: %(why)s") % {"why": one.void_why} if one.void else ""
        if may and not one.void and case.state in PAYING:
            tail = link(_("Void"), reverse("rights:aid_receipt", args=[case.uuid, one.uuid]))
        who = one.recipient.person.name if one.recipient else ""
        lines.append(
            Row(
                [one.received_on, Cell(f"{one.amount:,.2f}"), who, f"{one.get_source_display()} {one.evidence}", tail],
                "gone" if one.void else "",
            )
        )
    if not lines:
        return None
    columns = [
        Column(_("Received on"), at=1, nowrap=True),
        Column(_("Yuan"), num=True, at=2),
        Column(_("Who got it"), at=4),
        Column(_("Receipt or bank slip"), at=3),
        Column("", at=5),
    ]
    return Table(columns, lines, bare=True, dense=False, label=_("Payments"))


def story(case: Aid) -> list[Entry]:
    """Steps, agents and hearings in one story."""
    entries = begun(entries_of(case), _("recorded the application"))
    for one in case.assignments.select_related("agent", "by"):
        entries.append(Entry(one.at, _("%(name)s was chosen as agent") % {"name": one.agent.name}, one.by.name, one.declared))
        if one.ended_at and one.why:
            entries.append(Entry(one.ended_at, _("%(name)s acts no more") % {"name": one.agent.name}, "", one.why))
    entries += [
        Entry(one.at, _("Hearing: %(body)s") % {"body": one.body}, one.by.name, one.outcome)
        for one in case.hearings.select_related("by")
        if one.at <= now()
    ]
    return newest_first(entries)


def counted(case: Aid) -> list[Paper]:
    """The figures that count it."""
    if case.granted_on is None:
        return []
    return counts_in({"rights.aid.cases": {"cases": 1}}, case)
