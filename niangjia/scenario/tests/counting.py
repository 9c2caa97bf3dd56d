"""The published figures counted by hand, over plain rows: nothing of the books is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from niangjia.members.models import Membership
from niangjia.rights.models import Claimant, Dispute, Event, Receipt, Respondent
from niangjia.scenario.targets import REVIEW, WINDOW
from niangjia.unions.models import Body, Staffing, Union


def inside(day: date | None) -> bool:
    return day is not None and WINDOW[0] <= day <= WINDOW[1]


def stands(since: date | None, until: date | None) -> bool:
    return since is not None and since <= REVIEW and (until is None or until > REVIEW)


def counted() -> dict[str, Decimal]:
    """Every figure of targets, by its number."""
    events = [
        affected
        for day, state, affected in Event.objects.values_list("reported_on", "state", "affected")
        if state != "FALSE" and inside(day)
    ]
    taken = {
        pk
        for pk, state, day in Dispute.objects.values_list("pk", "state", "accepted_on")
        if state not in {"APPLIED", "REFUSED"} and inside(day)
    }
    unions = Union.objects.values_list("pk", "kind", "state", "founded_on", "closed_on")
    kinds = {pk: kind for pk, kind, state, since, until in unions if state != "PREPARING" and stands(since, until)}
    grassroots = {pk for pk, kind in kinds.items() if kind >= "20" and kind != "30"}
    bodies = {"AUDIT": 0, "WOMEN": 0}
    for _pk, kind, since, until, above in Body.objects.values_list("union", "kind", "since", "until", "union__kind"):
        if kind in bodies and "20" <= above <= "27" and stands(since, until):
            bodies[kind] += 1
    members = set()
    for row in Membership.objects.values_list("person", "joined_on", "left_on", "standing", "primary", "state", "ending"):
        person, since, until, standing, primary, state, ending = row
        if standing == "ACTIVE" and primary and state not in {"APPLIED", "REFUSED"} and ending != "UNDONE" and stands(since, until):
            members.add(person)
    return {
        "F043": Decimal(len(events)),
        "F044": Decimal(sum(events)),
        "F045": Decimal(len(taken)),
        "F046": Decimal(sum(pk in taken for pk in Respondent.objects.values_list("dispute", flat=True))),
        "F047": Decimal(sum(pk in taken for pk in Claimant.objects.values_list("dispute", flat=True))),
        "F048": sum(
            (amount for day, amount, void in Receipt.objects.values_list("received_on", "amount", "void") if inside(day) and not void),
            Decimal(0),
        ),
        "F102": Decimal(len(grassroots)),
        "F103": Decimal(len(members)),
        "F104": Decimal(bodies["WOMEN"]) * 100 / len(grassroots),
        "F105": Decimal(bodies["AUDIT"]) * 100 / len(grassroots),
        "F106": Decimal(sum(kind == "24" for kind in kinds.values())),
        "F107": Decimal(sum(kind == "12" for kind in kinds.values())),
        "F108": Decimal(
            sum(chair and staff and stands(a, b) for a, b, chair, staff in Staffing.objects.values_list("since", "until", "chair", "staff"))
        ),
    }
