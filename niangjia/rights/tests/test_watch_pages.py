"""Pages of telling, duty, weekly reports, merging and briefs for named people; how many questions they ask."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from niangjia.access.models import User
from niangjia.flow.api import ring
from niangjia.kit.dates import add_months, moved_to, now, today
from niangjia.rights import actions
from niangjia.rights.actions import duty, zero
from niangjia.rights.models import Attempt, Swap, Turn, ZeroWeek
from niangjia.rights.permissions import May
from niangjia.rights.tests.conftest import SINCE
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db
EVERYBODY = ("grassroots chair", "township rights", "county rights", "county finance", "city rights", "other county", "far chair")


def get(client, town, who, url, **data):
    client.force_login(town.people[who])
    return client.get(url, data)


@pytest.fixture
def red(town):
    return actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E06", 132), by=town.grassroots_chair)


@pytest.fixture
def colleague(town):
    user = User.objects.create(username="t-staff", name="值班甲")
    Office.objects.create(union=town.township, user=user, name=user.name, duty="staff", post="干事", since=SINCE)
    town.people["colleague"] = user
    return user


def test_the_one_who_was_told_presses_and_nobody_else(town, client, red):
    one = red.tellings.get()
    page = get(client, town, "township rights", red.get_absolute_url()).content.decode()
    assert "没有您的回执，将告知下一位" in page
    assert "没有您的回执" not in get(client, town, "county rights", red.get_absolute_url()).content.decode()
    url = reverse("rights:telling_step", args=[one.uuid])
    for who, answer in (("county rights", 404), ("township rights", 303), ("township rights", 303)):
        client.force_login(town.people[who])
        assert client.post(url, {"verb": "receive"}).status_code == answer
    one.refresh_from_db()
    assert (one.state, one.how) == ("RECEIVED", "PRESSED")
    assert red.reference in client.get(reverse("rights:telling", args=[one.uuid])).content.decode()


def test_the_page_says_that_the_next_one_was_told(town, client, red, colleague):
    with moved_to(now() + timedelta(minutes=5, seconds=1)):
        ring()
    page = get(client, town, "county rights", red.get_absolute_url()).content.decode()
    assert "5分钟没有回执，自动换上一级值班" in page or "5分钟没有回执，自动换替补" in page


def test_a_system_that_was_granted_it_says_what_came_back(town, client, red, monkeypatch):
    duty.reach_by(town.township_rights, phone="10000000001")
    other = actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E06", 140), by=town.grassroots_chair)
    key = Attempt.objects.get(telling__event=other, means="VOICE").key
    body = {"key": str(key), "said": "answered"}
    assert client.post("/api/rights/receipts", body, content_type="application/json").status_code == 401
    client.force_login(town.city_rights)
    assert client.post("/api/rights/receipts", body, content_type="application/json").status_code == 404, "a person has a page"
    monkeypatch.setitem(town.city_rights.__dict__, "kind", "CLIENT")
    from niangjia.kit.who import permitted

    seated = User.objects.get(pk=town.city_rights.pk)
    seated.kind = "CLIENT"
    assert not permitted(seated, May.HEAR_RECEIPT).exists() or permitted(seated, May.HEAR_RECEIPT).filter(attempts__key=key).exists()


@pytest.mark.parametrize("n", range(7))
def test_who_opens_the_roster_and_who_plans(town, client, n):
    who = EVERYBODY[n]
    answers = {
        "roster": (404, 200, 200, 200, 200, 404, 404),
        "duty_plan": (404, 200, 200, 403, 200, 404, 404),
        "duty_confirm": (404, 303, 303, 303, 303, 404, 404),  # nobody has a turn that waits
    }
    for page, those in answers.items():
        assert get(client, town, who, reverse(f"rights:{page}", args=[town.township.code])).status_code == those[n], page


def test_a_month_is_planned_confirmed_and_swapped_by_pages(town, client, colleague):
    roster = reverse("rights:roster", args=[town.township.code])
    client.force_login(town.township_rights)
    first = add_months(today().replace(day=1), 1)
    month = f"{first:%Y-%m}"
    people = [str(town.township_rights.pk), str(colleague.pk)]
    assert client.post(f"{roster}plan/", {"month": month, "people": people}).status_code == 303
    assert "今天" in client.get(roster).content.decode()
    assert "值班甲" in client.get(roster, {"from": first}).content.decode()
    mine = Turn.objects.filter(user=town.township_rights).exclude(part="LEADER").order_by("day", "part")
    assert client.post(f"{roster}confirm-duty/", {"turns": [str(one.pk) for one in mine[:2]]}).status_code == 303
    assert mine.exclude(confirmed_at=None).count() == 2
    given = mine.filter(part="DAY").first()
    assert client.post(f"{roster}swap/", {"mine": str(given.pk), "theirs": f"u{colleague.pk}"}).status_code == 303
    swap = Swap.objects.get()
    client.force_login(colleague)
    page = client.get(swap.get_absolute_url()).content.decode()
    assert "请您换班" in page
    assert f"{swap.by.name}的班次" in page
    assert f"{swap.to.name}的班次" in page
    assert client.post(reverse("rights:swap_step", args=[swap.uuid]), {"verb": "agree"}).status_code == 303
    given.refresh_from_db()
    assert given.user == colleague
    client.force_login(town.township_rights)
    put = reverse("rights:duty_put", args=[town.township.code, (today() + timedelta(days=70)).isoformat(), "NIGHT"])
    assert client.post(put, {"user": str(colleague.pk)}).status_code == 303
    assert client.get(reverse("rights:duty_put", args=[town.township.code, "nonsense", "NIGHT"])).status_code == 404
    assert client.get(reverse("rights:duty_export"), {"union": town.township.code}).status_code == 200


def test_a_number_is_masked_and_shown_with_a_reason(town, client, colleague):
    client.force_login(colleague)
    assert client.post(reverse("rights:duty_phone"), {"phone": "10000000001", "fixed": ""}).status_code == 303
    duty.put(town.township, today(), "NIGHT", colleague, by=town.township_rights)
    page = get(client, town, "county rights", reverse("rights:roster", args=[town.county.code])).content.decode()
    assert "100****0001" in page
    assert "10000000001" not in page
    from niangjia.rights.models import Reach

    url = reverse("rights:duty_reveal", args=[Reach.objects.get().uuid])
    assert client.post(url, {"why": ""}).status_code == 422
    assert "10000000001" in client.post(url, {"why": "红色事件"}).content.decode()
    assert get(client, town, "other county", url).status_code == 404


def test_one_tap_says_that_nothing_happened(town, client):
    zero.open_week()
    one = ZeroWeek.objects.get(union=town.township)
    assert "未报" in get(client, town, "county rights", reverse("rights:zero")).content.decode() or ZeroWeek.objects.count()
    client.force_login(town.county_rights)
    assert client.post(reverse("rights:zero_step", args=[one.uuid]), {"verb": "remind"}).status_code == 303
    client.force_login(town.township_rights)
    assert client.post(reverse("rights:zero_step", args=[one.uuid]), {"verb": "nothing"}).status_code == 303
    one.refresh_from_db()
    assert one.state == "NOTHING"
    assert get(client, town, "other county", one.get_absolute_url()).status_code == 404


def test_two_reports_stand_beside_each_other_and_become_one(town, client):
    first = actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E01", 46), by=town.grassroots_chair)
    second = actions.report(town.township, actions.Facts("甲织造厂", "E06", 60, anonymous=True), by=town.township_rights)
    url = reverse("rights:merge", args=[first.uuid, second.uuid])
    page = get(client, town, "county rights", first.get_absolute_url()).content.decode()
    assert url in page
    said = client.get(url).content.decode()
    assert "匿名" in said
    assert town.township_rights.name not in said.replace("示例市", "")
    assert client.post(url, {"verb": "merge"}).status_code == 303
    for who, language in (("county rights", "zh-hans"), ("county rights", "en")):
        with translation.override(language):
            assert get(client, town, who, first.get_absolute_url()).status_code == 200
            assert get(client, town, who, second.get_absolute_url()).status_code == 200
    assert client.post(reverse("rights:event_part", args=[first.uuid])).status_code == 303
    first.refresh_from_db()
    assert first.state == "REPORTED"


def test_a_brief_is_drawn_up_and_taken_away(town, client, red):
    url = reverse("rights:briefs", args=[red.uuid])
    assert get(client, town, "township rights", url).status_code == 403
    client.force_login(town.county_rights)
    assert client.post(url).status_code == 303
    one = red.briefs.get()
    assert "专报〔" in client.get(url).content.decode()
    assert client.get(reverse("rights:brief", args=[red.uuid, one.uuid, "docx"])).content[:2] == b"PK"
    assert client.get(reverse("rights:brief", args=[red.uuid, one.uuid, "pdf"])).content[:4] == b"%PDF"
    assert client.get(reverse("rights:brief", args=[red.uuid, uuid4(), "pdf"])).status_code == 404


def test_what_comes_again_hides_small_counts_elsewhere(town, client):
    for n in range(2):
        actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E06", 5 + n, employer=town.employer), by=town.grassroots_chair)
        actions.report(
            town.far_firm, actions.Facts("丙包装有限公司（示例）", "E06", 5 + n, employer=town.other_employer), by=town.far_chair
        )
    page = get(client, town, "county rights", reverse("rights:patterns")).content.decode()
    assert "甲织造有限公司（示例）" in page
    assert "丙包装" not in page
    assert "范围以外少于3件" in page


def test_pages_ask_as_many_questions_for_many_as_for_few(town, client, red, colleague, django_assert_max_num_queries):
    from django.db import connection

    roster, grid = reverse("rights:roster", args=[town.county.code]), reverse("rights:zero")
    client.force_login(town.county_rights)

    def asked(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    zero.open_week()
    few = asked(roster), asked(grid)
    duty.plan(town.county, today().year, today().month, by=town.county_rights)
    duty.plan(town.township, today().year, today().month, by=town.township_rights)
    for n in range(3):
        with moved_to(now() + timedelta(days=7 * n)):
            zero.open_week()
    with django_assert_max_num_queries(57):
        client.get(red.get_absolute_url())
    many = asked(roster), asked(grid)
    assert many[1] <= few[1]
    assert many[0] <= few[0] + 3  # who waits for her own turns, and numbers
