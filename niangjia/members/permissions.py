"""Who may do what with members and imports. A roster is asked of its union; whoever is to take somebody over sees her meanwhile."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from niangjia.files.api import (
    guard,
)
from niangjia.kit.who import (
    NOBODY,
    Who,
    grant,
    who,
)
from niangjia.members.enums import (
    May,
)
from niangjia.members.models import (
    Application,
    Batch,
    Card,
    CardBatch,
    Expulsion,
    Lapse,
    Likeness,
    Membership,
    PersonalRequest,
    Request,
    Round,
)
from niangjia.unions.api import (
    chairs,
    holds,
    holds_above,
    under,
)
from niangjia.unions.models import (
    Union,
)


def _home(user: Any, model: type[Model]) -> Q:
    said = NOBODY
    for seat in user.seats:
        if seat.level > 3:
            said |= under(seat, model)
    return said


def _arrival(user: Any, _model: type[Model]) -> Q:
    said = NOBODY
    for seat in user.seats:
        if seat.duty not in ("chair", "organisation"):
            continue
        if seat.level == 1:
            said |= Q(state="LEAVING")
        elif seat.level == 2:
            said |= Q(state="LEAVING", to_union__county_id=seat.union_id)
        elif seat.level == 3:
            said |= Q(state="LEAVING", to_union__township_id=seat.union_id)
        else:
            said |= Q(state="LEAVING", to_union_id__in=seat.within)
    return said


def keeps_at(column: str) -> Who:
    """Chair or organisation office at the union that a column names, or above it: where a row concerns two unions."""

    def ask(user: Any, _model: type[Model]) -> Q:
        said = NOBODY
        for seat in user.seats:
            if seat.duty not in ("chair", "organisation"):
                continue
            if seat.level == 1:
                said |= ~NOBODY
            elif seat.level == 2:
                said |= Q(**{f"{column}__county_id": seat.union_id})
            elif seat.level == 3:
                said |= Q(**{f"{column}__township_id": seat.union_id})
            else:
                said |= Q(**{f"{column}_id__in": seat.within})
        return said

    return Who(ask, f"chair or organisation office of the {column} union, or above it")


def opens_the_list(seat: Any) -> bool:
    """Whether an office opens the register of its union and all below: the same words as `reading`, asked of one office."""
    return seat.level > 3 or seat.duty in READERS or seat.duty == "chair"


at_home = Who(_home, "any office in the grassroots union itself")
receiving = Who(_arrival, "chair or organisation office of the union to which she moves, or above it")
keeping = chairs | holds("organisation")
drafting = Who(lambda user, _model: Q(made_by=user.pk), "whoever drafted it")
READERS = ("organisation", "office", "rights", "women", "centre")
reading = at_home | holds(*READERS)


@who
def herself(user: Any) -> Q:
    """The member whose file it is."""
    return Q(person__user=user.pk)


# fmt: off
grant(Membership, {
    May.LIST:    reading,  # without those on their way: a list of the whole city must keep to its index
    May.VIEW:    reading | receiving,
    May.EDIT:    keeping,
    May.APPROVE: keeping,
    May.TAKE:    receiving,
    May.REVEAL:  chairs | holds("organisation", "rights"),
    May.EXPORT:  keeping,
})
grant(Application, {
    May.SEE_APPLICATION: keeping,
    May.ADMIT:           keeping,
})
grant(Request, {
    May.SEE_REQUEST: keeping | keeps_at("source"),
    May.ANSWER:      keeps_at("source"),
    May.UNASK:       keeping,
})
grant(Lapse, {
    May.SEE_LAPSE: keeping,
    May.LAPSE:     keeping,
})
grant(Expulsion, {
    May.SEE_EXPULSION:  keeping,
    May.EXPEL:          keeping,
    May.FILE_EXPULSION: holds_above("organisation"),
})
grant(Round, {
    May.SEE_ROUND: keeping,
    May.CONFIRM:   keeping,
})
grant(CardBatch, {
    May.SEE_CARDS:   keeping,
    May.ORDER_CARDS: keeping,
    May.SEND_CARDS:  keeping & ~drafting,
})
grant(Card, {
    May.SEE_CARD:  keeping,
    May.KEEP_CARD: keeping,
})
grant(Likeness, {
    May.SEE_LIKENESS: keeping,
    May.JUDGE:        keeping,
})
grant(Union, {
    May.WANT:    keeping,
    May.DRAFT_CARDS: keeping,
    May.APPLY:   keeping,
    May.IMPORT:  keeping,
})
grant(Batch, {
    May.SEE_IMPORT:  keeping,
    May.UNDO_IMPORT: keeping,
    May.FIX_IMPORT:  keeping,  # shows names, and the numbers that are wrong, to whoever may have the file itself back
})
grant(PersonalRequest, {
    May.SEE_PERSONAL:    keeping,
    May.ANSWER_PERSONAL: keeping,
    May.OWN_PERSONAL:    herself,
})
# fmt: on
guard(Batch, May.SEE_IMPORT)
guard(Membership, May.VIEW)
guard(PersonalRequest, May.SEE_PERSONAL)
