"""Reading legal aid: the list, the register of agents, what is missing, what binds an agent, the money, the board, and consultations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Right

from niangjia.access.api import SeenLog
from niangjia.kit.answer import asking
from niangjia.kit.dates import today
from niangjia.kit.who import permitted
from niangjia.members.models import Membership, Person
from niangjia.rights.aided import AidMay, AidState
from niangjia.rights.aidset import ADVANCE, CONTRACT_WARN
from niangjia.rights.lists import late_ones
from niangjia.rights.models import DIGITS, Aid, AidAgent, AidReceipt, Consultation, Receipt, Recipient, Subsidy
from niangjia.rights.queries.disputes import LOOKED
from niangjia.rights.rules import aid as rules
from niangjia.unions.models import Employer, Office, Union

KIND = "rights.aid"
OVER = (AidState.CLOSED, AidState.REFUSED, AidState.UPHELD, AidState.WITHDRAWN, AidState.TERMINATED, AidState.TRANSFERRED)
LIVE = tuple(str(one.value) for one in AidState if one not in OVER)
ACTING = ("ASSIGNED", "HANDLING", "FINISHED")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class AidAsk:
    """What the list is narrowed by."""

    q: str = ""
    view: str = ""
    state: str = ""
    kind: str = ""
    matter: str = ""
    form: str = ""
    door: str = ""
    county: str = ""
    since: date | None = None
    until: date | None = None


def aids_named(rows: QuerySet[Aid], text: str) -> QuerySet[Aid]:
    """Cases by the digits at the end of their number, or its beginning; nobody is found by her name or her firm's."""
    text = text.strip()
    if text.isdecimal() and text.isascii():
        return rows.alias(n=Right("reference", DIGITS)).filter(n=text.zfill(DIGITS)) if len(text) <= DIGITS else rows.none()
    return rows.filter(reference__startswith=text.upper()) if text else rows


def aids(user: Any, ask: AidAsk) -> QuerySet[Aid]:
    """The cases that a person may see, narrowed."""
    rows = aids_named(permitted(user, AidMay.SEE_AID, Aid.objects.select_related("union", "county", "agent")), ask.q)
    for name, value in (
        ("state", ask.state),
        ("kind", ask.kind),
        ("matter", ask.matter),
        ("form", ask.form),
        ("door", ask.door),
        ("county__code", ask.county),
    ):
        if value:
            rows = rows.filter(**{name: value})
    if ask.since:
        rows = rows.filter(applied_on__gte=ask.since)
    if ask.until:
        rows = rows.filter(applied_on__lte=ask.until)
    if ask.view == "open":
        rows = rows.filter(state__in=LIVE)
    elif ask.view == "mine":
        rows = rows.filter(handler=user)
    elif ask.view == "late":
        rows = late_ones(rows, KIND)
    elif ask.view == "sign":
        rows = rows.filter(state=AidState.SIGNING)
    return rows


def for_workbook(rows: QuerySet[Aid]) -> QuerySet[Aid]:
    """Cases with the money that came: one question for any number of rows."""
    paid = AidReceipt.objects.filter(aid=OuterRef("pk"), void=False).order_by().values("aid").annotate(sum=Sum("amount"))
    return rows.annotate(received=Coalesce(Subquery(paid.values("sum")), NOTHING))


def for_machines(rows: QuerySet[Aid]) -> QuerySet[Aid]:
    """The same, with how many are aided."""
    many = Recipient.objects.filter(aid=OuterRef("pk")).order_by().values("aid").annotate(n=Count("pk")).values("n")
    return for_workbook(rows).annotate(people=Coalesce(Subquery(many), 0))


# ---------- agents ----------


