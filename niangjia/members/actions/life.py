"""Joining, moving, retaining, leaving. A spell in a union is one row: what changes the spell ends the row and begins the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.faults import phone_fault
from niangjia.kit.ids import narrow
from niangjia.kit.names import reading, tokens
from niangjia.kit.who import allows
from niangjia.members import rules
from niangjia.members.actions.cards import end_cards
from niangjia.members.actions.people import person_for
from niangjia.members.actions.phones import change_phone
from niangjia.members.enums import Ending, Expelling, How, Lapsing, May, Paper, Reason, Standing, State, Wanted, Work
from niangjia.members.models import Expulsion, Lapse, Membership, Person, Request
from niangjia.members.parameters import YOUNGEST
from niangjia.unions.models import Union, place_of


@dataclass(frozen=True)
class Facts:
    """What an application says."""

    name: str
    number: str
    phone: str = ""
    how: str = How.PAPER
    work: str = Work.CONTRACT
    migrant: bool = False
    job: str = ""
    department: str = ""
    paper: str = Paper.ID
    sex: str = ""  # of papers whose number does not say it
    born: date | None = None


def takes_members(union: Union) -> bool:
    """Whether people stand in a union itself: a grassroots one that exists, or is being prepared."""
    return union.level > 3 and union.joinable


def is_pool(union: Union) -> bool:
    """Whether whoever works where there is no union is kept there: a township federation that exists (Rules on membership 2000, rule 6)."""
    return union.level == 3 and union.living


def pool_of(union: Union) -> Union:
    """The federation whose pool takes whoever was sent to a union that does not take her over: the nearest one above it."""
    if union.level <= 3:
        return union
    found = union.township or union.county
    return found if found is not None else Union.objects.get(level=1)


def joined_in(union: Union) -> bool:
    """Whether people may ask to join here: a grassroots union, or the pool of a township for those whose employer has no union."""
    return takes_members(union) or is_pool(union)


def may_be_joined(union: Union) -> None:
    """A sentence if nobody joins this union."""
    if not joined_in(union):
        raise RuleBroken(
            _(
                "People join a grassroots union that exists or, where their employer has none, the pool of a township federation; choose one."
            )
        )


@transaction.atomic
def apply(union: Union, facts: Facts, *, by: User) -> Membership:
    """Somebody applies to join; the union decides (Rules on membership 2016, art. 4)."""
    if not allows(by, May.APPLY, union):
        raise Refused(_("Applications are taken by the union's chair, or by the organisation office above."))
    may_be_joined(union)
    person = person_for(facts.name, facts.number, facts.phone, paper=facts.paper, sex=facts.sex, born=facts.born)
    youngest = asking(union, today())(YOUNGEST)
    if not rules.of_age(person.born_on, today(), youngest):
        raise RuleBroken(
            _(
                "Nobody under %(years)d may be employed (Labour Law, art. 15). Look whether the number is right; if it is, tell the rights office."
            )
            % {"years": youngest}
        )
    _not_member(person)
    made = Membership.objects.create(
        **_copied(person), **place_of(union), employer_id=union.employer_id, state=State.APPLIED, how=facts.how, work=facts.work, migrant=facts.migrant,
        job=facts.job.strip(), department=facts.department.strip(),
    )  # fmt: skip
    start(made, by=by)
    return made


def _copied(person: Person) -> dict[str, Any]:
    """What a membership keeps of its person, so that lists need no join."""
    said = reading(person.name)
    return {"person": person, "sex": person.sex, "name": person.name, "name_py": said, "tokens": tokens(person.name, said)}


def _not_member(person: Person) -> None:
    """A sentence if she stands in a union already, or waits at one's door."""
    held = Membership.objects.filter(person=person, left_on=None).exclude(state=State.REFUSED).select_related("union").first()
    if held is None:
        return
    if held.state == State.APPLIED:
        raise RuleBroken(_("An application of hers already waits at %(union)s.") % {"union": held.union})
    raise RuleBroken(
        _("She is already a member of %(union)s. Ask that union to send her here; her years count on.") % {"union": held.union}
    )


@transaction.atomic
def approve(one: Membership, *, on: date, by: User) -> Membership:
    """The union takes her in; from that day she counts."""
    if not rules.may_begin(on, today()):
        raise RuleBroken(_("Write the day of the decision: it has come already."))
    elsewhere = Membership.objects.filter(person=one.person, left_on=None, primary=True, state__in=[State.MEMBER, State.LEAVING]).exclude(
        pk=one.pk
    )
    if other := elsewhere.select_related("union").first():
        raise RuleBroken(
            _("She has become a member of %(union)s in the meantime. Refuse this application, or ask that union to send her.")
            % {"union": other.union}
        )
    Membership.objects.filter(pk=one.pk, state=State.APPLIED).update(joined_on=on)
    move(one, "approve", by=by)
    one.refresh_from_db()
    return one


