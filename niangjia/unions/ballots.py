"""Reading foundings and elections: those that a person sees, what waits for her, what runs at a union."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.models import Clock
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.kit.who import permitted
from niangjia.unions.enums import Kind, May
from niangjia.unions.models import Election, Founding, StaffCheck, Union
from niangjia.unions.models.elections import DONE
from niangjia.unions.models.founding import DONE as FOUNDED
from niangjia.unions.rules import ENDINGS

ABOVE, OWN = ("SENT", "REPORTED"), ("DRAFT", "EXAMINED", "POSTED", "HELD")  # on whose desk it lies, by its state


@dataclass(frozen=True)
class Ask:
    """What a list is narrowed by."""

    text: str = ""
    view: str = ""  # mine, open, late, done, gone
    state: str = ""
    under: str = ""  # the code of a union


def within(under: str) -> Q:
    """Rows that stand at a union or below it, by its code."""
    return Q(union__code=under) | Q(township__code=under) | Q(county__code=under)


def late(kind: str) -> QuerySet[Clock, int]:
    """The things of a kind with a clock past its end; asked of the few clocks that are late, not of the many rows."""
    return Clock.objects.filter(kind=kind, stopped_at=None, due_at__lt=now()).values_list("thing_id", flat=True)


def listed(user: User, ask: Ask) -> QuerySet[Election]:
    """The elections that a person may see, narrowed."""
    rows: QuerySet[Election] = permitted(user, May.SEE_ELECTION).select_related("union", "above")
    if ask.state:
        rows = rows.filter(state=ask.state)
    if ask.under:
        rows = rows.filter(within(ask.under))
    if text := ask.text.strip():
        rows = rows.filter(Q(reference__icontains=text) | Q(union__name__icontains=text) | Q(union__code=text))
    if ask.view == "mine":
        rows = rows.filter(waits_for(user))
    elif ask.view == "open":
        rows = rows.exclude(state__in=DONE)
    elif ask.view == "late":
        rows = rows.filter(pk__in=late("unions.election"))
    elif ask.view == "done":
        rows = rows.filter(state="APPROVED")
    elif ask.view == "gone":
        rows = rows.filter(state__in=("ANNULLED", "WITHDRAWN"))
    return rows


def waits_for(user: User) -> Q:
    """What lies on a person's own desk: candidates and results of unions directly below hers, and her own union's election."""
    mine = [seat.union_id for seat in user.seats if seat.duty in ("organisation", "chair", "office")]
    return Q(state__in=ABOVE, above__in=mine) | Q(state__in=OWN, union__in=mine)


def foundings(user: User, ask: Ask) -> QuerySet[Founding]:
    """The foundings that a person may see, narrowed; an employer is found by its name or its whole credit code."""
    rows: QuerySet[Founding] = permitted(user, May.SEE_FOUNDING).select_related("employer", "at")
    if ask.state:
        rows = rows.filter(state=ask.state)
    if ask.under:
        rows = rows.filter(Q(at__code=ask.under) | Q(township__code=ask.under) | Q(county__code=ask.under))
    if text := ask.text.strip():
        rows = rows.filter(
            Q(reference__icontains=text)
            | Q(employer__name__icontains=text)
            | Q(employer__uscc=text.upper())
            | Q(subject__icontains=text)
            | Q(name__icontains=text)
        )
    if ask.view == "mine":
        mine = [seat.union_id for seat in user.seats if seat.duty in ("organisation", "chair", "office")]
        rows = rows.filter(at__in=mine).exclude(state__in=FOUNDED)
    elif ask.view == "clues":
        rows = rows.filter(state="CLUE")
    elif ask.view == "open":
        rows = rows.exclude(state__in=FOUNDED)
    elif ask.view == "late":
        rows = rows.filter(pk__in=late("unions.founding"))
    elif ask.view == "done":
        rows = rows.filter(state="REGISTERED")
    elif ask.view == "gone":
        rows = rows.filter(state__in=("REFUSED", "WITHDRAWN"))
    return rows


def named(one: Founding) -> str:
    """The name that a founded union would have, by its type; whoever applies may write another."""
    return f"{one.whose}{ENDINGS[one.kind or Kind.SINGLE][0]}"


def employees_of(one: Founding) -> int | None:
    """How many employees those have for whom it is founded; nothing where that is not known."""
    if one.employer is not None:
        return one.employer.employees or None
    return one.units.aggregate(n=Sum("employer__employees"))["n"] or None


def next_clocks(kind: str, rows: Iterable[Election | Founding | StaffCheck]) -> dict[int, Clock]:
    """The clock of each row that ends next, in one query."""
    found = Clock.objects.filter(kind=kind, thing_id__in=[one.pk for one in rows], stopped_at=None).order_by("-due_at")
    return {one.thing_id: one for one in found}


def running(union: Union) -> Election | None:
    """The election that is under way at a union."""
    return Election.objects.filter(union=union).exclude(state__in=DONE).first()


def none_runs(union: Union) -> None:
    """RuleBroken if an election is under way: its result is approved there, not past it."""
    if (one := running(union)) is not None:
        raise RuleBroken(
            _("%(reference)s is under way at this union. Approve its result there, or annul it first.") % {"reference": one.reference}
        )


def of_union(union: Union) -> list[Election]:
    """The last elections of a union, the newest first."""
    return list(Election.objects.filter(union=union).order_by("-made_at", "-pk")[:5])
