"""An empty house begins with one union and three different persons."""

from __future__ import annotations

import pytest

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