@transaction.atomic
def send(one: Membership, *, to: Union, reason: str = "", by: User) -> Membership:
    """She moves with her work: the next union has some working days to take her over."""
    if to.pk == one.union_id:
        raise RuleBroken(_("She stands in this union already; choose the one to which she moves."))
    if not takes_members(to) and not is_pool(to):
        raise RuleBroken(
            _("People move to a grassroots union that exists, or into the pool of a township federation where the new unit has no union.")
        )
    if not one.primary:
        raise RuleBroken(_("This is her second membership. It ends here; only the first one moves."))
    if Membership.objects.filter(person=one.person, union=to, left_on=None).exclude(state=State.REFUSED).exists():
        raise RuleBroken(_("She stands in that union already. End one of the two memberships."))
    Membership.objects.filter(pk=one.pk, state=State.MEMBER).update(to_union=to)
    one.to_union = to
    move(one, "send", by=by, reason=reason)
    one.refresh_from_db()
    return one


@transaction.atomic
def recall(one: Membership, *, by: User) -> Membership:
    """She stays after all."""
    move(one, "recall", by=by)
    Membership.objects.filter(pk=one.pk).update(to_union=None)
    one.refresh_from_db()
    return one


@transaction.atomic
def send_back(one: Membership, *, reason: str, by: User) -> Membership:
    """She does not work there: the union to which she was sent says why, and she stays where she is."""
    move(one, "back", by=by, reason=reason)
    Membership.objects.filter(pk=one.pk).update(to_union=None)
    one.refresh_from_db()
    return one


@transaction.atomic
def arrive(one: Membership, *, by: User) -> Membership:
    """The next union takes her over: one spell ends and the next begins on the same day."""
    if one.to_union is None:
        raise RuleBroken(_("She is not on her way to any union."))
    return _over(one, one.to_union, "take", "approve", How.POOL if is_pool(one.to_union) else How.TRANSFER, by=by)


@transaction.atomic
def pool(one: Membership) -> Membership:
    """Nobody took her over in time: the federation above keeps her, and her years run on. The house does it when the clock rings."""
    assert one.to_union is not None
    return _over(one, pool_of(one.to_union), "pool", "enter", How.POOL, by=None)


def _over(one: Membership, to: Union, verb: str, begins: str, how: str, *, by: User | None) -> Membership:
    day = today()
    _close(one, verb, Ending.TRANSFER, day, reason="", why=Reason.CHANGED, by=by)
    made = Membership.objects.create(
        **_copied(one.person), **place_of(to), employer_id=to.employer_id, state=State.APPLIED, standing=one.standing, how=how, joined_on=day, **_kept(one, MOVES)
    )  # fmt: skip
    start(made, by=by)
    move(made, begins, by=by)
    made.refresh_from_db()
    return made


MOVES = (
    "work",
    "migrant",
    "job",
    "dues_until",
    "active_on",
    "lapses_on",
    "confirmed_on",
)  # what a spell hands on to the next one in another union
STAYS = (*MOVES, "department", "employer_id", "primary")  # and in the same


