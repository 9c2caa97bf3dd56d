"""The pages of addresses that are told: one administrator enters and tends them, another approves them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from niangjia.exchange import actions
from niangjia.exchange.enums import USES
from niangjia.exchange.models import Delivery, Hook, HookSecret
from niangjia.exchange.tests.test_machines import seat
from niangjia.kit.dates import now, today

pytestmark = pytest.mark.django_db
URL = "https://127.0.0.1/told"


@pytest.fixture(autouse=True)
def inward(settings):
    settings.HOOK_NETWORKS = ["127.0.0.0/8"]


@pytest.fixture
def system(town):
    one = actions.make_client("省会员系统", keeper="省总工会", by=town.system)
    return actions.grant_scope(one, town.north, list(USES), until=today() + timedelta(days=200), by=town.security)


def test_the_pages_of_two_administrators(town, system):
    first, second = seat(town.system), seat(town.security)
    new = reverse("exchange:hook-new", args=[system.uuid])
    assert new in first.get(system.get_absolute_url()).content.decode()
    assert second.get(new).status_code == 403
    assert first.get(new).status_code == 200
    bad = first.post(new, {"kind": "union", "url": "https://10.0.0.1/"})
    assert (bad.status_code, Hook.objects.count()) == (422, 0)
    page = first.post(new, {"kind": "union", "url": URL}).headers["Location"]
    assert first.post(new, {"kind": "union", "url": URL}).status_code == 422
    assert first.post(f"{page}approve/").status_code == 403
    assert f"{page}approve/" not in first.get(page).content.decode()
    assert f"{page}approve/" in second.get(page).content.decode()
    assert second.post(f"{page}approve/").status_code == 303
    assert second.post(f"{page}secret/").status_code == 403
    shown = first.post(f"{page}secret/").content.decode()
    secret = shown.partition('n-key-text">')[2].partition("</code>")[0]
    assert secret.startswith("njs_")
    assert secret not in first.get(page).content.decode()
    assert first.post(f"{page}test/").status_code == 303
    assert Delivery.objects.get().what == "TEST"
    assert second.post(f"{page}pause/").status_code == 303
    assert second.post(f"{page}resume/").status_code == 403
    assert first.post(f"{page}resume/").status_code == 303
    assert second.post(f"{page}secret/{HookSecret.objects.get().uuid}/end/").status_code == 303
    assert "https://127.0.0.1/told" in second.get(system.get_absolute_url()).content.decode()
    assert second.get(f"{page}close/").status_code == 200
    assert second.post(f"{page}close/", {"why": "换了地址"}).status_code == 303
    assert first.get(page).status_code == 200
    assert first.post(new, {"kind": "union", "url": URL}).status_code == 303


@pytest.mark.parametrize("office", ["leader", "firm_chair", "auditlog"])
def test_others_see_nothing_of_it(town, system, office):
    one = actions.make_hook(system, "union", URL, by=town.system)
    assert seat(getattr(town, office)).get(one.get_absolute_url()).status_code == 403


def test_the_log_asks_the_same_number_of_questions_however_long_it_is(town, system, as_, django_assert_max_num_queries):
    one = actions.make_hook(system, "union", URL, by=town.system)
    for _n in range(60):
        Delivery.objects.create(hook=one, event=uuid4(), what="CHANGED", thing=uuid4(), at=now(), last_at=now(), tries=3, fault="slow")
    client = as_(town.security)
    with django_assert_max_num_queries(14):
        text = client.get(one.get_absolute_url()).content.decode()
    assert "n-keyset" in text
