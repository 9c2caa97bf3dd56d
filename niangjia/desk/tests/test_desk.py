"""A person's day: what waits for her and nobody else's, what is late below her, her figures, and where she was."""

from __future__ import annotations

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation

from niangjia.access.models import SeenLog, User
from niangjia.asked.models import Addressed
from niangjia.desk import actions, counted, queries, search, shown, things
from niangjia.desk.tests.world import cases, dispute, event  # noqa: F401 - fixtures
from niangjia.flow.models import Clock
from niangjia.gazette.models import Objection
from niangjia.kit import demo
from niangjia.kit.clock import DEADLINES
from niangjia.kit.dates import now
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.flow import FLOWS, REMARKS, Step
from niangjia.kit.pages import MEMBER
from niangjia.members.models import Application, CardBatch, Expulsion, Lapse, Likeness, Person, PersonalRequest
from niangjia.notices.models import Message
from niangjia.rights.api import Facts, report
from niangjia.rights.models import Aid, Redundancy, Roster, Subsidy, Supervision, Telling, ZeroWeek
from niangjia.unions.models import Election, Founding, Split, StaffCheck
from niangjia.worklog.api import post
from tests.town import as_, person, town  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


# ---------- the door ----------


def test_the_door_leads_to_the_gate_and_in_the_demo_to_its_people(client, settings):
    assert client.get("/").url == "/access/demo/"
    settings.DEMO = False
    assert client.get("/").url == "/account/login/"


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("leader", "/overview/"),
        ("north_chair", "/overview/"),
        ("hill_chair", "/desk/"),
        ("north_rights", "/desk/"),
        ("firm_chair", "/desk/"),
        ("worker", "/me/"),
    ],
)
def test_the_door_leads_each_to_the_page_of_her_day(cases, as_, who, page):  # noqa: F811
    assert as_(getattr(cases, who)).get("/").url == page


@pytest.mark.parametrize("path", ["/desk/", "/overview/", "/search/?q=a", "/me/account/"])
def test_a_stranger_is_sent_to_sign_in(client, path, db):
    assert client.get(path).status_code == 302
    assert client.get(path).url.startswith("/account/login/")


# ---------- the desk ----------


def test_each_sees_what_is_due_from_her_and_only_that(cases):  # noqa: F811
    def waits(user):
        work = queries.work_of(user)
        return [due.thing for due in (*work.late, *work.today, *work.soon, *work.later)]

    assert cases.late in waits(cases.hill_chair)
    assert cases.dispute in waits(cases.hill_chair)
    assert waits(cases.market_chair) == [cases.soon]
    assert waits(cases.fort_chair) == []
    assert waits(cases.system) == []
    assert queries.numbers(cases.hill_chair)[1] == len(queries.work_of(cases.hill_chair).late) >= 1


def test_the_sentence_counts_what_the_lists_show(cases, as_):  # noqa: F811
    work = queries.work_of(cases.hill_chair)
    with translation.override("zh-hans"):
        body = as_(cases.hill_chair).get("/desk/").content.decode()
    shown = body.split('<ul class="n-todo">', 1)[1]
    assert len(re.findall(r'<div class="n-what">', body)) == work.total
    assert "煤山青禾电池有限公司" in shown
    assert f'<span class="n-late">{len(work.late)}' in body


def test_a_county_sees_what_is_late_below_and_another_county_does_not(cases):  # noqa: F811
    late = queries.late_below(queries.leads(cases.north_rights))
    assert [due.thing for due in late.rows] == [cases.late]
    assert (late.total, late.own) == (1, 0)
    assert late.hands == {(cases.hill.pk, "rights"): ["蒋煤山"]}
    assert queries.late_below(queries.leads(cases.south_rights)).rows == []
    assert queries.leads(cases.firm_chair) is None
    assert queries.leads(cases.auditlog) is None


@pytest.mark.parametrize("who", ["hill_chair", "north_rights", "city_org", "firm_chair", "system", "auditlog", "nobody"])
def test_a_desk_opens_for_everybody_who_is_signed_in(cases, as_, who):  # noqa: F811
    for language in ("zh-hans", "en"):
        assert as_(getattr(cases, who)).get("/desk/", headers={"Accept-Language": language}).status_code == 200


def test_the_desk_asks_the_same_number_of_questions_however_much_waits(cases, as_):  # noqa: F811
    client = as_(cases.hill_chair)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries_:
            client.get("/desk/")
        return len(queries_)

    asked()
    few = asked()
    for number in range(10, 22):
        event(number, cases.firm, hours=number - 16, desk=cases.hill)
        dispute(number, cases.hill, cases.mill_unit)
    assert asked() == few


