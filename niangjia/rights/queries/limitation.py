"""Until when the workers of a dispute may go to arbitration, as far as the house knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from niangjia.flow.api import works
from niangjia.kit.answer import asking
from niangjia.members.models import Membership
from niangjia.rights import rates, reckoning
from niangjia.rights.enums import Cause, FilingKind, FilingOutcome
from niangjia.rights.models import Claim, Claimant, Dispute, Filing, Receipt
from niangjia.rights.models.reckoning import Reckoning
from niangjia.rights.reckoned import Kind
from niangjia.rights.reckoning import Answer, Step

WAGES = (Cause.PAY, Cause.OVERTIME, Cause.ARREARS)  # remuneration, of which art. 27 says that no limitation runs while work goes on
ASKED = (FilingKind.ARBITRATION, FilingKind.ORDER, FilingKind.INSPECTION)  # whoever files these asks a department for her right
Interruptions = list[tuple[date, str]]


@dataclass(frozen=True)
class Limit:
    """The last day, the way to it, and whether what lay before the application is known."""

    answer: Answer
    known: bool

    def expired(self, on: date) -> bool | None:
        """Whether it has run out by a day; None where a person must look."""
        return (self.answer.day is not None and self.answer.day < on) if self.known else None


def limit_of(dispute: Dispute) -> Limit:
    """The limitation of arbitration (Labour Dispute Mediation and Arbitration Law, art. 27).

    Where somebody reckoned it for the dispute, her facts hold; the application, what was filed elsewhere, the agreement and each payment begin the year
    anew after them. Where nobody did, it is known only that the year begins anew with the application, if it had not run out by then; and that none
    runs for wages while all who claim them are members at the firm.
    """
    filings = list(
        Filing.objects.filter(dispute=dispute, kind__in=ASKED).order_by("filed_on").values_list("kind", "filed_on", "outcome", "served_on")
    )
    lost = (FilingOutcome.REFUSED, FilingOutcome.WITHDRAWN)
    arbitrated = next(
        (on for kind, on, outcome, served in filings if kind == FilingKind.ARBITRATION and (outcome not in lost or served)), None
    )
    if arbitrated is not None:
        return Limit(Answer("limitation", steps=(Step("arbitrated", {"day": arbitrated}, ("LDL 27/2",)),)), known=True)
    months, table = asking(dispute, dispute.applied_on)(rates.LIMIT), works()
    broken = _interruptions(dispute, [on for _kind, on, _outcome, _served in filings])
    said = Reckoning.objects.filter(dispute=dispute, kind=Kind.LIMITATION).order_by("-at", "-pk").values_list("inputs", flat=True).first()
    if said is not None:
        return Limit(reckoning.limitation(_claim(said, broken), months, table), known=True)
    if _at_work(dispute):
        found = reckoning.limitation(reckoning.Claim(dispute.applied_on, arrears=True), months, table)
        return Limit(replace(found, steps=(Step("at_work"), *found.steps)), known=True)
    found = reckoning.limitation(reckoning.Claim(dispute.applied_on, interruptions=broken), months, table)
    begun = Step("from_application", {"day": dispute.applied_on}, ("LDL 27/2",))
    return Limit(replace(found, steps=(begun, *found.steps[1:])), known=False)


def limitation_of(dispute: Dispute) -> date | None:
    """The last day on which the workers may go to arbitration; None where no limitation runs, or they have gone there."""
    return limit_of(dispute).answer.day


def _interruptions(dispute: Dispute, asked: Sequence[date]) -> Interruptions:
    """What begins the year anew, out of the dispute itself: asking for help, and whatever shows that the employer owes it."""
    paid = Receipt.objects.filter(dispute=dispute, void=False).order_by("received_on").values_list("received_on", flat=True).distinct()
    admitted = [*([dispute.agreed_on] if dispute.agreed_on else []), *paid]
    return sorted({(dispute.applied_on, "ASKED"), *((on, "ASKED") for on in asked), *((on, "ADMITTED") for on in admitted)})


def _claim(said: Mapping[str, Any], broken: Interruptions) -> reckoning.Claim:
    """The facts that somebody filled in when she reckoned it, with what the dispute itself adds."""

    def day(name: str) -> date | None:
        return date.fromisoformat(said[name]) if said.get(name) else None

    told = [(on, str(said[f"how_{n}"])) for n in ("a", "b", "c") if (on := day(f"day_{n}")) is not None]
    first, last = day("stopped"), day("resumed")
    known = date.fromisoformat(said["known"])
    return reckoning.Claim(known, said["what"] == "WAGES", day("ended"), [*told, *broken], [(first, last)] if first and last else [])


def _at_work(dispute: Dispute) -> bool:
    """Whether it is about wages alone, and all who claim them are members at a firm that is claimed against."""
    if dispute.cause not in WAGES or Claim.objects.filter(claimant__dispute=dispute).exclude(kind__in=WAGES).exists():
        return False
    workers = set(Claimant.objects.filter(dispute=dispute).values_list("person_id", flat=True))
    firms = list(dispute.respondents.values_list("employer_id", flat=True))
    there = Membership.objects.filter(Q(employer__in=firms) | Q(union__employer__in=firms), person__in=workers, left_on=None)
    at_work = there.filter(state__in=("MEMBER", "LEAVING"), standing="ACTIVE").values_list("person_id", flat=True)
    return bool(workers) and workers == set(at_work)
