"""What members ask about their own files: sent by themselves alone, seen before it is granted, done by the register's own verbs, answered in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from niangjia.access.models import SeenLog, User
from niangjia.files.models import Paper
from niangjia.flow.api import ring
from niangjia.flow.models import Clock, Move
from niangjia.kit import crypt
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.members import actions
from niangjia.members.enums import ID, PHONE
from niangjia.members.models import Membership, Person, PersonalRequest
from niangjia.members.tests.rosters import line, number, roster
from niangjia.notices.models import Message

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def member_of(town, n: int) -> Person:
    """One of the firm's members with an account of her own."""
    person = Person.objects.get(id_hash=crypt.blind_one(number(n), ID))
    user = User.objects.create(username=f"m-{'abcdefgh'[n]}", name=person.name, kind="MEMBER")
    Person.objects.filter(pk=person.pk).update(user=user)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def her(town, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2), line(3)), town.firm, by=town.firm_chair)
    return member_of(town, 1)


def ask(her, kind="CORRECT", **facts):
    return actions.ask_union(her, actions.Wish(kind, **facts), by=her.user)


def job(her, value="质检员"):
    return ask(her, what="job", value=value)


def test_she_asks_on_her_page_and_the_chair_grants_it(town, her):
    mine, chair = client_of(her.user), client_of(town.firm_chair)
    assert "岗位" in mine.get("/me/requests/").content.decode()
    answer = mine.post("/me/requests/new/correct/?what=phone", {"value": "100 0000 0099", "text": "换号了。"})
    one = PersonalRequest.objects.get()
    assert answer["Location"] == f"/me/requests/{one.uuid}/"
    assert b"10000000099" not in bytes(one.value_sealed)
    assert one.union == town.firm
    assert Message.objects.get(what="request-arrived").to == town.firm_chair
    page = chair.get(one.get_absolute_url()).content.decode()
    assert "100****0001" in page
    assert "100****0099" in page
    assert "10000000099" not in page
    assert chair.post(f"{one.get_absolute_url()}step/grant/", {"answer": "已更正。"}).status_code == 303
    her.refresh_from_db()
    assert crypt.unseal(her.phone_sealed, PHONE) == "10000000099"
    assert her.phone_hash == crypt.blind_one("10000000099", PHONE)
    page = mine.get(f"/me/requests/{one.uuid}/").content.decode()
    assert "已更正。" in page
    assert Message.objects.get(what="request-answered").to == her.user
    assert [move.verb for move in Move.objects.filter(kind="members.personalrequest").order_by("pk")] == ["start", "grant"]


@pytest.mark.parametrize(
    ("what", "value", "field", "held"),
    [("name", "示例新名", "name", "示例新名"), ("job", "质检员", "job", "质检员"), ("department", "", "department", ""), ("work", "COURIER", "work", "COURIER"), ("migrant", "yes", "migrant", True)],
)  # fmt: skip
def test_each_particular_is_corrected_by_the_registers_own_verb(town, her, what, value, field, held):
    one = ask(her, what=what, value=value)
    actions.grant(one, by=town.firm_chair)
    assert getattr(Membership.objects.get(person=her), field) == held


def test_a_wrong_number_is_put_right_and_another_persons_is_not_taken(town, her):
    right = number(77, born="19900101")
    actions.grant(ask(her, what="number", value=right), by=town.firm_chair)
    her.refresh_from_db()
    assert (crypt.unseal(her.id_sealed, ID), her.born_on) == (right, date(1990, 1, 1))
    other = ask(her, what="number", value=number(2))
    with pytest.raises(RuleBroken, match="另一个人"):
        actions.grant(other, by=town.firm_chair)
    other.refresh_from_db()
    assert other.state == "SENT", "nothing is half done"


@pytest.mark.parametrize(
    ("what", "value"), [("number", "330599198503120000"), ("phone", "123"), ("work", "PILOT"), ("uuid", "x"), ("name", "x1")]
)
def test_what_cannot_be_right_is_not_sent(her, what, value):
    with pytest.raises(RuleBroken):
        ask(her, what=what, value=value)
    assert not PersonalRequest.objects.exists()


