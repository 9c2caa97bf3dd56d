"""An empty house begins with one union and three different persons."""

from __future__ import annotations

import pytest

from niangjia.access.models import User
from niangjia.kit.errors import RuleBroken
from niangjia.unions.api import begin
from niangjia.unions.models import Union

PEOPLE = {"system": ("xt", "甲合成"), "security": ("aq", "乙合成"), "auditlog": ("sj", "丙合成")}


@pytest.mark.django_db
def test_the_first_three_sign_in_with_their_passwords(client):
    made = begin("湖州市总工会", "U330500", PEOPLE)
    assert Union.objects.get().state == "NORMAL"
    for account, password in made.values():
        answer = client.post("/account/login/", {"login": account, "password": password})
        assert answer.status_code == 302
        client.post("/account/logout/")
    assert client.post("/account/login/", {"login": "xt", "password": "wrong"}).status_code == 200


@pytest.mark.django_db
def test_it_begins_only_once_and_with_three_persons():
    with pytest.raises(RuleBroken):
        begin("湖州市总工会", "U330500", PEOPLE | {"security": ("xt", "甲合成")})
    begin("湖州市总工会", "U330500", PEOPLE)
    with pytest.raises(RuleBroken):
        begin("湖州市总工会", "U330501", PEOPLE)


@pytest.mark.django_db
def test_staff_are_led_to_a_second_factor_first(client, settings):
    settings.SECOND_FACTOR = True
    account, password = begin("湖州市总工会", "U330500", PEOPLE)["system"]
    client.post("/account/login/", {"login": account, "password": password})
    answer = client.get("/unions/")
    assert (answer.status_code, answer.url) == (302, "/account/2fa/totp/activate/")
    assert client.get(answer.url).status_code in (200, 302)


@pytest.mark.django_db
def test_the_house_fills_up_from_the_browser(client):
    made = begin("湖州市总工会", "U330500", PEOPLE)
    door = "allauth.account.auth_backends.AuthenticationBackend"
    office = {"name": "丁合成", "username": "zz.ding", "duty": "organisation", "served": "PART", "since": "2015-01-01"}
    client.force_login(User.objects.get(username=made["system"][0]), backend=door)
    assert client.post("/access/accounts/new/", {"username": "zz.ding", "name": "丁合成", "email": ""}).status_code == 200
    assert client.post("/unions/U330500/offices/", office).status_code == 404
    client.force_login(User.objects.get(username=made["security"][0]), backend=door)
    assert client.post("/unions/U330500/offices/", office | {"username": "aq"}).status_code == 422  # never to herself
    assert client.post("/unions/U330500/offices/", office).status_code == 303
    assert client.get("/unions/U330500/unions/").status_code == 403
    client.force_login(User.objects.get(username="zz.ding"), backend=door)
    founding = {"name": "长兴县总工会", "kind": "11", "term_years": "5"}
    assert client.get("/unions/U330500/unions/").status_code == 200
    assert client.post("/unions/U330500/unions/", founding).status_code == 303
    county = Union.objects.get(name="长兴县总工会")
    assert client.post(f"/unions/{county.code}/step/approve/", {"on": "2015-01-05", "approval_no": "湖总工〔2015〕1号"}).status_code == 303
    assert client.post(f"/unions/{county.code}/unions/", {"name": "煤山镇总工会", "kind": "12", "term_years": "5"}).status_code == 303
    town = Union.objects.get(name="煤山镇总工会")
    assert (town.level, town.county) == (3, county)
