"""How a worker sees her own case: how far it is, what comes next and until when, her sums, her papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.access.api import SeenLog, act_words
from niangjia.files.api import papers
from niangjia.flow.api import clocks, stages_of
from niangjia.kit.components import Pair, Paper, Stage, day_words, in_a_row, moment_words
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.tables import Table
from niangjia.kit.told import reason_words
from niangjia.rights.models import Claimant, Dispute
from niangjia.rights.queries import Worker, account_of, limit_of, received_of
from niangjia.rights.reckoned import Kind
from niangjia.rights.reckoning import unpacked
from niangjia.rights.shown.disputes import clause_said
from niangjia.rights.shown.mediation import plan_table
from niangjia.rights.shown.reckoning import result
from niangjia.unions.api import offices_then

NEXT = {"APPLIED": "RD-D1", "MEDIATING": "RD-D2", "AGREED": "RD-D3"}
LINE = ["APPLIED", "MEDIATING", "AGREED", "PERFORMED", "CLOSED"]


GOING, DONE, MOST = ("MEDIATING", "PAUSED", "AGREED", "REFUSED", "CLOSED"), ("01", "02"), 20


@dataclass(frozen=True)
class Case:
    """A case in her list."""

    title: str
    reference: str
    url: str
    stages: list[Stage]


def subject(dispute: Dispute) -> str:
    """What it is about."""
    return str(dispute.get_cause_display())


def cases(rows: Iterable[Dispute]) -> list[Case]:
    """Her cases, each with how far it is."""
    return [Case(subject(one), one.reference, reverse("own-rights:case", args=[one.uuid]), way(one)) for one in rows]


def way(dispute: Dispute) -> list[Stage]:
    """How far it is."""
    return stages_of(dispute, LINE)


def next_words(dispute: Dispute) -> str:
    """What comes next, and until when."""
    if dispute.state == "CLOSED":
        return _closed_words(dispute)
    # What comes next is the clock of the state; the limitation of arbitration is a year away, and stands among her facts.
    due = next((clock.due_at for clock in clocks(dispute) if clock.code == NEXT.get(dispute.state)), None)
    until = day_words(day_of(due)) if due else ""
    said = {
        "APPLIED": _("The union reads it and calls you. It decides by %(day)s whether it takes it on."),
        "MEDIATING": _("The mediator speaks with you and the firm. The mediation ends by %(day)s; you may then go to arbitration."),
        "PAUSED": _("The mediation is suspended; it goes on when what it waits for is there. Your way to arbitration stays open."),
        "AGREED": _("The firm is to pay by %(day)s. If it does not, you may ask the court for a payment order."),
        "PERFORMED": _("What was agreed has been paid. Look whether everything came to you."),
        "REFUSED": _(
            "The union could not take it on; you may go to arbitration or to labour inspection. Call 12351 if you have a question."
        ),
        "WITHDRAWN": _("It was withdrawn. You may come again."),
    }[dispute.state]
    if dispute.state == "AGREED" and not due:
        return (
            _("All that was agreed has come. Look whether everything came to you.")
            if dispute.covered
            else _("Both sides have signed. Do what was agreed.")
        )
    return said % {"day": until or _("soon")}


def _closed_words(dispute: Dispute) -> str:
    """How it ended; where nothing came of it and the year still runs, until when she may go on."""
    last = limit_of(dispute).answer.day if dispute.outcome not in DONE else None
    if last is not None and last >= today():
        said = _("It is closed: %(outcome)s. You may go to arbitration until %(last)s; your union helps you to write the application.")
        return said % {"outcome": dispute.get_outcome_display(), "last": day_words(last, year=True)}
    return _("It is closed: %(outcome)s. If something is not right, call your union or 12351.") % {"outcome": dispute.get_outcome_display()}


def pairs(dispute: Dispute, line: Claimant) -> list[Pair]:
    """Her sums, who deals with it, and what happened."""
    said = account_of(dispute).workers.get(line.pk, Worker(line.claimed))
    found = [
        Pair(_("Dealt with by"), dispute.handled_by.name),
        Pair(_("Mediator"), dispute.mediator_name or _("not named yet"), faint=not dispute.mediator_name),
        Pair(_("I claim"), _("%(yuan)s yuan") % {"yuan": f"{said.claimed:,.2f}"}),
    ]
    if said.agreed is not None:
        found.append(Pair(_("Agreed for me"), _("%(yuan)s yuan") % {"yuan": f"{said.agreed:,.2f}"}))
    found.append(Pair(_("Came to me"), _("%(yuan)s yuan") % {"yuan": f"{said.received:,.2f}"}))
    if dispute.state in GOING and dispute.outcome not in DONE and (last := limit_of(dispute).answer.day) is not None:
        words = day_words(last, year=True)
        found.append(Pair(_("Arbitration at the latest"), words if last >= today() else _("%(day)s, which has passed") % {"day": words}))
    if dispute.sue_by is not None:
        found.append(Pair(_("To court after the award, at the latest"), day_words(dispute.sue_by, year=True)))
    if line.sent and dispute.facts:
        found.append(Pair(_("What happened"), dispute.facts))
    return found


def agreement(dispute: Dispute) -> list[Pair]:
    """What both sides signed, as it stands in the case; nothing of the other workers' sums."""
    if dispute.agreed_on is None:
        return []
    found = [Pair(_("Number of the agreement"), dispute.agreement_no), Pair(_("Signed on"), day_words(dispute.agreed_on, year=True))]
    found += [Pair(_("To be paid by"), day_words(dispute.pay_by, year=True))] if dispute.pay_by and not dispute.covered else []
    return found + [Pair(_("Clause %(n)d") % {"n": one.n}, clause_said(one)) for one in dispute.clauses.order_by("n")]


