"""The result of an election: what was voted, how the work is shared out, what the union above decides; offices change hands with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move
from niangjia.gazette.api import notices_of, withdraw
from niangjia.kit.dates import day_of, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.faults import name_fault
from niangjia.unions.actions import appoint, approve, dismiss, re_elect, set_up
from niangjia.unions.actions.elections import Standing, taking, tell_of
from niangjia.unions.enums import VOTED, BodyKind, Duty, Form, Poll, Post
from niangjia.unions.models import Ballot, Body, Candidate, Election, Office, Union, open_on
from niangjia.unions.polls import Paper, joined, stand, standing_in_the_way
from niangjia.unions.queries import answerable
from niangjia.unions.rules import elections as rules

DUTIES = {  # the office of a post, and what stands on the door; alone: of whoever is a body by herself
    ("COMMITTEE", "CHAIR"): (Duty.CHAIR, "主席", "主席"), ("COMMITTEE", "VICE"): (Duty.LEADER, "副主席", "副主席"),
    ("AUDIT", "CHAIR"): (Duty.AUDIT, "经费审查委员会主任", "经费审查委员"), ("WOMEN", "CHAIR"): (Duty.WOMEN, "女职工委员会主任", "女职工委员"),
}  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What came out of one box."""

    issued: int
    returned: int
    valid: int


@dataclass(frozen=True)
class Votes:
    """What was voted about one candidate."""

    ayes: int
    noes: int
    abstained: int
    others: int = 0


@dataclass(frozen=True)
class Held:
    """What happened at the assembly, box by box and candidate by candidate (by their numbers)."""

    on: date
    place: str
    entitled: int
    present: int
    counted: Mapping[str, Counted]
    votes: Mapping[int, Votes]

    def of(self, who: Candidate) -> Votes:
        """What was voted about somebody; the votes of a name that was written in are recorded apart, and stay."""
        return Votes(who.ayes or 0, 0, 0) if who.written else self.votes[who.pk]


@transaction.atomic
def hold(one: Election, held: Held, *, by: User) -> Election:
    """The assembly voted. Who is elected follows from the votes; RuleBroken where the result cannot be (quorum two thirds, ballots that do not add up)."""
    row = taking(one, "hold", by)
    if held.on > today():
        raise RuleBroken(_("The day of the assembly lies ahead; record it when it has been held."))
    if row.state == Poll.POSTED and (hitch := standing_in_the_way(row)):
        raise RuleBroken(hitch)
    notice = next(iter(notices_of(row)), None)
    if notice is not None and notice.ended_at is not None and held.on < day_of(notice.ended_at):
        raise RuleBroken(
            _("The notice of the candidates ended on %(day)s; the assembly votes after that.") % {"day": day_of(notice.ended_at)}
        )
    Election.objects.filter(pk=row.pk).update(
        held_on=held.on, place=held.place.strip(), entitled=held.entitled, present=min(held.present, held.entitled)
    )
    row.refresh_from_db()
    paper = Paper(row)
    slates = [
        replace(
            slate, **asdict(held.counted[slate.body]),
            stands=tuple(replace(stand(who), **asdict(held.of(who))) for who in paper.of(slate.body)),
        )
        for slate in paper.slates
    ]  # fmt: skip
    _follows(row, slates, paper, present=held.present)
    for slate in slates:
        Ballot.objects.filter(election=row, body=slate.body).update(**asdict(held.counted[slate.body]))
        for who in paper.of(slate.body):
            Candidate.objects.filter(pk=who.pk).update(**asdict(held.of(who)))
    move(row, "hold", by=by)
    return row


def _follows(row: Election, slates: Sequence[rules.Slate], paper: Paper, *, present: int) -> None:
    """Who is elected follows from the votes; RuleBroken where they cannot be."""
    limits, entitled = paper.limits(row.held_on), row.entitled or 0
    if against := rules.against_result(slates, entitled=entitled, present=present, limits=limits):
        raise RuleBroken(joined(against))
    Candidate.objects.filter(election=row).update(elected=False, given="")
    for slate in slates:
        chosen = rules.elected(slate, entitled, limits.majority)
        those = [who.pk for n, who in enumerate(paper.of(slate.body)) if n in chosen]
        Candidate.objects.filter(pk__in=those).update(elected=True)


@transaction.atomic
def write_in(one: Election, who: Standing, ayes: int, *, by: User) -> Election:
    """A name that stood on no list was written on so many ballots (regulation 2016: a voter may write another name). None takes it off again.

    She is elected as those who stood are; who may not sit on the body cannot be written in either.
    """
    row = taking(one, "hold", by)
    if row.state != Poll.HELD:
        raise RuleBroken(_("Record the assembly first: the votes for those who stood, and how many ballots wrote another name."))
    name = "".join(who.name.split())
    if fault := name_fault(name):
        raise RuleBroken(fault)
    if not row.ballots.filter(body=who.body).exists():
        raise RuleBroken(_("%(body)s is not elected here.") % {"body": BodyKind(who.body).label})
    if row.candidates.filter(body=who.body, name=name, job=who.job.strip(), written=False).exists():
        raise RuleBroken(_("%(name)s stands for this body; her votes are written with those of the others.") % {"name": name})
    facts = {key: getattr(who, key) for key in ("post", "served", "tie", "retained", "cash", "user")}
    votes = {"ayes": ayes, "noes": 0, "abstained": 0, "others": 0}
    if ayes:
        Candidate.objects.update_or_create(
            election=row, body=who.body, name=name, job=who.job.strip(), written=True, defaults=facts | votes
        )
    else:
        row.candidates.filter(body=who.body, name=name, job=who.job.strip(), written=True).delete()
    paper = Paper(row)
    _follows(row, paper.slates, paper, present=row.present or 0)
    move(row, "hold", by=by, reason=_("written in: %(name)s, %(n)d votes") % {"name": name, "n": ayes})
    return row