def _kept(one: Membership, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _close(one: Membership, verb: str, ending: str, on: date, *, reason: str, why: str = "", by: User | None) -> None:
    """End a row; the day first, because an ended membership says how."""
    if one.joined_on is None or not rules.may_end(one.joined_on, on, today()):
        raise RuleBroken(_("The membership began on %(day)s; it ends between that day and today.") % {"day": one.joined_on})
    Membership.objects.filter(pk=one.pk, left_on=None).update(left_on=on, ending=ending, reason=why)
    one.left_on, one.ending, one.reason = on, ending, why
    move(one, verb, by=by, reason=reason)
    waits = (
        Request.objects.filter(membership=one, state=Wanted.ASKED),
        Lapse.objects.filter(membership=one, state__in=[Lapsing.FOUND, Lapsing.TALKED]),
        Expulsion.objects.filter(membership=one, state=Expelling.PROPOSED),
    )
    for affair in (affair for rows in waits for affair in rows.order_by("pk")):
        move(affair, "over", by=None)


def _again(one: Membership, standing: str, ending: str, *, on: date, reason: str, why: str, by: User) -> Membership:
    """The same union, another standing: a new row from the same day. Whoever resumes joins nothing anew."""
    resumes = ending == Ending.RESUMED
    _close(one, "resume" if resumes else "retain", ending, on, reason=reason, why=why, by=by)
    made = Membership.objects.create(
        **_copied(one.person), **place_of(one.union), state=State.APPLIED, standing=standing, joined_on=on, how=How.RESUMED if resumes else one.how,
        reason="" if resumes else why,
        **_kept(one, STAYS) | {"dues_until": None, "active_on": None, "lapses_on": None},
    )  # fmt: skip
    start(made, by=by)
    move(made, "approve", by=by)
    made.refresh_from_db()
    return made


@transaction.atomic
def retain(one: Membership, *, on: date, reason: str, why: str = "", by: User) -> Membership:
    """Retired, out of work, or the employer closed: kept without dues and vote (election rules 2016, art. 4).

    `why`: the reason as a code, as it goes up; `reason`: in words, as it stands in the story.
    """
    if one.standing == Standing.RETAINED:
        raise RuleBroken(_("Her membership is retained already."))
    return _again(one, Standing.RETAINED, Ending.RETAINED, on=on, reason=reason, why=why, by=by)


@transaction.atomic
def retire(rows: Sequence[Membership], *, on: date, by: User) -> int:
    """Those who have retired are retained from a day on, all or none. Answers how many."""
    if not rows:
        raise RuleBroken(_("Tick those who have retired."))
    for one in rows:
        retain(one, on=on, reason=str(Reason.RETIRED.label), why=Reason.RETIRED, by=by)
    return len(rows)


@transaction.atomic
def resume(one: Membership, *, reason: str, by: User) -> Membership:
    """She works again: dues, vote and the count begin anew."""
    if one.standing != Standing.RETAINED:
        raise RuleBroken(_("Her membership is not retained."))
    return _again(one, Standing.ACTIVE, Ending.RESUMED, on=today(), reason=reason, why=Reason.CHANGED, by=by)


WHY: dict[str, str] = {Ending.LEFT: Reason.WISHED, Ending.EXPELLED: Reason.CRIME}


@transaction.atomic
def end(one: Membership, *, ending: str, on: date, reason: str, by: User) -> Membership:
    """She leaves, is deemed to have left, is expelled, or has died; or was never a member.

    RuleBroken if nobody has talked with her before she is deemed to have left, or no committee has decided that she is expelled: both are
    affairs of their own, which end the membership themselves.
    """
    if ending == Ending.LAPSED and not Lapse.objects.filter(membership=one, state=Lapsing.LEFT).exists():
        raise RuleBroken(_("Nobody is deemed to have left before somebody has talked with her: see to it under deemed exits."))
    if ending == Ending.EXPELLED and not Expulsion.objects.filter(membership=one, state=Expelling.DECIDED).exists():
        raise RuleBroken(
            _("Whoever is to be expelled is proposed by her group, and the committee decides on paper: propose it on her page.")
        )
    if ending == Ending.UNDONE and one.joined_on is not None:
        on = one.joined_on
    _close(one, "end", ending, on, reason=reason, why=WHY.get(ending, ""), by=by)
    if not Membership.objects.filter(person=one.person_id, left_on=None).exclude(state__in=[State.REFUSED, State.APPLIED]).exists():
        end_cards(one.person_id)
    one.refresh_from_db()
    return one


@transaction.atomic
def correct(one: Membership, *, by: User, phone: str = "", **facts: Any) -> Membership:
    """Correct what is written about her work, and her phone if one is given."""
    if not allows(by, May.EDIT, one):
        raise Refused(_("Only the union's chair, or the organisation office above, may correct this."))
    if phone := narrow(phone):
        if fault := phone_fault(phone):
            raise RuleBroken(fault)
        change_phone(one.person_id, phone, union=one.union)
    name = "".join(str(facts.pop("name", "")).split())
    if name and name != one.name:
        said = reading(name)
        Person.objects.filter(pk=one.person_id).update(name=name)
        Membership.objects.filter(person=one.person_id).update(name=name, name_py=said, tokens=tokens(name, said))
    Membership.objects.filter(pk=one.pk).update(**facts, edited_at=now())
    note([("corrected", "members.membership", one.pk, "")], by=by)
    one.refresh_from_db()
    return one


@transaction.atomic
def forget_phone(one: Membership, *, by: User) -> Membership:
    """Take away a phone that was written by mistake: none was known before."""
    if not allows(by, May.EDIT, one):
        raise Refused(_("Only the union's chair, or the organisation office above, may correct this."))
    change_phone(one.person_id, "", union=one.union)
    one.refresh_from_db()
    return one