def test_she_leaves_by_her_written_request(town, her):
    mine = client_of(her.user)
    assert mine.post("/me/requests/new/leave/", {"text": "回老家。"}).status_code == 422
    mine.post("/me/requests/new/leave/", {"text": "回老家。", "sure": "on"})
    one = PersonalRequest.objects.get()
    client_of(town.firm_chair).post(f"{one.get_absolute_url()}step/grant/", {"on": str(today())})
    held = Membership.objects.get(person=her)
    assert (held.state, held.ending, held.left_on) == ("ENDED", "LEFT", today())
    assert Move.objects.filter(kind="members.membership", verb="end").get().by == town.firm_chair


def test_she_moves_to_the_union_that_she_names_or_to_the_one_that_is_found(town, her):
    with pytest.raises(RuleBroken):
        ask(her, "MOVE", to=town.hill)
    one = ask(her, "MOVE", to=town.mill, text="到云锦纺织上班。")
    actions.grant(one, by=town.firm_chair)
    held = Membership.objects.get(person=her)
    assert (held.state, held.to_union) == ("LEAVING", town.mill)
    actions.recall(held, by=town.firm_chair)
    nowhere = ask(her, "MOVE", text="新单位没有工会。")
    with pytest.raises(RuleBroken):
        actions.grant(nowhere, by=town.firm_chair)
    assert client_of(town.firm_chair).post(f"{nowhere.get_absolute_url()}step/grant/", {"to": ""}).status_code == 422
    nowhere.refresh_from_db()
    actions.grant(nowhere, to=town.shop, by=town.firm_chair)
    held.refresh_from_db()
    assert held.to_union == town.shop


def test_a_membership_that_is_not_hers_is_struck_out_by_the_union_that_has_it(town, her, tmp_path):
    held = Membership.objects.get(person=her)
    with pytest.raises(RuleBroken):
        ask(her, "CONTEST", what="membership", about=held)
    one = ask(her, "CONTEST", what="membership", about=held, text="我从没在这里上过班。")
    actions.grant(one, answer="核实无误，已撤销。", by=town.firm_chair)
    held.refresh_from_db()
    assert (held.state, held.ending, held.left_on) == ("ENDED", "UNDONE", held.joined_on)
    other = Membership.objects.exclude(person=her).first()
    with pytest.raises(RuleBroken):
        ask(her, "CONTEST", what="membership", about=other, text="别人的。")


def test_who_contests_something_else_is_answered_in_words(town, her):
    one = ask(her, "CONTEST", what="employer", text="单位写错了。")
    page = client_of(town.firm_chair)
    assert page.post(f"{one.get_absolute_url()}step/grant/", {"answer": ""}).status_code == 422
    assert page.post(f"{one.get_absolute_url()}step/grant/", {"answer": "已改为示例单位。"}).status_code == 303
    assert Membership.objects.get(person=her).state == "MEMBER"


