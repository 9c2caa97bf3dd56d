"""The election of a committee is prepared: candidates are written, examined by the union above, and put on public notice."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.gazette.api import post_up
from niangjia.kit.dates import now
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.faults import name_fault
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.unions.boards import CANDIDATES, candidates_sheet
from niangjia.unions.enums import ELECTING, ELECTS, GRASSROOTS, Assembly, BodyKind, Form, May, Poll, Post, Served, State, Tie
from niangjia.unions.flow import ELECTION_FLOW
from niangjia.unions.models import Ballot, Body, Candidate, Election, Union, place_of
from niangjia.unions.polls import Paper, joined
from niangjia.unions.queries import answerable
from niangjia.unions.sitting import sitting


@dataclass(frozen=True)
class Called:
    """What is planned: by whom is voted, when, and for how many seats. One seat of the audit or women's body is a commissioner."""

    members: int
    planned_on: date
    seats: int
    women: int = 0
    audit_seats: int = 3
    women_seats: int = 0  # none: no such body is elected
    assembly: str = Assembly.MEMBERS
    delegates: int | None = None
    direct: bool = False
    leave: str = ""
    why: str = ""
    within: bool = False  # a by-election: the seats are those that are vacant, and may be none of the committee


@transaction.atomic
def call(union: Union, facts: Called, *, by: User) -> Election:
    """Begin the election of a union's committee: its first, or the next. RuleBroken where one runs already, or the union is no grassroots union."""
    if not allows(by, May.EDIT, union):
        raise Refused(_("An election is prepared by the union itself, or by an organisation office above."))
    if union.kind not in ELECTS or union.parent is None:
        raise RuleBroken(
            _("Its committee is not elected here: the congress of the city is examined above, and is recorded with its number.")
        )
    if union.kind not in GRASSROOTS and facts.assembly != Assembly.CONGRESS:
        raise RuleBroken(_("The committee of a federation is elected by its congress of delegates."))
    if union.state not in ELECTING:
        raise RuleBroken(_("%(union)s stands at “%(state)s”; no committee is elected now.") % {"union": union, "state": union.get_state_display()})  # fmt: skip
    first = union.state == State.PREPARING
    facts = _sound(facts)
    if facts.within and (first or not union.term_end):
        raise RuleBroken(_("No committee sits yet, so there is nothing to fill: prepare its election."))
    try:
        with transaction.atomic():
            made = Election.objects.create(
                reference=next_reference(Election, "XJ"), **place_of(union), above=union.parent, first=first, term_no=1 if first else union.term_no + (0 if facts.within else 1),
                term_due=union.term_end, made_by=by, made_at=now(), **_columns(facts),
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(_("An election of %(union)s is under way already. Go on with that one.") % {"union": union}) from None
    _write_ballots(made, facts)
    start(made, by=by)
    return made


def _sound(facts: Called) -> Called:
    """The facts with what goes together; RuleBroken where it does not."""
    if facts.assembly == Assembly.MEMBERS:
        facts = replace(facts, delegates=None)
    elif not facts.delegates:
        raise RuleBroken(_("Write how many delegates the congress has, or choose the assembly of all members."))
    if facts.women > facts.members:
        raise RuleBroken(_("There are more women than members. Look which number is wrong."))
    if not facts.seats + facts.audit_seats + facts.women_seats:
        raise RuleBroken(_("Write how many seats are to be filled."))
    return facts


def _columns(facts: Called) -> dict[str, object]:
    return {key: value for key, value in asdict(facts).items() if not key.endswith("seats")}


def _write_ballots(one: Election, facts: Called) -> None:
    """The bodies that are elected; a body that falls away takes its candidates along."""
    for body, seats in (("COMMITTEE", facts.seats), ("AUDIT", facts.audit_seats), ("WOMEN", facts.women_seats)):
        if seats:
            form = Form.COMMISSIONER if seats == 1 else Form.COMMITTEE
            if facts.within:  # as the body is, of which some seats are filled
                there = Body.objects.filter(union=one.union, kind=body, until=None).exclude(form=Form.EXEMPT).first()
                form = Form(there.form) if there is not None and (seats == 1 or there.form == Form.COMMITTEE) else Form.COMMITTEE
            Ballot.objects.update_or_create(election=one, body=body, defaults={"seats": seats, "form": form})
        else:
            Candidate.objects.filter(election=one, body=body).delete()
            Ballot.objects.filter(election=one, body=body).delete()


def hold_row(one: Election, *states: str) -> Election:
    """Hold an election until the step is taken; who comes second is told that it stands elsewhere."""
    row = Election.objects.select_for_update(of=("self",)).select_related("union", "above").get(pk=one.pk)
    if row.state != one.state:
        raise Overtaken
    if states and row.state not in states:
        raise RuleBroken(_("The candidates have been sent off; what stands there can be changed only while they are being written."))
    return row


def taking(one: Election, verb: str, by: User) -> Election:
    """Hold an election for a step: IllegalStep if it is none from where it stands, Refused if it is another office's."""
    row = hold_row(one)
    may_do(row, ELECTION_FLOW.step(verb, row.state).who, by)
    return row


def may_do(one: Election, may: str, by: User) -> None:
    if not allows(by, may, one):
        raise Refused(_("You may read this, but the step belongs to another office."))


@transaction.atomic
def amend(one: Election, facts: Called, *, by: User) -> Election:
    """Plan it otherwise, while candidates are being written."""
    may_do(one, May.ELECT, by)
    row = hold_row(one, Poll.DRAFT)
    if row.union.kind not in GRASSROOTS and facts.assembly != Assembly.CONGRESS:
        raise RuleBroken(_("The committee of a federation is elected by its congress of delegates."))
    facts = replace(_sound(facts), within=row.within)
    Election.objects.filter(pk=one.pk).update(**_columns(facts))
    _write_ballots(one, facts)
    one.refresh_from_db()
    return one


@dataclass(frozen=True)
class Standing:
    """Who stands, for what, and what the law asks about her."""

    name: str
    body: str
    post: str = Post.MEMBER
    job: str = ""
    served: str = Served.PART
    tie: str = Tie.NONE
    retained: bool = False
    cash: bool = False
    user: User | None = None


@transaction.atomic
def nominate(one: Election, who: Standing, *, by: User) -> Candidate:
    """Somebody stands for a body. What bars her is said on the page at once, and keeps the list from being sent."""
    may_do(one, May.ELECT, by)
    hold_row(one, Poll.DRAFT)
    name = "".join(who.name.split())
    if fault := name_fault(name):
        raise RuleBroken(fault)
    if not one.ballots.filter(body=who.body).exists():
        raise RuleBroken(_("%(body)s is not elected here: write its seats first.") % {"body": BodyKind(who.body).label})
    facts = {key: getattr(who, key) for key in ("body", "post", "served", "tie", "retained", "cash", "user")}
    made, new = Candidate.objects.get_or_create(election=one, name=name, job=who.job.strip(), body=who.body, defaults=facts)
    if not new:
        raise RuleBroken(_("%(name)s stands for this body already.") % {"name": name})
    return made


@transaction.atomic
def nominate_sitting(one: Election, *, by: User) -> int:
    """Those who sit today stand again, for the same body and post; each can be taken off, and others are added. Answers how many."""
    may_do(one, May.ELECT, by)
    hold_row(one, Poll.DRAFT)
    bodies = set(one.ballots.values_list("body", flat=True))
    there = set(one.candidates.values_list("body", "name"))
    facts = ("name", "body", "job", "served", "tie", "cash", "user")
    made = [
        Candidate(election=one, post=who.given or who.post, **{key: getattr(who, key) for key in facts})
        for who in sitting(one.union)
        if who.body in bodies and (who.body, who.name) not in there
    ]
    Candidate.objects.bulk_create(made)
    return len(made)


@transaction.atomic
def take_off(candidate: Candidate, *, by: User) -> None:
    """Somebody no longer stands."""
    may_do(candidate.election, May.ELECT, by)
    hold_row(candidate.election, Poll.DRAFT)
    candidate.delete()


@transaction.atomic
def send(one: Election, *, by: User) -> Election:
    """Send the candidates to the union above. What the law bars keeps it back; what is only unusual needs a reason."""
    row = taking(one, "send", by)
    against = Paper(row).against()
    if hard := [remark for remark in against if remark.hard]:
        raise RuleBroken(joined(hard))
    if against and not row.why.strip():
        raise RuleBroken(joined(against) + _("Write on the plan why it is done so all the same."))
    move(row, "send", by=by, reason=row.why)
    tell_of(row, answerable(row.above, "organisation"), "election-to-examine")
    return row


@transaction.atomic
def examine(one: Election, *, by: User) -> Election:
    """The union above agrees to the candidates."""
    row = taking(one, "examine", by)
    move(row, "examine", by=by)
    tell_of(row, answerable(row.union, "chair"), "election-examined")
    return row


@transaction.atomic
def give_back(one: Election, *, reason: str, by: User) -> Election:
    """The union above sends the candidates back."""
    row = taking(one, "return", by)
    move(row, "return", by=by, reason=reason)
    tell_of(row, answerable(row.union, "chair"), "election-returned", why=reason.strip())
    return row


@transaction.atomic
def give_up(one: Election, *, reason: str, by: User) -> Election:
    """It is not held."""
    row = taking(one, "give-up", by)
    move(row, "give-up", by=by, reason=reason)
    return row


@transaction.atomic
def post(one: Election, *, text: str, call: str = "", by: User) -> Election:
    """Put the candidates on public notice: the assembly may vote once its days are over and no objection was found right."""
    row = taking(one, "post", by)
    move(row, "post", by=by)
    post_up(row, what=CANDIDATES.code, sheet=candidates_sheet(Paper(row), text, call), union=row.union, by=by)
    return row


@transaction.atomic
def notice_ended(one: Election, *, clear: bool, down: str = "") -> None:
    """The house notes what became of the notice: an objection that was right takes the candidates back; a notice that was taken down is put up anew."""
    row = Election.objects.select_for_update(of=("self",)).select_related("union", "above").get(pk=one.pk)
    if row.state != Poll.POSTED:
        return
    if down:
        move(row, "take-down", by=None, reason=down)
    elif not clear:
        move(row, "object", by=None)
        tell_of(row, answerable(row.union, "chair"), "election-objected")
    else:
        tell_of(row, answerable(row.union, "chair"), "election-noticed")


def tell_of(row: Election, people: list[User], what: str, **more: object) -> None:
    """Tell some people of an election."""
    facts = {"reference": row.reference, "union": row.union.short_name, "day": row.held_on or row.planned_on, **more}
    tell(people, what, facts=facts, url=row.get_absolute_url())
