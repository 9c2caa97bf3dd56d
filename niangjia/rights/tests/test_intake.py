"""A worker asks for help herself: what she sees, and what her firm's own union does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from niangjia.access.models import User
from niangjia.flow.api import clocks
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.who import permitted
from niangjia.members.api import people_for, person_for
from niangjia.members.models import Membership, Person
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.enums import May
from niangjia.rights.models import Dispute
from niangjia.rights.tests.conftest import number

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(town, settings, tmp_path):
    settings.FILES = tmp_path
    user = User.objects.create(username="t-member", name="示例工己", kind="MEMBER")
    person = person_for("示例工己", number(40), "10000000001")
    Person.objects.filter(pk=person.pk).update(user=user)
    person.refresh_from_db()
    Membership.objects.create(
        person=person, union=town.firm, township=town.township, county=town.county, state="MEMBER", primary=True, joined_on=today(), how="ROSTER", work="CONTRACT",
        sex="1", employer=town.employer, name=person.name, name_py="", tokens=[],
    )  # fmt: skip
    return user


def sent(client, member, **facts):
    client.force_login(member)
    facts = {"cause": "012", "facts": "两个月工资没发。", "amount": "9600", "months": "2026-01", **facts}
    answer = client.post(reverse("own-rights:new"), facts)
    assert answer.status_code == 303, answer.content.decode()[:2000]
    return Dispute.objects.get()


def test_she_sends_it_to_the_union_above_and_her_firm_sees_nothing(town, client, member):
    photo = SimpleUploadedFile("工资条.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    one = sent(client, member, evidence=[photo])
    assert (one.handled_by, one.claimed, one.entrance) == (town.township, Decimal(9600), "MEMBER")
    assert one.respondents.get().employer == town.employer
    assert any(clock.code == "RD-D1" for clock in clocks(one))
    assert Message.objects.filter(to=town.township_rights, what="dispute-sent-in").exists()
    assert not permitted(town.grassroots_chair, May.SEE_DISPUTE).exists()
    assert permitted(town.township_rights, May.SEE_DISPUTE).exists()


def test_with_her_consent_the_firms_union_sees_the_case_and_no_names(town, client, member):
    one = sent(client, member, firm_may_see="on")
    client.force_login(town.grassroots_chair)
    page = client.get(one.get_absolute_url())
    assert page.status_code == 200
    assert "两个月工资" not in page.content.decode()
    client.force_login(member)
    client.post(reverse("own-rights:consent", args=[one.uuid]), {"yes": "0"})
    client.force_login(town.grassroots_chair)
    assert client.get(one.get_absolute_url()).status_code == 404


def test_her_pages_say_what_comes_next(town, client, member):
    one = sent(client, member)
    for name, args in (("list", []), ("new", []), ("case", [one.uuid]), ("evidence", [one.uuid]), ("recall", [one.uuid])):
        assert client.get(reverse(f"own-rights:{name}", args=args)).status_code == 200, name
    assert "9,600.00" in client.get(reverse("own-rights:case", args=[one.uuid])).content.decode()
    assert client.get(one.get_absolute_url()).status_code == 404  # the office does not exist for her
    client.force_login(town.grassroots_chair)
    assert client.get(reverse("own-rights:case", args=[one.uuid])).status_code == 404


def test_she_takes_it_back_while_nobody_has_decided(town, client, member):
    one = sent(client, member)
    client.post(reverse("own-rights:recall", args=[one.uuid]), {"reason": "单位已经付清。"})
    one.refresh_from_db()
    assert (one.state, one.outcome) == ("WITHDRAWN", "04")


def test_the_same_matter_is_not_sent_twice(town, client, member):
    sent(client, member)
    answer = client.post(reverse("own-rights:new"), {"cause": "012", "facts": "又一次。"})
    assert (answer.status_code, Dispute.objects.count()) == (422, 1)


def test_the_office_sees_what_must_be_looked_at(town, client, member):
    one = sent(client, member)
    client.force_login(town.township_rights)
    assert "仲裁时效" in client.get(one.get_absolute_url()).content.decode()


def test_a_call_to_the_hotline_is_recorded_on_the_spot(town):
    said = actions.Opening("012", today(), Decimal(0), "来电称两个月未发工资。", False, None, "HOTLINE", "示例来电人")
    assert actions.open_(town.county, said, by=town.county_rights).entrance == "HOTLINE"


def test_many_people_are_found_or_made_known_at_once(town):
    first = person_for("示例工甲", number(50))
    found = people_for([("示例工甲", number(50), ""), ("示例工乙", number(51), "10000000002"), ("别名", number(50), "")])
    assert found[0] == first
    assert isinstance(found[1], Person)
    assert isinstance(found[2], str)
    with pytest.raises(RuleBroken):
        person_for("别名", number(51))


def test_she_is_told_whenever_her_union_has_dealt_with_it(town, client, member):
    by = {"by": town.township_rights}
    one = sent(client, member)
    actions.accept(one, **by)
    actions.agree(one, amount=Decimal(9600), number="示调9号", on=today(), pay_by=today(), **by)
    one.refresh_from_db()
    told = Message.objects.filter(to=member, what="dispute-answered").order_by("pk")
    assert [line.url for line in told] == [reverse("own-rights:case", args=[one.uuid])] * 2
    client.force_login(member)
    assert client.get(told[0].url).status_code == 200
    page = client.get("/messages/", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert f"{one.reference}：调解中" in page
    assert f"{one.reference}：等履行" in page


def test_who_was_named_by_others_is_not_told(town, dispute):
    actions.refuse(dispute, reason="不属于受理范围。", by=town.township_rights)
    assert not Message.objects.filter(what="dispute-answered").exists()