def with_load(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Agents with how many cases run with each."""
    found: QuerySet[Any] = rows.annotate(load=Count("aids", filter=Q(aids__state__in=ACTING)))
    return found


def agents(user: Any, q: str = "", kind: str = "", holds: str = "") -> QuerySet[Any]:
    """The registers that a person may see, narrowed."""
    rows = permitted(user, AidMay.SEE_AGENT, AidAgent.objects.select_related("union"))
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(firm__icontains=q) | Q(licence__istartswith=q) | Q(fields__icontains=q))
    if kind:
        rows = rows.filter(kind=kind)
    day = today()
    over = Q(active=False) | Q(until__lt=day)
    if holds == "valid":
        rows = rows.exclude(over)
    elif holds == "expired":
        rows = rows.filter(over)
    elif holds == "soon":
        last = day + asking(None, day)(CONTRACT_WARN).length()
        rows = rows.filter(active=True, until__gte=day, until__lte=last)
    return with_load(rows)


def agents_for(case: Aid) -> list[AidAgent]:
    """Whom one may assign: on the registers of its place and those above, whose contract holds, the least loaded first."""
    places = [pk for pk in (case.union_id, case.township_id, case.county_id) if pk]
    rows = AidAgent.objects.filter(
        Q(union__in=places) | Q(union__level=1), Q(until=None) | Q(until__gte=today()), active=True
    ).select_related("union")
    return sorted(with_load(rows)[:500], key=lambda one: (one.load, one.name))


def agent_ties(agent: AidAgent, case: Aid) -> rules.AgentTies:
    """What binds an agent to a side, as far as the house knows it."""
    found: dict[str, bool] = {}
    if case.against_id is not None:
        found["counsel"] = agent.counsel_to.filter(pk=case.against_id).exists()
        found["same_firm"] = (
            bool(agent.firm) and AidAgent.objects.filter(firm=agent.firm, counsel_to=case.against_id).exclude(pk=agent.pk).exists()
        )
    if agent.user_id is not None:
        firm = Union.objects.filter(Q(employer=case.against_id) | Q(covers__employer=case.against_id, covers__until=None), level__gt=3)
        held = Office.objects.filter(user=agent.user_id).filter(Q(until=None) | Q(until__gt=today()))
        spells = Membership.objects.filter(person__user=agent.user_id, left_on=None)
        found["applies"] = Recipient.objects.filter(aid=case, person__user=agent.user_id).exists()
        if case.against_id is not None:
            found["union_officer"] = held.filter(union__in=firm.values("pk")).exists()
            found["works_there"] = spells.filter(Q(employer=case.against_id) | Q(employer=None, union__employer=case.against_id)).exists()
        dispute = case.dispute
        found["mediated"] = dispute is not None and (
            dispute.mediator_id == agent.user_id or dispute.appointments.filter(mediator__user=agent.user_id).exists()
        )
    return rules.AgentTies(**found)


# ---------- one case ----------


def missing_of(case: Aid) -> tuple[str, ...]:
    """The papers that are still missing."""
    return rules.missing(case.kind, case.matter, set(case.proofs.values_list("kind", flat=True)))


def may_advance(case: Aid) -> bool:
    """Whether aid may come before the papers."""
    day = today()
    return rules.in_advance(case.limit_on, day, asking(case, day)(ADVANCE).count)


def received_in(case: Aid) -> Decimal:
    """What those who are aided really got."""
    found: Decimal = AidReceipt.objects.filter(aid=case, void=False).aggregate(sum=Coalesce(Sum("amount"), NOTHING))["sum"]
    return found


def received_by(case: Aid) -> dict[int, Decimal]:
    """What each recipient got, as entered here for her."""
    rows = AidReceipt.objects.filter(aid=case, void=False, recipient__isnull=False).values_list("recipient").annotate(sum=Sum("amount"))
    return dict(rows)


def to_take_over(case: Aid) -> list[Receipt]:
    """The lines of the linked dispute that came while she was aided, and that no aid case counts yet."""
    if case.dispute_id is None or case.granted_on is None:
        return []
    rows = Receipt.objects.filter(dispute=case.dispute_id, void=False, received_on__gte=case.granted_on).exclude(aided__void=False)
    return list(rows.order_by("received_on", "pk"))


def applicant_name(case: Aid) -> str:
    """Who is aided, with how many more."""
    if case.applicant_union is not None:
        return case.applicant_union.name
    names = [one.person.name for one in case.recipients.select_related("person").order_by("pk")]
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人" if names else ""


def aid_looked_at(case: Aid, person: Person) -> list[SeenLog]:
    """Who opened a case, the last first; her own openings are left out."""
    rows = SeenLog.objects.filter(kind=KIND, thing_id=case.pk).exclude(user=person.user_id)
    return list(rows.select_related("user").order_by("-at", "-pk")[:LOOKED])


# ---------- subsidies and consultations ----------


def subsidies(
    user: Any, q: str = "", state: str = "", form: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Subsidy]:
    """The subsidies that a person may see, narrowed; a period is that of the approval."""
    rows: QuerySet[Subsidy] = permitted(
        user, AidMay.SEE_SUBSIDY, Subsidy.objects.select_related("aid", "agent", "union", "county", "approved_by", "proposed_by")
    )
    if q:
        rows = rows.filter(Q(agent__name__icontains=q) | Q(agent__firm__icontains=q) | Q(aid__reference__startswith=q.upper()))
    for name, value in (("state", state), ("form", form)):
        if value:
            rows = rows.filter(**{name: value})
    if since:
        rows = rows.filter(approved_on__gte=since)
    if until:
        rows = rows.filter(approved_on__lte=until)
    return rows


def consultations(user: Any, said: dict[str, Any]) -> QuerySet[Consultation]:
    """The consultations that a person may see, narrowed."""
    rows: QuerySet[Consultation] = permitted(user, AidMay.SEE_ADVICE, Consultation.objects.select_related("union", "county", "agent"))
    if said.get("q"):
        rows = rows.filter(Q(asked__icontains=said["q"]) | Q(answered__icontains=said["q"]))
    for name, column in (("kind", "kind"), ("matter", "matter"), ("how", "how"), ("county", "county__code")):
        if said.get(name):
            rows = rows.filter(**{column: said[name]})
    if said.get("since"):
        rows = rows.filter(on__gte=said["since"])
    if said.get("until"):
        rows = rows.filter(on__lte=said["until"])
    return rows


# ---------- the board ----------


@dataclass(frozen=True)
class Board:
    """What runs now: by state, by applicant, by matter; how long it takes; who carries how much."""

    running: int
    late: list[Aid]
    states: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    matters: list[tuple[str, int]]
    review: Decimal | None
    assign: Decimal | None
    load: Sequence[AidAgent]


def board(user: Any) -> Board:
    """The board of a reader: the cases that she may see and that run, and those decided in the last twelve months for the days."""
    rows = permitted(user, AidMay.SEE_AID).filter(state__in=LIVE)

    def by(field: str) -> list[tuple[str, int]]:
        return list(rows.order_by().values_list(field).annotate(n=Count("pk")).order_by("-n", field))

    past = permitted(user, AidMay.SEE_AID).filter(decided_on__gte=today().replace(year=today().year - 1, day=1))
    days = past.order_by().aggregate(review=Avg("review_days"), assign=Avg("assign_days"))
    late = list(
        late_ones(permitted(user, AidMay.SEE_AID, Aid.objects.select_related("union", "county", "agent")), KIND).order_by(
            "applied_on", "pk"
        )[:20]
    )
    carried = (
        with_load(permitted(user, AidMay.SEE_AGENT, AidAgent.objects.select_related("union")))
        .filter(load__gt=0)
        .order_by("-load", "name")[:20]
    )
    states = by("state")
    return Board(sum(n for _s, n in states), late, states, by("kind"), by("matter"), days["review"], days["assign"], list(carried))


def employer_by(code: str) -> Employer | None:
    """The employer with a credit code."""
    return Employer.objects.coded(code)
