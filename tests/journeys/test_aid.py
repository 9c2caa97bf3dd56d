"""Legal aid out of a dispute: granted, assigned by a signed letter, money taken over, filed by another office; she follows it on her phone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from niangjia.access.models import User
from niangjia.kit.dates import today
from niangjia.members import actions as members
from niangjia.members.models import Membership, Person
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.rights import actions
from niangjia.rights.models import Aid, Subsidy
from tests.journeys.conftest import EVERY, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FACES = [("zh-CN", "en-GB"), *([("en-GB", "zh-CN")] if EVERY else [])]  # the office, and her phone


@pytest.mark.parametrize(("office", "hers"), FACES)
def test_from_a_dispute_to_the_file(town, enter, tmp_path, office, hers):
    actions.list_agent(
        town.north, actions.Listed("示例律师甲", "FIRM", "示律00001", "示例律师事务所", today() + timedelta(days=200)), by=town.north_rights
    )
    members.import_roster(roster(tmp_path / "a.csv", line(1)), town.firm, by=town.firm_chair)
    held = Membership.objects.get(name=name(1))
    member = User.objects.create(username="m-aid", name=name(1), kind="MEMBER")
    Person.objects.filter(pk=held.person_id).update(user=member)
    by = {"by": town.north_rights}
    dispute = actions.open_(town.north, actions.Opening("012", today(), facts="两个月工资未付。"), **by)
    actions.add_respondent(dispute, employer=town.firm_unit, **by)
    actions.add_claimant(dispute, name=name(1), number=number(1), claimed=Decimal(9600), **by)
    actions.accept(dispute, **by)
    say, told = tongue(office), tongue(hers)

    desk = enter(town.north_rights, width=1440, language=office)
    desk.goto(dispute.get_absolute_url())
    press(desk, say("Apply for legal aid"))
    assert faults(desk) == []
    press(desk, say("Record it"))
    case = Aid.objects.get()
    desk.wait_for_url(f"**{case.get_absolute_url()}")
    assert "9,600.00" in read(desk)
    assert faults(desk) == []
    press(desk, say("Add a paper"))
    desk.get_by_label(say("What was shown")).fill("考勤记录，已核对")
    press(desk, say("Add"))
    press(desk, say("Grant aid"))
    desk.get_by_label(say("On what the decision rests")).fill("属于援助范围，材料齐全。")
    assert faults(desk) == []
    press(desk, say("Grant aid"))
    press(desk, say("Assign an agent"))
    assert faults(desk) == []
    press(desk, say("Lay it before the chair"))
    chair = enter(town.north_chair, width=1440, language=office)
    chair.goto(case.get_absolute_url())
    press(chair, say("Sign the assignment"))
    assert "示律00001" in read(chair)
    desk.goto(case.get_absolute_url())
    press(desk, say("The agent accepts"))

    her = enter(member, width=360, language=hers)
    her.goto("/me/rights/")
    assert faults(her) == []
    press(her, told("Legal aid: %(matter)s", matter=told("Pay", "legal aid")))
    assert "示例律师甲" in read(her)
    assert faults(her) == []

    actions.receive(dispute, amount=Decimal(9600), on=today(), evidence="银行回单 2026060100012345", **by)
    desk.goto(case.get_absolute_url())
    press(desk, say("Take payments over"))
    press(desk, say("Take payments over"))
    press(desk, say("Record the result"))
    desk.get_by_label(say("Upheld in full")).check()
    press(desk, say("Record it"))
    press(desk, say("Hand in the case report"))
    desk.get_by_label(say("What was done, and what came of it")).fill("代理仲裁，单位付清。")
    press(desk, say("Hand it in"))
    assert faults(desk) == []

    above = enter(town.city_rights, width=1440, language=office)
    above.goto(case.get_absolute_url())
    press(above, say("Close and file"))
    assert faults(above) == []
    press(above, say("Propose a subsidy"))
    press(above, say("Propose it"))
    chair.goto(Subsidy.objects.get().get_absolute_url())
    assert faults(chair) == []
    press(chair, say("Approve the subsidy"))
    assert Subsidy.objects.get().state == "APPROVED"

    her.goto(f"/me/rights/aid/{case.uuid}/")
    press(her, told("How was the aid?"))
    her.get_by_label(told("Very satisfied")).check()
    assert faults(her) == []
    press(her, told("Send", "a personal request"))
    case.refresh_from_db()
    assert (case.state, case.satisfied) == ("CLOSED", "VERY")