@transaction.atomic
def report(one: Election, *, given: Mapping[int, str], reason: str = "", by: User) -> Election:
    """Report who was elected and how the work is shared out (by the candidates' numbers). Who is a body alone is its head."""
    row = taking(one, "report", by)
    paper = Paper(row)
    alone = {ballot.body for ballot in paper.ballots if ballot.form == Form.COMMISSIONER}
    chosen = {ballot.body: [who for who in paper.of(ballot.body) if who.elected] for ballot in paper.ballots}
    posts = {who.pk: Post.CHAIR.value if who.body in alone else given.get(who.pk, who.post) for those in chosen.values() for who in those}
    shared = {body: [replace(stand(who), post=posts[who.pk]) for who in those] for body, those in chosen.items()}
    against = rules.against_sharing(
        shared, slates={slate.body: slate for slate in paper.slates}, limits=paper.limits(row.held_on), within=row.within
    )
    if hard := [remark for remark in against if remark.hard]:
        raise RuleBroken(joined(hard))
    if against and not reason.strip():
        raise RuleBroken(joined(against))
    Candidate.objects.filter(election=row).update(given="")
    for body in VOTED:
        heads = [pk for pk, post in posts.items() if post == Post.CHAIR and pk in {who.pk for who in chosen.get(body, [])}]
        if len(heads) > 1:
            raise RuleBroken(_("%(body)s has one head; choose her among those elected.") % {"body": BodyKind(body).label})
    for pk, post in posts.items():
        Candidate.objects.filter(pk=pk).update(given=post)
    move(row, "report", by=by, reason=reason)
    tell_of(row, answerable(row.above, "organisation"), "election-reported")
    return row


@transaction.atomic
def confirm(one: Election, *, on: date, approval_no: str, by: User) -> Election:
    """The union above approves the result: the term begins, bodies are set up, and the offices of those elected with it."""
    row = taking(one, "confirm", by)
    assert row.held_on is not None
    if not row.held_on <= on <= today():
        raise RuleBroken(_("The approval lies between the assembly, %(day)s, and today.") % {"day": row.held_on})
    if not approval_no.strip():
        raise RuleBroken(_("Write the number of the approval, as on the paper: it is asked for when the union registers."))
    union = row.union
    if row.first:
        approve(union, on=on, approval_no=approval_no, by=by)
    elif row.within:
        if union.term_no != row.term_no:
            raise RuleBroken(_("The term for which this by-election was held is over. Annul it."))
    elif union.term_no + 1 != row.term_no:
        raise RuleBroken(_("Term no. %(no)s of this union has been recorded already. Annul this election.") % {"no": row.term_no})
    else:
        re_elect(union, on=row.held_on, approval_no=approval_no, by=by)
    union.refresh_from_db()
    Election.objects.filter(pk=row.pk).update(
        approved_on=on, approval_no=approval_no.strip(), term_start=on if row.within else union.term_start, term_end=union.term_end
    )
    row.refresh_from_db()
    _seat(row, on, by)
    move(row, "confirm", by=by)
    tell_of(row, answerable(union, "chair"), "election-approved", until=union.term_end)
    return row


def _seat(row: Election, on: date, by: User) -> None:
    """Bodies are set up, offices given and ended; whoever goes on in the same office keeps it."""
    paper, union = Paper(row), row.union
    for ballot in paper.ballots:
        chosen = [who for who in paper.of(ballot.body) if who.elected]
        if not chosen:
            continue
        there = Body.objects.filter(open_on(today()), union=union, kind=ballot.body).first()
        if there is not None and there.form != ballot.form and there.since < on and not row.within:
            Body.objects.filter(pk=there.pk).update(until=on)
            there = None
        if there is None:
            set_up(union, kind=ballot.body, form=ballot.form, since=on, by=by)
        alone = ballot.form == Form.COMMISSIONER
        for post in (Post.CHAIR, Post.VICE):
            if (ballot.body, post) in DUTIES:
                duty, titled, single = DUTIES[ballot.body, post]
                _hand(union, [who for who in chosen if who.given == post], duty, single if alone else titled, on, row, by)


def _hand(union: Union, new: list[Candidate], duty: Duty, post: str, on: date, row: Election, by: User) -> None:
    """One office from those who held it to those elected."""
    if row.within and not new:  # a by-election touches only the posts that it fills
        return
    going = {who.name: who for who in new}
    for office in Office.objects.filter(union=union, duty=duty, until=None, delegated_by=None).select_related("union"):
        stays = row.within and duty != Duty.CHAIR  # of a by-election: there may be several
        if going.pop(office.name, None) is None and office.since < on and not stays:
            dismiss(office, on=on, by=by)
    for who in going.values():
        appoint(union, name=who.name, duty=duty, post=post, served=who.served, since=on, user=who.user, approval_no=row.approval_no, by=by)


@transaction.atomic
def send_back(one: Election, *, reason: str, by: User) -> Election:
    """The union above sends the result back to be mended."""
    row = taking(one, "send-back", by)
    move(row, "send-back", by=by, reason=reason)
    tell_of(row, answerable(row.union, "chair"), "election-returned", why=reason.strip())
    return row


@transaction.atomic
def annul(one: Election, *, reason: str, by: User) -> Election:
    """The union above declares it void; another one is begun."""
    row = taking(one, "annul", by)
    move(row, "annul", by=by, reason=reason)
    for notice in notices_of(row):
        if notice.running:
            withdraw(notice, reason=reason, by=by)
    tell_of(row, answerable(row.union, "chair"), "election-annulled", why=reason.strip())
    return row
