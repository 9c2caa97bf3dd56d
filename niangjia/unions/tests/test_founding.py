"""A union is founded: from the clue to the legal person; what is missing, refused, given up; the entries of a legal person that change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from niangjia.flow.api import clocks, ring
from niangjia.flow.models import Clock
from niangjia.kit.dates import add_months, day_of, moved_to, now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.members import actions as members
from niangjia.members.models import Membership
from niangjia.members.tests.rosters import name, number
from niangjia.notices.models import Message
from niangjia.unions import actions
from niangjia.unions.actions import elections, entries, founding, results
from niangjia.unions.enums import Ticked, Way
from niangjia.unions.models import Cover, Employer, Founding, Office, Union
from niangjia.unions.tests.electing import reported
from tests.town import credit

NAME = "煤山新芽电子有限公司"


def fresh(one):
    return Founding.objects.get(pk=one.pk)


def clue(town, *, by=None, **facts):
    said = {"uscc": credit(701), "name": NAME, "clue": "职工来电询问。", "source": "WORKER"} | facts
    return founding.follow(town.hill, founding.Clue(**said), by=by or town.hill_chair)


def grouped(one, by):
    founding.join_group(one, name="苏筹备", job="行政部", speaks="PARTY", head=True, by=by)
    founding.join_group(one, name="潘代表", job="车间", by=by)
    return one


def wanted(**facts):
    said = {
        "name": f"{NAME}工会委员会",
        "kind": "20",
        "employees": 80,
        "willing": 60,
        "applicant": "苏筹备",
        "term_years": 3,
        "party": "同意。",
        "address": "煤山镇示例路",
    }
    return founding.Wanted(**said | facts)


def applied(town, **facts):
    one = grouped(clue(town), town.hill_chair)
    return fresh(founding.apply(one, wanted(**facts), by=town.hill_chair))


def granted(town, **facts):
    return fresh(founding.grant(applied(town, **facts), on=today(), grant_no="煤总工〔2026〕3号", by=town.hill_chair))


def elected(town):
    """Founded by its first election; and the moment of the approval."""
    one = granted(town)
    election, moment = reported(town, union=one.union, by=town.hill_chair, above=town.north_org)
    with moved_to(moment):
        results.confirm(election, on=today(), approval_no="煤总工〔2026〕8号", by=town.hill_chair)
    return fresh(one), moment


def certificate(one, **facts):
    said = {"on": today(), "uscc": credit(702, "81"), "certificate_no": "浙E0599001", "until": one.union.term_end, "ticked": Ticked.values}
    return founding.Registered(**said | facts)


# ---------- the clue ----------


def test_an_employer_with_a_union_is_said_at_once(town):
    with pytest.raises(RuleBroken, match=town.firm.code):
        clue(town, uscc=town.firm_unit.uscc, name="")
    assert not Founding.objects.exists()


def test_an_employer_is_followed_once(town):
    clue(town)
    with pytest.raises(RuleBroken):
        clue(town, by=town.north_org)
    with pytest.raises(IntegrityError), transaction.atomic():
        Founding.objects.create(
            reference="JH-x", at=town.hill, source="TAX", employer=Employer.objects.get(name=NAME), made_by=town.hill_chair, made_at=now()
        )


def test_a_wrong_credit_code_makes_nobody(town):
    with pytest.raises(RuleBroken):
        clue(town, uscc="913305220000000000")
    with pytest.raises(RuleBroken):
        clue(town, name="")
    assert not Employer.objects.filter(name=NAME).exists()


def test_only_an_office_there_or_above_follows_a_clue(town):
    for who in (town.firm_chair, town.fort_chair, town.south_org, town.north_rights):
        with pytest.raises(Refused):
            clue(town, by=who)
    assert clue(town, by=town.city_org).state == Way.CLUE


def test_the_clock_counts_from_the_opening_of_the_employer(town):
    opened = today() - timedelta(days=200)
    one = clue(town, opened_on=opened)
    clock = Clock.objects.get(kind="unions.founding", thing_id=one.pk, code="FD-D1", stopped_at=None)
    assert day_of(clock.due_at) >= add_months(opened, 12)
    assert (clock.due_at - now()).days < 180  # yellow already: half a year is gone
    assert clock.warn_at < now()
    other = founding.follow(town.hill, founding.Clue(uscc=credit(709), name="煤山别家有限公司"), by=town.hill_chair)
    assert day_of(Clock.objects.get(thing_id=other.pk, code="FD-D1").due_at) >= add_months(today(), 12)


# ---------- the application ----------


def test_an_application_has_a_group_with_a_head_and_employees(town):
    one = clue(town)
    with pytest.raises(RuleBroken):
        founding.apply(one, wanted(), by=town.hill_chair)
    founding.join_group(one, name="苏筹备", speaks="PARTY", head=True, by=town.hill_chair)
    with pytest.raises(RuleBroken):
        founding.apply(one, wanted(), by=town.hill_chair)
    other = founding.join_group(one, name="潘代表", head=True, by=town.hill_chair)
    assert list(one.group.filter(head=True)) == [other]
    with pytest.raises(RuleBroken):
        founding.join_group(one, name="潘代表", by=town.hill_chair)
    founding.apply(one, wanted(), by=town.hill_chair)
    with pytest.raises(IllegalStep):
        founding.join_group(fresh(one), name="钟晚来", by=town.hill_chair)


@pytest.mark.parametrize("facts", [{"kind": "24", "willing": 90}, {"willing": 90}, {"name": "煤山青禾电池有限公司工会"}])
def test_an_application_that_cannot_be_is_refused(town, facts):
    with pytest.raises(RuleBroken):
        applied(town, **facts)


def test_the_reply_has_fifteen_days_and_stands_still_while_something_is_missing(town):
    one = applied(town)
    clock = Clock.objects.get(kind="unions.founding", thing_id=one.pk, code="FD-D2", stopped_at=None)
    assert (clock.union_id, clock.duty) == (town.hill.pk, "organisation")
    first = clock.due_at
    with pytest.raises(RuleBroken):
        founding.give_back(one, reason="", by=town.hill_chair)
    founding.give_back(one, reason="缺党组织意见。", by=town.hill_chair)
    assert not Clock.objects.filter(thing_id=one.pk, kind="unions.founding", stopped_at=None).exists()
    assert Message.objects.get(what="founding-returned").to == town.hill_chair
    with moved_to(now() + timedelta(days=30)):
        founding.apply(fresh(one), wanted(), by=town.hill_chair)
        assert Clock.objects.get(thing_id=one.pk, code="FD-D2", stopped_at=None).due_at >= first + timedelta(days=28)


def test_it_is_refused_with_a_reason_and_the_employer_may_be_followed_anew(town):
    one = applied(town)
    founding.refuse(one, reason="单位已注销。", by=town.hill_chair)
    assert fresh(one).state == Way.REFUSED
    assert clue(town, name="").pk != one.pk


def test_two_who_decide_at_once_do_not_both_write(town):
    one = applied(town)
    same = fresh(one)
    founding.refuse(one, reason="x", by=town.hill_chair)
    with pytest.raises(Overtaken):
        founding.grant(same, on=today(), grant_no="1号", by=town.north_org)
    assert not Union.objects.filter(state="PREPARING").exists()


# ---------- the preparatory group ----------


def test_with_the_reply_the_union_is_being_prepared_and_takes_members(town):
    one = granted(town)
    union = one.union
    assert (union.state, union.parent, union.employer, union.address) == ("PREPARING", town.hill, one.employer, "煤山镇示例路")
    assert Cover.objects.filter(union=union, employer=one.employer).count() == 1
    facts = members.Facts(name=name(1), number=number(1), phone="10000000001")
    members.approve(members.apply(union, facts, by=town.hill_chair), on=today(), by=town.hill_chair)
    assert Membership.objects.get().union == union
    assert [clock.code for clock in clocks(one)] == ["FD-D3"]
    assert clocks(union) == []  # the union's own clock is the founding's now
    assert one.group_until >= add_months(today(), 6)


def test_it_is_given_up_with_the_union_that_was_being_prepared(town):
    one = granted(town)
    by = town.hill_chair
    election = elections.call(one.union, elections.Called(members=60, planned_on=today(), seats=3), by=by)
    with pytest.raises(RuleBroken, match=election.reference):
        founding.give_up(one, reason="单位搬迁。", by=by)
    elections.give_up(election, reason="单位搬迁。", by=by)
    founding.give_up(one, reason="单位搬迁。", by=by)
    assert (fresh(one).state, Union.objects.get(pk=one.union_id).state) == (Way.WITHDRAWN, "ABOLISHED")


# ---------- the legal person ----------


def test_the_first_committee_founds_it_and_the_certificate_ends_with_the_term(town):
    one, moment = elected(town)
    assert one.state == Way.FOUNDED
    with moved_to(moment):
        founding.register(one, certificate(one), by=town.hill_chair)
        one = fresh(one)
        union = one.union
        assert (one.state, union.uscc, union.legal_from, union.legal_until) == (Way.REGISTERED, credit(702, "81"), today(), union.term_end)
        assert one.ticked == Ticked.values
    assert not Clock.objects.filter(kind="unions.founding", thing_id=one.pk, stopped_at=None).exists()
    assert Clock.objects.filter(kind="unions.union", thing_id=union.pk, code="UN-D2", stopped_at=None).exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"ticked": ["FORM"]}, {"uscc": credit(703)}, {"uscc": "813305220000000000"}, {"certificate_no": " "}, {"until": date(2099, 1, 1)}, {"until": date(2020, 1, 1)},
        {"on": date(2020, 1, 1)}, {"uscc": credit(33052200111, "81")},
    ],
)  # fmt: skip
def test_a_registration_that_cannot_be_is_refused(town, facts):
    one, moment = elected(town)
    with moved_to(moment), pytest.raises(RuleBroken):
        founding.register(one, certificate(one, **facts), by=town.hill_chair)
    assert Union.objects.get(pk=one.union_id).uscc == ""


def test_a_direct_approval_founds_it_too(town):
    one = granted(town)
    actions.approve(one.union, on=today(), approval_no="煤总工〔2026〕5号", by=town.hill_chair)
    assert fresh(one).state == Way.FOUNDED


def test_a_union_entered_as_it_is_keeps_the_clock_of_the_decision(town):
    union = actions.found(town.hill, actions.Facts("煤山旧有工会委员会", "20"), by=town.north_org)
    assert Clock.objects.get(kind="unions.union", thing_id=union.pk, stopped_at=None).code == "UN-D3"


# ---------- changed entries ----------


def test_a_changed_name_or_chair_of_a_legal_person_has_thirty_days(town):
    chair = Office.objects.get(union=town.firm, duty="chair")
    actions.correct(town.firm, contact="张", by=town.firm_chair)
    assert Union.objects.get(pk=town.firm.pk).entries_by is None
    actions.hand_over(chair, on=today(), name="施新任", by=town.hill_chair)
    firm = Union.objects.get(pk=town.firm.pk)
    assert 30 <= (firm.entries_by - today()).days <= 40
    clock = Clock.objects.get(kind="unions.union", thing_id=firm.pk, code="UN-D4", stopped_at=None)
    with moved_to(now() + timedelta(days=3)):
        actions.correct(firm, name="煤山青禾新能源有限公司工会", by=town.hill_chair)
        assert Union.objects.get(pk=firm.pk).entries_by == firm.entries_by  # the first change sets the day
        with pytest.raises(Refused):
            entries.entries_filed(firm, on=today(), by=town.mill_chair)
        firm = Union.objects.get(pk=firm.pk)
        entries.entries_filed(firm, on=today(), by=town.hill_chair)
        with pytest.raises(RuleBroken):
            entries.entries_filed(Union.objects.get(pk=firm.pk), on=today(), by=town.hill_chair)
    clock.refresh_from_db()
    assert clock.stopped_at is not None


def test_who_is_no_legal_person_has_no_entries_to_change(town):
    Union.objects.filter(pk=town.firm.pk).update(uscc="")
    actions.correct(Union.objects.get(pk=town.firm.pk), name="煤山青禾新能源有限公司工会", by=town.firm_chair)
    assert Union.objects.get(pk=town.firm.pk).entries_by is None


# ---------- pages ----------


def test_who_sees_a_founding_and_its_list(town, as_):
    one = applied(town)

    def those(path, word=""):
        return {
            who for who, user in town.people.items() if (page := as_(user).get(path)).status_code == 200 and word in page.content.decode()
        }

    seers = {"hill_chair", "north_chair", "north_org", "north_rights", "city_org", "city_rights", "city_office", "leader"}
    assert those(one.get_absolute_url()) == those("/unions/foundings/", one.reference) == seers


@pytest.mark.parametrize(
    ("who", "page", "answer"),
    [
        ("hill_chair", "step/grant/", 200), ("north_rights", "step/grant/", 403), ("fort_chair", "step/grant/", 404), ("firm_chair", "", 404), ("hill_chair", "step/apply/", 409),
        ("hill_chair", "step/register/", 409), ("hill_chair", "group/", 409), ("north_rights", "papers/", 403), ("city_org", "papers/", 200),
    ],
)  # fmt: skip
def test_who_opens_which_page_of_a_founding(town, as_, who, page, answer):
    assert as_(town.people[who]).get(f"{applied(town).get_absolute_url()}{page}").status_code == answer


def test_the_list_shows_what_waits_for_whom(town, as_):
    one = clue(town)

    def listed(who, said):
        return one.reference in as_(who).get(f"/unions/foundings/?{said}").content.decode()

    assert listed(town.hill_chair, "view=mine")
    assert not listed(town.north_org, "view=mine")
    assert listed(town.north_org, "view=clues")
    assert listed(town.north_org, f"q={credit(701)}")
    assert listed(town.north_org, f"under={town.hill.code}&state=CLUE")
    assert not listed(town.north_org, f"under={town.fort.code}")
    with moved_to(now() + timedelta(days=400)):
        ring()
        assert listed(town.north_org, "view=late")


def test_a_clue_of_another_township_is_not_taken(town, as_):
    client = as_(town.hill_chair)
    assert client.get("/unions/foundings/new/").status_code == 200
    said = {"at": town.fort.code, "uscc": credit(701), "name": NAME, "category": "170", "industry": "C", "source": "TAX"}
    assert client.post("/unions/foundings/new/", said).status_code == 422
    assert client.post("/unions/foundings/new/", said | {"at": town.hill.code, "uscc": town.firm_unit.uscc}).status_code == 422
    made = client.post("/unions/foundings/new/", said | {"at": town.hill.code})
    assert made["Location"] == Founding.objects.get().get_absolute_url()
    assert as_(town.north_rights).get("/unions/foundings/new/").status_code == 403


def test_a_union_that_covers_the_employer_is_told_to_whoever_decides(town, as_):
    one = applied(town)
    Cover.objects.create(union=town.mill, employer=one.employer, since=date(2020, 1, 1))
    assert town.mill.short_name in as_(town.hill_chair).get(one.get_absolute_url()).content.decode()


def test_changed_entries_are_recorded_on_a_page(town, as_):
    actions.correct(town.firm, name="煤山青禾新能源有限公司工会", by=town.hill_chair)
    client, url = as_(town.firm_chair), f"/unions/{town.firm.code}/entries/"
    assert url in client.get(f"/unions/{town.firm.code}/").content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"on": str(today() + timedelta(days=1))}).status_code == 422
    assert client.post(url, {"on": str(today())}).status_code == 303
    assert url not in client.get(f"/unions/{town.firm.code}/").content.decode()


def test_pages_of_foundings_cost_the_same_however_many_there_are(town, as_, django_assert_max_num_queries):
    one = granted(town)
    for n in range(710, 730):
        founding.follow(town.hill, founding.Clue(uscc=credit(n), name=f"煤山{'甲乙丙丁戊己庚辛壬癸'[n % 10]}厂"), by=town.hill_chair)
    client = as_(town.city_org)
    with django_assert_max_num_queries(18):
        assert client.get("/unions/foundings/").status_code == 200
    with django_assert_max_num_queries(47):
        assert client.get(one.get_absolute_url()).status_code == 200