def plan(dispute: Dispute) -> Table | None:
    """The instalments, of the workers together, and which of them have come."""
    return plan_table(dispute, received_of(dispute))


def owed(line: Claimant) -> list[Paper]:
    """What was reckoned for her: each opens to the way to it."""
    labels = dict(Kind.choices)
    return [
        Paper(
            in_a_row((labels[one.kind], one.get_claim_display() if one.claim else "")), result(unpacked(one.answer)),
            reverse("own-rights:owed", args=[line.dispute.uuid, one.uuid]),
        )
        for one in line.reckonings.order_by("-at", "-pk")[:MOST]
    ]  # fmt: skip


def consent_words(dispute: Dispute, line: Claimant, *, all_agree: bool) -> str:
    """Who of her firm may see it, and what she herself has said."""
    name = dispute.firm_union.name if dispute.firm_union else ""
    if all_agree:
        return _("%(union)s may see this case.") % {"union": name}
    said = _("%(union)s sees nothing of this case.") % {"union": name}
    return said + " " + _("You agree; it opens when all who claim with you agree too.") if line.firm_may_see else said


def papers_of(dispute: Dispute, user: Any) -> list[Paper]:
    """What she laid on the case herself."""
    return [Paper(one.name, day_words(one.at)) for one in papers(dispute) if one.by_id == user.pk]


def sittings(dispute: Dispute) -> list[Paper]:
    """The sittings that are called."""
    return [
        Paper(one.place, moment_words(one.held_at))
        for one in dispute.sessions.filter(state="PLANNED", held_at__gte=now()).order_by("held_at")
    ]


def looked(lines: Sequence[SeenLog]) -> list[Paper]:
    """Who looked at her case: the office, what for, and the day; an office that came back on one day stands once. Every opening stands on the page of all."""
    where = offices_then(lines)
    said = [
        (" ".join(filter(None, [where[one.pk], reason_words(one.act, one.why) or act_words(one.act)])), day_words(one.at)) for one in lines
    ]
    return [
        Paper(who, day if many == 1 else ngettext("%(day)s, %(n)d time", "%(day)s, %(n)d times", many) % {"day": day, "n": many})
        for (who, day), many in Counter(said).items()
    ]
