"""Elections by their pages: who opens which, what a list shows, and a whole election typed in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.flow.models import Clock
from niangjia.kit.dates import day_of, moved_to, today
from niangjia.kit.errors import IllegalStep
from niangjia.members.models import Person
from niangjia.unions.actions import elections, results
from niangjia.unions.enums import Poll
from niangjia.unions.models import Election, Union
from niangjia.unions.polls import Paper
from niangjia.unions.tests.electing import fresh, planned, ready, reported, shown, stand
from niangjia.unions.tests.moving import member

LEAVE = {"leave": "长总工组〔2026〕5号"}


def codes(one):
    return {remark.code for remark in Paper(fresh(one)).against()}


@pytest.fixture
def draft(town):
    one = planned(town.firm, by=town.firm_chair, **LEAVE)
    stand(one, by=town.firm_chair)
    return one


# ---------- pages ----------


def test_who_sees_an_election_and_its_list(town, as_):
    one = ready(town)

    def those(path, word=""):
        return {
            name for name, user in town.people.items() if (page := as_(user).get(path)).status_code == 200 and word in page.content.decode()
        }

    seers = {"firm_chair", "hill_chair", "north_chair", "north_org", "north_rights", "city_org", "city_rights", "city_office", "leader"}
    assert those(one.get_absolute_url()) == those("/unions/elections/", one.reference) == seers


@pytest.mark.parametrize(
    ("who", "page", "answer"),
    [
        ("firm_chair", "step/post/", 200), ("firm_chair", "step/confirm/", 403), ("hill_chair", "step/confirm/", 409), ("north_rights", "step/post/", 403),
        ("mill_chair", "step/post/", 404), ("firm_chair", "facts/", 409), ("firm_chair", "papers/", 200), ("north_rights", "papers/", 403), ("south_org", "papers/", 404),
    ],
)  # fmt: skip
def test_who_opens_which_page_of_an_election(town, as_, who, page, answer):
    assert as_(town.people[who]).get(f"{ready(town).get_absolute_url()}{page}").status_code == answer


def test_the_list_shows_what_waits_for_whom(town, as_):
    one = planned(town.firm, by=town.firm_chair, **LEAVE)
    stand(one, by=town.firm_chair)

    def waits(who):
        return one.reference in as_(who).get("/unions/elections/?view=mine").content.decode()

    assert (waits(town.firm_chair), waits(town.hill_chair), waits(town.north_org)) == (True, False, False)
    elections.send(one, by=town.firm_chair)
    assert (waits(town.firm_chair), waits(town.hill_chair), waits(town.north_org)) == (False, True, False)
    with moved_to(Clock.objects.get(code="EL-D1", stopped_at=None).due_at + timedelta(days=1)):
        assert one.reference in as_(town.north_org).get("/unions/elections/?view=late&state=SENT").content.decode()
    assert one.reference not in as_(town.north_org).get(f"/unions/elections/?under={town.fort.code}").content.decode()


def test_it_is_prepared_and_sent_by_its_pages(town, as_):
    client = as_(town.firm_chair)
    home = f"/unions/{town.firm.code}/"
    assert f"{home}elections/" in client.get(home).content.decode()
    said = {
        "members": 60,
        "women": 0,
        "planned_on": str(today()),
        "assembly": "MEMBERS",
        "seats": 3,
        "audit_seats": 1,
        "women_seats": 0,
        "leave": "5号",
    }
    assert client.post(f"{home}elections/", said | {"assembly": "CONGRESS"}).status_code == 422
    made = client.post(f"{home}elections/", said)
    assert made.status_code == 303
    one = Election.objects.get()
    page = one.get_absolute_url()
    assert client.get(f"{home}elections/")["Location"] == page
    who = {"body": "COMMITTEE", "post": "CHAIR", "served": "PART", "tie": "NONE", "name": "朱企业", "username": "firm-chair"}
    assert client.post(f"{page}candidates/", who | {"username": "nowhere"}).status_code == 422
    for name, body, post in (("朱企业", "COMMITTEE", "CHAIR"), ("孔甲", "COMMITTEE", "MEMBER"), ("曹乙", "COMMITTEE", "MEMBER"), ("严丙", "COMMITTEE", "MEMBER"), ("戚丁", "COMMITTEE", "MEMBER"), ("华审", "AUDIT", "CHAIR")):  # fmt: skip
        assert client.post(f"{page}candidates/", who | {"name": name, "body": body, "post": post, "username": "firm-chair" if name == "朱企业" else ""}).status_code == 303  # fmt: skip
    assert client.post(f"{page}candidates/", who).status_code == 422
    gone = one.candidates.get(name="戚丁")
    assert client.post(f"{page}candidates/{gone.uuid}/").status_code == 303
    assert one.candidates.count() == 5
    assert one.candidates.get(name="朱企业").user == town.firm_chair
    assert client.post(f"{page}step/", {"verb": "examine"}).status_code == 409
    assert client.post(f"{page}step/", {"verb": "send"}).status_code == 303
    assert client.post(f"{page}step/", {"verb": "examine"}).status_code == 403
    assert fresh(one).state == Poll.SENT


def test_votes_are_written_on_a_page_that_keeps_what_was_typed(town, as_):
    one, moment = shown(town)
    with moved_to(moment):
        client = as_(town.firm_chair)
        url = f"{one.get_absolute_url()}step/hold/"
        assert client.get(url).status_code == 200
        said = {"on": str(today()), "place": "会议室", "entitled": 60, "present": 30}
        for body in ("COMMITTEE", "AUDIT", "WOMEN"):
            said |= {f"issued_{body}": 30, f"returned_{body}": 30, f"valid_{body}": 30}
        for who in one.candidates.all():
            said |= {f"ayes_{who.pk}": 20, f"noes_{who.pk}": 10, f"abstained_{who.pk}": 0, f"others_{who.pk}": 0}
        refused = client.post(url, said)
        assert refused.status_code == 422
        assert 'value="20"' in refused.content.decode()
        said |= {"present": 60}
        assert client.post(url, said).status_code == 303
        assert client.post(f"{one.get_absolute_url()}step/", {"verb": "hold"}).status_code == 409


def test_an_election_under_way_is_not_passed_by(town, as_):
    ready(town)
    answer = as_(town.hill_chair).post(f"/unions/{town.firm.code}/step/re-elect/", {"on": str(today()), "approval_no": "3号"})
    assert answer.status_code == 422
    town.firm.refresh_from_db()
    assert town.firm.term_no == 1


def test_pages_of_elections_cost_the_same_however_many_there_are(town, as_, django_assert_max_num_queries):
    one, _moment = reported(town)
    client = as_(town.city_org)
    with django_assert_max_num_queries(18):
        assert client.get("/unions/elections/").status_code == 200
    with django_assert_max_num_queries(47):
        assert client.get(one.get_absolute_url()).status_code == 200


def test_a_step_that_is_none_is_refused(town):
    one = ready(town)
    with pytest.raises(IllegalStep):
        results.report(one, given={}, by=town.firm_chair)


# ---------- what fills itself ----------


def test_the_plan_is_filled_in_from_the_register_and_by_the_rules(town, as_):
    for n in range(3):
        her = Person.objects.create(name=f"金{n}", sex="2" if n else "1", id_sealed=b"x", id_hash=f"plan-{n}".encode())
        member(her, town.firm)
    form = as_(town.firm_chair).get(f"/unions/{town.firm.code}/elections/").context["form"]
    said = {
        name: form.initial.get(name)
        for name in ("members", "women", "seats", "audit_seats", "women_seats", "delegates", "assembly", "planned_on")
    }
    assert said == {
        "members": 3, "women": 2, "seats": 3, "audit_seats": 1, "women_seats": 1, "delegates": None, "assembly": "MEMBERS", "planned_on": town.firm.term_end,
    }  # fmt: skip
    assert as_(town.north_org).get(f"/unions/{town.hill.code}/elections/").context["form"].initial == {"assembly": "CONGRESS"}
    assert as_(town.mill_chair).get(f"/unions/{town.mill.code}/elections/").context["form"].initial == {}


def test_who_sits_is_shown_and_stands_again(town, as_):
    one, moment = reported(town)
    with moved_to(moment):
        results.confirm(one, on=day_of(moment), approval_no="煤总工〔2026〕9号", by=town.hill_chair)
        shown = as_(town.firm_chair).get(town.firm.get_absolute_url()).content.decode()
        assert "华审计" in shown
        assert "金女甲" in shown
        assert "严新丙" not in shown  # she was not elected
        following = planned(Union.objects.get(pk=town.firm.pk), by=town.firm_chair, **LEAVE)
        again = f"{following.get_absolute_url()}sitting/"
        assert as_(town.mill_chair).post(again).status_code == 404
        assert as_(town.firm_chair).post(again).status_code == 303
        assert set(following.candidates.values_list("name", "post")) >= {("朱企业", "CHAIR"), ("华审计", "CHAIR"), ("曹新乙", "MEMBER")}
        assert following.candidates.count() == 7
        assert as_(town.firm_chair).post(again).status_code == 303
        assert following.candidates.count() == 7