def test_what_waits_carries_its_act(cases, as_):  # noqa: F811
    made = dispute(10, cases.hill, cases.mill_unit, people=[Person.objects.earliest("pk")])
    client = as_(cases.hill_chair)
    said = client.get("/desk/").content.decode()
    form = said.partition(f'<form method="post" action="{made.get_absolute_url()}step/">')[2].partition("</form>")[0]
    assert 'name="verb" value="accept"' in form
    assert 'name="csrfmiddlewaretoken"' in form
    assert client.post(f"{made.get_absolute_url()}step/", {"verb": "accept"}).status_code in (302, 303)
    made.refresh_from_db()
    assert made.state == "MEDIATING"
    assert f'href="{made.get_absolute_url()}step/agree/"' in client.get("/desk/").content.decode()


def test_a_desk_knows_how_to_name_whatever_has_a_clock():
    """Else it would stand there by what it is called, and that is somebody's name."""
    people = {kind for kind in DEADLINES if getattr(apps.get_model(kind), "names_a_person", False)}
    assert people <= set(things.READS)
    assert people >= {"members.membership", "members.application"}


def test_every_act_with_a_page_of_its_own_leads_to_one(cases):  # noqa: F811
    """Whatever clocks are declared: their acts are named as the addresses end."""
    those = {
        "rights.event": event(11, cases.firm, hours=4),
        "rights.dispute": dispute(11, cases.hill, cases.mill_unit),
        "unions.union": cases.hill,
        "members.membership": cases.membership,
        "unions.election": Election(uuid=uuid4()),
        "unions.founding": Founding(uuid=uuid4()),
        "asked.addressed": Addressed(uuid=uuid4()),
        "gazette.objection": Objection(uuid=uuid4()),
        "members.personalrequest": PersonalRequest(uuid=uuid4()),
        "rights.roster": Roster(union=cases.hill),
        **{
            model._meta.label_lower: model(uuid=uuid4())
            for model in (
                Aid,
                Application,
                CardBatch,
                Expulsion,
                Lapse,
                Likeness,
                Redundancy,
                Split,
                StaffCheck,
                Subsidy,
                Supervision,
                Telling,
                ZeroWeek,
            )
        },
    }
    checked = set()
    for kind, declared in DEADLINES.items():
        for one in declared:
            for act in [one.met_by] if isinstance(one.met_by, Step) else [step for step in FLOWS[kind].steps if step.verb == one.met_by]:
                if act.page:
                    between = "" if isinstance(one.met_by, Step) else "step/"
                    resolve(f"{things.url_of(those[kind])}{between}{act.verb}/")
                    checked.add(act.verb)
    assert {"follow-ups", "receipts", "agree", "approve", "admit", "grant", "re-elect", "close"} <= checked


def test_an_act_that_is_not_hers_is_the_way_to_the_thing(cases):  # noqa: F811
    work = queries.work_of(cases.hill_chair)
    dues = [*work.late, *work.today, *work.soon, *work.later]
    assert dues
    for due in dues:
        opens = [things.READS[things.kind_of(due.thing)].may]
        assert shown.act_of(due, opens).url == things.url_of(due.thing)


def test_a_receipt_that_is_asked_of_another_leads_to_the_event(cases, as_):  # noqa: F811
    report(cases.firm, Facts(cases.firm_unit.name, "E06", 130, employer=cases.firm_unit), by=cases.firm_chair, send=True)
    telling = Telling.objects.filter(state="WAITING").select_related("to", "event", "union").latest("pk")
    colleague = person("colleague", "费二", telling.union, "rights")
    for who, there in ((telling.to, telling), (colleague, telling.event)):
        work = queries.work_of(who)
        lines = shown.todos([*work.late, *work.today, *work.soon, *work.later], queries.mays_of(who, work))
        asked = {one.url for one in lines if one.verb == DEADLINES["rights.telling"][0].title}
        assert asked == {there.get_absolute_url()}
        assert all(as_(who).get(one.url).status_code == 200 for one in lines if one.url)


def test_where_she_was_shows_what_she_may_still_open(cases):  # noqa: F811
    def opened(user, thing):
        SeenLog.objects.create(at=now(), user=user, act="opened", kind=thing._meta.label_lower, thing_id=thing.pk, digest=str(thing.pk))

    for thing in (cases.late, cases.soon, cases.late):
        opened(cases.north_rights, thing)
    assert [one.thing for one in queries.last_seen(cases.north_rights)] == [cases.late], "once, and nothing of the other county"
    assert queries.last_seen(cases.south_rights) == []


