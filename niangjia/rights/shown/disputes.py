"""How disputes stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.flow.api import entries_of
from niangjia.kit import mask
from niangjia.kit.answer import asking
from niangjia.kit.components import Act, Entry, Pair, Paper, clock, day_words, face, fig, in_a_row, link, number_text, pill
from niangjia.kit.components import mask as covered_span
from niangjia.kit.dates import today
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.rights.enums import Cause, DisputeState, May, Outcome
from niangjia.rights.flow import DISPUTE_FLOW
from niangjia.rights.lists import DisputeRow, Totals
from niangjia.rights.models import Claimant, Clause, Dispute, Event, Respondent
from niangjia.rights.queries import Crowd, Sums, speaking
from niangjia.rights.rules import speakers_fit
from niangjia.rights.shown.common import address, begun, counts_in, newest_first
from niangjia.rights.shown.mediation import besides, sat
from niangjia.unions.models import Union

LINE = ["APPLIED", "MEDIATING", "AGREED", "PERFORMED", "CLOSED"]
ABOUT = {"E06": Cause.ARREARS, "E09": Cause.INSURANCE, "E10": Cause.INJURY}  # events whose kind says what the dispute is about
PAYING = ("MEDIATING", "PAUSED", "AGREED", "PERFORMED", "CLOSED", "WITHDRAWN")  # while a payment may be entered
ENDED = {"05": "moved", "06": "moved", "07": "moved", "03": "stop"}


def state(dispute: Dispute) -> SafeString:
    """The state as a pill; a closed one says how it ended."""
    if dispute.state == "CLOSED" and dispute.outcome:
        return pill(ENDED.get(dispute.outcome, "done"), dict(Outcome.choices).get(dispute.outcome, ""))
    return pill(DISPUTE_FLOW.phases[dispute.state], dict(DisputeState.choices).get(dispute.state, ""))


def worker_cell(row: DisputeRow) -> Any:
    """The first who claims, covered, and how many more."""
    if not row.workers:
        return Cell(_("nobody named"), "faint")
    more = _(" and others (%(n)s)") % {"n": row.workers} if row.workers > 1 else ""
    return format_html('{}<span class="n-soft">{}</span>', covered_span(mask.name(row.worker)), more)


def firm_cell(row: DisputeRow) -> Any:
    """The first firm claimed against, and how many more."""
    more = _("and others, %(n)s firms") % {"n": row.firms} if row.firms > 1 else ""
    return format_html('{}<span class="n-soft">{}</span>', row.firm, more)


def clock_cell(row: DisputeRow) -> Any:
    """The clock that ends first."""
    if row.clock is None:
        return ""
    shown = face(row.clock.due_at, row.clock.warn_at)
    return clock(shown.kind, shown.text)


def disputes_table(rows: Sequence[DisputeRow]) -> Table:
    """The list of disputes."""
    columns = [
        Column(_("Case number"), at=3, nowrap=True), Column(_("Applied on"), nowrap=True, soft=True, sort="descending"), Column(_("Applicants"), at=1, nowrap=True),
        Column(_("Respondent"), at=5, clip=True), Column(_("Cause"), at=6, clip=True), Column(_("Place"), nowrap=True, soft=True),
        Column(_("State"), at=2, nowrap=True), Column(_("Clock"), at=4, nowrap=True),
        Column(_("Recovered"), unit=_("yuan"), num=True),
    ]  # fmt: skip
    causes = dict(Cause.choices)  # get_…_display translates every choice anew for every row
    lines = [
        [
            link(r.dispute.reference, r.dispute.get_absolute_url()), r.dispute.applied_on, worker_cell(r), firm_cell(r), causes.get(r.dispute.cause, ""),
            str(r.dispute.county or r.dispute.handled_by), state(r.dispute), clock_cell(r), Decimal(r.received),
        ]
        for r in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Disputes"), id="disputes")


def totals_words(said: Totals) -> SafeString:
    """The line over the list."""
    words = _("%(cases)s cases, against %(firms)s employers, of %(workers)s workers. Recovered") % {
        "cases": f"{said.cases:,}", "firms": f"{said.firms:,}", "workers": f"{said.workers:,}",
    }  # fmt: skip
    return format_html("{} {} {}", words, fig(number_text(said.received), address("worklog:figure", "rights.recovered")), _("yuan"))


def title(dispute: Dispute, first: str, crowd: Crowd, firms: Sequence[Respondent]) -> str:
    """Who against whom, about what."""
    if firms and not crowd.workers:
        return _("%(firm)s: %(cause)s, no worker named yet") % {"firm": firms[0].employer.name, "cause": dispute.get_cause_display()}
    against = firms[0].employer.name if firms else _("nobody named yet")
    who = (
        _("%(name)s and others, %(n)s persons") % {"name": first, "n": crowd.workers}
        if crowd.workers > 1
        else first or _("Nobody named yet")
    )
    return _("%(who)s and %(firm)s: %(cause)s") % {"who": who, "firm": against, "cause": dispute.get_cause_display()}


def sentence(dispute: Dispute) -> str:
    """When they applied and how, and who mediates."""
    how = _("in writing") if dispute.written else _("by word of mouth, with a record made on the spot")
    said = _("Applied %(day)s %(how)s. Handled by %(union)s") % {
        "day": day_words(dispute.applied_on), "how": how, "union": dispute.handled_by.short_name,
    }  # fmt: skip
    if dispute.entrance == "HOTLINE":
        said += _("; by the hotline 12351") + (_(", called by %(name)s") % {"name": mask.name(dispute.caller)} if dispute.caller else "")
    return said + (_("; mediator %(name)s.") % {"name": dispute.mediator_name} if dispute.mediator_name else _("."))


def out_of(event: Event) -> dict[str, Any]:
    """What the event has said already, so that nobody writes it twice: what it is about, and what is known of it."""
    said = {"facts": "\n".join(filter(None, (event.detail, event.demands)))}
    return said | ({"cause": ABOUT[event.type]} if event.type in ABOUT else {})


def receipts_table(dispute: Dispute, *, may: bool) -> Table | None:
    """Each payment with its paper; a void line stays, struck out."""
    lines = []
    for one in dispute.receipts.select_related("by", "void_by").order_by("received_on", "pk"):
        note = (
            _("void: %(why)s") % {"why": one.void_why}
            if one.void
            else (
                format_html(
                    '{}<span class="n-gap"></span>{}',
                    link(_("Divide"), reverse("rights:split", args=[dispute.uuid, one.uuid])),
                    link(_("Void"), reverse("rights:receipt", args=[dispute.uuid, one.uuid])),
                )
                if may
                else ""
            )
        )
        lines.append(Row([one.received_on, one.evidence, one.by.name if one.by else "", one.amount, note], "gone" if one.void else ""))
    if not lines:
        return None
    columns = [
        Column(_("Came on"), at=3, nowrap=True), Column(_("Receipt or bank slip"), at=5, text=True), Column(_("Entered by"), soft=True, at=6),
        Column(_("Amount"), unit=_("yuan"), num=True, at=2), Column("", at=4),
    ]  # fmt: skip
    return Table(columns, lines, bare=True, dense=False, label=_("Payments"))


def opened_at(dispute: Dispute, one: Claimant, what: str) -> str:
    """Where one covered value is shown to somebody who says why."""
    return reverse("rights:reveal", args=[dispute.uuid, one.person.uuid, what])


def applicant_pairs(workers: Sequence[Claimant], crowd: Crowd, members: int) -> list[Pair]:
    """Who claims, in short: who speaks for them, and how many are members."""
    if not workers:
        return [Pair(_("Applicants"), _("nobody named"), faint=True)]
    speak = [one for one in workers if one.leads] or list(workers[:1])
    head = _("Speaking for them") if crowd.speakers else _("First named")
    pairs = [Pair(head, format_html_join(" ", "{}", ((covered_span(mask.name(one.person.name)),) for one in speak)))]
    said = _("%(n)s are members, %(rest)s are not") % {"n": members, "rest": crowd.workers - members}
    return [*pairs, Pair(_("Members among them"), said)]


def respondent_pairs(line: Respondent, union: Union | None = None) -> list[Pair]:
    """An employer as the case shows it."""
    one = line.employer
    there = union.short_name if union else _("none known")
    return [
        Pair(_("Name of the employer"), one.name), Pair(_("Credit code"), one.uscc), Pair(_("Address"), one.address or _("not recorded"), faint=not one.address),
        Pair(_("Employees"), one.employees), Pair(_("Union there"), there, faint=union is None),
    ]  # fmt: skip


def story(dispute: Dispute) -> list[Entry]:
    """Steps, sittings, payments, mediators, filings and transfers in one story."""
    entries = begun(entries_of(dispute), _("recorded the case") if dispute.entrance != "MEMBER" else _("sent in the case"))
    entries += [sat(one, dispute) for one in dispute.sessions.order_by("held_at")]
    for paid in dispute.receipts.select_related("by", "void_by").order_by("received_on"):
        did = _("entered a payment of %(yuan)s yuan: %(paper)s") % {"yuan": f"{paid.amount:,.2f}", "paper": paid.evidence}
        entries.append(Entry(paid.at or paid.received_on, did, paid.by.name if paid.by else ""))
        if paid.void_at:
            did = _("made void a payment of %(yuan)s yuan") % {"yuan": f"{paid.amount:,.2f}"}
            entries.append(Entry(paid.void_at, did, paid.void_by.name if paid.void_by else "", paid.void_why))
    return newest_first(entries + besides(dispute))


def moves(dispute: Dispute, may: set[str], steps: Iterable[Any], sums: Sums) -> list[Any]:
    """The buttons: what the flow allows, and what may be done beside it; while money is due, it is what comes next."""
    acts: list[Any] = list(steps)

    def at(name: str) -> str:
        return reverse(f"rights:{name}", args=[dispute.uuid])

    state = dispute.state
    if May.MEDIATE in may and state in ("MEDIATING", "AGREED"):
        acts += [Act(_("Call a sitting"), at("plan")), Act(_("Record a sitting"), at("session"))]
    if May.MEDIATE in may and state == "MEDIATING":
        acts.append(Act(_("Extend the mediation"), at("extension")))
    if May.RECEIPT in may and state in PAYING:
        due = state == "AGREED" and sums.received < (sums.agreed or 0)
        acts.insert(0 if due else len(acts), Act(_("Enter a payment"), at("receipts"), primary=due))
    if May.ACCEPT_DISPUTE in may and state in ("APPLIED", "MEDIATING", "PAUSED"):
        acts.append(Act(_("Name a mediator"), at("appoint")))
    if May.MEDIATE in may and state in ("MEDIATING", "PAUSED", "AGREED"):
        acts.append(Act(_("Some go another way"), at("part"), quiet=True))
    if May.MEDIATE in may and state == "AGREED" and dispute.do_by is not None:
        acts.append(Act(_("Record what was done"), at("clauses")))
    if May.MEDIATE in may and state in ("AGREED", "PERFORMED", "CLOSED", "REFUSED"):
        acts.append(Act(_("Record what was filed"), at("filings"), quiet=True))
    if May.TRANSFER_DISPUTE in may and state in ("APPLIED", "MEDIATING", "PAUSED", "AGREED"):
        acts.append(Act(_("Hand on"), at("transfer"), quiet=True))
    return acts


def waits(dispute: Dispute, crowd: Crowd, firms: int, sums: Sums) -> str:
    """A sentence about what is missing before the next step."""
    if dispute.state == "APPLIED":
        if not firms or not crowd.workers:
            return _("Before it is accepted: name the employer, and at least one worker.")
        by_rule = speaking(asking(dispute, today()))
        if not speakers_fit(crowd.workers, crowd.speakers, by_rule):
            return _("%(from)s or more workers choose %(least)s to %(most)s who speak for them; %(n)s are marked.") % {
                "from": by_rule.from_, "least": by_rule.least, "most": by_rule.most, "n": crowd.speakers,
            }  # fmt: skip
    if dispute.state == "AGREED" and sums.agreed and sums.received < sums.agreed:
        left = f"{sums.agreed - sums.received:,.2f}"
        return _("%(left)s yuan are still to come; it counts as performed when receipts show all of it.") % {"left": left}
    if dispute.state == "PAUSED":
        pause = dispute.pauses.filter(until=None).first()
        what = pause.get_kind_display() if pause else ""
        return (
            _("The days stand still since %(day)s: %(what)s (Zhejiang rules, art. 36).")
            % {"day": day_words(dispute.paused_on), "what": what}
            if dispute.paused_on
            else ""
        )
    if dispute.state == "PERFORMED":
        return _("It is closed by somebody who neither mediates it nor entered its payments, and who looks at the receipts.")
    return ""


def counted(dispute: Dispute, crowd: Crowd, firms: int, sums: Sums) -> list[Paper]:
    """The figures that count it; what was not accepted is in none."""
    if dispute.accepted_on is None or dispute.state in ("APPLIED", "REFUSED"):
        return []
    measures: dict[str, dict[str, Decimal | int]] = {
        "rights.applications": {"applications": 1}, "rights.receipts.cohort": {"yuan": sums.received},
        "rights.disputes": {"cases": 1}, "rights.respondents": {"times": firms}, "rights.workers": {"times": crowd.workers},
        "rights.receipts": {"yuan": sums.received},
    }  # fmt: skip
    return counts_in(measures, dispute)


def agreement_pairs(dispute: Dispute) -> list[Pair]:
    """What both sides signed."""
    if dispute.agreed_on is None:
        return []
    pairs = [
        Pair(_("Number of the agreement"), dispute.agreement_no),
        Pair(_("Signed on"), day_words(dispute.agreed_on)),
        Pair(_("Amount"), _("%(yuan)s yuan") % {"yuan": f"{dispute.agreed or 0:,.2f}"}),
    ]
    pairs += [Pair(_("To be paid by"), day_words(dispute.pay_by))] if dispute.pay_by else []
    pairs += [Pair(_("Clause %(n)d") % {"n": one.n}, clause_said(one)) for one in dispute.clauses.order_by("n")]
    if signed := in_a_row(f"{one.get_side_display()} {mask.name(one.name)}" for one in dispute.signatures.order_by("pk")):
        pairs.append(Pair(_("Signed by"), signed))
    return pairs


def clause_said(one: Clause) -> str:
    """A clause, by when it is done, or what shows that it was."""
    done = _("done on %(day)s, %(proof)s") % {"day": day_words(one.done_on), "proof": one.proof} if one.done_on else ""
    due = _("to be done by %(day)s") % {"day": day_words(one.due_on)} if one.due_on and not one.done_on else ""
    return in_a_row((one.text, due, done))


def firms_words(many: int) -> str:
    """How many employers are claimed against."""
    return ngettext("%(n)d employer", "%(n)d employers", many) % {"n": many}


def crowd_words(crowd: Crowd) -> str:
    """How many claim."""
    said = ngettext("%(n)d worker", "%(n)d workers", crowd.workers) % {"n": crowd.workers}
    return said + (_("; %(n)d speak for them") % {"n": crowd.speakers} if crowd.speakers else "")
