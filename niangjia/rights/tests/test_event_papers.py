"""An event on paper, and the departments that are asked in, say that they have it, and answer."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from niangjia.flow.api import clocks, ring
from niangjia.kit.dates import CHINA, moved_to
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.drawn import DRAWN
from niangjia.rights.drawn.events import Said


def facts(affected=46, **more):
    return actions.Facts("甲织造有限公司（示例）", "E06", affected, **more)


def clock(event, code):
    return next((one for one in clocks(event) if one.code == code), None)


def house(event):
    from niangjia.rights.shown import events, ladder

    return [one.did for one in events.story(event, ladder.tellings(event)) if one.auto]


def test_the_report_on_paper_first_follow_up_and_final(town, arrears, client):
    client.force_login(town.grassroots_chair)
    url = reverse("rights:event_draw", args=[arrears.uuid])
    assert client.post(url, {"kind": "event_follow"}).status_code == 422  # nobody has followed it up
    client.post(url, {"kind": "event_first", "proposes": "请镇里派人。", "issued_by": "示例签发人"})
    paper = arrears.drawn.get()
    assert (paper.kind, paper.number, paper.union) == ("event_first", 1, town.firm)
    text = words("event_first", arrears, Said("请镇里派人。", "示例签发人"))
    for word in (
        arrears.reference,
        "46人",
        "318,000.00元",
        "月底前付清工资。",
        "请镇里派人。",
        "示例签发人",
        town.grassroots_chair.name,
        "甲镇总工会",
    ):
        assert word in text, word
    assert paper.pdf.name.endswith(".pdf")
    actions.follow_up(arrears, text="工人在食堂等候。", by=town.grassroots_chair)
    assert actions.draw(arrears, "event_follow", by=town.grassroots_chair).number == 1
    assert "工人在食堂等候。" in words("event_follow", arrears)
    with pytest.raises(RuleBroken):
        actions.draw(arrears, "event_final", by=town.grassroots_chair)
    with pytest.raises(Refused):
        actions.draw(arrears, "event_first", by=town.firm_informant)
    for who in (town.grassroots_chair, town.township_rights, town.county_rights):
        actions.climb(arrears, by=who)
    assert actions.draw(arrears, "event_first", by=town.city_rights).number == 2
    assert "省总工会：" in words("event_first", arrears)  # above the city stands the province
    with pytest.raises(Refused):
        actions.draw(arrears, "event_first", by=town.county_rights)


def test_whoever_does_not_want_to_be_named_stands_on_no_report(town):
    event = actions.report(town.firm, facts(46, anonymous=True), by=town.firm_informant)
    text = words("event_first", event)
    assert town.firm_informant.name not in text
    assert "不公开" in text


def words(kind, event, facts=None):
    found = docx.Document(BytesIO(DRAWN[kind].draw(event, "1", facts).word()))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in found.paragraphs), *cells])


def test_a_department_is_asked_says_that_it_has_it_and_is_waited_for(town, arrears, client):
    with moved_to(datetime(2026, 12, 3, 10, tzinfo=CHINA)):
        event = actions.report(town.firm, facts(46), by=town.township_rights)
        client.force_login(town.township_rights)
        said = {"department": "LABOUR", "what": "核工资册", "who": "王监察", "until": "2026-12-05", "how": "LETTER", "lead": "on"}
        client.post(reverse("rights:tasks", args=[event.uuid]), said)
        task = event.tasks.get()
        assert (task.lead, task.how, task.by, task.received_at) == (True, "LETTER", town.township_rights, None)
        assert clock(event, "EV-D9").due_at.astimezone(CHINA).date().isoformat() == "2026-12-05"
        assert "没有回执" in client.get(event.get_absolute_url()).content.decode()
        client.post(reverse("rights:task_received", args=[event.uuid, task.uuid]), {"received_by": "王监察", "how": "PHONE"})
        with pytest.raises(IllegalStep):
            actions.receive_task(task, received_by="李", by=town.township_rights)
        second = actions.add_task(event, department="POLICE", what="维持秩序", lead=True, by=town.county_rights)
        task.refresh_from_db()
        assert (task.lead, task.received_by, task.how, second.lead) == (False, "王监察", "PHONE", True)
    with moved_to(datetime(2026, 12, 6, 1, tzinfo=CHINA)):
        ring()
        assert any("部门" in str(line) for line in house(event))
        actions.finish_task(task, said="册子已核。", by=town.township_rights)
        assert clock(event, "EV-D9") is None


def test_what_is_referred_waits_for_the_departments_answer(town, client):
    with moved_to(datetime(2026, 12, 3, 10, tzinfo=CHINA)):
        event = actions.report(town.firm, facts(46), by=town.township_rights)
        actions.confirm(event, severity="ORANGE", why="核实。", by=town.township_rights)
        client.force_login(town.township_rights)
        client.post(reverse("rights:refer", args=[event.uuid]), {"department": "LABOUR", "reason": "依法立案查处。"})
        event.refresh_from_db()
        assert (event.state, event.referred_to) == ("REFERRED", "LABOUR")
        assert clock(event, "EV-D10").due_at.astimezone(CHINA).date().isoformat() == "2026-12-24"  # fifteen working days
    with moved_to(datetime(2026, 12, 25, 1, tzinfo=CHINA)):
        ring()
        assert Message.objects.filter(what="event-late", to=town.county_rights).exists()
        with pytest.raises(Refused):
            actions.answer_referral(event, text="已责令支付。", by=town.grassroots_chair)
        client.post(reverse("rights:event_answer", args=[event.uuid]), {"text": "已责令支付。"})
        event.refresh_from_db()
        assert (event.referred_answer, clock(event, "EV-D10")) == ("已责令支付。", None)
        with pytest.raises(IllegalStep):
            actions.answer_referral(event, text="再答。", by=town.township_rights)
        assert "已责令支付。" in client.get(event.get_absolute_url()).content.decode()
