"""Expulsion: proposed by the group, decided on paper, filed above; never a click on the member's page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from niangjia.access.models import User
from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import year
from niangjia.members import actions, forms
from niangjia.members.models import Expulsion, Membership, Person
from niangjia.members.tests.rosters import line, name, roster
from niangjia.notices.models import Message
from niangjia.worklog.api import Asked, evaluate, post

SAID = actions.Proposal("一车间工会小组", today(), "某某法院（2026）浙刑初1号", "建议开除会籍；本人没有意见。")
FORM = {"group": SAID.group, "on": str(today()), "judgment": SAID.judgment, "opinion": SAID.opinion}


@pytest.fixture
def one(town, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, by=town.north_org)
    return Membership.objects.get(name=name(1))


@pytest.fixture
def case(town, one):
    return actions.propose_expulsion(one, SAID, by=town.firm_chair)


def test_the_page_of_a_member_ends_no_membership_as_expelled_or_lapsed(town, one, as_):
    offered = {code for code, _label in forms.EndForm().fields["ending"].choices}
    assert offered == {"LEFT", "DIED", "UNDONE"}
    for ending in ("EXPELLED", "LAPSED"):
        with pytest.raises(RuleBroken):
            actions.end(one, ending=ending, on=today(), reason="决定", by=town.firm_chair)
        answer = as_(town.firm_chair).post(f"{one.get_absolute_url()}step/end/", {"ending": ending, "on": str(today()), "reason": "决定"})
        assert answer.status_code == 422
    one.refresh_from_db()
    assert one.state == "MEMBER"


def test_a_proposal_is_made_decided_and_filed_by_the_union_above(town, one, as_):
    chair = as_(town.firm_chair)
    assert "expel/" in chair.get(one.get_absolute_url()).content.decode()
    answer = chair.post(f"{one.get_absolute_url()}expel/", FORM)
    found = Expulsion.objects.get()
    assert (answer.status_code, answer.headers["Location"], found.state) == (303, found.get_absolute_url(), "PROPOSED")
    assert name(1) in chair.get("/members/expulsions/").content.decode()
    assert Clock.objects.get(kind="members.expulsion", stopped_at=None).code == "MB-D11"
    one.refresh_from_db()
    assert one.state == "MEMBER", "a proposal ends nothing"
    answer = chair.post(f"{found.get_absolute_url()}step/decide/", {"on": str(today()), "paper": "青禾工〔2026〕3号"})
    assert answer.status_code == 303
    for thing in (one, found):
        thing.refresh_from_db()
    assert (one.state, one.ending, one.reason, one.left_on) == ("ENDED", "EXPELLED", "CRIME", today())
    assert (found.state, found.decided_by, found.paper) == ("DECIDED", town.firm_chair, "青禾工〔2026〕3号")
    clock = Clock.objects.get(kind="members.expulsion", stopped_at=None)
    assert (clock.code, clock.union_id, clock.duty) == ("MB-D12", found.above.pk, "organisation")
    assert chair.post(f"{found.get_absolute_url()}step/", {"verb": "file"}).status_code == 403
    assert as_(town.hill_chair).post(f"{found.get_absolute_url()}step/", {"verb": "file"}).status_code == 303
    found.refresh_from_db()
    assert (found.state, found.filed_on) == ("FILED", today())
    assert not Clock.objects.filter(kind="members.expulsion", stopped_at=None).exists()
    post()
    assert evaluate(FIGURES["members.expelled"].plan, Asked(year(today().year), town.firm.pk)) == 1


def test_the_member_and_the_office_above_are_told(town, one, case):
    user = User.objects.create(username="m-one", name=one.name, kind="MEMBER")
    Person.objects.filter(pk=one.person_id).update(user=user)
    actions.expel(case, on=today(), paper="青禾工〔2026〕3号", by=town.firm_chair)
    told = {(line.to, line.what) for line in Message.objects.filter(what__in=["expelled", "expulsion-decided"])}
    assert (user, "expelled") in told
    assert (town.hill_chair, "expulsion-decided") in told


@pytest.mark.parametrize(
    "facts",
    [{"group": " "}, {"judgment": ""}, {"opinion": " "}, {"on": today() + timedelta(days=1)}],
)
def test_nobody_is_proposed_for_less(town, one, facts):
    said = {"group": SAID.group, "on": SAID.on, "judgment": SAID.judgment, "opinion": SAID.opinion} | facts
    with pytest.raises(RuleBroken):
        actions.propose_expulsion(one, actions.Proposal(**said), by=town.firm_chair)


def test_a_decision_needs_its_paper_and_a_day_after_the_proposal(town, case):
    for facts in (
        {"on": today(), "paper": " "},
        {"on": today() - timedelta(days=1), "paper": "号"},
        {"on": today() + timedelta(days=1), "paper": "号"},
    ):
        with pytest.raises(RuleBroken):
            actions.expel(case, **facts, by=town.firm_chair)
    with pytest.raises(IntegrityError, match="without_a_paper"), transaction.atomic():
        Expulsion.objects.filter(pk=case.pk).update(state="DECIDED")


def test_it_is_proposed_once_by_whoever_keeps_the_union_and_left_with_a_reason(town, one, case):
    with pytest.raises(RuleBroken):
        actions.propose_expulsion(one, SAID, by=town.firm_chair)
    with pytest.raises(Refused):
        actions.propose_expulsion(Membership.objects.get(name=name(2)), SAID, by=town.mill_chair)
    actions.not_expel(case, reason="判决已撤销。", by=town.firm_chair)
    case.refresh_from_db()
    assert case.state == "DROPPED"
    with pytest.raises(IllegalStep):
        actions.expel(case, on=today(), paper="号", by=town.firm_chair)
    assert actions.propose_expulsion(one, SAID, by=town.firm_chair).state == "PROPOSED"


def test_who_leaves_meanwhile_is_not_expelled(town, one, case):
    actions.end(one, ending="LEFT", on=today(), reason="申请", by=town.firm_chair)
    case.refresh_from_db()
    assert (case.state, Move.objects.filter(kind="members.expulsion", verb="over").count()) == ("OVER", 1)
