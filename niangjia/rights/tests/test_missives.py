"""Letters to departments: nothing goes out and nothing has a number before a chair has signed; then what it asks is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from niangjia.files.models import Paper as Filed
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.models import Missive, Paper, Task
from niangjia.rights.tests.conftest import person


@pytest.fixture
def stands(town, arrears):
    """An event that lies with the county and is confirmed there."""
    actions.climb(arrears, by=town.grassroots_chair)
    actions.climb(arrears, by=town.township_rights)
    actions.confirm(arrears, severity="ORANGE", why="核实。", by=town.county_rights)
    return arrears


def wanted(kind="JOINT", **more):
    return actions.Wanted(
        **{
            "kind": kind,
            "department": "LABOUR",
            "to": "甲县人力资源和社会保障局",
            "found": "拖欠两个月工资。\n已停产。",
            "asks": "责令限期支付。",
            **more,
        }
    )


def test_it_waits_for_a_signature_and_only_then_has_a_number_and_asks_the_department(town, stands):
    letter = actions.draft_missive(stands, wanted(lead=True, answer_by=today() + timedelta(days=7)), by=town.county_rights)
    assert (Paper.objects.count(), Task.objects.count(), letter.sent_on) == (0, 0, None)
    assert {one.to.username for one in Message.objects.filter(what="event-letter-to-sign")} == {
        town.county_leader.username,
        town.county_chair.username,
    }
    with pytest.raises(Refused):
        actions.sign_missive(letter, by=town.county_rights)
    actions.sign_missive(letter, by=town.county_leader)
    assert (actions.printed(letter), letter.signed_by, letter.task.lead, letter.task.how) == (
        f"工权商〔{today().year}〕1号",
        town.county_leader,
        True,
        "LETTER",
    )
    assert {one.name.rpartition(".")[2] for one in Filed.objects.all()} == {"docx", "pdf"}
    with pytest.raises(Overtaken):
        actions.sign_missive(letter, by=town.county_chair)


def test_what_the_letter_says_names_the_firm_and_nobody_who_told(town, stands):
    letter = actions.draft_missive(stands, wanted(), by=town.county_rights)
    actions.sign_missive(letter, by=town.county_leader)
    from niangjia.rights.drawn import DRAWN

    form = DRAWN["event_joint"].form(stands, "工权商〔2026〕1号", letter)
    text = str(form.parts)
    for said in ("甲县人力资源和社会保障局：", stands.employer.uscc, "已停产。", "责令限期支付。", f"签发人：{town.county_leader.name}"):
        assert said in text
    assert town.grassroots_chair.name not in text
    assert form.signs[0] == "甲县总工会"


def test_a_letter_of_transfer_takes_the_event_with_it(town, stands):
    last = today() + timedelta(days=9)
    letter = actions.draft_missive(stands, wanted("TRANSFER", answer_by=last), by=town.county_rights)
    stands.refresh_from_db()
    assert stands.state == "CONFIRMED"
    actions.sign_missive(letter, by=town.county_leader)
    stands.refresh_from_db()
    assert (stands.state, stands.referred_to, stands.answer_by) == ("REFERRED", "LABOUR", last)
    with pytest.raises(IllegalStep):
        actions.return_missive(letter, why="改由市里处理。", by=town.county_leader)


def test_a_draft_is_given_back_and_written_anew_without_a_gap_in_the_numbers(town, stands):
    letter = actions.draft_missive(stands, wanted(), by=town.county_rights)
    with pytest.raises(RuleBroken, match="已有一份同类函件待签发"):
        actions.draft_missive(stands, wanted(), by=town.county_rights)
    actions.return_missive(letter, why="收函单位写错。", by=town.county_leader)
    with pytest.raises(Overtaken):
        actions.sign_missive(letter, by=town.county_leader)
    again = actions.sign_missive(actions.draft_missive(stands, wanted(), by=town.county_rights), by=town.county_leader)
    assert actions.printed(again).endswith("1号")


def test_what_was_sent_is_taken_back_until_the_department_has_it(town, stands):
    letter = actions.sign_missive(actions.draft_missive(stands, wanted(), by=town.county_rights), by=town.county_leader)
    with pytest.raises(RuleBroken, match="在事件页面收回"):
        actions.void_paper(letter.paper, why="x", by=town.county_rights)
    with pytest.raises(Refused):
        actions.return_missive(letter, why="x", by=town.county_rights)  # whoever wrote it, once it is sent, no more
    actions.return_missive(letter, why="事项有误。", by=town.county_leader)
    assert (Task.objects.count(), Paper.objects.get().void_why) == (0, "事项有误。")
    second = actions.sign_missive(actions.draft_missive(stands, wanted(), by=town.county_rights), by=town.county_leader)
    actions.receive_task(second.task, received_by="示例科长", by=town.county_rights)
    with pytest.raises(RuleBroken, match="已确认收到"):
        actions.return_missive(second, why="x", by=town.county_leader)


def test_a_day_that_has_passed_or_a_state_that_has_gone_is_refused(town, stands):
    with pytest.raises(RuleBroken, match="答复日期须在今天以后"):
        actions.draft_missive(stands, wanted(answer_by=today()), by=town.county_rights)
    letter = actions.draft_missive(stands, wanted(answer_by=today() + timedelta(days=2)), by=town.county_rights)
    with moved_to(now() + timedelta(days=3)), pytest.raises(RuleBroken, match="已过"):
        actions.sign_missive(letter, by=town.county_leader)
    actions.refer(stands, department="LABOUR", reason="已电话移交。", by=town.county_rights)
    with pytest.raises(RuleBroken):
        actions.sign_missive(letter, by=town.county_leader)
    assert Paper.objects.count() == 0


def test_neither_the_firm_nor_a_township_it_has_left_writes_or_signs(town, stands):
    with pytest.raises(Refused):
        actions.draft_missive(stands, wanted(), by=town.grassroots_chair)
    with pytest.raises(Refused):
        actions.draft_missive(stands, wanted("TRANSFER"), by=town.township_rights)
    letter = actions.draft_missive(stands, wanted(), by=town.township_rights)
    with pytest.raises(Refused):
        actions.sign_missive(letter, by=town.grassroots_chair)


def test_in_the_browser_from_the_draft_to_the_number(town, stands, client):
    client.force_login(town.county_rights)
    said = {"kind": "JOINT", "department": "LABOUR", "to": "甲县人社局", "found": "欠薪。", "asks": "查处。"}
    client.post(reverse("rights:missives", args=[stands.uuid]), said)
    letter = Missive.objects.get()
    here = reverse("rights:missive", args=[stands.uuid, letter.uuid])
    assert here in client.get(stands.get_absolute_url()).content.decode()
    assert 'value="sign"' not in client.get(here).content.decode()
    client.force_login(town.county_leader)
    assert 'value="sign"' in client.get(here).content.decode()
    client.post(reverse("rights:missive_step", args=[stands.uuid, letter.uuid]), {"verb": "sign"})
    letter.refresh_from_db()
    page = client.get(here).content.decode()
    assert letter.paper.pdf.get_absolute_url() in page
    assert actions.printed(letter) in page
    client.post(reverse("rights:missive_return", args=[stands.uuid, letter.uuid]), {"why": "重发。"})
    letter.refresh_from_db()
    assert (letter.void, letter.void_why) == (True, "重发。")


def test_a_chair_of_a_township_that_the_event_has_left_does_not_sign(town, stands):
    chair = person("township-chair", "示例镇主席", town.township, "chair")
    letter = actions.draft_missive(stands, wanted(), by=town.county_rights)
    with pytest.raises(Refused):
        actions.sign_missive(letter, by=chair)
    actions.sign_missive(letter, by=town.county_chair)
