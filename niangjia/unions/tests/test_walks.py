"""Walks at random through foundings, elections, reorganisations and checks of staffing: whatever is tried, nothing stands where it must never stand.

`UNIONS_LONG` walks in memory through each flow and `UNIONS_LIVED` on the database with the real verbs; `UNIONS_SEED` chooses others.
"""

from __future__ import annotations

import os
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.flow.models import Move
from niangjia.gazette import actions as gazette
from niangjia.gazette.api import notices_of
from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.unions.actions import elections, founding, results
from niangjia.unions.enums import Poll, Way
from niangjia.unions.flow import ELECTION_FLOW, FOUNDING_FLOW, REORGANISATION_FLOW, STAFFING_FLOW
from niangjia.unions.models import Founding, Union
from niangjia.unions.rules.elections import Slate, Stand, elected
from niangjia.unions.tests.electing import fresh, planned, stand, voted
from niangjia.unions.tests.test_founding import certificate, clue, grouped, wanted

SEED = int(os.environ.get("UNIONS_SEED", "0"))
LONG = int(os.environ.get("UNIONS_LONG", "1000"))
LIVED = int(os.environ.get("UNIONS_LIVED", "3"))

BEFORE = {  # what a story must hold before a state: no way leads round it
    "unions.election": {
        "EXAMINED": ["send", "examine"], "POSTED": ["send", "examine", "post"], "HELD": ["send", "examine", "post", "hold"], "REPORTED": ["post", "hold", "report"],
        "APPROVED": ["examine", "post", "hold", "report", "confirm"],
    },
    "unions.founding": {"GRANTED": ["apply", "grant"], "FOUNDED": ["apply", "grant", "found"], "REGISTERED": ["apply", "grant", "found", "register"]},
    "unions.reorganisation": {
        "SIGNED": ["rehearse", "sign"], "ADOPTED": ["rehearse", "sign", "adopt"], "IN_FORCE": ["rehearse", "sign", "adopt", "enforce"], "FILED": ["adopt", "enforce", "file"],
    },
    "unions.staffcheck": {"SENT": ["fill"], "CONFIRMED": ["fill", "confirm"]},
}  # fmt: skip


def in_order(wanted, verbs):
    """Whether some verbs stand in a story one after the other."""
    rest = iter(verbs)
    return all(verb in rest for verb in wanted)


@pytest.mark.parametrize(
    ("kind", "flow"),
    [
        ("unions.election", ELECTION_FLOW), ("unions.founding", FOUNDING_FLOW), ("unions.reorganisation", REORGANISATION_FLOW),
        ("unions.staffcheck", STAFFING_FLOW),
    ],
)  # fmt: skip
def test_no_walk_through_the_table_goes_round_a_step(kind, flow):
    rng, reached = random.Random(SEED), set()
    for _n in range(LONG):
        state, verbs = str(flow.start.value), []
        for _m in range(60):
            steps = flow.steps_from(state)
            if not steps:
                break
            step = rng.choice(steps)
            verbs.append(step.verb)
            state = step.target
            reached.add(state)
            assert in_order(BEFORE[kind].get(state, []), verbs), (state, verbs)
    assert reached >= set(BEFORE[kind])


@settings(max_examples=LONG)
@given(
    seats=st.integers(1, 9), entitled=st.integers(1, 300), votes=st.lists(st.integers(0, 300), max_size=14),
    share=st.fractions(min_value=0, max_value=1),
)  # fmt: skip
def test_nobody_is_elected_without_the_majority_nor_beyond_the_seats(seats, entitled, votes, share):
    chosen = elected(Slate("COMMITTEE", seats, tuple(Stand("甲", ayes=n) for n in votes)), entitled, share)
    assert len(chosen) <= seats
    assert all(votes[n] > entitled * share for n in chosen)
    passed = [n for n in range(len(votes)) if n not in chosen]
    assert all(votes[n] < votes[m] for n in passed for m in chosen)  # nobody is passed over by who has fewer, or as many