def test_a_paper_goes_with_it_and_opens_to_who_answers(town, her):
    picture = SimpleUploadedFile("证件.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    client_of(her.user).post("/me/requests/new/correct/?what=name", {"value": "示例改名", "paper": picture})
    paper = Paper.objects.get(kind="members.personalrequest")
    assert client_of(town.firm_chair).get(paper.get_absolute_url()).status_code == 200
    assert client_of(town.mill_chair).get(paper.get_absolute_url()).status_code == 404
    assert paper.name in client_of(her.user).get(f"/me/requests/{PersonalRequest.objects.get().uuid}/").content.decode()


def test_a_request_that_waits_is_not_sent_twice_and_may_be_taken_back(town, her):
    one = job(her)
    with pytest.raises(RuleBroken):
        job(her, "另一个")
    assert client_of(her.user).post(f"/me/requests/{one.uuid}/withdraw/").status_code == 303
    one.refresh_from_db()
    assert one.state == "WITHDRAWN"
    assert job(her, "另一个").pk != one.pk
    with pytest.raises((Overtaken, Exception)):
        actions.grant(one, by=town.firm_chair)


def test_it_is_refused_with_a_reason_that_she_reads(town, her):
    one = job(her)
    chair = client_of(town.firm_chair)
    assert chair.post(f"{one.get_absolute_url()}step/", {"verb": "refuse", "reason": " "}).status_code == 422
    chair.post(f"{one.get_absolute_url()}step/", {"verb": "refuse", "reason": "劳动合同写的是挡车工。"})
    assert "劳动合同写的是挡车工。" in client_of(her.user).get(f"/me/requests/{one.uuid}/").content.decode()
    assert Membership.objects.get(person=her).job == "挡车工"


def test_nobody_sees_or_answers_what_is_not_hers(town, her):
    one, other = job(her), member_of(town, 2)
    assert client_of(other.user).get(f"/me/requests/{one.uuid}/").status_code == 404
    assert client_of(other.user).post(f"/me/requests/{one.uuid}/withdraw/").status_code == 404
    assert client_of(her.user).get(one.get_absolute_url()).status_code == 404
    assert client_of(town.mill_chair).get(one.get_absolute_url()).status_code == 404
    assert client_of(town.firm_chair).get(f"/me/requests/{one.uuid}/").status_code == 404
    with pytest.raises(Refused):
        actions.grant(one, by=town.mill_chair)
    with pytest.raises(Refused):
        actions.ask_union(her, actions.Wish("LEAVE"), by=other.user)
    Person.objects.filter(pk=her.pk).update(user=town.firm_chair)
    with pytest.raises(Refused):
        actions.grant(PersonalRequest.objects.get(), by=town.firm_chair)


def test_what_she_wants_written_is_shown_with_a_reason(town, her):
    one = ask(her, what="phone", value="10000000099")
    chair = client_of(town.firm_chair)
    assert chair.post(f"{one.get_absolute_url()}shown/value/", {"why": ""}).status_code == 422
    assert "10000000099" in chair.post(f"{one.get_absolute_url()}shown/value/", {"why": "回电核实"}).content.decode()
    assert SeenLog.objects.filter(act="revealed", kind="members.personalrequest", thing_id=one.pk, why="回电核实").exists()
    assert "回电核实" in client_of(her.user).get("/me/looked/").content.decode()


def test_the_chairs_clock_runs_and_the_township_hears_when_it_is_late(town, her):
    one = job(her)
    clock = Clock.objects.get(kind="members.personalrequest", thing_id=one.pk)
    assert (clock.code, clock.duty, clock.union_id, clock.span) == ("MB-R1", "chair", town.firm.pk, "15 d")
    assert one.get_absolute_url() in client_of(town.firm_chair).get("/desk/").content.decode()
    ring(now() + timedelta(days=14))
    assert not Message.objects.filter(what="request-late").exists()
    with moved_to(now() + timedelta(days=17)):
        ring()
    assert {message.to for message in Message.objects.filter(what="request-late")} <= {
        town.hill_chair,
        *User.objects.filter(offices__union=town.hill),
    }
    assert Message.objects.filter(what="request-late").exists()
    actions.grant(one, by=town.hill_chair)
    assert not Clock.objects.filter(kind="members.personalrequest", stopped_at=None).exists()


def test_the_list_is_narrowed_and_asks_as_much_for_many_as_for_one(town, her):
    chair = client_of(town.firm_chair)
    job(her)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = chair.get("/members/requests/")
        return len(queries), page.content.decode()

    before, page = asked()
    assert her.name in page
    ask(her, what="department", value="二车间"), ask(her, "LEAVE"), ask(her, "MOVE")
    assert asked()[0] == before
    assert her.name not in chair.get("/members/requests/?view=answered").content.decode()
    assert chair.get("/members/requests/?kind=LEAVE").content.decode().count(her.name) == 1
    assert her.name not in chair.get("/members/requests/?q=没有").content.decode()
    assert her.name not in client_of(town.mill_chair).get("/members/requests/").content.decode()


def test_a_member_who_has_left_may_ask_for_erasure_and_is_gone(town, her):
    with pytest.raises(RuleBroken):
        ask(her, "ERASE")
    actions.end(Membership.objects.get(person=her), ending="LEFT", on=today(), reason="离职", by=town.firm_chair)
    one, user = ask(her, "ERASE"), her.user
    actions.grant(one, answer="已删除。", by=town.firm_chair)
    her.refresh_from_db()
    assert (her.name, her.id_sealed, her.user) == ("", None, None)
    user.refresh_from_db()
    assert (user.is_active, user.name) == (False, "")
    page = client_of(town.firm_chair).get(one.get_absolute_url())
    assert page.status_code == 200
    assert "已删除。" not in page.content.decode(), "the answer was hers"
