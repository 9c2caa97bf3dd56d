"""Coming and going: asked for, sent, sent back, taken over, and kept in the pool when nobody answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.access.models import SeenLog
from niangjia.flow.api import ring, story
from niangjia.flow.models import Clock
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.spans import working_days
from niangjia.members import actions
from niangjia.members.models import Membership, Request
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.notices.models import Message

PEOPLE = (
    "firm_chair",
    "mill_chair",
    "shop_chair",
    "hill_chair",
    "market_chair",
    "north_chair",
    "north_org",
    "south_org",
    "city_org",
    "city_office",
    "fort_chair",
)


@pytest.fixture
def her(town, tmp_path):
    """A member of the firm, in the north; the shop, where she works now, is in the south."""
    lines = [line(n) for n in (1, 2, 3)]
    actions.import_roster(roster(tmp_path / "a.csv", *lines), town.firm, dry_run=False, by=town.north_org)
    return Membership.objects.get(name=name(1))


@pytest.fixture
def asked(town, her):
    return actions.ask_for(town.shop, name=name(1), number=number(1), why="八月起在本厂编织车间", by=town.shop_chair)


def test_the_union_that_receives_asks_and_the_one_that_sends_answers(town, her, asked):
    assert (asked.source, asked.union, asked.state) == (town.firm, town.shop, "ASKED")
    clock = Clock.objects.get(kind="members.request", stopped_at=None)
    assert (clock.union_id, clock.span, clock.due_at) == (town.firm.pk, "5 wd", working_days(5).after(clock.started_at))
    assert Message.objects.get(what="asked-for").to == town.firm_chair
    assert SeenLog.objects.filter(act="asked", thing_id=her.pk, user=town.shop_chair).count() == 1
    actions.give(asked, by=town.firm_chair)
    her.refresh_from_db()
    assert (her.state, her.to_union) == ("LEAVING", town.shop)
    taking = Clock.objects.get(kind="members.membership", code="MB-D2", stopped_at=None)
    assert (taking.union_id, taking.span) == (town.shop.pk, "10 wd")
    made = actions.arrive(her, by=town.shop_chair)
    her.refresh_from_db()
    assert (made.union, made.how, made.joined_on, her.ending) == (town.shop, "TRANSFER", her.left_on, "TRANSFER")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "别人"}, "没有这个姓名"), ({"number": number(77)}, "没有这个姓名"), ({"number": "330599"}, "18"), ({"why": " "}, "何时起"),
        ({"union": "firm"}, "已在本工会"), ({"union": "south"}, "基层工会"),
    ],
)  # fmt: skip
def test_who_is_not_found_by_name_and_number_together_is_not_found(town, her, said, why):
    union = getattr(town, said.pop("union", "shop"))
    with pytest.raises(RuleBroken, match=why):
        actions.ask_for(union, **{"name": name(1), "number": number(1), "why": "在本厂工作"} | said, by=town.city_org)
    assert not Request.objects.exists()


def test_nobody_is_asked_for_twice_nor_by_strangers(town, her, asked):
    with pytest.raises(RuleBroken, match="已经请求过"):
        actions.ask_for(town.shop, name=name(1), number=number(1), why="在本厂工作", by=town.shop_chair)
    with pytest.raises(Refused):
        actions.ask_for(town.shop, name=name(1), number=number(1), why="在本厂工作", by=town.mill_chair)
    with pytest.raises(Refused):
        actions.give(asked, by=town.shop_chair)


def test_she_stays_and_the_reason_is_read(town, as_, asked, her):
    client = as_(town.firm_chair)
    assert client.post(f"{asked.get_absolute_url()}step/", {"verb": "keep", "reason": ""}).status_code == 422
    assert client.post(f"{asked.get_absolute_url()}step/", {"verb": "keep", "reason": "劳动合同未解除"}).status_code == 303
    assert "劳动合同未解除" in as_(town.shop_chair).get(asked.get_absolute_url()).content.decode()
    assert Message.objects.get(what="not-sent").to == town.shop_chair
    her.refresh_from_db()
    assert her.state == "MEMBER"


def test_each_side_sees_the_request_and_no_more_than_its_own(town, as_, asked, her):
    def those(path):
        return {one for one in PEOPLE if as_(getattr(town, one)).get(path).status_code == 200}

    assert those(asked.get_absolute_url()) == {
        "firm_chair",
        "shop_chair",
        "hill_chair",
        "market_chair",
        "north_chair",
        "north_org",
        "south_org",
        "city_org",
    }
    assert those(her.get_absolute_url()) == {"firm_chair", "hill_chair", "north_chair", "north_org", "city_org", "city_office"}
    page = as_(town.shop_chair).get(asked.get_absolute_url()).content.decode()
    assert number(1) not in page
    assert her.get_absolute_url() not in page
    actions.give(asked, by=town.firm_chair)
    assert "shop_chair" in those(her.get_absolute_url())
    assert "market_chair" in those(her.get_absolute_url())


def test_who_ended_meanwhile_is_no_longer_asked_for(town, her, asked):
    actions.end(her, ending="DIED", on=today(), reason="死亡证明", by=town.firm_chair)
    asked.refresh_from_db()
    assert asked.state == "OVER"
    assert not Clock.objects.filter(kind="members.request", stopped_at=None).exists()


def test_she_is_sent_back_with_a_reason(town, as_, her):
    actions.send(her, to=town.shop, by=town.firm_chair)
    with pytest.raises(Refused):
        actions.send_back(her, reason="不在本单位工作", by=town.firm_chair)
    with pytest.raises(RuleBroken):
        actions.send_back(her, reason=" ", by=town.shop_chair)
    url = f"{her.get_absolute_url()}step/"
    assert as_(town.shop_chair).post(url, {"verb": "back", "reason": "不在本单位工作"}).status_code == 303
    her.refresh_from_db()
    assert (her.state, her.to_union, story(her).last().reason) == ("MEMBER", None, "不在本单位工作")
    assert not Clock.objects.filter(kind="members.membership", stopped_at=None).exists()


def test_the_next_sending_has_its_own_days(town, her):
    actions.send(her, to=town.shop, by=town.firm_chair)
    with moved_to(now() + timedelta(days=12)):
        actions.recall(her, by=town.firm_chair)
        actions.send(her, to=town.mill, by=town.firm_chair)
        clock = Clock.objects.get(code="MB-D2", stopped_at=None)
        assert (clock.union_id, clock.due_at > now()) == (town.mill.pk, True)


def test_when_nobody_takes_her_over_the_pool_does(town, her):
    actions.send(her, to=town.shop, by=town.firm_chair)
    ring(now() + timedelta(days=25))
    her.refresh_from_db()
    assert her.state == "LEAVING"
    with moved_to(now() + timedelta(days=31)):
        ring()
        her.refresh_from_db()
        made = Membership.objects.get(person=her.person, left_on=None)
        assert (her.state, her.ending, her.left_on) == ("ENDED", "TRANSFER", today())
        assert (made.union, made.how, made.state, made.joined_on, made.township) == (town.market, "POOL", "MEMBER", today(), town.market)
        assert {one.to for one in Message.objects.filter(what="pooled")} == {town.market_chair, town.firm_chair}
        with pytest.raises(IllegalStep):
            actions.arrive(her, by=town.shop_chair)
        actions.send(made, to=town.shop, by=town.market_chair)
        assert actions.arrive(made, by=town.shop_chair).union == town.shop


def test_where_the_new_unit_has_no_union_the_township_keeps_her(town, as_, her):
    for wrong in (town.south, town.city):
        with pytest.raises(RuleBroken, match="会籍库"):
            actions.send(her, to=wrong, by=town.firm_chair)
    actions.send(her, to=town.market, by=town.firm_chair)
    made = actions.arrive(her, by=town.market_chair)
    assert (made.union, made.how) == (town.market, "POOL")
    assert name(1) in as_(town.market_chair).get("/members/moves/?view=pool").content.decode()
    assert name(1) not in as_(town.hill_chair).get("/members/moves/?view=pool").content.decode()


def test_the_list_says_who_comes_who_goes_and_who_is_asked_for(town, as_, her, asked, django_assert_max_num_queries):
    two = Membership.objects.get(name=name(2))
    actions.send(two, to=town.shop, by=town.firm_chair)

    def shown(user, view):
        return [n for n in (1, 2, 3) if name(n) in as_(user).get(f"/members/moves/?view={view}").content.decode()]

    assert (shown(town.shop_chair, ""), shown(town.shop_chair, "going"), shown(town.shop_chair, "asked")) == ([2], [], [1])
    assert (shown(town.firm_chair, ""), shown(town.firm_chair, "going"), shown(town.firm_chair, "asked")) == ([], [2], [1])
    assert (shown(town.hill_chair, "going"), shown(town.market_chair, ""), shown(town.fort_chair, "asked")) == ([2], [2], [])
    actions.unask(asked, by=town.shop_chair)
    assert (shown(town.shop_chair, "asked"), shown(town.shop_chair, "answered")) == ([], [1])
    assert shown(town.shop_chair, "answered&q=没有") == []
    client = as_(town.firm_chair)
    with django_assert_max_num_queries(20):
        client.get("/members/moves/?view=going")
