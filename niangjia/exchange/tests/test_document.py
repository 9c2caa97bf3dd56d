"""The worked example of docs/exchange.md runs as it stands, against a house that listens."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from time import sleep

import pytest
from django.core.cache import cache

from niangjia.exchange import actions
from niangjia.exchange.enums import USES
from niangjia.exchange.tests.receivers import Receiver
from niangjia.kit.dates import today
from niangjia.members import actions as members
from niangjia.members.models import Application, Membership
from niangjia.members.notice import EDITION
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.unions.models import Union

PAGE = Path(__file__).resolve().parents[3] / "docs" / "exchange.md"


@pytest.mark.django_db(transaction=True)
def test_the_example_keeps_a_copy_and_sends_on(town, live_server, monkeypatch, settings, tmp_path):
    cache.clear()
    settings.HOOK_NETWORKS = ["127.0.0.0/8"]
    one = actions.make_client("省会员系统", keeper="省总工会", by=town.system)
    actions.grant_scope(one, town.north, list(USES), until=today() + timedelta(days=9), by=town.security)
    monkeypatch.setenv("NIANGJIA_URL", live_server.url)
    monkeypatch.setenv("NIANGJIA_KEY", actions.make_key(one, by=town.system))
    members.import_roster(roster(tmp_path / "名册.csv", *map(line, range(1, 4))), town.firm, by=town.firm_chair)
    code = {"__name__": "example"}
    exec(compile("\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)), str(PAGE), "exec"), code)

    unions, since_unions = code["whole"]("unions")
    people, since_people = code["whole"]("members")
    assert (len(unions), len(people)) == (Union.objects.filter(county=town.north).count(), 3)
    Union.objects.filter(pk=town.firm.pk).update(short_name="青禾工会")
    gone = Membership.objects.filter(union=town.firm).order_by("pk")[0]
    members.end(gone, ending="LEFT", on=today(), reason="离职", by=town.firm_chair)
    for _n in range(600):  # what is written waits while anybody on the server, a test beside this one too, began before it
        code["follow"]("unions", unions, since_unions)
        code["follow"]("members", people, since_people)
        if unions[str(town.firm.uuid)]["short_name"] == "青禾工会" and len(people) == 2:
            break
        sleep(0.2)
    assert unions[str(town.firm.uuid)]["short_name"] == "青禾工会"
    assert str(gone.uuid) not in people
    assert len(people) == 2

    members.open_code(town.firm, by=town.firm_chair)
    said = {"union": town.firm.code, "name": name(70), "number": number(70), "phone": "10000000070", "work": "COURIER", "notice": EDITION}
    assert code["hand_in"]("1001", said) == code["hand_in"]("1001", said)
    assert Application.objects.count() == 1
    with pytest.raises(code["Said"]) as refused:
        code["hand_in"]("1002", said | {"number": "330599"})
    assert refused.value.args[0] == 422
    assert len(code["numbers"](next(iter(people)), "与省级系统核对")["number"]) == 18
    being_told(town, one, code, people, since_people)


def being_told(town, one, code, people, cursor):
    """The part of the page on being told, and on reconciling."""
    receiver = Receiver()
    hook = actions.make_hook(one, "member", receiver.url, by=town.system)
    actions.approve_hook(hook, by=town.security)
    secret = actions.make_secret(hook, by=town.system)
    try:
        members.end(Membership.objects.get(uuid=next(iter(people))), ending="LEFT", on=today(), reason="离职", by=town.firm_chair)
        for _n in range(600):
            if actions.tell_due():
                break
            sleep(0.2)
    finally:
        receiver.stop()
    body, signature = receiver.bodies[0], receiver.heads[0]["Niangjia-Signature"]
    copies, cursors = {"members": people}, {"members": cursor}
    assert code["knocked"](body, signature, copies, cursors, "njs_other") == 401
    assert code["knocked"](body, signature, copies, cursors, "njs_other", secret) == 204
    assert not code["genuine"](body, signature, secret, within=-1)
    assert len(people) == 1
    spoilt = next(iter(people))
    people[spoilt] = people[spoilt] | {"name": "错"}
    people["strange"] = {}
    assert code["reconcile"]("members", people, cursors["members"])[:3] == ([], ["strange"], [spoilt])
    assert len(people) == 1
