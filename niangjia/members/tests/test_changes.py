"""What a change of a membership counts for, and how it is called in the national lists: retained, resumed, moved, ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import year
from niangjia.members import actions
from niangjia.members.models import Membership
from niangjia.members.official import official
from niangjia.members.tests.rosters import line, name, roster
from niangjia.worklog.api import Asked, audit, evaluate, post


@pytest.fixture
def one(town, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1)), town.firm, by=town.firm_chair)
    return Membership.objects.get(name=name(1))


def counted(code, town, union=None):
    post()
    return int(evaluate(FIGURES[code].plan, Asked(year(today().year), (union or town.city).pk)) or 0)


def test_who_resumes_is_no_new_joiner_and_a_member_again(town, one, owner):
    kept = actions.retain(one, on=today(), reason="下岗", why="LAID_OFF", by=town.firm_chair)
    before = counted("members.joined", town), counted("members.moved.in", town)
    with moved_to(now() + timedelta(days=1)):
        back = actions.resume(kept, reason="上岗", by=town.firm_chair)
        assert (back.how, back.standing) == ("RESUMED", "ACTIVE")
        assert (counted("members.joined", town), counted("members.moved.in", town)) == before
        assert counted("members.people", town) == 1
    with owner():
        assert audit() == []


def test_who_resumes_after_she_moved_is_counted_as_moved_once(town, one):
    sent = actions.send(one, to=town.mill, by=town.firm_chair)
    there = actions.arrive(sent, by=town.mill_chair)
    kept = actions.retain(there, on=today(), reason="失业", why="JOBLESS", by=town.mill_chair)
    actions.resume(kept, reason="上岗", by=town.mill_chair)
    assert counted("members.moved.in", town, town.mill) == 1


@pytest.mark.parametrize(
    ("reason", "status", "why"),
    [
        ("RETIRED", "退休", "劳动(工作)关系发生变化"), ("JOBLESS", "失业", "失业"), ("CLOSED", "失业", "所在企业破产"), ("LAID_OFF", "待(下)岗", "在本单位下岗后待岗"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_retained_membership_goes_up_with_its_own_reason(reason, status, why):
    said = official("RETAINED", "ROSTER", "", reason)
    assert (said.status, said.change, said.why) == (status, "保留", why)


@pytest.mark.parametrize(
    ("ending", "reason", "change", "why"),
    [
        ("TRANSFER", "CHANGED", "转出", "劳动(工作)关系发生变化"), ("EXPELLED", "CRIME", "除名", "因犯罪被开除会籍"), ("LEFT", "WISHED", "退会", "个人要求退会"),
        ("RESUMED", "CHANGED", "入会", "劳动(工作)关系发生变化"), ("RETAINED", "JOBLESS", "保留", "失业"), ("DIED", "", "退会", ""),
    ],
)  # fmt: skip
def test_an_ended_membership_goes_up_as_it_ended(ending, reason, change, why):
    said = official("ACTIVE", "ROSTER", ending, reason)
    assert (said.change, said.why) == (change, why)


def test_the_reason_is_kept_as_a_code_on_both_rows_and_in_words_in_the_story(town, one, as_):
    answer = as_(town.firm_chair).post(f"{one.get_absolute_url()}step/retain/", {"on": str(today()), "reason": "CLOSED"})
    assert answer.status_code == 303
    ended, kept = Membership.objects.filter(person=one.person_id).order_by("pk")
    assert (ended.reason, ended.ending, kept.reason, kept.standing) == ("CLOSED", "RETAINED", "CLOSED", "RETAINED")
    assert "单位终止" in as_(town.firm_chair).get(ended.get_absolute_url()).content.decode()


def test_who_leaves_and_who_moves_has_a_reason(town, one):
    sent = actions.send(one, to=town.mill, by=town.firm_chair)
    there = actions.arrive(sent, by=town.mill_chair)
    one.refresh_from_db()
    assert one.reason == "CHANGED"
    ended = actions.end(there, ending="LEFT", on=today(), reason="本人申请", by=town.mill_chair)
    assert ended.reason == "WISHED"
