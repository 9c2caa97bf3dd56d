"""Public notices: put up, objected to, answered, ended by their clock; what the public never sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.access.models import SeenLog
from niangjia.flow.api import REACTIONS, clocks, mark_days, ring
from niangjia.gazette import actions
from niangjia.gazette.api import Sheet, notices_of, post_up
from niangjia.gazette.models import Notice, Objection
from niangjia.kit.dates import day_of, now
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.unions.actions.notices import put_up

LIST = "姓名\t单位\n张*\t某某厂\n李*三\t某某店"


@pytest.fixture
def hung(town: Any) -> Notice:
    return put_up(
        town.firm, title="困难职工慰问名单公示", text="现将拟慰问名单予以公示。", lines=LIST, call="0572-2000000", by=town.firm_chair
    )


def ends(notice: Notice) -> Any:
    return clocks(notice)[0].due_at


def test_it_hangs_as_many_working_days_as_are_set_and_ends_by_itself(hung: Notice) -> None:
    assert (hung.state, hung.columns, hung.rows) == ("UP", ["姓名", "单位"], [["张*", "某某厂"], ["李*三", "某某店"]])
    assert clocks(hung)[0].span == "5 wd"
    ring(ends(hung) + timedelta(minutes=1))
    hung.refresh_from_db()
    assert (hung.state, hung.clear, hung.ended_at is not None) == ("ENDED", True, True)


def test_a_moved_calendar_moves_its_end(hung: Notice) -> None:
    before = ends(hung)
    mark_days({day_of(before): (False, "notice of the State Council")})
    assert ends(hung) > before


def test_an_open_objection_holds_it_and_the_last_answer_ends_it(hung: Notice, town: Any) -> None:
    first = actions.object_to(hung, text="张某不困难", row=1)
    second = actions.object_to(hung, text="漏了人", contact="10012345678")
    ring(ends(hung) + timedelta(minutes=1))
    hung.refresh_from_db()
    assert hung.state == "ASKED"
    assert not hung.clear
    actions.answer(first, "dismiss", text="已核实，符合条件。", by=town.firm_chair)
    hung.refresh_from_db()
    assert hung.state == "ASKED"
    actions.answer(second, "uphold", text="属实，将补上。", by=town.firm_chair)
    hung.refresh_from_db()
    assert hung.state == "ENDED"
    assert not hung.clear


def test_what_waits_for_it_is_told_once(hung: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[int, bool]] = []
    monkeypatch.setitem(REACTIONS, ("gazette.notice", "end"), [lambda notice, _line: heard.append((notice.pk, notice.clear))])
    at = ends(hung) + timedelta(minutes=1)
    ring(at)
    ring(at)
    actions.finish(hung)
    assert heard == [(hung.pk, True)]


@pytest.mark.parametrize("cell", ["330599199001010013", "电话 100 1234 5678", "6222021001112223334", "33059919900101001X"])
def test_no_number_of_a_person_is_ever_shown(town: Any, cell: str) -> None:
    with pytest.raises(RuleBroken, match="不得公开"):
        post_up(
            town.firm, what="union", sheet=Sheet("公示", "名单", ["姓名", "备注"], [["张*", cell]]), union=town.firm, by=town.firm_chair
        )
    with pytest.raises(RuleBroken):
        post_up(town.firm, what="union", sheet=Sheet("公示", f"请联系 {cell}"), union=town.firm, by=town.firm_chair)
    assert not Notice.objects.exists()


def test_a_line_that_fits_no_head_is_refused_whole(town: Any) -> None:
    with pytest.raises(RuleBroken, match="2"):
        put_up(town.firm, title="公示", text="名单", lines="姓名\t单位\n张*\t厂\n李*", by=town.firm_chair)
    assert not Notice.objects.exists()


def test_one_of_a_kind_hangs_at_a_time(hung: Notice, town: Any) -> None:
    with pytest.raises(RuleBroken):
        put_up(town.firm, title="又一个", text="名单", by=town.firm_chair)
    actions.withdraw(hung, reason="名单有误", by=town.firm_chair)
    put_up(town.firm, title="又一个", text="名单", by=town.firm_chair)
    assert [one.state for one in notices_of(town.firm)] == ["UP", "WITHDRAWN"]


def test_taken_down_it_answers_whoever_objected(hung: Notice, town: Any) -> None:
    one = actions.object_to(hung, text="不对")
    actions.withdraw(hung, reason="名单有误", by=town.firm_chair)
    one.refresh_from_db()
    assert one.state == "MOOT"
    assert "名单有误" in one.answer
    with pytest.raises(RuleBroken):
        actions.object_to(hung, text="还是不对")


def test_sent_twice_it_is_one_and_two_who_answer_are_told(hung: Notice, town: Any) -> None:
    key = uuid4()
    one = actions.object_to(hung, text="不对", key=key)
    assert actions.object_to(hung, text="不对", key=key).pk == one.pk
    actions.answer(Objection.objects.get(pk=one.pk), "dismiss", text="已核实。", by=town.firm_chair)
    with pytest.raises(Overtaken):
        actions.answer(Objection.objects.get(pk=one.pk), "uphold", text="属实。", by=town.north_org)
    assert Message.objects.filter(to=town.firm_chair, what="objection-raised").count() == 1


def test_who_does_not_answer_for_it_neither_answers_nor_takes_it_down(hung: Notice, town: Any, client: Client) -> None:
    one = actions.object_to(hung, text="不对", contact="10012345678")
    with pytest.raises(Refused):
        actions.answer(one, "dismiss", text="已核实。", by=town.north_rights)
    client.force_login(town.north_rights)
    assert client.get(hung.get_absolute_url()).status_code == 200
    assert one.reference not in client.get(hung.get_absolute_url()).content.decode()
    assert client.get(one.get_absolute_url()).status_code == 404
    client.force_login(town.shop_chair)
    assert client.get(hung.get_absolute_url()).status_code == 404


def test_the_public_reads_objects_and_follows(hung: Notice, town: Any, client: Client) -> None:
    assert hung.title in client.get(reverse("board:list")).content.decode()
    page = client.get(hung.public_url)
    assert "张*" in page.content.decode()
    assert page.status_code == 200
    sent = client.post(hung.public_url, {"key": str(uuid4()), "text": "第一行不对", "row": "1", "contact": "someone@example.org"})
    one = Objection.objects.get()
    assert sent.status_code == 303
    assert sent["Location"] == reverse("board:objection", args=[one.word])
    followed = client.get(sent["Location"]).content.decode()
    assert one.reference in followed
    assert "example.org" not in followed
    assert b"example.org" not in bytes(one.contact_sealed or b"")
    actions.answer(one, "dismiss", text="已核实，符合条件。", by=town.firm_chair)
    assert "已核实" in client.get(sent["Location"]).content.decode()


def test_a_line_that_is_not_on_the_list_is_said_and_nothing_is_lost(hung: Notice, client: Client) -> None:
    page = client.post(hung.public_url, {"key": str(uuid4()), "text": "那一行不对", "row": "7"})
    assert page.status_code == 422
    assert "那一行不对" in page.content.decode()
    assert not Objection.objects.exists()


def test_when_its_days_are_over_the_list_is_gone_from_the_public_page(hung: Notice, client: Client) -> None:
    ring(ends(hung) + timedelta(minutes=1))
    page = client.get(hung.public_url).content.decode()
    assert "张*" not in page
    assert hung.text not in page
    assert hung.title in client.get(reverse("board:list"), {"view": "over"}).content.decode()
    assert client.post(hung.public_url, {"key": str(uuid4()), "text": "晚了"}).status_code == 200
    assert not Objection.objects.exists()


def test_how_to_reach_her_is_shown_with_a_reason_and_noted_and_forgotten(hung: Notice, town: Any, client: Client) -> None:
    one = actions.object_to(hung, text="不对", contact="someone@example.org")
    client.force_login(town.firm_chair)
    assert "example.org" not in client.get(one.get_absolute_url()).content.decode()
    where = reverse("gazette:reveal", args=[one.uuid])
    assert client.post(where, {"why": ""}).status_code == 422
    assert "someone@example.org" in client.post(where, {"why": "要答复她"}).content.decode()
    assert SeenLog.objects.filter(act="revealed", kind="gazette.objection", thing_id=one.pk).exists()
    actions.answer(one, "dismiss", text="已核实。", by=town.firm_chair)
    assert actions.forget_contacts() == 0
    Objection.objects.filter(pk=one.pk).update(answered_at=now() - timedelta(days=366))
    assert actions.forget_contacts() == 1
    one.refresh_from_db()
    assert one.contact_sealed is None


def test_lists_ask_as_much_for_many_as_for_one(hung: Notice, town: Any, client: Client, django_assert_num_queries: Any) -> None:
    actions.object_to(hung, text="不对")
    for where in ("mill", "hill", "fort", "north", "market", "shop"):
        union = getattr(town, where)
        post_up(union, what="union", sheet=Sheet("公示", "名单"), union=union, by=town.city_org)
    with django_assert_num_queries(3):  # the notices, their ends, their objections
        client.get(reverse("board:list"))
