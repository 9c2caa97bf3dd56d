"""Events and disputes as rows: each as it was known at the end of a slice, then amended as it went on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from niangjia.flow.models import Move
from niangjia.kit.dates import at, day_of
from niangjia.rights.models import Claimant, Dispute, Event, FollowUp, Receipt, Report, Respondent, Session, SeverityChange
from niangjia.scenario.copying import amend, copy
from niangjia.scenario.disputes import TELLS as CLAIMS
from niangjia.scenario.disputes import Dispute as Mediated
from niangjia.scenario.events import TELLS
from niangjia.scenario.events import Event as Happened
from niangjia.scenario.later.offices import Handover
from niangjia.scenario.spread import number
from niangjia.scenario.story import Story

Row = tuple[Any, ...]
EVENT_COLUMNS = (
    "id", "uuid", "reference", "union", "township", "county", "desk", "employer", "employer_name", "division", "type", "detail", "channel", "behaviour",
    "affected", "involved", "owed", "months_owed", "demands", "severity", "suggested", "rung", "occurred_at", "known_at", "reported_at", "reported_on",
    "reported_by", "synthetic", "state", "resolution", "closed_on",
)  # fmt: skip
DISPUTE_COLUMNS = (
    "id", "uuid", "reference", "handled_by", "township", "county", "event", "against", "cause", "written", "facts", "applied_on", "claimed", "mediator", "mediator_name",
    "synthetic", "state", "outcome", "accepted_on", "extended_to", "consent", "agreed", "agreement_no", "agreed_on", "pay_by", "closed_on",
)  # fmt: skip


def yuan(fen: int) -> Decimal:
    """An amount as it is stored."""
    return Decimal(fen).scaleb(-2)


class Cases:
    """Writes events and disputes, slice by slice."""

    def __init__(
        self, seed: int, events: Sequence[Happened], disputes: Sequence[Mediated], claimants: dict[int, list[int]], offices: Handover
    ) -> None:
        self.seed, self.events, self.disputes, self.claimants, self.then = seed, events, disputes, claimants, offices.then
        self.names = {pk: name for pk, _account, name, _active in offices.users}
        self.sessions = [(day_of(when), one.pk, when, place) for one in disputes for when, place in one.sessions]

    def slice(self, first: date, last: date) -> None:
        """What became known after one day and by another."""
        fresh = [event for event in self.events if first < event.day <= last]
        copy(Event, EVENT_COLUMNS, (self.event_row(event, last) for event in fresh))
        moved = [event for event in self.events if event.day <= first and event.story.changed(first, last)]
        amend(Event, ("id", *EVENT_COLUMNS[-3:]), ((event.pk, *self.standing(event, last)) for event in moved))
        copy(
            Report,
            ("event", "rung", "union", "arrived_at", "due_at", "left_at", "by", "auto", "in_time"),
            (
                (
                    event.pk,
                    *rung[:5],
                    self.then(rung[5], event.day),
                    rung[6],
                    int(rung[4] is not None and (rung[3] is None or rung[4] <= rung[3])),
                )
                for event in fresh
                for rung in event.rungs
            ),
        )
        copy(FollowUp, ("event", "at", "by", "affected", "involved", "text"), self.followups(fresh))
        copy(SeverityChange, ("event", "at", "by", "was", "now", "why"), self.severities(fresh))
        came = [one for one in self.disputes if first < one.applied <= last]
        copy(Dispute, DISPUTE_COLUMNS, (self.dispute_row(one, last) for one in came))
        went = [one for one in self.disputes if one.applied <= first and one.story.changed(first, last)]
        amend(Dispute, ("id", *DISPUTE_COLUMNS[-10:]), ((one.pk, *self.position(one, last)) for one in went))
        copy(Respondent, ("dispute", "employer"), ((one.pk, firm.pk) for one in came for firm in one.firms))
        copy(Claimant, ("dispute", "person", "claimed", "leads"), self.claims(came))
        copy(
            Session, ("dispute", "held_at", "place", "text"),
            ((pk, when, place, "双方到场，听取意见，核对工资和考勤记录。") for day, pk, when, place in self.sessions if first < day <= last),
        )  # fmt: skip
        copy(
            Receipt, ("dispute", "received_on", "amount", "evidence", "by", "at"),
            (
                (one.pk, day, yuan(fen), f"银行回单 {day:%Y%m%d}-{one.pk:05d}" if one.pk % 3 else f"职工签收单 {one.pk:05d}", self.then(one.mediator, day), at(day, 16, one.pk % 60))
                for one in self.disputes for day, _, fen in one.receipts if first < day <= last
            ),
        )  # fmt: skip

    def event_row(self, event: Happened, day: date) -> Row:
        """An event as known at the end of a day."""
        union = event.union
        return (
            event.pk, number(self.seed, "event", event.pk), event.reference, union.pk, union.township, union.county, event.rungs[-1][1], event.firm.pk,
            event.firm.name, union.division, event.type, TELLS.get(event.type, ""), event.channel, event.behaviour, event.affected, event.involved, event.owed,
            event.months_owed, "", event.severity, event.suggested, event.rungs[-1][0], event.occurred, event.known, event.reported, event.day,
            self.then(event.story.steps[0].by, event.day), True, *self.standing(event, day),
        )  # fmt: skip

    @staticmethod
    def standing(event: Happened, day: date) -> Row:
        """State, resolution and day of closing, as known on a day."""
        state = event.story.state(day)
        settled = state in {"SETTLED", "CLOSED", "VISITED"}
        return state, event.resolution if settled else "", event.story.day("CLOSED") if state in {"CLOSED", "VISITED"} else None

    def followups(self, events: Sequence[Happened]) -> Iterator[Row]:
        """The first report, and what was found later."""
        for event in events:
            by = event.story.steps[0].by
            yield event.pk, event.reported, self.then(by, event.day), event.affected, event.involved, TELLS.get(event.type, "首次上报。")
            for when, affected, involved, text in event.followups:
                yield event.pk, when, self.then(by, day_of(when)), affected, involved, text

    def severities(self, events: Sequence[Happened]) -> Iterator[Row]:
        """The severity that was confirmed."""
        for event in events:
            for step in event.story.steps:
                if step.verb == "confirm":
                    why = "经核实，人数和金额属实。" if event.severity == event.suggested else "结合现场情绪和企业偿付能力调整。"
                    yield event.pk, step.at, self.then(step.by, day_of(step.at)), event.suggested, event.severity, why

    def dispute_row(self, one: Mediated, day: date) -> Row:
        """A dispute as known at the end of a day."""
        handler, mediator = one.handler, self.then(one.mediator, one.accepted or one.applied)
        return (
            one.pk, number(self.seed, "dispute", one.pk), one.reference, handler.pk, handler.township, handler.county, one.event, one.firms[0].pk, one.cause, one.written,
            CLAIMS.get(one.cause, "双方对劳动权利义务有争议。"), one.applied, yuan(one.claimed), mediator, self.names.get(mediator or 0, ""), True,
            *self.position(one, day),
        )  # fmt: skip

    @staticmethod
    def position(one: Mediated, day: date) -> Row:
        """How it stood on a day: state, outcome, acceptance, extension, agreement, closing."""
        state = one.story.state(day)
        over = state in {"CLOSED", "WITHDRAWN"}
        accepted = one.accepted if state not in {"APPLIED", "REFUSED"} else None
        signed = one.agreed_on is not None and one.agreed_on <= day and state not in {"APPLIED", "MEDIATING", "REFUSED"}
        extended = one.extended if accepted else None
        return (
            state, one.end if over else "", accepted, extended, "双方书面同意延期" if extended else "", yuan(one.agreed or 0) if signed else None,
            f"调协字〔{one.applied.year}〕{one.pk}号" if signed else "", one.agreed_on if signed else None, one.pay_by if signed else None,
            one.story.day("CLOSED", "WITHDRAWN") if over else None,
        )  # fmt: skip

    def claims(self, disputes: Sequence[Mediated]) -> Iterator[Row]:
        """Each worker with what is claimed; of ten or more, three to five speak for all."""
        for one in disputes:
            speakers = 0 if one.workers < 10 else 3 + one.pk % 3
            for i, (person, fen) in enumerate(zip(self.claimants[one.pk], one.each, strict=True)):
                yield one.pk, person, yuan(fen), i < speakers

    def stories(self) -> None:
        """Every step of every event and dispute."""
        told: list[tuple[str, int, Story]] = [("rights.event", event.pk, event.story) for event in self.events]
        told += [("rights.dispute", one.pk, one.story) for one in self.disputes]
        copy(Move, ("kind", "thing_id", "verb", "was", "now", "by", "at", "reason", "auto"), self.steps(told))

    def steps(self, told: Sequence[tuple[str, int, Story]]) -> Iterator[Row]:
        """The steps, each with the state before."""
        for kind, pk, story in told:
            was = ""
            for step, day in zip(story.steps, story.days, strict=True):
                yield kind, pk, step.verb, was, step.now, self.then(step.by, day), step.at, step.reason, False
                was = step.now
