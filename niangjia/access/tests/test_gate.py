"""The door in our look: signing in, the second factor, places, passwords, and the demo's people; every page in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from niangjia.access import actions, queries
from niangjia.access.models import User
from niangjia.kit import demo
from niangjia.kit.health import ask
from tests.chromium import CHROMIUM

pytestmark = pytest.mark.django_db
CHINESE, ENGLISH = {"accept-language": "zh-hans"}, {"accept-language": "en"}
SECRET, PASSWORD = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "a-long-enough-word-2015"


@pytest.fixture
def person() -> User:
    made = User(username="s1", name="沈雨桐")
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    client.post("/account/login/", {"login": person.username, "password": PASSWORD})
    return client


def code() -> str:
    return str(totp.format_hotp_value(totp.hotp_value(SECRET, next(iter(totp.yield_hotp_counters_from_time())))))


def read(client: Client, url: str, *, status: int = 200) -> str:
    """A page in both languages; the Chinese one is given back."""
    english = client.get(url, headers=ENGLISH)
    answer = client.get(url, headers=CHINESE)
    assert (answer.status_code, english.status_code) == (status, status), url
    assert "style=" not in answer.content.decode()
    return str(answer.content.decode())


def test_the_door_asks_for_name_and_password(client: Client) -> None:
    text = read(client, "/account/login/")
    assert "工会干部和工作人员" in text
    assert 'autocomplete="current-password"' in text
    assert "用通行密钥登录" in text


def test_a_wrong_password_is_told_at_the_top(client: Client, person: User) -> None:
    answer = client.post("/account/login/", {"login": person.username, "password": "no"}, headers=CHINESE)
    assert 'role="alert"' in answer.content.decode()


def test_a_right_password_opens(inside: Client) -> None:
    assert inside.session["_auth_user_id"]


def test_nobody_makes_an_account_of_her_own(client: Client) -> None:
    assert "账号由单位发给" in read(client, "/account/signup/")


def test_a_forgotten_password_is_given_face_to_face(client: Client) -> None:
    assert "新密码当面领" in read(client, "/account/password/reset/")


def test_a_closed_account_says_so(client: Client) -> None:
    assert "这个账号已经停用" in read(client, "/account/inactive/")


def test_signing_out_is_asked_and_posted(inside: Client) -> None:
    assert "要退出吗" in read(inside, "/account/logout/")
    inside.post("/account/logout/")
    assert "_auth_user_id" not in inside.session


@pytest.mark.parametrize("url", ["/account/2fa/", "/account/sessions/", "/account/password/change/"])
def test_how_one_signs_in_has_three_pages(inside: Client, url: str) -> None:
    assert "我的登录方式" in read(inside, url)


def test_a_wrong_new_password_is_told_at_its_field(inside: Client) -> None:
    answer = inside.post("/account/password/change/", {"oldpassword": "no", "password1": "a", "password2": "b"}, headers=CHINESE)
    assert "n-error" in answer.content.decode()


def test_the_authenticator_is_set_up_with_a_picture_and_a_key(certain: Client) -> None:
    text = read(certain, "/account/2fa/totp/activate/")
    assert "data:image/svg+xml;base64," in text
    assert "用它扫这张图" in text
    assert "n-error" in certain.post("/account/2fa/totp/activate/", {"code": "000000"}, headers=CHINESE).content.decode()


@pytest.fixture
def certain(inside: Client) -> Client:
    """Signed in, and asked once more."""
    inside.post("/account/reauthenticate/", {"password": PASSWORD})
    return inside


@pytest.fixture
def guarded(certain: Client, person: User) -> Client:
    totp.TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return certain


def test_with_a_second_factor_its_pages_open(guarded: Client) -> None:
    assert "已设置" in read(guarded, "/account/2fa/")
    assert "停用验证器" in read(guarded, "/account/2fa/totp/deactivate/")
    assert "个，还剩" in read(guarded, "/account/2fa/recovery-codes/")
    assert "随即作废" in read(guarded, "/account/2fa/recovery-codes/generate/")
    assert "添加密钥" in read(guarded, "/account/2fa/webauthn/add/")


def test_keys_are_listed_renamed_and_taken_away(guarded: Client, person: User) -> None:
    assert "还没有密钥" in read(guarded, "/account/2fa/webauthn/")
    key = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "U盾", "credential": {}, "passwordless": True}
    )
    assert "U盾" in read(guarded, "/account/2fa/")
    assert "通行密钥" in read(guarded, "/account/2fa/webauthn/")
    assert "给密钥改名" in read(guarded, reverse("mfa_edit_webauthn", args=[key.pk]))
    assert "停用密钥“U盾”？" in read(guarded, reverse("mfa_remove_webauthn", args=[key.pk]))


def test_the_second_step_of_signing_in_asks_for_the_code(client: Client, person: User) -> None:
    totp.TOTP.activate(person, SECRET)
    answer = client.post("/account/login/", {"login": person.username, "password": PASSWORD})
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert "打开手机上的验证器" in read(client, "/account/2fa/authenticate/")
    assert "n-error" in client.post("/account/2fa/authenticate/", {"code": "1"}, headers=CHINESE).content.decode()
    client.post("/account/2fa/authenticate/", {"code": code()})
    assert client.session["_auth_user_id"]


@pytest.mark.parametrize("url", ["/account/reauthenticate/", "/account/2fa/reauthenticate/"])
def test_a_step_that_weighs_more_asks_again_who_it_is(guarded: Client, url: str) -> None:
    assert "还是您本人吗" in read(guarded, url)


def test_the_demo_shows_its_people_each_one_click_away(client: Client, person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [{"username": "s1", "name": person.name, "post": "干事", "union": "德清县总工会", "hint": "9件等着办"}]
    monkeypatch.setattr(demo, "_finders", [lambda: [{"title": "在办公室", "people": people}]])
    text = read(client, "/access/demo/")
    assert '<button class="btn btn-primary" type="submit" name="user" value="s1">' in text
    client.post("/access/demo/", {"user": "s1"})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_demo_without_people_says_what_to_do(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_finders", [])
    assert "这里还没有人" in read(client, "/access/demo/")


def test_the_auditor_reads_who_saw_what_and_that_the_chain_is_whole(client: Client, town: Any) -> None:
    client.force_login(town.auditlog)
    text = read(client, "/access/log/")
    assert "链是完整的" in text
    assert "登录" in text


def test_a_broken_chain_is_told_before_anything_else(client: Client, town: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(town.auditlog)
    monkeypatch.setattr(queries, "broken_at", lambda: 7)
    assert "第7行接不上前一行" in read(client, "/access/log/")


def test_a_proved_log_is_walked_on_and_at_night_whole(town: Any, owner: Any) -> None:
    for _ in range(5):
        actions.note([("opened", "rights.event", 1, "")], by=town.city_rights)
    first = actions.prove(whole=False)
    actions.note([("opened", "rights.event", 2, "")], by=town.city_rights)
    second = actions.prove(whole=False)
    assert (first.broken, second.broken) == (None, None)
    assert second.upto > first.upto
    with owner(), connection.cursor() as cursor:  # whoever owns the table can switch its guard off: that is what the chain is for
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE access_seenlog DISABLE TRIGGER USER")
        cursor.execute("UPDATE access_seenlog SET thing_id = 9 WHERE id = %s", [first.upto])
    assert queries.broken_at() is None  # it lies before the last proof
    assert actions.prove(whole=True).broken == first.upto
    assert queries.broken_at() == first.upto
    with translation.override("en"):
        assert ask()["checks"]["log"] == {"well": False, "said": f"line {first.upto} does not follow"}


def test_others_are_told_that_the_log_is_another_office_s(inside: Client) -> None:
    assert "这一步归别的岗位" in read(inside, "/access/log/", status=403)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_signing_in_by_browser_and_a_refused_fragment_takes_the_place_of_the_page(live_server: Any, person: User) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(**CHROMIUM)
        page = browser.new_context(locale="zh-CN").new_page()
        page.goto(f"{live_server.url}/account/login/")
        page.fill("[name=login]", person.username)
        page.fill("[name=password]", PASSWORD)
        page.click("button.btn-primary")
        page.goto(f"{live_server.url}/ui/")
        page.evaluate("htmx.ajax('GET', '/access/log/', {target: '#part-pill', swap: 'innerHTML'})")
        page.wait_for_selector(".n-oops")
        said, rails = page.locator("h1").inner_text(), page.locator(".n-rail").count()
        browser.close()
    assert said == "这一步归别的岗位"
    assert rails == 1


def test_who_only_asks_whether_a_page_is_there_is_answered(client, town):
    """Monitors and checkers of links ask by HEAD."""
    client.force_login(town.city_rights, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.head("/rights/events/").status_code == 200
    assert client.get("/account/").headers["Location"] == "/me/account/"
