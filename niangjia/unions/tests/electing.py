"""What the tests of elections do over and over: a plan, candidates, a notice that ends, votes."""

from __future__ import annotations

from datetime import date, timedelta

from niangjia.flow.api import clocks, ring
from niangjia.gazette.api import notices_of
from niangjia.kit.dates import day_of, moved_to, now, today
from niangjia.unions.actions import elections, results
from niangjia.unions.models import Election

ELECTED = ("朱企业", "孔新甲", "曹新乙")  # of four who stand for three seats
FOURTH = "严新丙"


def planned(union, *, by, **facts):
    said = {"members": 60, "women": 20, "planned_on": today() + timedelta(days=20), "seats": 3, "audit_seats": 1, "women_seats": 3} | facts
    return elections.call(union, elections.Called(**said), by=by)


def stand(one, *, by):
    """A list that may be sent: four for three seats, an audit commissioner, three women."""
    for n, name in enumerate((*ELECTED, FOURTH)):
        post = "CHAIR" if n == 0 else "VICE" if n == 1 else "MEMBER"
        elections.nominate(one, elections.Standing(name, "COMMITTEE", post, job="车间"), by=by)
    elections.nominate(one, elections.Standing("华审计", "AUDIT", "CHAIR", job="仓库"), by=by)
    for n, name in enumerate(("金女甲", "魏女乙", "陶女丙")):
        elections.nominate(one, elections.Standing(name, "WOMEN", "CHAIR" if n == 0 else "MEMBER"), by=by)


def ready(town, union=None, *, by=None, above=None, **facts):
    """A list that was sent and agreed to."""
    union, by, above = union or town.firm, by or town.firm_chair, above or town.hill_chair
    facts = {"leave": "长总工组〔2026〕5号"} | facts
    one = planned(union, by=by, **facts)
    stand(one, by=by)
    elections.send(one, by=by)
    one.refresh_from_db()
    return fresh(elections.examine(one, by=above))


def posted(town, **facts):
    one = ready(town, **facts)
    by = facts.get("by") or town.firm_chair
    return fresh(elections.post(one, text="现将候选人予以公示。", by=by))


def end_of(one):
    """The end of the notice."""
    return clocks(notices_of(one)[0])[0].due_at + timedelta(minutes=1)


def shown(town, **facts):
    """A list whose notice has ended; and the moment after it."""
    one = posted(town, **facts)
    moment = end_of(one)
    with moved_to(moment):
        ring()
    return fresh(one), moment


def voted(one, *, on: date, entitled=60, present=55, **ayes):
    """A result that adds up: each got so many ayes, the rest said no."""
    counted = {ballot.body: results.Counted(present, present, present) for ballot in one.ballots.all()}
    votes = {}
    for who in one.candidates.all():
        yes = ayes.get(who.name, 10 if who.name == FOURTH else 50)
        votes[who.pk] = results.Votes(yes, present - yes, 0)
    return results.Held(on, "一楼会议室", entitled, present, counted, votes)


def held(town, **facts):
    one, moment = shown(town, **facts)
    with moved_to(moment + timedelta(days=1)):
        results.hold(one, voted(one, on=day_of(now())), by=facts.get("by") or town.firm_chair)
    return fresh(one), moment + timedelta(days=1)


def reported(town, **facts):
    one, moment = held(town, **facts)
    with moved_to(moment):
        results.report(one, given={}, by=facts.get("by") or town.firm_chair)
    return fresh(one), moment


def fresh(one):
    return Election.objects.get(pk=one.pk)