@pytest.mark.django_db(transaction=True)
def test_the_small_figures_are_counted_and_open_to_the_same_number(cases, as_):  # noqa: F811
    post()
    lines = {line.figure.name: line for line in counted.small(cases.north)}
    assert lines["rights.events"].now.value == 1
    assert lines["unions.grassroots"].now.value == 2
    answer = as_(cases.north_rights).get(lines["unions.grassroots"].url)
    assert answer.status_code == 200, answer.content.decode()[-1500:]
    assert answer.context["page"].value == 2


def test_the_badge_counts_for_many_what_it_counts_for_each(cases):  # noqa: F811
    people = [cases.hill_chair, cases.north_rights, cases.firm_chair, cases.leader, cases.system, cases.worker]
    cases.hill_chair.seats  # noqa: B018 - found before the questions are counted
    with CaptureQueriesContext(connection) as those:
        found = queries.waits_of([one.username for one in people])
    assert len(those) == 3
    assert found == {one.username: queries.numbers(one) for one in people}
    assert found[cases.hill_chair.username][1] >= 1


def test_the_door_of_the_demo_says_what_waits_for_each(cases, client, monkeypatch):  # noqa: F811
    total, late = queries.numbers(cases.hill_chair)
    people = [
        {"username": one.username, "name": one.name, "post": "", "union": "", "hint": ""} for one in (cases.hill_chair, cases.auditlog)
    ]
    monkeypatch.setattr(demo, "_finders", [lambda: [{"title": "x", "people": people}]])
    body = client.get("/access/demo/", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert f"<p>{total}件等着办，{late}件已迟</p>" in body
    assert body.count("件等着办") == 1


# ---------- the leader's screen ----------


@pytest.mark.parametrize(
    ("who", "answer"),
    [("leader", 200), ("north_chair", 200), ("hill_chair", 403), ("firm_chair", 403), ("north_rights", 403), ("system", 403)],
)
def test_the_whole_on_one_page_is_for_who_leads_the_city_or_a_county(cases, as_, who, answer):  # noqa: F811
    for language in ("zh-hans", "en"):
        assert as_(getattr(cases, who)).get("/overview/", headers={"Accept-Language": language}).status_code == answer


@pytest.mark.django_db(transaction=True)
def test_counties_side_by_side_add_up_to_the_city(cases):  # noqa: F811
    post()
    found = counted.compared(cases.city)
    assert {one.short_name for one in found.unions} == {"长兴县总工会", "德清县总工会"}
    cells = {one.pk: found.cells[one.pk, "unions.grassroots"] for one in found.unions}
    assert cells == {cases.north.pk: 2, cases.south.pk: 1}
    assert found.own["unions.grassroots"] == 0
    assert found.total["unions.grassroots"] == 3
    assert queries.late_by(queries.leads(cases.leader)) == {cases.north.pk: 1}


def test_what_moved_is_what_the_leader_may_see(cases):  # noqa: F811
    assert cases.late in [one.thing for one in queries.moved(cases.north_chair, limit=50)]
    assert cases.soon not in [one.thing for one in queries.moved(cases.north_chair, limit=50)]


@pytest.mark.parametrize(("language", "between"), [("en", "Begun, by "), ("zh-hans", "登记 ")])
def test_what_moved_reads_as_done_by_somebody(cases, as_, language, between):  # noqa: F811
    page = as_(cases.north_chair).get("/overview/", headers={"Accept-Language": language}).content.decode()
    assert f'{between}<span class="n-faint">' in page


def test_a_story_says_what_was_done_and_chinese_needs_no_other_word():
    with translation.override("en"):
        assert [str(FLOWS["rights.event"].told()[verb]) for verb in ("handle", "settle", "close")] == ["Taken on", "Settled", "Case closed"]
    with translation.override("zh-hans"):
        for flow in FLOWS.values():
            assert {str(words) for words in flow.told().values()} <= {
                str(one) for one in [*(step.label for step in flow.steps), *REMARKS.values()]
            }


# ---------- urging ----------


def late_clock(town):  # noqa: F811
    return Clock.objects.get(kind="rights.event", thing_id=town.late.pk, stopped_at=None, due_at__lt=now())


def test_a_leader_urges_once_a_day_and_the_hands_that_hold_it_must_take_note(cases, as_):  # noqa: F811
    client = as_(cases.north_chair)
    assert client.post("/overview/reminder/", {"clock": late_clock(cases).pk}).status_code == 303
    [one] = Message.objects.filter(what="urged")
    assert (one.to, one.receipt, one.urgent) == (cases.hill_chair, True, True)
    assert as_(cases.hill_chair).get(one.get_absolute_url()).status_code == 200
    with pytest.raises(RuleBroken):
        actions.urge(late_clock(cases), by=cases.leader)


@pytest.mark.parametrize("who", ["firm_chair", "fort_chair", "south_rights", "system"])
def test_nobody_urges_what_does_not_lie_below_her(cases, who):  # noqa: F811
    with pytest.raises(Refused):
        actions.urge(late_clock(cases), by=getattr(cases, who))
    assert not Message.objects.exists()


def test_what_is_not_late_is_not_urged(cases, as_):  # noqa: F811
    clock = Clock.objects.filter(kind="rights.event", thing_id=cases.soon.pk, due_at__gt=now()).first()
    with pytest.raises(RuleBroken):
        actions.urge(clock, by=cases.leader)
    assert as_(cases.leader).post("/overview/reminder/", {"clock": "x"}).status_code == 404


# ---------- search ----------


def names(user, text):
    return {found.title: [hit.name for hit in found.hits] for found in search.search(user, text)}


@pytest.mark.parametrize("text", ["煤山青禾", "msqh", "U33052200111"])
def test_a_union_is_found_by_name_initials_and_code(cases, text):  # noqa: F811
    with translation.override("en"):
        if text.startswith("U"):
            text = cases.firm.code
        assert names(cases.north_rights, text).get("Unions") == ["煤山青禾电池有限公司工会"]
        assert "Unions" not in names(cases.south_rights, text)
        assert names(cases.system, text) == {}


def test_a_case_is_found_by_its_number_its_end_and_its_employer(cases, monkeypatch):  # noqa: F811
    monkeypatch.setattr("niangjia.desk.things.has_page", lambda thing: True)
    with translation.override("en"):
        for text in (cases.late.reference, "000001", "青禾"):
            found = names(cases.north_rights, text)
            assert len(found["Events"]) == 1, text
            assert len(found.get("Disputes", [])) == (0 if text == cases.late.reference else 1), text
            assert "Events" not in names(cases.south_rights, text) or text == "000001"


def test_search_asks_at_most_one_question_a_group(cases):  # noqa: F811
    cases.north_rights.seats  # noqa: B018 - known once a request
    with CaptureQueriesContext(connection) as asked:
        search.search(cases.north_rights, "青禾")
    assert len(asked) <= len(search.FINDERS)


def test_search_as_one_types_swaps_in_what_the_page_shows(cases, as_):  # noqa: F811
    client = as_(cases.north_rights)
    part = client.get("/search/?q=煤山", headers={"HX-Request": "true"}).content.decode().strip()
    assert part.startswith('<div id="found"')
    assert part in client.get("/search/?q=煤山").content.decode()
    assert client.get("/search/").status_code == 200
    assert client.get("/search/?q=%27%22%3Cscript%3E" + "x" * 500).status_code == 200


# ---------- a member ----------


def test_a_member_sees_her_card_her_affair_and_who_looked(cases, as_):  # noqa: F811
    with translation.override("en"):
        SeenLog.objects.create(
            at=now(), user=cases.firm_chair, act="opened", kind="members.membership", thing_id=cases.membership.pk, digest="1"
        )
        body = as_(cases.worker).get("/me/", headers={"Accept-Language": "en"}).content.decode()
    assert "3305 **** **** 0027" in body
    assert "330599198703070027" not in body
    assert cases.dispute.reference in body
    assert "朱企业" in body, "her chair, and who looked"
    assert as_(cases.worker).get("/desk/").url == "/me/"
    assert as_(cases.worker).get("/search/?q=a").url == "/me/"


def test_the_catalogue_of_figures_is_not_a_members(cases, as_):  # noqa: F811
    assert cases.worker.kind == User.Kind.MEMBER == MEMBER
    pages = ("/figures/", "/figures/rights.disputes.cases/", "/figures/members.people/reconciled/", "/api/figures/rights.disputes.cases")
    assert [as_(cases.leader).get(page).status_code for page in pages] == [200, 200, 403, 200], (
        "what moved is for that union and those above"
    )
    assert [as_(cases.worker).get(page).status_code for page in pages] == [404] * 4
    assert "rights.disputes.cases" not in as_(cases.worker).get("/api/figures").content.decode()


def test_a_person_reads_what_she_holds_and_chooses_her_language(cases, as_):  # noqa: F811
    client = as_(cases.hill_chair)
    assert "煤山镇总工会" in client.get("/me/account/").content.decode()
    assert client.post("/me/account/", {"language": "en"}).status_code == 303
    client.post("/me/account/", {"language": "xx"})
    assert User.objects.get(pk=cases.hill_chair.pk).language == "en"


def test_large_sums_are_said_in_the_words_of_each_language():
    money = FIGURES["rights.recovered"]
    said = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said[language] = [(one.text, one.unit) for one in (counted.printed(money, Decimal(n)) for n in ("5261345.61", "99999.5"))]
    assert said == {"en": [("5.26", "million yuan"), ("99,999.50", "yuan")], "zh-hans": [("526.13", "万元"), ("99,999.50", "元")]}
