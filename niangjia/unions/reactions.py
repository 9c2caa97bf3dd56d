"""What the house does by itself with unions."""

from __future__ import annotations

from typing import Any

from niangjia.flow.api import after
from niangjia.kit.clock import rings
from niangjia.kit.dates import day_of
from niangjia.unions import actions
from niangjia.unions.actions import elections, ending, founding, reorganise, spells, staffing, vacant
from niangjia.unions.models import Cover, Election, Union


@rings("UN-D1")
def term_ends(union: Any, _clock: Any) -> None:
    """The term has run out without an election."""
    actions.lapse(union)


@rings("RO-D2")
def its_day_has_come(reorganisation: Any, _clock: Any) -> None:
    """An adopted reorganisation comes into force, or goes back if the tree has changed against it."""
    reorganise.enforce(reorganisation)


def _elected_by(notice: Any) -> Election | None:
    """The election whose candidates a notice shows."""
    return Election.objects.filter(pk=notice.thing_id).first() if notice.kind == Election._meta.label_lower else None


@after("gazette.notice", "end")
def candidates_were_shown(notice: Any, _move: Any) -> None:
    """The notice of the candidates is over: the assembly may vote, or the list goes back because an objection was right."""
    if (election := _elected_by(notice)) is not None:
        elections.notice_ended(election, clear=notice.clear)


@after("gazette.notice", "withdraw")
def candidates_were_taken_down(notice: Any, move: Any) -> None:
    """The notice was taken down: it may be put up anew."""
    if (election := _elected_by(notice)) is not None:
        elections.notice_ended(election, clear=False, down=move.reason)


@after("unions.union", "approve")
def first_committee_was_approved(union: Any, _move: Any) -> None:
    """With it the founding goes on to the registration as a legal person."""
    founding.founded(union)


@after("unions.union", "lie-down")
def lies_down(union: Any, line: Any) -> None:
    """From that day on it does not count, and neither do its bodies and its chair."""
    ending.dormant_from(union, day_of(line.at))


@after("unions.union", "re-elect")
@after("unions.union", "resume")
def is_at_work_again(union: Any, _move: Any) -> None:
    """It counts again; that it once lay down is in its story, and not in the figures."""
    ending.dormant_from(union, None)


@after("unions.union", "approve")
@after("unions.union", "abolish")
@after("unions.union", "absorb")
@after("unions.union", "divide")
def union_came_or_went(union: Any, _move: Any) -> None:
    """The firms that it covers have a union from that day, or have none any more."""
    spells.settle_employers(Cover.objects.filter(union=union).values_list("employer", flat=True))


@after("unions.union", "abolish")
@after("unions.union", "absorb")
@after("unions.union", "divide")
def federation_ended(union: Union, _move: Any) -> None:
    """It is asked for no check any more."""
    staffing.drop(union)


@after("unions.union", "abolish")
@after("unions.union", "absorb")
@after("unions.union", "divide")
def its_affairs_end(union: Union, line: Any) -> None:
    """A founding or an election of a union that has ended leads nowhere."""
    ending.end_affairs(union, reason=line.reason, by=line.by)


@rings("UN-D6")
def chair_stays_vacant(union: Any, _clock: Any) -> None:
    """The chair was not filled in time: the union above the one that should have seen to it hears of it."""
    vacant.climb(union)
