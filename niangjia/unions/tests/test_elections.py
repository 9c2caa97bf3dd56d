"""Elections: who may stand, what makes a result, what the union above decides; offices, bodies and terms follow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from niangjia.flow.api import clocks, ring
from niangjia.flow.models import Clock, Move
from niangjia.gazette import actions as gazette
from niangjia.gazette.api import notices_of
from niangjia.gazette.models import Notice
from niangjia.kit.dates import day_of, moved_to, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.unions import actions
from niangjia.unions.actions import elections, results
from niangjia.unions.enums import Poll
from niangjia.unions.models import Body, Candidate, Election, Office, Union
from niangjia.unions.polls import Paper
from niangjia.unions.tests.electing import ELECTED, FOURTH, end_of, fresh, held, planned, posted, ready, reported, shown, stand, voted

LEAVE = {"leave": "长总工组〔2026〕5号"}


def codes(one):
    return {remark.code for remark in Paper(fresh(one)).against()}


@pytest.fixture
def draft(town):
    one = planned(town.firm, by=town.firm_chair, **LEAVE)
    stand(one, by=town.firm_chair)
    return one


# ---------- who may stand ----------


def test_a_list_that_is_right_has_nothing_against_it(draft):
    assert codes(draft) == set()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"seats": 9}, "seats"), ({"seats": 4}, "even"), ({"seats": 5}, "difference"), ({"audit_seats": 2}, "audit-seats"), ({"audit_seats": 0}, "no-audit"),
        ({"women_seats": 1}, "women"), ({"women_seats": 0}, "no-women"), ({"assembly": "CONGRESS", "delegates": 35}, "congress"),
        ({"assembly": "CONGRESS", "delegates": 20, "members": 150, "seats": 3}, "delegates"), ({"seats": 1}, "alone"), ({"leave": ""}, "early"),
        ({"audit_seats": 3}, "few"),
    ],
)  # fmt: skip
def test_what_a_plan_lacks_is_said(town, draft, facts, code):
    plan = (
        {"members": 60, "women": 20, "planned_on": today() + timedelta(days=20), "seats": 3, "audit_seats": 1, "women_seats": 3}
        | LEAVE
        | facts
    )
    elections.amend(draft, elections.Called(**plan), by=town.firm_chair)
    assert code in codes(draft)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"body": "COMMITTEE", "tie": "RELATIVE"}, "relative"), ({"body": "COMMITTEE", "tie": "PRINCIPAL"}, "principal"), ({"body": "WOMEN", "retained": True}, "retained"),
        ({"body": "AUDIT", "cash": True}, "audit-cash"), ({"body": "COMMITTEE", "post": "CHAIR", "tie": "PERSONNEL"}, "chair-tie"), ({"body": "AUDIT", "name": ELECTED[0]}, "audit-chair"),
    ],
)  # fmt: skip
def test_who_may_not_stand_is_said(town, draft, facts, code):
    elections.nominate(draft, elections.Standing(**{"name": "戚另外"} | facts), by=town.firm_chair)
    assert code in codes(draft)


def test_a_hard_remark_keeps_the_list_and_a_soft_one_asks_for_a_reason(town, draft):
    barred = elections.nominate(draft, elections.Standing("戚亲属", "COMMITTEE", tie="RELATIVE"), by=town.firm_chair)
    with pytest.raises(RuleBroken, match="戚亲属"):
        elections.send(draft, by=town.firm_chair)
    elections.take_off(barred, by=town.firm_chair)
    plan = {"members": 60, "women": 20, "planned_on": today() + timedelta(days=20), "seats": 3, "audit_seats": 1, "women_seats": 0}
    elections.amend(draft, elections.Called(**plan, **LEAVE), by=town.firm_chair)
    with pytest.raises(RuleBroken):
        elections.send(draft, by=town.firm_chair)
    elections.amend(draft, elections.Called(**plan, **LEAVE, why="女会员拟单独选举。"), by=town.firm_chair)
    elections.send(draft, by=town.firm_chair)
    assert Move.objects.filter(kind="unions.election", verb="send").get().reason == "女会员拟单独选举。"


def test_within_half_a_year_of_the_end_no_leave_is_asked_for(town):
    Union.objects.filter(pk=town.firm.pk).update(term_end=today() + timedelta(days=90))
    one = planned(Union.objects.get(pk=town.firm.pk), by=town.firm_chair)
    stand(one, by=town.firm_chair)
    assert codes(one) == set()


def test_only_one_election_runs_at_a_union_and_only_at_the_grassroots(town, draft):
    with pytest.raises(RuleBroken):
        planned(town.firm, by=town.firm_chair)
    with pytest.raises(RuleBroken):
        planned(town.hill, by=town.hill_chair)
    with pytest.raises(Refused):
        planned(town.mill, by=town.firm_chair)


def test_what_was_sent_is_not_changed(town, draft):
    elections.send(draft, by=town.firm_chair)
    draft.refresh_from_db()
    with pytest.raises(RuleBroken):
        elections.nominate(draft, elections.Standing("戚另外", "COMMITTEE"), by=town.firm_chair)
    with pytest.raises(RuleBroken):
        elections.take_off(draft.candidates.first(), by=town.firm_chair)


def test_who_sends_does_not_examine(town, draft):
    elections.send(draft, by=town.firm_chair)
    draft.refresh_from_db()
    for who in (town.firm_chair, town.mill_chair, town.fort_chair, town.north_rights, town.south_org):
        with pytest.raises(Refused):
            elections.examine(draft, by=who)
    with pytest.raises(RuleBroken):
        elections.give_back(draft, reason=" ", by=town.hill_chair)
    elections.give_back(draft, reason="差额不足。", by=town.hill_chair)
    assert fresh(draft).state == Poll.DRAFT
    assert Message.objects.get(what="election-returned").to == town.firm_chair


def test_two_who_decide_at_once_do_not_both_write(town, draft):
    elections.send(draft, by=town.firm_chair)
    draft.refresh_from_db()
    same = fresh(draft)
    elections.examine(draft, by=town.hill_chair)
    with pytest.raises(Overtaken):
        elections.give_back(same, reason="x", by=town.north_org)


def test_the_clock_of_the_examination_lies_above(town, draft):
    elections.send(draft, by=town.firm_chair)
    clock = Clock.objects.get(kind="unions.election", code="EL-D1", stopped_at=None)
    assert (clock.union_id, clock.duty) == (town.hill.pk, "organisation")
    assert 14 <= (day_of(clock.due_at) - today()).days <= 20
    actions.reparent(town.firm, town.fort, since=today(), basis="长总工组〔2026〕9号", by=town.north_org)
    clock.refresh_from_db()
    assert (clock.union_id, fresh(draft).above) == (town.fort.pk, town.fort)


# ---------- the notice ----------


def test_the_public_is_shown_names_work_and_posts(town):
    one = posted(town)
    [notice] = notices_of(one)
    assert notice.columns == ["姓名", "所在部门和职务", "拟提名为"]
    assert notice.rows[0] == ["朱企业", "车间", "工会委员会主席"]
    assert len(notice.rows) == 8
    assert clocks(notice)[0].span == "5 wd"


def test_the_assembly_waits_for_the_notice(town):
    one = posted(town)
    with pytest.raises(RuleBroken):
        results.hold(one, voted(one, on=today()), by=town.firm_chair)
    with moved_to(end_of(one)):
        ring()
        results.hold(fresh(one), voted(one, on=today()), by=town.firm_chair)
    assert fresh(one).state == Poll.HELD


def test_an_objection_that_is_right_takes_the_candidates_back(town):
    one = posted(town)
    [notice] = notices_of(one)
    said = gazette.object_to(notice, text="严新丙是法定代表人的弟弟。", row=4)
    with moved_to(end_of(one)):
        ring()
        assert fresh(one).state == Poll.POSTED
        gazette.answer(said, "uphold", text="属实。", by=town.firm_chair)
    assert fresh(one).state == Poll.DRAFT
    assert Message.objects.filter(what="election-objected").get().to == town.firm_chair


def test_an_objection_that_is_not_right_lets_it_go_on(town):
    one = posted(town)
    said = gazette.object_to(notices_of(one)[0], text="不合适。")
    moment = end_of(one)
    with moved_to(moment):
        ring()
        with pytest.raises(RuleBroken):
            results.hold(fresh(one), voted(one, on=today()), by=town.firm_chair)
        gazette.answer(said, "dismiss", text="不属实。", by=town.firm_chair)
        results.hold(fresh(one), voted(one, on=today()), by=town.firm_chair)


def test_a_notice_that_was_taken_down_is_put_up_anew(town):
    one = posted(town)
    gazette.withdraw(notices_of(one)[0], reason="写错一人。", by=town.firm_chair)
    assert fresh(one).state == Poll.EXAMINED
    elections.post(fresh(one), text="重新公示。", by=town.firm_chair)
    assert len(notices_of(one)) == 2


# ---------- the result ----------


@pytest.mark.parametrize(
    ("facts", "word"),
    [({"present": 39}, "三分之二"), ({"present": 61}, "应到"), ({ELECTED[0]: 56}, "有效票")],
)  # fmt: skip
def test_a_result_that_cannot_be_is_refused(town, facts, word):
    one, moment = shown(town)
    with moved_to(moment):
        wrong = voted(
            one, on=today(), present=facts.get("present", 55), **dict.fromkeys((*ELECTED, "华审计", "金女甲", "魏女乙", "陶女丙"), 35)
        )
        if ELECTED[0] in facts:
            wrong.votes[one.candidates.get(name=ELECTED[0]).pk] = results.Votes(56, 0, 0)
        with pytest.raises(RuleBroken, match=word):
            results.hold(one, wrong, by=town.firm_chair)
    assert fresh(one).held_on is None


def test_two_thirds_are_enough_and_one_less_is_not(town):
    one, moment = shown(town)
    few = dict.fromkeys((*ELECTED, FOURTH, "华审计", "金女甲", "魏女乙", "陶女丙"), 10)
    with moved_to(moment):
        with pytest.raises(RuleBroken):
            results.hold(one, voted(one, on=today(), present=39, **few), by=town.firm_chair)
        results.hold(one, voted(one, on=today(), present=40, **few), by=town.firm_chair)
    assert not fresh(one).candidates.filter(elected=True).exists()  # ten of sixty are not more than half


def test_elected_is_who_got_more_than_half_of_those_entitled(town):
    one, moment = shown(town)
    with moved_to(moment):
        results.hold(one, voted(one, on=today(), **{ELECTED[1]: 31, ELECTED[2]: 30}), by=town.firm_chair)
        assert set(one.candidates.filter(body="COMMITTEE", elected=True).values_list("name", flat=True)) == set(ELECTED[:2])
        with pytest.raises(RuleBroken):  # two of three, and the committee needs three
            results.report(fresh(one), given={}, by=town.firm_chair)
        results.hold(fresh(one), voted(one, on=today()), by=town.firm_chair)  # counted again
        results.report(fresh(one), given={}, by=town.firm_chair)
    assert fresh(one).state == Poll.REPORTED


def test_a_committee_has_one_chair(town):
    one, moment = held(town)
    two = {who.pk: "CHAIR" for who in one.candidates.filter(name__in=ELECTED[:2])}
    none = {who.pk: "MEMBER" for who in one.candidates.filter(name__in=ELECTED)}
    with moved_to(moment):
        for given in (two, none):
            with pytest.raises(RuleBroken):
                results.report(one, given=given, by=town.firm_chair)


def test_the_report_has_ten_days(town):
    one, moment = held(town)
    clock = Clock.objects.get(kind="unions.election", thing_id=one.pk, code="EL-D2", stopped_at=None)
    assert clock.union_id == town.firm.pk
    assert (day_of(clock.due_at) - day_of(moment)).days >= 10


# ---------- the approval ----------


def test_with_the_approval_the_term_begins_and_offices_change_hands(town):
    Office.objects.create(union=town.firm, name="老副", duty="leader", post="副主席", since=date(2020, 1, 1))
    one, moment = reported(town)
    with moved_to(moment + timedelta(days=2)):
        results.confirm(one, on=today(), approval_no="煤总工〔2026〕8号", by=town.hill_chair)
        day = today()
    one, firm = fresh(one), Union.objects.get(pk=town.firm.pk)
    assert (one.state, firm.term_no, firm.term_start, firm.approval_no) == (Poll.APPROVED, 2, one.held_on, "煤总工〔2026〕8号")
    assert (one.term_start, one.term_end) == (firm.term_start, firm.term_end)
    now_ = set(Office.objects.filter(union=firm, until=None).values_list("name", "duty"))
    assert now_ == {("朱企业", "chair"), ("孔新甲", "leader"), ("华审计", "audit"), ("金女甲", "women")}
    assert Office.objects.get(name="老副").until == day
    assert Office.objects.get(union=firm, duty="chair").since == date(2010, 1, 1)  # who goes on keeps her office
    forms = dict(Body.objects.filter(union=firm, until=None).values_list("kind", "form"))
    assert forms == {"COMMITTEE": "COMMITTEE", "AUDIT": "COMMISSIONER", "WOMEN": "COMMITTEE"}
    assert not Clock.objects.filter(kind="unions.election", thing_id=one.pk, stopped_at=None).exists()


def test_the_result_is_sent_back_annulled_or_overtaken(town):
    one, moment = reported(town)
    with moved_to(moment):
        results.send_back(one, reason="主席副主席分工不明。", by=town.hill_chair)
        one = fresh(one)
        assert one.state == Poll.HELD
        results.report(one, given={}, by=town.firm_chair)
        one = fresh(one)
        actions.re_elect(town.firm, on=today(), approval_no="1号", by=town.hill_chair)
        with pytest.raises(RuleBroken):
            results.confirm(one, on=today(), approval_no="2号", by=town.hill_chair)
        results.annul(one, reason="已另行登记。", by=town.hill_chair)
    assert not fresh(one).running
    assert planned(Union.objects.get(pk=town.firm.pk), by=town.firm_chair, **LEAVE).term_no == 3


def test_an_election_that_is_annulled_takes_its_notice_down(town):
    one = posted(town)
    results.annul(one, reason="程序有误。", by=town.hill_chair)
    assert (fresh(one).state, Notice.objects.get().state) == (Poll.ANNULLED, "WITHDRAWN")


def test_the_first_committee_founds_the_union(town):
    made = actions.found(town.hill, actions.Facts("煤山新芽电子有限公司工会委员会", "20"), by=town.north_org)
    one, moment = reported(town, union=made, by=town.hill_chair)
    assert (one.first, one.term_no) == (True, 1)
    with moved_to(moment):
        with pytest.raises(RuleBroken):
            results.confirm(one, on=today() - timedelta(days=1), approval_no="x", by=town.hill_chair)
        with pytest.raises(RuleBroken):
            results.confirm(one, on=today(), approval_no=" ", by=town.hill_chair)
        results.confirm(one, on=today(), approval_no="煤总工〔2026〕9号", by=town.hill_chair)
        made.refresh_from_db()
        assert (made.state, made.founded_on, made.term_no) == ("NORMAL", today(), 1)
    assert Office.objects.filter(union=made, duty="chair").get().name == "朱企业"


def test_the_database_refuses_what_must_never_be(town):
    from django.db import IntegrityError, transaction

    one, _moment = held(town)
    for wrong in (
        lambda: Election.objects.filter(pk=one.pk).update(present=61),
        lambda: Election.objects.filter(pk=one.pk).update(state="APPROVED"),
        lambda: Election.objects.filter(pk=one.pk).update(state="REPORTED", held_on=None),
        lambda: one.ballots.filter(body="COMMITTEE").update(valid=99),
        lambda: Candidate.objects.filter(election=one, elected=False).update(given="CHAIR"),
        lambda: Election.objects.create(
            reference="XJ-x",
            union=one.union,
            above=one.above,
            term_no=2,
            members=1,
            planned_on=today(),
            made_by=town.firm_chair,
            made_at="2026-01-01T00:00Z",
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


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
