"""The register of agents, consultations that end as such, and subsidies: proposed by one person, approved by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.kit.answer import asking
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights.aided import AgentKind, AidMay, AidState
from niangjia.rights.aidset import PAID, PUBLIC_PAID
from niangjia.rights.models import Aid, AidAgent, Consultation, Subsidy
from niangjia.rights.rules import aid as rules
from niangjia.unions.api import answerable
from niangjia.unions.models import Employer, Union

# ---------- the register ----------


@dataclass(frozen=True)
class Listed:
    """What the register says of an agent."""

    name: str
    kind: str
    licence: str
    firm: str = ""
    until: date | None = None
    fields: str = ""
    user: User | None = None
    counsel_to: Sequence[Employer] = ()


def _facts(said: Listed) -> dict[str, Any]:
    if not said.name.strip() or not said.licence.strip():
        raise RuleBroken(_("Write the name, and the number of the licence or of the union card."))
    if said.kind == AgentKind.FIRM and (not said.firm.strip() or said.until is None):
        raise RuleBroken(_("A lawyer of a contracted firm stands here with the firm, and the day until which its contract holds."))
    return {
        "name": said.name.strip()[:60], "kind": said.kind, "licence": said.licence.strip()[:40], "firm": said.firm.strip()[:120], "until": said.until,
        "fields": said.fields.strip()[:200], "user": said.user,
    }  # fmt: skip


def _not_yours() -> Refused:
    return Refused(_("The register of agents is kept by the rights office of a township, a county or the city."))


@transaction.atomic
def list_agent(union: Union, said: Listed, *, by: User) -> AidAgent:
    """Put an agent on the register of a union. RuleBroken if the licence, or the account, stands on one already."""
    if not allows(by, AidMay.KEEP_AGENTS, union):
        raise _not_yours()
    try:
        with transaction.atomic():
            made = AidAgent.objects.create(union=union, township_id=union.township_id, county_id=union.county_id, **_facts(said))
    except IntegrityError as fault:
        raise RuleBroken(_("This licence, or this account, stands on a register already.")) from fault
    made.counsel_to.set(said.counsel_to)
    return made


@transaction.atomic
def change_agent_entry(one: AidAgent, said: Listed, *, active: bool, by: User) -> AidAgent:
    """Correct what the register says, renew a contract, or take somebody off it; her cases stay."""
    if not allows(by, AidMay.KEEP_AGENT, one):
        raise _not_yours()
    try:
        with transaction.atomic():
            AidAgent.objects.filter(pk=one.pk).update(active=active, **_facts(said))
    except IntegrityError as fault:
        raise RuleBroken(_("This licence, or this account, stands on a register already.")) from fault
    one.refresh_from_db()
    one.counsel_to.set(said.counsel_to)
    return one


# ---------- consultations ----------


@dataclass(frozen=True)
class Advice:
    """What was asked and answered, of how many people; nobody is named in it."""

    on: date
    how: str
    kind: str
    matter: str
    asked: str
    answered: str
    people: int = 1
    agent: AidAgent | None = None


@transaction.atomic
def advise_people(union: Union, said: Advice, *, by: User) -> Consultation:
    """A consultation that ends as such is written down: it counts by its people (人次)."""
    if not allows(by, AidMay.RECORD_ADVICE, union):
        raise Refused(_("Consultations are recorded by the union that advised, by the hotline, or by a rights office above."))
    if said.on > today():
        raise RuleBroken(_("The day lies ahead; write the day on which it came in."))
    if not said.asked.strip() or not said.answered.strip():
        raise RuleBroken(_("Write what was asked, and what was answered."))
    if said.people < 1:
        raise RuleBroken(_("At least one person was advised."))
    return Consultation.objects.create(
        union=union, township_id=union.township_id, county_id=union.county_id, on=said.on, how=said.how, kind=said.kind, matter=said.matter, people=said.people,
        asked=said.asked.strip()[:500], answered=said.answered.strip()[:1000], agent=said.agent, by=by, at=now(),
    )  # fmt: skip


@transaction.atomic
def void_advice(one: Consultation, *, why: str, by: User) -> Consultation:
    """A consultation was written down by mistake: it stays to be read, and counts no more."""
    if not (allows(by, AidMay.KEEP_ADVICE, one) or one.by_id == by.pk):
        raise Refused(_("A consultation is made void by whoever wrote it down, or by the rights office."))
    if not why.strip():
        raise RuleBroken(_("Say why it does not count: the line stays, with your reason beside it."))
    if not Consultation.objects.filter(pk=one.pk, void=False).update(void=True, void_why=why.strip()[:200]):
        raise Overtaken
    one.refresh_from_db()
    return one


# ---------- subsidies ----------


@transaction.atomic
def propose_subsidy(case: Aid, *, by: User) -> Subsidy:
    """The agent of a closed case is paid by the rate of its form and place on the day of the closing; a second person approves it."""
    if not allows(by, AidMay.CLOSE_AID, case):
        raise Refused(_("Subsidies are proposed by the rights office that handles the case, never by the agent."))
    if case.state != AidState.CLOSED or case.agent is None or case.closed_on is None:
        raise IllegalStep(f"{case.reference} is {case.state}")
    ask = asking(case, case.closed_on)
    amount = rules.subsidy_of(case.agent.kind, ask(PAID.cells[case.form,]), public_paid=ask(PUBLIC_PAID))
    if not amount:
        raise RuleBroken(_("%(name)s acts as a part of her post, and no subsidy is paid here.") % {"name": case.agent.name})
    try:
        with transaction.atomic():
            made = Subsidy.objects.create(
                aid=case, agent=case.agent, union=case.union, township_id=case.township_id, county_id=case.county_id, form=case.form, amount=amount,
                rate_on=case.closed_on, proposed_on=today(), proposed_by=by,
            )  # fmt: skip
    except IntegrityError as fault:
        raise RuleBroken(_("A subsidy for this agent and case is proposed already.")) from fault
    start(made, by=by)
    people = {user.pk: user for duty in ("chair", "leader") for user in answerable(case.union, duty) if user.pk != by.pk}
    tell(people.values(), "aid-subsidy", facts={"reference": case.reference, "sum": f"{amount:,.2f}"}, url=made.get_absolute_url())
    return made


@transaction.atomic
def approve_subsidy(one: Subsidy, *, by: User) -> Subsidy:
    """A second person approves: a chair or a vice-chair who did not propose it. It is paid by the finance office, from account 50403."""
    if one.proposed_by_id == by.pk:
        raise Refused(_("Whoever proposed a subsidy does not approve it."))
    Subsidy.objects.filter(pk=one.pk).update(approved_on=today(), approved_by=by)
    move(one, "approve", by=by)
    one.refresh_from_db()
    return one


@transaction.atomic
def return_subsidy(one: Subsidy, *, reason: str, by: User) -> Subsidy:
    """It is not approved, with the reason."""
    move(one, "send-back", by=by, reason=reason)
    return one


@transaction.atomic
def propose_again(one: Subsidy, *, by: User) -> Subsidy:
    """It is proposed again, at the same rate."""
    Subsidy.objects.filter(pk=one.pk).update(proposed_on=today(), proposed_by=by)
    move(one, "again", by=by)
    one.refresh_from_db()
    return one


def remind_approvers(one: Subsidy, *, what: Any, due: datetime) -> None:
    """A subsidy waits longer than its days: those who approve are told, and whoever proposed it."""
    people = {user.pk: user for duty in ("chair", "leader") for user in answerable(one.union, duty)}
    people[one.proposed_by_id] = one.proposed_by
    facts = {"reference": one.aid.reference, "what": what, "until": day_of(due)}
    tell(people.values(), "aid-late", facts=facts, url=one.get_absolute_url())
