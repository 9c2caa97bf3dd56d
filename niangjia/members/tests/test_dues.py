"""Dues entered for one and for many, who is behind, and who is deemed to have left after a talk and by a decision."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from niangjia.flow.api import story
from niangjia.flow.models import Clock
from niangjia.kit.dates import CHINA, add_months, moved_to, now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.members import actions, rules
from niangjia.members.models import Lapse, Membership
from niangjia.members.parameters import RATE, STEP
from niangjia.members.tests.rosters import line, name, roster
from niangjia.worklog.api import audit, post


@pytest.fixture
def those(town, tmp_path):
    """Three members of the firm."""
    actions.import_roster(roster(tmp_path / "a.csv", *(line(n) for n in (1, 2, 3))), town.firm, dry_run=False, by=town.north_org)
    return [Membership.objects.get(name=name(n)) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("wage", "dues"), [("4567.89", "22.80"), ("4560", "22.80"), ("4559.99", "22.75"), ("9.99", "0.00"), ("10", "0.05"), ("0", "0.00"), ("123456", "617.25")]
)  # fmt: skip
def test_of_a_wage_half_a_per_cent_and_less_than_ten_yuan_of_it_is_dropped(wage, dues):
    assert rules.dues(Decimal(wage), RATE.default, STEP.default) == Decimal(dues)


@pytest.mark.parametrize(
    ("paid", "on", "months"),
    [("2026-03-01", "2026-03-31", 0), ("2026-03-01", "2026-04-30", 0), ("2026-03-01", "2026-05-01", 1), ("2025-12-01", "2026-03-02", 2), ("2027-01-01", "2026-03-02", 0)],
)  # fmt: skip
def test_the_running_month_is_not_owed_yet(paid, on, months):
    assert rules.behind(date.fromisoformat(paid), date.fromisoformat(on)) == months


def test_dues_are_entered_for_many_at_once(town, as_, those, django_assert_max_num_queries):
    client = as_(town.firm_chair)
    said = {"one": [str(those[0].uuid), str(those[1].uuid), "nonsense"], "until": "2026年3月", "here": "behind=3&x=1"}
    with django_assert_max_num_queries(40):
        answer = client.post("/members/dues/step/", said)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/members/dues/?behind=3&x=1")
    assert [Membership.objects.get(pk=one.pk).dues_until for one in those] == [date(2026, 3, 1), date(2026, 3, 1), None]
    last = story(those[0]).last()
    assert (last.verb, last.reason, last.by, last.now) == ("dues", "2026-03", town.firm_chair, "MEMBER")
    assert client.post("/members/dues/step/", said | {"until": "2026-13"}).status_code == 422
    assert client.post("/members/dues/step/", said | {"one": []}).status_code == 422
    assert client.post("/members/dues/step/", said | {"until": "2099-01"}).status_code == 422


def test_who_keeps_a_union_enters_its_dues(town, as_, those):
    for who, answer in (("shop_chair", 422), ("north_rights", 403), ("hill_chair", 303), ("city_org", 303)):
        said = {"one": [str(those[0].uuid)], "until": f"{today():%Y-%m}"}
        assert as_(getattr(town, who)).post("/members/dues/step/", said).status_code == answer
    with pytest.raises(Refused):
        actions.pay(those, until=today(), by=town.shop_chair)


def test_the_list_says_who_is_behind_and_retained_members_owe_nothing(town, as_, those):
    month = today().replace(day=1)
    actions.pay([those[0]], until=add_months(month, -5), by=town.firm_chair)
    actions.pay([those[1]], until=add_months(month, -1), by=town.firm_chair)

    def shown(behind):
        return [n for n in (1, 2, 3) if name(n) in as_(town.firm_chair).get(f"/members/dues/?behind={behind}").content.decode()]

    assert (shown(""), shown("1"), shown("3"), shown("6"), shown("7")) == ([1, 2, 3], [1], [1], [], [1, 2, 3])
    kept = actions.retain(those[0], on=today(), reason="退休", by=town.firm_chair)
    assert (kept.dues_until, kept.lapses_on, shown("1")) == (None, None, [])
    with pytest.raises(RuleBroken, match=name(1)):
        actions.pay([kept, those[1]], until=today(), by=town.firm_chair)
    page = as_(town.firm_chair).get(those[1].get_absolute_url()).content.decode()
    assert f"{add_months(month, -1).year}年" in page
    said = {"until": f"{today():%Y-%m}", "wage": "4,567"}
    done = as_(town.firm_chair).post(f"{those[1].get_absolute_url()}dues/", said, follow=True)
    assert "22.80" in done.content.decode()


@pytest.fixture
def lapsing(town, those):
    """One who stopped paying seven months ago, found by the house."""
    actions.pay([those[0]], until=add_months(today().replace(day=1), -7), by=town.firm_chair)
    actions.pay([those[1]], until=add_months(today().replace(day=1), -3), by=town.firm_chair)
    assert actions.find_lapsing() == 1
    assert actions.find_lapsing() == 0
    return Lapse.objects.get()


def test_the_house_lists_and_decides_on_nobody(town, those, lapsing):
    those[0].refresh_from_db()
    assert (lapsing.membership, lapsing.state, those[0].state) == (those[0], "FOUND", "MEMBER")
    clock = Clock.objects.get(kind="members.lapse", stopped_at=None)
    assert (clock.union_id, clock.span, clock.duty) == (town.firm.pk, "30 d", "chair")
    with moved_to(now() + timedelta(days=99)):
        from niangjia.flow.api import ring

        ring()
    those[0].refresh_from_db()
    assert those[0].state == "MEMBER"


def test_nobody_is_deemed_to_have_left_unheard(town, as_, those, lapsing, owner):
    with pytest.raises(IllegalStep):
        actions.leave(lapsing, on=today(), reason="委员会决定", by=town.firm_chair)
    client, url = as_(town.firm_chair), lapsing.get_absolute_url()
    assert client.post(f"{url}step/talk/", {"on": str(today()), "with_her": "", "words": "谈了"}).status_code == 422
    late = {"on": str(today() + timedelta(days=1)), "with_her": "朱企业", "words": "谈了"}
    assert client.post(f"{url}step/talk/", late).status_code == 422
    assert client.post(f"{url}step/talk/", late | {"on": str(today())}).status_code == 303
    assert "谈了" in client.get(f"{url}step/leave/").content.decode()
    assert client.post(f"{url}step/leave/", {"on": str(today()), "reason": "委员会第三次会议决定"}).status_code == 303
    lapsing.refresh_from_db()
    those[0].refresh_from_db()
    assert (lapsing.state, those[0].state, those[0].ending, those[0].left_on) == ("LEFT", "ENDED", "LAPSED", today())
    assert lapsing.decided_by == town.firm_chair
    post()
    with owner():
        assert audit() == []


def test_who_pays_is_off_the_list_and_who_stays_is_asked_again_after_six_months(town, those, lapsing):
    actions.pay([those[0]], until=today(), by=town.firm_chair)
    lapsing.refresh_from_db()
    assert lapsing.state == "PAID"
    actions.pay([those[1]], until=add_months(today().replace(day=1), -9), by=town.firm_chair)
    actions.find_lapsing()
    other = Lapse.objects.get(membership=those[1])
    actions.stay(other, reason="住院，已说明", by=town.firm_chair)
    those[1].refresh_from_db()
    assert (other.state, those[1].active_on, those[1].lapses_on) == ("STAYS", today(), add_months(today(), 6))
    assert actions.find_lapsing() == 0
    with moved_to(now().astimezone(CHINA) + timedelta(days=190)):
        assert actions.find_lapsing() >= 1


def test_dues_go_along_with_a_transfer_and_end_with_the_membership(town, those, lapsing):
    actions.send(those[0], to=town.shop, by=town.firm_chair)
    made = actions.arrive(those[0], by=town.shop_chair)
    lapsing.refresh_from_db()
    those[0].refresh_from_db()
    assert (lapsing.state, made.dues_until, made.lapses_on) == ("OVER", those[0].dues_until, those[0].lapses_on)


def test_who_sees_a_candidate(town, as_, lapsing):
    people = {one for one, user in town.people.items() if as_(user).get(lapsing.get_absolute_url()).status_code == 200}
    assert people == {"firm_chair", "hill_chair", "north_chair", "north_org", "city_org"}
    assert people == {one for one, user in town.people.items() if lapsing.name in as_(user).get("/members/lapses/").content.decode()}
