"""Accounts: made by the system administrator, given new passwords and closed by the security administrator, noted in the log."""

from __future__ import annotations

import re

import fastexcel
import pytest
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import get_default_password_validators
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from niangjia.access.accounts import held
from niangjia.access.actions import make_account
from niangjia.access.models import SeenLog, User
from niangjia.access.queries import broken_at
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "answer"), [("system", 200), ("security", 200), ("auditlog", 403), ("leader", 403), ("firm_chair", 403)])
def test_who_sees_accounts(town, as_, who, answer):
    assert as_(town.people[who]).get("/access/accounts/").status_code == answer


def test_an_account_is_made_and_its_owner_signs_in_with_the_password_shown_once(town, as_, client):
    page = as_(town.system).post("/access/accounts/new/", {"username": "zhang.min", "name": "张合成"}).content.decode()
    password = re.search(r"<code>(.+?)</code>", page).group(1)
    assert password not in str(SeenLog.objects.values_list())
    client.logout()
    assert client.post("/account/login/", {"login": "zhang.min", "password": password}).status_code == 302


def test_an_account_is_not_made_twice_nor_by_security(town, as_):
    assert as_(town.system).post("/access/accounts/new/", {"username": "leader", "name": "x"}).status_code == 422
    assert as_(town.security).post("/access/accounts/new/", {"username": "zhang.min", "name": "x"}).status_code == 403


def test_a_lost_password_is_given_anew_by_security_alone_with_a_reason(town, as_, client):
    url = f"/access/accounts/{town.firm_chair.uuid}/"
    assert as_(town.system).post(url, {"act": "password", "why": "忘记"}).status_code == 403
    assert as_(town.security).post(url, {"act": "password", "why": ""}).status_code == 422
    page = as_(town.security).post(url, {"act": "password", "why": "本人到场，忘记密码"}).content.decode()
    password = re.search(r"<code>(.+?)</code>", page).group(1)
    client.logout()
    assert client.post("/account/login/", {"login": "firm-chair", "password": password}).status_code == 302
    assert SeenLog.objects.filter(act="password anew", thing_id=town.firm_chair.pk).get().why == "本人到场，忘记密码"
    assert broken_at() is None


def test_a_closed_account_opens_nothing(town, as_, client):
    url = f"/access/accounts/{town.firm_chair.uuid}/"
    as_(town.security).post(url, {"act": "open", "why": "离职"})
    assert not User.objects.get(pk=town.firm_chair.pk).is_active
    client.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(f"/unions/{town.firm.code}/").status_code in (302, 404)
    as_(town.security).post(url, {"act": "open", "why": "返聘"})
    assert User.objects.get(pk=town.firm_chair.pk).is_active


def test_nobody_closes_herself(town, as_):
    assert as_(town.security).post(f"/access/accounts/{town.security.uuid}/", {"act": "open", "why": "x"}).status_code == 422


@pytest.mark.parametrize("before", ["²", "x", "-1", "9" * 400])
def test_the_log_opens_whatever_the_address_says(town, as_, before):
    assert as_(town.auditlog).get("/access/log/", {"before": before}).status_code == 200


def test_two_who_make_the_same_account_at_once_are_told_apart(town):
    make_account("zz.same", name="同", by=town.system)
    with pytest.raises(RuleBroken):
        make_account("zz.same", name="同", by=town.system)


def test_beside_each_account_stands_what_office_it_holds_and_who_holds_none_is_found(town, as_):
    make_account("zz.idle", name="闲合成", by=town.system)
    client = as_(town.system)
    rows = {str(row[1]): row[2] for row in client.get("/access/accounts/").context["table"].rows}
    assert rows[town.north_rights.name].startswith(f"{town.north.short_name}")
    assert rows["闲合成"] == ""
    idle = client.get("/access/accounts/", {"idle": "1"})
    names = [row[1] for row in idle.context["table"].rows]
    assert "闲合成" in names
    assert town.north_rights.name not in names
    assert 'class="n-chip is-set" href="/access/accounts/"' in idle.content.decode()
    Office.objects.create(
        union=town.hill, user=User.objects.get(username="zz.idle"), name="闲合成", duty="staff", post="干事", since=today()
    )
    assert "闲合成" not in [row[1] for row in client.get("/access/accounts/", {"idle": "1"}).context["table"].rows]
    taken = client.get("/access/accounts/export/", {"q": "zz.idle"}).getvalue()
    assert fastexcel.read_excel(taken).load_sheet(0, dtypes="string").to_polars().rows()[0][2].endswith("干事")


def test_of_many_offices_two_are_named(town):
    posts = [Office(union=town.hill, name="x", duty="staff", post=f"干事{n}", since=today()) for n in range(4)]
    with translation.override("zh-hans"):
        assert held(posts) == f"{town.hill.short_name}，干事0；{town.hill.short_name}，干事1；另有2个"
        assert held([]) == ""


def test_offices_of_a_page_of_accounts_are_one_question(town, as_):
    client = as_(town.system)

    def asked() -> int:
        with CaptureQueriesContext(connection) as those:
            client.get("/access/accounts/")
        return len(those)

    asked()
    few = asked()
    for n in range(10):
        user, _password = make_account(f"zz.{n}more", name="多合成", by=town.system)
        Office.objects.create(union=town.hill, user=user, name=user.name, duty="staff", post="干事", since=today())
    assert asked() == few


def test_the_house_says_its_own_you_where_django_says_another():
    with translation.override("zh-hans"):
        said = [one.get_help_text() for one in get_default_password_validators()]
        said.append(str(PasswordChangeForm.error_messages["password_incorrect"]))
    assert all("你" not in one for one in said), said
    assert "您的密码至少要有8个字符。" in said
