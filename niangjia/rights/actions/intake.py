"""A worker asks for help herself: the case lies with the union above her firm's, and the firm's own union sees it only if she agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import attach
from niangjia.flow.api import clocks, move, start
from niangjia.kit.dates import day_of, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.members.models import Membership, Person
from niangjia.notices.api import tell
from niangjia.rights.actions.parties import set_main
from niangjia.rights.enums import DisputeState, Entrance, May, Outcome
from niangjia.rights.models import Claim, Claimant, Dispute, Respondent
from niangjia.unions.api import answerable
from niangjia.unions.models import Employer, Union

RUNNING = (DisputeState.APPLIED, DisputeState.MEDIATING, DisputeState.PAUSED)
MOST_FILES = 10


@dataclass(frozen=True)
class Asked:
    """What a worker says: what it is about, what happened, how much, against whom, and whether her firm's union may see it."""

    cause: str
    facts: str
    amount: Decimal = Decimal(0)
    months: str = ""
    firm_may_see: bool = False
    files: Sequence[Any] = ()


def desk_for(membership: Membership) -> Union:
    """The union above the firm's that takes it on: the township's, else the county's, else her own where it leads itself."""
    union = membership.union
    above = union.township or union.county
    if union.level <= 3 or above is None:
        return union
    return above


@transaction.atomic
def send_help(person: Person, membership: Membership, said: Asked, *, by: User) -> Dispute:
    """A worker sends in what happened, with her papers; the union above her firm's decides within its days."""
    if person.user_id != by.pk or membership.person_id != person.pk:
        raise Refused(_("Everybody asks about her own file."))
    if not said.facts.strip():
        raise RuleBroken(_("Write what happened, in your own words."))
    if said.amount < 0:
        raise RuleBroken(_("A claim is not negative."))
    employer: Employer | None = membership.employer or membership.union.employer
    mine = Dispute.objects.filter(claimants__person=person, cause=said.cause, state__in=RUNNING)
    if employer is not None:
        mine = mine.filter(respondents__employer=employer)
    if (same := mine.first()) is not None:
        raise RuleBroken(_("%(case)s about the same matter runs already. Add to it by calling the mediator.") % {"case": same.reference})
    if len(said.files) > MOST_FILES:
        raise RuleBroken(_("At most %(most)d files at a time.") % {"most": MOST_FILES})
    desk = desk_for(membership)
    firm_union = membership.union if membership.union_id != desk.pk else None
    made = Dispute.objects.create(
        reference=next_reference(Dispute, "TJ"), handled_by=desk, township_id=desk.township_id, county_id=desk.county_id, cause=said.cause, written=True,
        facts=said.facts.strip(), applied_on=today(), claimed=said.amount, entrance=Entrance.MEMBER, firm_union=firm_union,
    )  # fmt: skip
    worker = Claimant.objects.create(dispute=made, person=person, claimed=said.amount, sent=True, firm_may_see=said.firm_may_see)
    if said.amount:
        Claim.objects.create(claimant=worker, kind=said.cause, months=said.months.strip()[:60], claimed=said.amount)
    if employer is not None:
        Respondent.objects.create(dispute=made, employer=employer)
        set_main(made)
    for one in said.files:
        attach(made, one, name=one.name, purpose=str(_("Evidence of the worker")), by=by)
    start(made, by=by)
    due = next((clock.due_at for clock in clocks(made) if clock.code == "RD-D1"), None)
    facts = {"reference": made.reference, "day": made.applied_on, "until": day_of(due) if due else _("soon")}
    tell(answerable(desk, "rights"), "dispute-sent-in", facts=facts, url=made.get_absolute_url())
    return made


def answer_worker(dispute: Dispute) -> None:
    """Tell the worker who sent it in how it stands now; whoever was named by others reads it when she looks."""
    if dispute.entrance != Entrance.MEMBER:
        return
    people = User.objects.filter(person__claims__dispute=dispute)
    url = reverse("own-rights:case", args=[dispute.uuid])
    tell(people, "dispute-answered", facts={"reference": dispute.reference, "state": DisputeState(dispute.state).label}, url=url)


def tell_workers(dispute: Dispute, message: str, /, **facts: Any) -> None:
    """Tell every worker of a dispute who has an account, whoever named her: her own days run out, not only the office's."""
    people = User.objects.filter(person__claims__dispute=dispute, is_active=True).distinct()
    tell(people, message, facts={"reference": dispute.reference, **facts}, url=reverse("own-rights:case", args=[dispute.uuid]))


@transaction.atomic
def add_evidence(dispute: Dispute, files: Sequence[Any], *, by: User) -> int:
    """A worker adds papers while her case runs."""
    if not allows(by, May.OWN_DISPUTE, dispute):
        raise Refused(_("Everybody asks about her own file."))
    if dispute.state not in (*RUNNING, DisputeState.AGREED):
        raise RuleBroken(_("This case is over. Call the union that handled it."))
    if not 0 < len(files) <= MOST_FILES:
        raise RuleBroken(_("At most %(most)d files at a time.") % {"most": MOST_FILES})
    for one in files:
        attach(dispute, one, name=one.name, purpose=str(_("Evidence of the worker")), by=by)
    return len(files)


@transaction.atomic
def consent(dispute: Dispute, *, yes: bool, by: User) -> Claimant:
    """A worker says for herself whether her firm's own union may see the case; it opens when all agree. She may change her mind."""
    if not allows(by, May.OWN_DISPUTE, dispute):
        raise Refused(_("Everybody asks about her own file."))
    if not yes and dispute.handled_by_id == dispute.firm_union_id:
        raise RuleBroken(_("The union of your firm deals with it now. Ask it, or call 12351, to have the case handed to the union above."))
    line = Claimant.objects.get(dispute=dispute, person__user=by)
    Claimant.objects.filter(pk=line.pk).update(firm_may_see=yes)
    line.firm_may_see = yes
    return line


@transaction.atomic
def recall(dispute: Dispute, *, reason: str, by: User) -> Dispute:
    """A worker takes back what she sent in, while nobody has decided yet; of several workers nobody takes it back for all."""
    if dispute.claimants.count() > 1:
        raise RuleBroken(_("Others claim with you. Tell the mediator that you withdraw; the case goes on for the others."))
    Dispute.objects.filter(pk=dispute.pk).update(outcome=Outcome.WITHDRAWN, closed_on=today())
    dispute.outcome, dispute.closed_on = Outcome.WITHDRAWN, today()
    move(dispute, "recall", by=by, reason=reason)
    return dispute
