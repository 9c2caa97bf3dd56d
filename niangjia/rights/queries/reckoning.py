"""What a reckoning comes to: reads what holds on the day at the place, and hands it to the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from niangjia.flow.api import works
from niangjia.kit.answer import Asking, Place, book
from niangjia.kit.dates import today
from niangjia.kit.parameter import PARAMETERS, Parameter
from niangjia.kit.spans import Span
from niangjia.rights import rates, reckoning
from niangjia.rights.enums import FilingKind, FilingOutcome
from niangjia.rights.models import Dispute, Supervision
from niangjia.rights.models.reckoning import Reckoning
from niangjia.rights.parameters import CONFIRM, MEDIATE, REVIEW
from niangjia.rights.queries.disputes import mediate_by
from niangjia.rights.reckoning import Answer
from niangjia.rights.reckoning.time import Rates

Said = Mapping[str, Any]
Ask = Callable[[Said, Asking], Answer]


@dataclass(frozen=True)
class Found:
    """An answer, and which values of parameters it took."""

    answer: Answer
    rules: dict[str, Any]


def reckon(kind: str, said: Said, place: Place, on: date | None = None) -> Found:
    """The answer of a kind to what was filled in."""
    ask = Asking(on or said.get("last") or said.get("until") or said.get("claimed") or today(), place)
    return Found(KINDS[kind](said, ask), ask.trace())


def _severance(said: Said, ask: Asking) -> Answer:
    facts = reckoning.Ending(
        said["first"], said["last"], said["wage"], said["ground"], said["average"] or ask(rates.AVERAGE_WAGE), said["floor"] or ask(rates.MINIMUM_WAGE)
    )  # fmt: skip
    return reckoning.severance(facts, reckoning.EndingRates(ask(rates.CAP_TIMES), ask(rates.CAP_YEARS), ask(rates.UNLAWFUL)))


def _notice(said: Said, ask: Asking) -> Answer:
    return reckoning.notice(said["wage"], said["ground"], said["noticed"], said["last"], ask(rates.NOTICE))


def _double(said: Said, ask: Asking) -> Answer:
    facts = reckoning.Unwritten(
        said["first"], said["wage"], said["claimed"], said["signed"], said["ended"], said["which"] == "ENDLESS", said["excused"]
    )
    return reckoning.double_wages(facts, reckoning.DoubleRates(ask(rates.DOUBLE_FROM), ask(rates.DOUBLE_TO), ask(rates.LIMIT)), works())


def wage_rates(ask: Asking) -> reckoning.WageRates:
    """What is set about hours and days of pay."""
    years, days = ([ask(pair[n]) for pair in rates.LEAVE] for n in (0, 1))
    return reckoning.WageRates(
        paid_days=ask(rates.PAID_DAYS), hours=ask(rates.DAY_HOURS), days_rate=ask(rates.ON_DAYS), rest_rate=ask(rates.ON_REST),
        feast_rate=ask(rates.ON_FEASTS), irregular_feasts=ask(rates.IRREGULAR_FEASTS), leave_rate=ask(rates.LEAVE_RATE),
        leave_years=(years[0], years[1], years[2]), leave_days=(days[0], days[1], days[2]), year_days=ask(rates.YEAR_DAYS),
    )  # fmt: skip


def _overtime(said: Said, ask: Asking) -> Answer:
    none = Decimal(0)
    hours = (said["on_days"] or none, said["on_rest"] or none, said["on_feasts"] or none)
    return reckoning.overtime(reckoning.Hours(said["wage"], *hours, said["system"], said["paid"] or none), wage_rates(ask))


def _leave(said: Said, ask: Asking) -> Answer:
    facts = reckoning.Leave(
        said["year"], said["first_work"], said["first"], said["ended"], said["taken"] or 0, said["wage"], said["refused"]
    )
    return reckoning.leave(facts, wage_rates(ask))


def _arrears(said: Said, ask: Asking) -> Answer:
    return reckoning.arrears(
        said["due"], said["paid"] or Decimal(0), ordered=said["ordered"], least=ask(rates.BESIDE_LEAST), most=ask(rates.BESIDE_MOST)
    )


def lpr() -> Rates:
    """The one-year loan prime rate by the days from which it held: as published, and as set in the rulebook since."""
    rows = [(row.since, row.value) for row in book().rows.get((rates.LPR.code, None), ()) if isinstance(row.value, Decimal)]
    first = min((since for since, _ in rows), default=date.max)
    return [*((since, Decimal(rate)) for since, rate in rates.LPR_KNOWN if since < first), *rows]


def _interest(said: Said, ask: Asking) -> Answer:
    agreed = said["agreed"] is not None
    table = [(date.min, said["agreed"] / 100)] if agreed else lpr()
    return reckoning.interest(said["principal"], said["due_on"], said["until"], table, ask(rates.YEAR_DAYS), agreed=agreed)


def _minimum(said: Said, ask: Asking) -> Answer:
    return reckoning.minimum(said["paid"], said["apart"] or Decimal(0), said["months"], said["floor"] or ask(rates.MINIMUM_WAGE))


def _final(said: Said, ask: Asking) -> Answer:
    return reckoning.final(said["claim"], ask(rates.FINAL), said["floor"] or ask(rates.MINIMUM_WAGE))


def _limitation(said: Said, ask: Asking) -> Answer:
    broken = [(said[f"day_{n}"], said[f"how_{n}"]) for n in ("a", "b", "c") if said[f"day_{n}"]]
    pauses = [(said["stopped"], said["resumed"])] if said["stopped"] and said["resumed"] else []
    facts = reckoning.Claim(said["known"], said["what"] == "WAGES", said["ended"], broken, pauses)
    return reckoning.limitation(facts, ask(rates.LIMIT), works())


# Terms for which disputes have a clock or a rule of their own: by its parameter.
OWN: dict[str, Parameter] = {"mediation": MEDIATE, "confirm": CONFIRM, "review": REVIEW}
# What is filed elsewhere begins these terms there, until it is decided.
FILED = {
    FilingKind.ARBITRATION: "arbitration_applied",
    FilingKind.ORDER: "order_applied",
    FilingKind.INSPECTION: "complained",
    FilingKind.AID: "aid_applied",
}
KINDS: dict[str, Ask] = {
    "severance": _severance, "notice": _notice, "double": _double, "overtime": _overtime, "leave": _leave, "arrears": _arrears, "interest": _interest,
    "minimum": _minimum, "final": _final, "limitation": _limitation,
}  # fmt: skip


def spans(ask: Asking) -> dict[str, Span]:
    """How long each term is on the day at the place; terms for which the house keeps a clock of its own are as long as it runs."""
    found: dict[str, Span] = {code: ask(parameter) for code, parameter in OWN.items()}
    for term in reckoning.TERMS:
        for code in filter(None, (term.code, term.longer)):
            if code not in found:
                found[code] = ask(PARAMETERS[f"rights.terms.{code}"])
    return found


def course(facts: reckoning.Course, place: Place) -> list[reckoning.Due]:
    """The terms that run from what is known."""
    return reckoning.procedure(facts, spans(Asking(today(), place)), works())


def agreement_days(place: Place, agreed_on: date) -> dict[str, date]:
    """The last days of what an agreement begins, by the term; like all terms in days they do not end on a day of rest."""
    return {one.term.code: one.last for one in course(reckoning.Course({"agreed": agreed_on}), place)}


def award_days(place: Place, served_on: date) -> dict[str, date]:
    """The last days of what an award begins, by the term, counted from the day on which it was received."""
    return {one.term.code: one.last for one in course(reckoning.Course({"award_served": served_on}), place)}


def course_of(dispute: Dispute, place: Place) -> list[reckoning.Due]:
    """The terms that a dispute itself begins: of mediation, of its agreement, of what was filed elsewhere, and of an award.

    A mediation that was prolonged or stood still ends when its clock says: one end, on every page.
    """
    days, gone = {"mediation_applied": dispute.applied_on}, set()
    if dispute.agreed_on is not None:
        days["agreed"] = dispute.agreed_on
    for one in dispute.filings.order_by("filed_on"):
        if one.kind in FILED and not one.outcome:
            days[FILED[FilingKind(one.kind)]] = one.filed_on
        elif one.kind == FilingKind.AID and one.outcome == FilingOutcome.GRANTED and one.decided_on is not None:
            days["aid_granted"] = one.decided_on
        elif one.served_on is not None:
            days["award_served"] = one.served_on
            gone |= set() if one.final else {"cancel"}
    found = [due for due in course(reckoning.Course(days), place) if due.term.code not in gone]
    if (end := mediate_by(dispute) or dispute.mediates_to) is not None:
        found = [replace(due, last=end, rolled=False) if due.term.code == "mediation" and due.last != end else due for due in found]
    return sorted(found, key=attrgetter("last"))


def course_of_supervision(case: Supervision, place: Place) -> list[reckoning.Due]:
    """The terms of a supervision case: the union's own for its decision, the employer's for its answer."""
    days = {"union_told": case.received_on} | ({"opinion_served": case.served_on} if case.served_on else {})
    return course(reckoning.Course(days), place)


def reckonings_of(dispute: Dispute, most: int = 20) -> list[Reckoning]:
    """What was reckoned for a dispute, the last first."""
    return list(Reckoning.objects.filter(dispute=dispute).select_related("by", "claimant__person").order_by("-at", "-pk")[:most])
