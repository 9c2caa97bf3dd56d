"""Joining by the union's code: what an applicant sees and what she does not, who decides, what is forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from niangjia.access.models import SeenLog
from niangjia.flow.api import ring
from niangjia.flow.models import Clock, Move
from niangjia.kit import crypt
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.members import actions
from niangjia.members.enums import ASKED_ID, ID
from niangjia.members.models import Application, JoinCode, Membership, Person
from niangjia.members.notice import DIGESTS, EDITION
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.notices.models import Message
from niangjia.worklog.api import Asked, evaluate, post

AGREED = {"charter": "on", "told": "on", "sensitive": "on", "edition": EDITION}


def filled(n=50, **facts):
    """What an applicant sends."""
    return (
        {"key": str(uuid4()), "name": name(n), "number": number(n), "phone": f"100{n:08d}", "work": "COURIER", "job": "快递员"}
        | AGREED
        | facts
    )


@pytest.fixture
def code(town):
    return actions.open_code(town.firm, by=town.firm_chair)


@pytest.fixture
def sent(code):
    answer = Client().post(code.get_absolute_url(), filled())
    assert answer.status_code == 303
    return Application.objects.get()


def test_a_stranger_scans_the_code_and_asks_to_join(code):
    stranger = Client()
    form = stranger.get(code.get_absolute_url()).content.decode()
    assert code.union.name in form
    assert "个人信息" in form
    answer = stranger.post(code.get_absolute_url(), filled())
    one = Application.objects.get()
    assert answer["Location"] == f"/join/sent/{one.word}/"
    page = stranger.get(answer["Location"]).content.decode()
    assert number(50) not in page
    assert name(50) not in page
    assert f"{number(50)[:6]}********{number(50)[-4:]}" in page
    assert crypt.unseal(one.number_sealed, ASKED_ID) == number(50)
    assert not Person.objects.exists()
    assert Membership.objects.count() == 0


def test_the_answer_does_not_tell_whether_a_number_is_known(town, code, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1)), town.mill, dry_run=False, by=town.north_org)

    def told(n):
        answer = Client().post(code.get_absolute_url(), filled(n))
        page = Client().get(answer["Location"]).content.decode()
        one = Application.objects.order_by("-pk")[0]
        for word in (str(one.word), number(n)[:6] + "********" + number(n)[-4:], one.name[0]):
            page = page.replace(word, "…")
        return answer.status_code, re.sub(r"[0-9*]{4,}|csrfmiddlewaretoken[^>]*", "…", page)

    assert told(1) == told(51)
    assert Person.objects.count() == 1


def test_sent_twice_by_one_form_it_is_one_and_again_it_is_another(code):
    facts = filled()
    first, second = (Client().post(code.get_absolute_url(), facts)["Location"] for _ in range(2))
    assert first == second
    assert Client().post(code.get_absolute_url(), filled())["Location"] != first
    assert Application.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"number": number(50)[:17] + "1"}, "末位校验码"),
        ({"phone": "123"}, "11"),
        ({"name": ""}, "请填写这一项"),
        ({"told": ""}, "请填写这一项"),
        ({"sensitive": ""}, "请填写这一项"),
        ({"edition": "1999-1"}, "告知书"),
        ({"number": number(3, born=f"{today().year - 15}0312")}, "未满"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(code, facts, word):
    answer = Client().post(code.get_absolute_url(), filled(**facts))
    assert answer.status_code == 422
    said = answer.content.decode()
    assert word in said
    assert name(50) in said or facts.get("name") == ""
    assert not Application.objects.exists()


def test_the_edition_of_the_notice_is_that_of_its_text():
    text = (Path(actions.__file__).parents[1] / "templates/members/notice.html").read_text()
    digest = sha256("".join(text.split()).encode()).hexdigest()[:16]
    assert DIGESTS[EDITION] == digest, "the notice says something else: give it another edition and add its digest"


def test_a_new_code_closes_the_one_before(town, code):
    again = actions.open_code(town.firm, by=town.north_org)
    answer = Client().get(code.get_absolute_url())
    assert answer.status_code == 410
    assert "停用" in answer.content.decode()
    assert Client().post(code.get_absolute_url(), filled()).status_code == 410
    assert Client().get(again.get_absolute_url()).status_code == 200
    assert Client().get("/join/nowhere/").status_code == 404
    actions.close_code(town.firm, by=town.firm_chair)
    assert Client().get(again.get_absolute_url()).status_code == 410
    with pytest.raises(Overtaken):
        actions.close_code(town.firm, by=town.firm_chair)
    assert JoinCode.objects.filter(closed_at=None).count() == 0


def test_who_draws_a_code(town):
    for who in (town.firm_chair, town.hill_chair, town.north_org, town.city_org):
        actions.open_code(town.firm, by=who)
    for who in (town.mill_chair, town.south_org, town.north_rights, town.nobody):
        with pytest.raises(Refused):
            actions.open_code(town.firm, by=who)
    with pytest.raises(RuleBroken):
        actions.open_code(town.north, by=town.north_org)


def test_the_chair_is_told_once_and_the_clock_runs(town, code, sent):
    Client().post(code.get_absolute_url(), filled(51))
    told = Message.objects.filter(what="application-arrived")
    assert [one.to for one in told] == [town.firm_chair]
    clock = Clock.objects.get(kind="members.application", thing_id=sent.pk)
    assert (clock.due_at - sent.made_at).days in (14, 15, 16)
    with moved_to(now() + timedelta(days=17)):
        ring()
        clock.refresh_from_db()
        assert clock.rung_at is not None


def test_the_chair_admits_her_and_she_counts(town, as_, sent):
    client = as_(town.firm_chair)
    assert sent.name in client.get("/members/asked/").content.decode()
    page = client.get(sent.get_absolute_url()).content.decode()
    assert number(50) not in page
    done = client.post(f"{sent.get_absolute_url()}step/admit/", {"on": str(today())})
    one = Membership.objects.get()
    assert done["Location"] == one.get_absolute_url()
    assert (one.state, one.how, one.work, one.joined_on) == ("MEMBER", "SCAN", "COURIER", today())
    sent.refresh_from_db()
    assert (sent.state, sent.membership) == ("ADMITTED", one)
    post()
    assert evaluate(FIGURES["members.people"].plan, Asked(until(today()), town.firm.pk, "today")) == 1
    mine = Client().get(f"/join/sent/{sent.word}/").content.decode()
    assert "您已是" in mine
    assert [move.verb for move in Move.objects.filter(kind="members.application").order_by("pk")] == ["start", "admit"]


def test_what_was_sent_a_second_time_is_decided_with_it(town, code, sent):
    Client().post(code.get_absolute_url(), filled(50))
    Client().post(code.get_absolute_url(), filled(52))
    actions.admit(sent, on=today(), by=town.firm_chair)
    assert sorted(Application.objects.values_list("state", flat=True)) == ["ADMITTED", "SENT", "TWICE"]
    assert Membership.objects.count() == 1


def test_a_member_of_another_union_is_told_to_whoever_decides_and_nothing_is_written(town, as_, code, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1)), town.mill, dry_run=False, by=town.north_org)
    Client().post(code.get_absolute_url(), filled(1))
    one = Application.objects.get()
    client = as_(town.firm_chair)
    assert town.mill.name in client.get(one.get_absolute_url()).content.decode()
    refused = client.post(f"{one.get_absolute_url()}step/admit/", {"on": str(today())})
    assert refused.status_code == 422
    assert town.mill.name in refused.content.decode()
    one.refresh_from_db()
    assert (one.state, one.decided_at) == ("SENT", None)
    assert Membership.objects.count() == 1


def test_a_number_known_under_another_name_is_said(town, as_, code, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1)), town.mill, dry_run=False, by=town.north_org)
    actions.end(Membership.objects.get(), ending="LEFT", on=today(), reason="离职", by=town.mill_chair)
    Client().post(code.get_absolute_url(), filled(1, name="别人"))
    one, client = Application.objects.get(), as_(town.firm_chair)
    assert "另一姓名" in client.get(one.get_absolute_url()).content.decode()
    assert client.post(f"{one.get_absolute_url()}step/admit/", {"on": str(today())}).status_code == 422
    Client().post(code.get_absolute_url(), filled(1))
    right = Application.objects.order_by("-pk")[0]
    assert "以前" in client.get(right.get_absolute_url()).content.decode()
    actions.admit(right, on=today(), by=town.firm_chair)
    assert Person.objects.count() == 1


def test_it_is_refused_with_a_reason_that_the_applicant_reads(town, as_, sent):
    client = as_(town.firm_chair)
    assert client.post(f"{sent.get_absolute_url()}step/", {"verb": "refuse", "reason": ""}).status_code == 422
    assert client.post(f"{sent.get_absolute_url()}step/", {"verb": "refuse", "reason": "不在本单位工作"}).status_code == 303
    assert "不在本单位工作" in Client().get(f"/join/sent/{sent.word}/").content.decode()
    assert sent.name in client.get("/members/asked/?view=decided").content.decode()
    assert not Person.objects.exists()


def test_two_decide_at_once_and_one_is_told(town, sent):
    same = Application.objects.get(pk=sent.pk)
    actions.refuse(sent, reason="不在本单位工作", by=town.firm_chair)
    with pytest.raises(Overtaken):
        actions.admit(same, on=today(), by=town.north_org)
    assert Membership.objects.count() == 0


def test_she_takes_it_back(sent):
    assert Client().get(f"/join/sent/{sent.word}/withdraw/").status_code == 405
    assert Client().post(f"/join/sent/{sent.word}/withdraw/").status_code == 303
    sent.refresh_from_db()
    assert sent.state == "WITHDRAWN"
    assert Client().post(f"/join/sent/{sent.word}/withdraw/").status_code == 422
    assert Client().post(f"/join/sent/{uuid4()}/withdraw/").status_code == 404


def test_who_sees_an_application(town, as_, sent):
    def those(path, word=""):
        return {
            one for one, user in town.people.items() if (page := as_(user).get(path)).status_code == 200 and word in page.content.decode()
        }

    keepers = {"firm_chair", "hill_chair", "north_chair", "north_org", "city_org"}
    assert those(sent.get_absolute_url()) == those("/members/asked/", sent.name) == those(f"/members/codes/{town.firm.code}/") == keepers
    assert Client().get(sent.get_absolute_url()).status_code == 302


def test_a_covered_value_is_shown_with_a_reason_and_written_down(town, as_, sent):
    client = as_(town.firm_chair)
    url = f"{sent.get_absolute_url()}shown/id/"
    assert client.post(url, {"why": ""}).status_code == 422
    assert number(50) in client.post(url, {"why": "与身份证核对"}).content.decode()
    assert SeenLog.objects.filter(act="revealed", kind="members.application", thing_id=sent.pk, why="与身份证核对").count() == 1
    assert client.post(f"{sent.get_absolute_url()}shown/all/", {"why": "看"}).status_code == 404


def test_who_asked_is_forgotten_after_the_decision_and_that_somebody_asked_is_kept(town, as_, code, sent):
    actions.admit(sent, on=today(), by=town.firm_chair)
    Client().post(code.get_absolute_url(), filled(60))
    assert actions.forget_applications() == 0
    with moved_to(now() + timedelta(days=31)):
        assert actions.forget_applications() == 1
        assert actions.forget_applications() == 0
    sent.refresh_from_db()
    assert (sent.name, sent.number_sealed, sent.number_hash, sent.phone_sealed, sent.job) == ("", None, None, None, "")
    assert Person.objects.get().name == name(50)
    page = as_(town.firm_chair).get(sent.get_absolute_url())
    assert page.status_code == 200
    assert "删除" in page.content.decode()
    assert "删除" in Client().get(f"/join/sent/{sent.word}/").content.decode()
    with pytest.raises(Overtaken):
        actions.disclose_application(sent, "id", why="看", by=town.firm_chair)
    assert not Person.objects.filter(id_hash=crypt.blind_one(number(60), ID)).exists()


def test_too_many_from_one_address_wait(code, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"join": "2/h/ip"}
    stranger = Client()
    answers = [stranger.post(code.get_absolute_url(), filled(n)).status_code for n in range(70, 73)]
    assert answers == [303, 303, 429]


def test_the_sheet_is_printed_with_the_code(town, as_, code):
    client = as_(town.firm_chair)
    page = client.get(f"/members/codes/{town.firm.code}/").content.decode()
    assert "n-qr" in page
    assert code.word in page
    assert client.post(f"/members/codes/{town.firm.code}/step/", {"verb": "renew"}).status_code == 303
    assert code.word not in client.get(f"/members/codes/{town.firm.code}/").content.decode()
    assert client.post(f"/members/codes/{town.firm.code}/step/", {"verb": "close"}).status_code == 303
    assert "n-qr" not in client.get(f"/members/codes/{town.firm.code}/").content.decode()
    assert as_(town.north_org).get(f"/members/codes/{town.north.code}/").status_code == 200


def test_a_list_of_applications_costs_the_same_however_long_it_is(town, as_, code, django_assert_max_num_queries):
    for n in range(100, 130):
        Client().post(code.get_absolute_url(), filled(n))
    client = as_(town.firm_chair)
    with django_assert_max_num_queries(20):
        assert client.get("/members/asked/").status_code == 200


def asks(code, n):
    """Somebody sends what is needed."""
    return actions.send_in(code, uuid4(), actions.Sent(name(n), number(n), f"100{n:08d}", "COURIER", "快递员"))


def test_a_member_without_a_mobile_completes_her_particulars_by_the_code(town, as_, code):
    actions.admit(asks(code, 1), on=today(), by=town.firm_chair)
    held = Membership.objects.get()
    Person.objects.update(phone_sealed=None, phone_hash=None, phone_tail_hash=None)
    again = [asks(code, 1) for _n in range(2)]
    page = as_(town.firm_chair).get(again[0].get_absolute_url()).content.decode()
    assert 'value="complete"' in page
    assert "/step/admit/" not in page
    as_(town.firm_chair).post(f"{again[0].get_absolute_url()}step/", {"verb": "complete"})
    states = [Application.objects.get(pk=one.pk).state for one in again]
    assert states == ["COMPLETED", "TWICE"]
    person = Person.objects.get()
    assert person.phone_hash is not None
    assert Membership.objects.get().pk == held.pk


def test_a_stranger_is_no_member_whose_particulars_are_completed(town, as_, code):
    one = asks(code, 2)
    page = as_(town.firm_chair).get(one.get_absolute_url()).content.decode()
    assert 'value="complete"' not in page
    with pytest.raises(RuleBroken):
        actions.complete(one, by=town.firm_chair)
    one.refresh_from_db()
    assert (one.state, Person.objects.count()) == ("SENT", 0)
