"""Other systems: two persons let them in, keys open what was granted and no more, calls are noted and counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from niangjia.access.models import SeenLog, User
from niangjia.exchange import actions
from niangjia.exchange.enums import USES
from niangjia.exchange.models import Client, Key
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.who import permitted
from niangjia.members import actions as members
from niangjia.members.tests.rosters import line, roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(town):
    return actions.make_client("省会员系统", keeper="省总工会 网络工作部", by=town.system)


@pytest.fixture
def granted(town, system):
    return actions.grant_scope(system, town.north, list(USES), until=today() + timedelta(days=30), by=town.security)


@pytest.fixture
def key(town, granted):
    return actions.make_key(granted, by=town.system)


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()  # what a system has asked for is counted there


def seat(user):
    """A browser of her own: the fixture `as_` has one for all."""
    client = Browser()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def call(key, path, **said):
    return Browser().get(path, headers={"Authorization": f"Bearer {key}", **said})


def test_two_persons_let_a_system_in(town, system):
    with pytest.raises(RuleBroken):
        actions.make_key(system, by=town.system)
    with pytest.raises(Refused):
        actions.grant_scope(system, town.north, ["unions.view"], until=today(), by=town.system)
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.filter(pk=system.pk).update(
            union=town.north, uses=["unions.view"], until=today(), granted_at=now(), granted_by=town.system
        )
    actions.grant_scope(system, town.north, ["unions.view"], until=today(), by=town.security)
    assert call(actions.make_key(system, by=town.system), "/api/unions").status_code == 200


def test_a_key_is_kept_as_a_hash_and_two_are_open_at_a_time(town, granted, key):
    kept = Key.objects.get()
    assert key.rpartition("_")[2] not in str(vars(kept))
    second = actions.make_key(granted, by=town.system)
    with pytest.raises(RuleBroken):
        actions.make_key(granted, by=town.system)
    actions.revoke(kept, by=town.security)
    with pytest.raises(Overtaken):
        actions.revoke(kept, by=town.security)
    assert [call(one, "/api/unions").status_code for one in (key, second)] == [401, 200]
    assert actions.make_key(granted, by=town.system)


def test_a_key_opens_what_lies_in_its_scope_and_nothing_else(town, key):
    said = call(key, "/api/unions").json()["items"]
    assert {one["code"] for one in said} == {town.unions[name].code for name in ("north", "hill", "fort", "firm", "mill")}
    assert call(key, f"/api/unions/{town.shop.code}").status_code == 404
    assert call(key, f"/api/unions/{town.firm.code}").json()["parent"] == town.hill.code


def test_a_permission_that_was_not_granted_is_refused_and_also_by_the_table_of_permissions(town, granted, key):
    actions.grant_scope(granted, town.north, ["unions.view"], until=today(), by=town.security)
    answer = call(key, "/api/members")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json; charset=utf-8")
    assert "members.list" in answer.json()["detail"]
    user = User.objects.get(pk=granted.user_id)
    user.client = Client.objects.get()
    assert permitted(user, "unions.view").exists()
    assert not permitted(user, "unions.edit").exists()


@pytest.mark.parametrize("how", ["over", "closed", "abolished", "wrong", "garbled"])
def test_a_key_that_opens_nothing(town, granted, key, how):
    moment = now()
    if how == "over":
        moment += timedelta(days=32)
    elif how == "closed":
        actions.close(granted, why="协议终止", by=town.security)
    elif how == "abolished":
        type(town.north).objects.filter(pk=town.north.pk).update(state="ABOLISHED", closed_on=today())
    elif how == "wrong":
        key = key[:-1] + ("0" if key[-1] != "0" else "1")
    else:
        key = "密钥"
    with moved_to(moment):
        answer = Browser().get("/api/unions", HTTP_AUTHORIZATION=f"Bearer {key}")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_bad_key_is_not_saved_by_a_session(town, as_):
    assert as_(town.leader).get("/api/unions").status_code == 200
    assert as_(town.leader).get("/api/unions", headers={"Authorization": "Bearer nj_x_y"}).status_code == 401


def test_every_call_is_noted_with_the_system_as_who_called(granted, key):
    call(key, "/api/unions")
    call(key, "/api/unions/U0")
    lines = SeenLog.objects.filter(act="called").order_by("pk")
    assert [one.user_id for one in lines] == [granted.user_id] * 2
    assert lines[1].why == f"{Key.objects.get().head} GET /api/unions/U0"


def test_a_system_that_calls_too_often_waits(key, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"machine": "2/m/key", "machine-refused": "1/m/ip"}
    answers = [call(key, "/api/unions") for _n in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "60"
    assert [call("nj_no_no", "/api/unions").status_code for _n in range(2)] == [401, 429]


def test_a_system_opens_no_page(granted, key):
    for path in ("/desk/", "/members/", "/unions/"):
        assert call(key, path).status_code == 302
    assert not User.objects.get(pk=granted.user_id).has_usable_password()


def test_the_pages_of_two_administrators(town):
    system, security = seat(town.system), seat(town.security)
    assert seat(town.leader).get(reverse("exchange:clients")).status_code == 403
    assert security.get(reverse("exchange:client-new")).status_code == 403
    made = system.post(reverse("exchange:client-new"), {"name": "省会员系统", "keeper": "省总工会"})
    page = made.headers["Location"]
    assert system.get(f"{page}scope/").status_code == 403
    bad = security.post(f"{page}scope/", {"union": "没有的工会", "until": "2001-01-01"})
    assert bad.status_code == 422
    said = {"union": town.north.code, "uses": ["unions.view", "members.list"], "until": (today() + timedelta(days=9)).isoformat()}
    assert security.post(f"{page}scope/", said).status_code == 303
    shown = system.post(f"{page}key/").content.decode()
    key = shown.partition('n-key-text">')[2].partition("</code>")[0]
    assert call(key, "/api/unions").status_code == 200
    assert key not in system.get(page).content.decode()
    head = Key.objects.get().head
    assert security.post(f"{page}key/{head}/revoke/").status_code == 303
    assert call(key, "/api/unions").status_code == 401
    assert security.post(f"{page}close/", {"why": "协议终止"}).status_code == 303
    assert "省会员系统" in system.get(f"{reverse('exchange:clients')}?closed=1").content.decode()
    assert "省会员系统" not in system.get(reverse("exchange:clients")).content.decode()


def test_the_list_asks_the_same_number_of_questions_however_many_systems(town, as_, django_assert_max_num_queries):
    client = as_(town.security)
    for n in range(5):
        actions.make_client(f"系统{'甲乙丙丁戊'[n]}", keeper="某单位", by=town.system)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("exchange:clients")).status_code == 200


def test_members_are_masked_and_one_is_shown_with_a_reason(town, key, tmp_path):
    members.import_roster(roster(tmp_path / "名册.csv", *map(line, range(1, 4))), town.firm, by=town.firm_chair)
    first = call(key, "/api/members?limit=2").json()
    second = call(key, f"/api/members?limit=2&cursor={first['next']}").json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (2, 1, "")
    assert all("********" in one["number"] and "****" in one["phone"] for one in first["items"])
    there = f"/api/members/{first['items'][0]['id']}"
    assert call(key, there).json()["union"] == town.firm.code
    headers = {"Authorization": f"Bearer {key}"}
    assert Browser().post(f"{there}/numbers", headers=headers).status_code == 422
    shown = Browser().post(f"{there}/numbers", headers=headers | {"Reason": "%E6%A0%B8%E5%AF%B9"}).json()
    assert len(shown["number"]) == 18
    assert SeenLog.objects.filter(act="revealed", why="核对").count() == 2
    assert call(key, "/api/members?cursor=no").status_code == 422