@pytest.mark.parametrize("seed", range(SEED, SEED + LIVED))
def test_whoever_tries_whatever_the_database_holds_only_what_may_be(town, seed):
    rng = random.Random(seed)
    one = grouped(clue(town), town.hill_chair)
    people = [town.hill_chair, town.north_org, town.firm_chair, town.south_org]
    reached = set()
    for _n in range(90):
        by, row = rng.choice(people), Founding.objects.select_related("union").get(pk=one.pk)
        poll = row.union.elections.order_by("-pk").first() if row.union else None
        acts = [
            lambda row=row, by=by: founding.apply(row, wanted(), by=by),
            lambda row=row, by=by: founding.grant(row, on=today(), grant_no="煤总工〔2026〕3号", by=by),
            lambda row=row, by=by: founding.give_back(row, reason="缺件。", by=by),
            lambda row=row, by=by: founding.register(row, certificate(row), by=by) if row.union else None,
        ]
        if row.union and (poll is None or not poll.running):
            acts += [lambda row=row, by=by: stand(planned(row.union, by=by), by=by)] * 3
        elif poll is not None:
            acts += [
                lambda poll=poll, by=by: elections.send(poll, by=by),
                lambda poll=poll, by=by: elections.examine(poll, by=by),
                lambda poll=poll, by=by: elections.post(poll, text="公示。", by=by),
                lambda poll=poll: [gazette.finish(one) for one in notices_of(poll)],
                lambda poll=poll, by=by: results.hold(poll, voted(poll, on=today()), by=by),
                lambda poll=poll, by=by: results.report(poll, given={}, by=by),
                lambda poll=poll, by=by: results.confirm(poll, on=today(), approval_no="煤总工〔2026〕8号", by=by),
                lambda poll=poll, by=by: rng.random() < 0.3 and results.send_back(poll, reason="分工不明。", by=by),
                lambda poll=poll, by=by: rng.random() < 0.1 and results.annul(poll, reason="程序有误。", by=by),
            ]
        with suppress(IllegalStep, Overtaken, Refused, RuleBroken):
            rng.choice(acts)()
        row = Founding.objects.select_related("union").get(pk=one.pk)
        reached.add(row.state)
        check(row)
    assert Way.GRANTED in reached or LIVED > 3  # a walk among many may be turned away all along


def check(row):
    """What must hold of a founding, its union and its elections, whatever was tried."""
    stories = {}
    for move in Move.objects.filter(kind__in=BEFORE).order_by("pk"):
        stories.setdefault((move.kind, move.thing_id), []).append(move)
        assert in_order(BEFORE[move.kind].get(move.now, []), [one.verb for one in stories[move.kind, move.thing_id]])
        assert move.auto == (move.verb in ("found", "object", "take-down"))
        assert move.by is None or move.by.username in ("hill-chair", "north-org")
    if row.union is None:
        assert not Union.objects.filter(state="PREPARING").exists()
        return
    polls = list(row.union.elections.all())
    assert sum(poll.running for poll in polls) <= 1
    approved = [poll for poll in polls if poll.state == Poll.APPROVED]
    assert (row.union.state == "NORMAL") == bool(approved)
    assert (row.state in (Way.FOUNDED, Way.REGISTERED)) == bool(approved)
    assert (row.union.uscc != "") == (row.state == Way.REGISTERED)
    for poll in polls:
        heads = poll.candidates.filter(given="CHAIR", body="COMMITTEE")
        assert heads.count() <= 1
        assert heads.exists() or poll.state not in (Poll.REPORTED, Poll.APPROVED)
        if poll.state in (Poll.HELD, Poll.REPORTED, Poll.APPROVED):
            assert fresh(poll).present * 3 >= fresh(poll).entitled * 2
            assert not any(notice.running for notice in notices_of(poll))
