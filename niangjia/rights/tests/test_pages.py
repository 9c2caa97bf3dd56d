"""Pages and steps for named people: who reads, who acts, who must not learn that it exists."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from niangjia.flow.models import Clock
from niangjia.kit.dates import at, moved_to, now, today
from niangjia.members.models import Reveal
from niangjia.rights import actions
from niangjia.rights.models import Dispute, Event
from niangjia.rights.tests.conftest import credit, number

pytestmark = pytest.mark.django_db
EVERYBODY = ("grassroots chair", "township rights", "county rights", "county finance", "city rights", "other county", "far chair")


def signed_in(client, town, name):
    client.force_login(town.people[name])
    return client


# fmt: off
@pytest.mark.parametrize(("page", "answers"), [
    #                     chair township county finance city other far
    ("event",            (200, 200, 200, 404, 200, 404, 404)),
    ("followups",        (200, 200, 200, 404, 200, 404, 404)),
    ("confirm",          (403, 200, 200, 404, 200, 404, 404)),
    ("severity",         (403, 409, 409, 404, 409, 404, 404)),  # not yet: it is only reported
    ("settle",           (403, 409, 409, 404, 409, 404, 404)),
    ("close",            (403, 409, 409, 404, 409, 404, 404)),
    ("tasks",            (403, 200, 200, 404, 200, 404, 404)),
    ("event_papers",     (200, 200, 200, 404, 200, 404, 404)),
])
def test_who_opens_the_pages_of_an_event(town, client, arrears, page, answers):
    url = reverse(f"rights:{page}", args=[arrears.uuid])
    assert tuple(signed_in(client, town, who).get(url).status_code for who in EVERYBODY) == answers


# fmt: off
@pytest.mark.parametrize(("verb", "answers"), [
    ("climb",   (303, 303, 303, 404, 303, 404, 404)),
    ("dismiss", (403, 303, 303, 404, 303, 404, 404)),
])
@pytest.mark.parametrize("n", range(7))
def test_who_takes_the_steps_of_an_event(town, client, arrears, verb, answers, n):
    url = reverse("rights:event_step", args=[arrears.uuid])
    answer = signed_in(client, town, EVERYBODY[n]).post(url, {"verb": verb, "reason": "核实后没有此事。"})
    assert answer.status_code == answers[n]


# fmt: off
@pytest.mark.parametrize(("page", "answers"), [
    ("dispute",        (404, 200, 200, 404, 200, 404, 404)),
    ("receipts",       (404, 409, 409, 404, 409, 404, 404)),  # not yet: it is not accepted
    ("agree",          (404, 409, 409, 404, 409, 404, 404)),
    ("end",            (404, 409, 409, 404, 409, 404, 404)),
    ("extension",      (404, 409, 409, 404, 409, 404, 404)),
    ("session",        (404, 409, 409, 404, 409, 404, 404)),
    ("appoint",        (404, 200, 200, 404, 200, 404, 404)),
    ("respondents",    (404, 200, 200, 404, 200, 404, 404)),
    ("claimants",      (404, 200, 200, 404, 200, 404, 404)),
    ("claim",          (404, 200, 200, 404, 200, 404, 404)),
    ("dispute_papers", (404, 200, 200, 404, 200, 404, 404)),
])
def test_who_opens_the_pages_of_a_dispute(town, client, dispute, page, answers):
    url = reverse(f"rights:{page}", args=[dispute.uuid])
    assert tuple(signed_in(client, town, who).get(url).status_code for who in EVERYBODY) == answers


@pytest.mark.parametrize(("who", "answer"), list(zip(EVERYBODY, (404, 303, 303, 404, 303, 404, 404), strict=True)))
def test_who_accepts_a_dispute(town, client, dispute, who, answer):
    url = reverse("rights:dispute_step", args=[dispute.uuid])
    assert signed_in(client, town, who).post(url, {"verb": "accept"}).status_code == answer


def test_a_stranger_is_led_to_the_door(client, arrears, dispute):
    for url in (arrears.get_absolute_url(), dispute.get_absolute_url(), reverse("rights:events"), reverse("rights:disputes"), reverse("rights:report")):
        assert client.get(url).status_code == 302


def test_who_claims_is_shown_to_the_rights_office_and_covered_for_others(town, client, dispute):
    page = signed_in(client, town, "county rights").get(dispute.get_absolute_url()).content.decode()
    assert "示**乙" in page
    assert number(1) not in page
    assert f"{number(1)[:6]}********{number(1)[-4:]}" in page
    assert "两个月工资未付" in page
    page = signed_in(client, town, "county leader").get(dispute.get_absolute_url()).content.decode()
    assert "********" not in page
    assert "两个月工资未付" not in page


def test_a_number_is_shown_only_with_a_reason_that_is_kept(town, client, dispute):
    person = dispute.claimants.first().person
    url = reverse("rights:reveal", args=[dispute.uuid, person.uuid, "id"])
    assert number(1) not in signed_in(client, town, "county rights").get(url).content.decode()
    assert client.post(url, {"why": ""}).status_code == 422
    assert number(1) in client.post(url, {"why": "打电话核对身份"}).content.decode()
    assert Reveal.objects.get().by == town.county_rights
    for who, answer in (("county leader", 403), ("county finance", 404), ("other county", 404)):
        assert signed_in(client, town, who).post(url, {"why": "看看"}).status_code == answer
    assert Reveal.objects.count() == 1


def test_the_lists_hold_what_is_hers(town, client, arrears, dispute):
    for who, seen in zip(EVERYBODY, (True, True, True, False, True, False, False), strict=True):
        page = signed_in(client, town, who).get(reverse("rights:events")).content.decode()
        assert (arrears.reference in page) is seen
    for who, seen in zip(EVERYBODY, (False, True, True, False, True, False, False), strict=True):
        page = signed_in(client, town, who).get(reverse("rights:disputes")).content.decode()
        assert (dispute.reference in page) is seen


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=甲织造", True), ("q=乙木业", False), ("state=APPLIED", True), ("state=CLOSED", False), ("kind=012", True), ("kind=05", False), ("view=open", True),
        ("view=late", False), ("view=many", False), ("view=paying", False), ("view=arbitration", False), ("county=T00001", True), ("county=T00002", False),
        ("since=2026-01-01", False), ("until=2020-01-01", False), ("after=nonsense", True), ("since=yesterday", True),
    ],
)  # fmt: skip
def test_the_list_of_disputes_is_narrowed(town, client, dispute, query, found):
    page = signed_in(client, town, "city rights").get(f"{reverse('rights:disputes')}?{query}").content.decode()
    assert (dispute.reference in page) is found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=甲织造", True), ("q=木业", False), ("severity=ORANGE", True), ("severity=RED", False), ("view=grave", True), ("view=late", False), ("kind=E06", True),
        ("state=CLOSED", False), ("until=2020-01-01", False),
    ],
)  # fmt: skip
def test_the_list_of_events_is_narrowed(town, client, arrears, query, found):
    page = signed_in(client, town, "city rights").get(f"{reverse('rights:events')}?{query}").content.decode()
    assert (arrears.reference in page) is found


def test_the_list_asks_as_often_for_many_as_for_few(town, client, dispute, django_assert_max_num_queries):
    signed_in(client, town, "city rights")
    for n in range(20, 32):
        made = actions.open_(town.township, actions.Opening("012", today(), facts="又一件。"), by=town.township_rights)
        actions.add_respondent(made, employer=town.employer, by=town.township_rights)
        actions.add_claimant(made, name=f"示例工{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", number=number(n), by=town.township_rights)
    with django_assert_max_num_queries(26):
        assert client.get(reverse("rights:disputes")).status_code == 200


def test_the_export_names_firms_and_no_persons(town, client, dispute):
    import fastexcel

    file = signed_in(client, town, "county rights").get(reverse("rights:disputes_export")).getvalue()
    rows = fastexcel.read_excel(file).load_sheet(0, header_row=None).to_polars().rows()
    said = str(rows)
    assert dispute.reference in said
    assert "甲织造有限公司" in said
    assert "示例工" not in said
    assert number(1) not in said
    assert b"".join(signed_in(client, town, "city rights").get(reverse("rights:events_export"))).startswith(b"PK")


FIRST = {"firm": "甲织造有限公司（示例）", "kind": "E06", "affected": "46", "behaviour": "STOPWORK", "owed": "318,000", "months_owed": "2", "channel": "PATROL"}


def test_the_chair_reports_in_one_form_and_it_goes_to_the_township(town, client):
    signed_in(client, town, "grassroots chair")
    page = client.get(reverse("rights:report")).content.decode()
    assert "甲镇总工会" in page
    answer = client.post(reverse("rights:report"), FIRST)
    event = Event.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, event.get_absolute_url())
    assert (event.severity, event.rung, event.owed) == ("ORANGE", "3", Decimal(318000))
    assert client.get(event.get_absolute_url()).status_code == 200


def test_she_may_record_it_first_and_send_it_later(town, client):
    signed_in(client, town, "grassroots chair").post(reverse("rights:report"), FIRST | {"keep": "1"})
    event = Event.objects.get()
    assert event.rung == "4"
    client.post(reverse("rights:event_step", args=[event.uuid]), {"verb": "climb"})
    event.refresh_from_db()
    assert (event.rung, event.desk) == ("3", town.township)


def test_what_follows_is_shown_before_it_is_sent(town, client):
    signed_in(client, town, "grassroots chair")
    page = client.post(reverse("rights:report"), {"affected": "132", "look": "1"}).content.decode()
    assert "is-red" in page
    part = client.post(reverse("rights:report"), {"affected": "12", "look": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "is-yellow" in part
    assert "<html" not in part
    assert not Event.objects.exists()


def test_a_report_that_cannot_be_taken_says_what_to_mend(town, client):
    answer = signed_in(client, town, "grassroots chair").post(reverse("rights:report"), FIRST | {"affected": "四十多"})
    assert answer.status_code == 422
    answer = client.post(reverse("rights:report"), FIRST | {"kind": "E14"})
    assert answer.status_code == 422
    assert not Event.objects.exists()


def test_an_office_above_finds_the_union_first(town, client):
    signed_in(client, town, "county rights")
    assert client.get(reverse("rights:report")).status_code == 200
    page = client.get(f"{reverse('rights:report')}?q={town.firm.code}").content.decode()
    assert f"?union={town.firm.code}" in page
    assert client.get(f"{reverse('rights:report')}?union={town.far_firm.code}").status_code == 404
    assert client.post(f"{reverse('rights:report')}?union={town.firm.code}", FIRST).status_code == 303


def test_finance_does_not_report(town, client):
    assert signed_in(client, town, "county finance").get(reverse("rights:report")).status_code == 403


def test_a_step_is_a_post(town, client, arrears, dispute):
    signed_in(client, town, "county rights")
    assert client.get(reverse("rights:event_step", args=[arrears.uuid])).status_code == 405
    assert client.post(reverse("rights:event_step", args=[arrears.uuid]), {"verb": "confirm"}).status_code == 409
    assert client.post(reverse("rights:dispute_step", args=[dispute.uuid]), {"verb": "close"}).status_code == 409


def test_a_page_of_a_step_says_what_stands_in_the_way_and_leads_back(town, client, dispute):
    client = signed_in(client, town, "township rights")
    at = lambda name: reverse(f"rights:{name}", args=[dispute.uuid])  # noqa: E731
    page = client.get(at("agree")).content.decode()
    assert f"{dispute.reference}现处于“已申请”，这一步在“调解中”时办理。请您先办：受理。" in page
    assert f'href="{dispute.get_absolute_url()}"' in page
    assert 'name="amount"' not in page
    assert "请您先办：受理。" in client.get(at("receipts")).content.decode()
    actions.accept(dispute, by=town.township_rights)
    for name in ("agree", "end", "extension", "session", "receipts", "appoint", "claim"):
        assert client.get(at(name)).status_code == 200
    actions.withdraw(dispute, reason="已自行和解。", by=town.township_rights)
    assert client.get(at("receipts")).status_code == 200  # she may have withdrawn because the employer paid
    for name in ("agree", "end", "extension", "session", "appoint", "respondents", "claimants", "claim"):
        answer = client.get(at(name))
        assert answer.status_code == 409
        assert "从现在的状态已不能再办这一步。" in answer.content.decode()


def test_the_steps_that_lead_to_a_step_are_named_in_their_order(town, client, arrears):
    client = signed_in(client, town, "county rights")
    page = client.get(reverse("rights:close", args=[arrears.uuid])).content.decode()
    assert "请您先办：核定等级、着手处置、化解。" in page


def test_a_task_that_is_done_is_not_done_again(town, client, arrears):
    task = actions.add_task(arrears, department="COURT", what="保全设备", by=town.county_rights)
    actions.finish_task(task, said="已保全", by=town.county_rights)
    answer = signed_in(client, town, "county rights").get(reverse("rights:task", args=[arrears.uuid, task.uuid]))
    assert answer.status_code == 409
    assert "已保全" in answer.content.decode()


def test_the_head_of_an_event_says_which_clock_ends_next(town, client, arrears):
    client = signed_in(client, town, "county rights")
    head = lambda: client.get(arrears.get_absolute_url()).content.decode().split('class="n-meta"')[1].split("</p>")[0]  # noqa: E731
    with moved_to(at(today()) + timedelta(hours=9)):
        Clock.objects.exclude(code="EV-D1").update(stopped_at=now())
        Clock.objects.update(due_at=now() + timedelta(hours=3, minutes=20, seconds=30))
        assert '<span class="n-clock is-soon"><b>报到上一级，还有3小时20分</b></span>' in head()
        Clock.objects.update(due_at=now() + timedelta(days=3), warn_at=None)
        assert '<span class="n-clock"><b>报到上一级，剩3天</b></span>' in head()
        Clock.objects.update(due_at=now() - timedelta(minutes=20))
        assert 'is-late"><b>报到上一级，' in head()
        Clock.objects.update(stopped_at=now())
        assert "n-clock" not in head()


def test_what_nobody_does_is_not_said(town, client, arrears):
    client = signed_in(client, town, "county rights")
    client.cookies["django_language"] = "en"
    assert "Behaviour: " not in client.get(arrears.get_absolute_url()).content.decode()
    actions.follow_up(arrears, text="停工了。", behaviour="STOPWORK", by=town.county_rights)
    assert "Behaviour: Stop-work." in client.get(arrears.get_absolute_url()).content.decode()


def test_an_event_through_its_pages(town, client, arrears):
    signed_in(client, town, "county rights")
    at = lambda name: reverse(f"rights:{name}", args=[arrears.uuid])  # noqa: E731
    assert client.post(at("confirm"), {"severity": "RED", "why": "有人堵路。"}).status_code == 303
    assert client.post(at("followups"), {"text": "都在。", "affected": "140"}).status_code == 303
    assert client.post(at("tasks"), {"department": "COURT", "what": "保全设备"}).status_code == 303
    task = arrears.tasks.get(department="COURT")
    assert client.post(reverse("rights:task", args=[arrears.uuid, task.uuid]), {"said": "已保全"}).status_code == 303
    assert client.post(at("event_step"), {"verb": "handle"}).status_code == 303
    assert client.post(at("severity"), {"severity": "ORANGE", "why": "人散了。"}).status_code == 422  # her own level set it
    assert client.post(at("event_step"), {"verb": "calm", "reason": "回厂。"}).status_code == 303
    assert client.post(at("settle"), {"resolution": "付清。"}).status_code == 303
    assert client.post(at("close"), {"closing": "报告。"}).status_code == 303
    page = client.get(arrears.get_absolute_url()).content.decode()
    for said in ("有人堵路。", "已保全", "付清。", "报告。", "140"):
        assert said in page


def test_a_dispute_through_its_pages(town, client, arrears):
    signed_in(client, town, "county rights")
    opened = {"cause": "012", "applied_on": today().isoformat(), "written": "1", "claimed": "", "facts": "欠薪。"}
    asked = client.get(f"{reverse('rights:open')}?event={arrears.uuid}").content.decode()
    assert '<option value="012" selected>' in asked  # what the event says already is not asked again
    assert arrears.demands in asked
    answer = client.post(f"{reverse('rights:open')}?event={arrears.uuid}", opened)
    dispute = Dispute.objects.get()
    assert answer.headers["Location"] == dispute.get_absolute_url()
    assert (dispute.event, dispute.handled_by, dispute.respondents.get().employer) == (arrears, town.county, town.employer)
    at = lambda name, *more: reverse(f"rights:{name}", args=[dispute.uuid, *more])  # noqa: E731
    worker = {"name": "示例工乙", "number": number(1), "phone": "10000000001", "claimed": "9,000"}
    assert client.post(at("claimants"), worker | {"number": "123"}).status_code == 422
    assert client.post(at("claimants"), worker).status_code == 303
    assert client.get(f"{at('respondents')}?q=丙包装").status_code == 200
    assert client.post(at("respondents"), {"employer": town.other_employer.uscc}).status_code == 303
    assert client.post(at("respondents"), {"name": "丁（示例）", "uscc": credit(9)}).status_code == 303
    assert client.post(at("respondents"), {"name": "戊（示例）", "uscc": "1"}).status_code == 422
    assert client.post(at("respondent", credit(9))).status_code == 303
    assert client.post(at("dispute_step"), {"verb": "accept"}).status_code == 303
    assert client.post(at("session"), {"held_at": f"{today()}T00:00", "place": "县总", "text": "未达成。"}).status_code == 303
    assert client.post(at("extension"), {"to": "2027-06-01", "consent": "同意书"}).status_code == 303
    agreement = {"number": "1号", "on": today().isoformat(), "amount": "8000", "pay_by": "2027-06-01"}
    assert client.post(at("agree"), agreement | {"amount": "9000.01"}).status_code == 422
    assert client.post(at("agree"), agreement).status_code == 303
    paid = {"on": today().isoformat(), "amount": "8000", "evidence": "回单"}
    assert client.post(at("receipts"), paid).status_code == 303
    line = dispute.receipts.get()
    assert client.post(at("receipt", line.uuid), {"why": "写错", **paid, "amount": "8100"}).status_code == 303
    assert client.post(at("dispute_step"), {"verb": "perform"}).status_code == 303
    assert client.post(at("dispute_step"), {"verb": "close"}).status_code == 403
    page = client.get(dispute.get_absolute_url()).content.decode()
    for said in ("8,000.00", "8,100.00", "写错", "未达成。"):
        assert said in page
    assert signed_in(client, town, "city rights").post(at("dispute_step"), {"verb": "close"}).status_code == 303


def test_what_comes_next_is_the_primary_button_and_giving_up_never_is(town, client, dispute):
    def primary():
        page = signed_in(client, town, "township rights").get(dispute.get_absolute_url()).content.decode()
        return re.findall(r'class="btn btn-primary"[^>]*>([^<]*)<', page.split('class="n-next"')[1].split("</form>")[0])

    assert primary() == ["受理"]
    actions.accept(dispute, by=town.people["township rights"])
    assert primary() == ["登记调解协议"]
    actions.agree(dispute, amount=Decimal(100), number="1号", on=today(), pay_by=today(), by=town.people["township rights"])
    assert primary() == ["登记付款"]  # while money is due


def test_what_runs_now_stands_by_severity(town, client, arrears):
    actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E11", 120), by=town.grassroots_chair)
    for who in ("township rights", "county rights", "city rights", "city leader"):
        page = signed_in(client, town, who).get(reverse("rights:duty")).content.decode()
        assert page.index("is-red") < page.index("is-orange")
    assert signed_in(client, town, "grassroots chair").get(reverse("rights:duty")).status_code == 403


def test_english_is_whole(town, client, arrears, dispute):
    signed_in(client, town, "county rights")
    client.cookies["django_language"] = "en"
    for url in (arrears.get_absolute_url(), dispute.get_absolute_url(), reverse("rights:events"), reverse("rights:disputes"), reverse("rights:duty")):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("year", ["0001", "1899", "9999"])
def test_a_year_that_cannot_be_is_a_sentence(town, client, dispute, year):
    client = signed_in(client, town, "township rights")
    actions.accept(dispute, by=town.people["township rights"])
    sitting = {"held_at": f"{year}-01-01T00:00", "place": "镇总", "text": "…"}
    assert client.post(reverse("rights:session", args=[dispute.uuid]), sitting).status_code == 422
    assert client.post(reverse("rights:extension", args=[dispute.uuid]), {"to": f"{year}-12-31", "consent": "x"}).status_code == 422
    assert client.get(dispute.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("page", ["rights:events", "rights:disputes"])
def test_a_forged_cursor_only_shows_the_list(town, client, page):
    client = signed_in(client, town, "county rights")
    for cursor in ("WzUsNV0", "WyJ4XHUwMDAwIiwxXQ"):  # [5,5] and ["x\\u0000",1]
        assert client.get(reverse(page), {"after": cursor}).status_code == 200


def test_a_character_that_no_text_holds_is_a_sentence(town, client, dispute):
    client = signed_in(client, town, "county rights")
    assert client.get(reverse("rights:report"), {"q": "\0"}).status_code == 422
    assert client.post(reverse("rights:respondents", args=[dispute.uuid]), {"employer": "a\0"}).status_code == 422
