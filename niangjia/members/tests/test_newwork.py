"""Members in new forms of work: for whom they work, and that the union makes sure of it twice a year."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.files.api import papers
from niangjia.flow.api import story
from niangjia.flow.models import Clock
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.members import actions
from niangjia.members.actions.newwork import PROOF
from niangjia.members.models import Membership, NewWork, Round
from niangjia.members.tests.rosters import HEAD, line, name, roster


@pytest.fixture
def those(town, tmp_path):
    """Two couriers who joined long ago, one who joined today, and a weaver."""
    rows = [f"{line(n, joined=joined)},{work}" for n, joined, work in ((1, "2020-01-01", "快递员"), (2, "2020-01-01", "快递员"), (3, str(today()), "快递员"), (4, "2020-01-01", "合同制"))]  # fmt: skip
    actions.import_roster(roster(tmp_path / "a.csv", *rows, head=f"{HEAD},用工形式"), town.firm, dry_run=False, by=town.north_org)
    return [Membership.objects.get(name=name(n)) for n in (1, 2, 3, 4)]


def shown(client, query=""):
    page = client.get(f"/members/confirm/{query}").content.decode()
    return [n for n in (1, 2, 3, 4) if name(n) in page]


def test_the_half_year_over_the_house_opens_one_round_for_a_union(town, as_, those):
    assert actions.open_rounds() == 1
    assert actions.open_rounds() == 0
    one = Round.objects.get()
    assert (one.union, one.people) == (town.firm, 2)
    clock = Clock.objects.get(kind="members.round", stopped_at=None)
    assert (clock.union_id, clock.span, clock.duty) == (town.firm.pk, "30 d", "chair")
    client = as_(town.firm_chair)
    assert shown(client) == [1, 2]
    assert shown(client, "?view=all") == [1, 2, 3]
    assert shown(as_(town.mill_chair)) == []


def test_confirmed_together_they_are_asked_about_half_a_year_on(town, as_, those):
    actions.open_rounds()
    client = as_(town.firm_chair)
    assert client.post("/members/confirm/step/", {"one": []}).status_code == 422
    assert client.post("/members/confirm/step/", {"one": [str(those[0].uuid)]}).status_code == 303
    assert Round.objects.get().state == "OPEN"
    assert client.post("/members/confirm/step/", {"one": [str(those[1].uuid)]}).status_code == 303
    assert Round.objects.get().state == "DONE"
    assert not Clock.objects.filter(kind="members.round", stopped_at=None).exists()
    assert (story(those[0]).last().verb, shown(client)) == ("confirm", [])
    with pytest.raises(Refused):
        actions.confirm_work([those[3]], by=town.firm_chair)
    with moved_to(now() + timedelta(days=190)):
        assert actions.open_rounds() == 1
        assert Round.objects.filter(state="OPEN").get().people == 3


def test_who_drives_no_more_is_retained_by_a_person_and_the_round_closes(town, those):
    actions.open_rounds()
    actions.confirm_work([those[0]], by=town.firm_chair)
    actions.retain(those[1], on=today(), reason="不再送件", by=town.firm_chair)
    assert actions.open_rounds() == 0
    assert Round.objects.get().state == "DONE"


def test_platform_affiliate_place_and_proof_stand_on_her_page(town, as_, those):
    client, url = as_(town.firm_chair), f"{those[0].get_absolute_url()}platform/"
    proof = SimpleUploadedFile("账号.txt", "账号页面".encode())
    said = {"platform": "某某快送", "affiliate": "煤山镇第二加盟站", "place": town.hill.division_id, "proof": proof}
    assert client.post(url, {"platform": ""}).status_code == 422
    assert client.post(url, said).status_code == 303
    work = NewWork.objects.get()
    assert (work.person, work.platform, work.place) == (those[0].person, "某某快送", town.hill.division)
    assert [paper.purpose for paper in papers(those[0])] == [PROOF]
    those[0].refresh_from_db()
    assert those[0].confirmed_on == today()
    page = client.get(those[0].get_absolute_url()).content.decode()
    assert "煤山镇第二加盟站" in page
    with pytest.raises(RuleBroken):
        actions.describe(those[3], platform="某某", by=town.firm_chair)
    with pytest.raises(Refused):
        actions.describe(those[0], platform="某某", by=town.shop_chair)
