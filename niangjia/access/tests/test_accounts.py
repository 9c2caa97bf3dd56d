"""Accounts: made by the system administrator, given new passwords and closed by the security administrator, noted in the log."""

from __future__ import annotations

import re

import pytest

from niangjia.access.actions import make_account
from niangjia.access.models import SeenLog, User
from niangjia.access.queries import broken_at
from niangjia.kit.errors import RuleBroken

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
