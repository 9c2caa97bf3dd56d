"""From founding to abolition, and moves in between."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from niangjia.flow.api import ring
from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import CHINA, moved_to
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.unions import actions
from niangjia.unions.actions import ending, units
from niangjia.unions.models import Body, Office, Union
from niangjia.worklog.api import Asked, evaluate, post
from tests.town import credit

pytestmark = pytest.mark.django_db(transaction=True)  # the clerk posts only what is committed


UNIT = {"uscc": credit(76), "unit": "煤山新联运输有限公司", "category": "140", "industry": "G", "employees": "40"}


def counted(name, union, day=date(2026, 11, 25), tree="today"):
    post()
    return evaluate(FIGURES[name].plan, Asked(until(day), union.pk, tree))


def test_a_union_is_founded_and_counts_from_the_day_of_approval(town, as_):
    client = as_(town.hill_chair)
    client.post(f"/unions/{town.hill.code}/unions/", {"name": "煤山新联运输有限公司工会委员会", "kind": "20", "term_years": "3", **UNIT})
    made = Union.objects.get(name="煤山新联运输有限公司工会委员会")
    assert (made.state, made.township, made.county) == ("PREPARING", town.hill, town.north)
    assert counted("unions.grassroots", town.hill) == 2
    wrong = as_(town.firm_chair).post(f"/unions/{made.code}/step/approve/", {"on": "2015-06-10", "approval_no": "x"})
    assert wrong.status_code == 404
    right = as_(town.hill_chair).post(f"/unions/{made.code}/step/approve/", {"on": "2015-06-10", "approval_no": "煤总工〔2015〕3号"})
    assert right.status_code == 303
    made.refresh_from_db()
    assert (made.state, made.term_end) == ("NORMAL", date(2018, 6, 9))
    assert counted("unions.grassroots", town.hill) == 3
    assert counted("unions.grassroots", town.hill, date(2015, 6, 9)) == 2
    assert [move.verb for move in Move.objects.filter(kind="unions.union", thing_id=made.pk)] == ["start", "approve"]


def test_what_the_form_lacks_is_said_and_what_was_typed_is_kept(town, as_):
    answer = as_(town.hill_chair).post(f"/unions/{town.hill.code}/unions/", {"name": "", "kind": "20", "short_name": "新联"})
    assert answer.status_code == 422
    assert "新联" in answer.content.decode()
    assert Union.objects.count() == 9


def test_a_type_that_cannot_stand_there_is_refused_with_a_sentence(town):
    with pytest.raises(RuleBroken):
        actions.found(town.firm, actions.Facts("x", "12"), by=town.city_org)


def test_only_the_organisation_office_above_founds(town):
    for who in ("firm_chair", "north_rights", "south_org", "nobody"):
        with pytest.raises(Refused):
            actions.found(town.hill, actions.Facts("新联工会", "20"), by=town.people[who])


def test_a_union_is_abolished_and_its_past_stays_countable(town):
    Body.objects.create(union=town.firm, kind="WOMEN", since=date(2012, 1, 1))
    ending.abolish(town.firm, on=date(2020, 5, 1), reason="企业终止", by=town.north_org)
    assert counted("unions.grassroots", town.hill) == 1
    assert counted("unions.grassroots", town.hill, date(2020, 4, 30)) == 2
    assert counted("unions.women.bodies", town.hill) == 0
    assert counted("unions.women.bodies", town.hill, date(2020, 4, 30)) == 1
    assert not Office.objects.filter(union=town.firm, until=None).exists()
    with pytest.raises(IllegalStep):
        ending.abolish(Union.objects.get(pk=town.firm.pk), on=date(2020, 5, 1), reason="x", by=town.north_org)


def test_a_union_that_leads_others_is_not_abolished(town):
    with pytest.raises(RuleBroken):
        ending.abolish(town.hill, on=date(2020, 5, 1), reason="x", by=town.north_org)


@pytest.mark.parametrize(("who", "error"), [("north_org", Refused), ("firm_chair", Refused), ("hill_chair", Refused)])
def test_only_who_stands_above_both_moves_a_union(town, who, error):
    with pytest.raises(error):
        actions.reparent(town.hill, town.south, since=date(2024, 7, 1), basis="x", by=town.people[who])


def test_a_union_cannot_stand_under_itself(town):
    with pytest.raises(RuleBroken):
        actions.reparent(town.north, town.hill, since=date(2024, 7, 1), basis="x", by=town.city_org)


def test_two_who_move_at_once_do_not_both_write(town):
    from django.db import transaction

    from niangjia.flow.api import move

    mine, hers = Union.objects.get(pk=town.firm.pk), Union.objects.get(pk=town.firm.pk)
    with transaction.atomic():
        move(mine, "lie-down", by=town.north_org, reason="停产")
    with pytest.raises(Overtaken), transaction.atomic():
        move(hers, "re-elect", by=town.north_org)


def test_the_term_lapses_by_itself_when_its_clock_rings(town):
    Union.objects.filter(pk=town.firm.pk).update(term_end=date(2026, 1, 31))
    actions.correct(Union.objects.get(pk=town.firm.pk), contact="张", by=town.firm_chair)
    assert Clock.objects.get(kind="unions.union", thing_id=town.firm.pk, code="UN-D1", stopped_at=None).due_at.astimezone(
        CHINA
    ).date() == date(2026, 1, 31)
    with moved_to(datetime(2026, 2, 1, 1, tzinfo=CHINA)):
        assert ring() == 1
        assert ring() == 0
    firm = Union.objects.get(pk=town.firm.pk)
    assert firm.state == "OVERDUE"
    actions.re_elect(firm, on=date(2026, 3, 1), approval_no="3号", by=town.hill_chair)
    firm.refresh_from_db()
    assert (firm.state, firm.term_no, firm.term_end) == ("NORMAL", 2, date(2031, 2, 28))


def test_three_administrators_are_three_persons(town):
    for duty in ("security", "auditlog"):
        with pytest.raises(RuleBroken):
            actions.appoint(town.city, name="周系统", duty=duty, post="", since=date(2026, 1, 1), user=town.system, by=town.security)
    with pytest.raises(Refused):
        actions.appoint(town.city, name="x", duty="system", post="", since=date(2026, 1, 1), by=town.city_org)


def test_the_database_itself_refuses_one_person_in_two_administrators(town):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(union=town.city, user=town.system, name="x", duty="auditlog", post="x", since=date(2026, 1, 1))


def test_an_office_ends_and_opens_nothing_any_more(town, as_):
    office = Office.objects.get(user=town.firm_chair)
    actions.dismiss(office, on=date(2026, 11, 1), by=town.hill_chair)
    assert as_(town.firm_chair).get(f"/unions/{town.firm.code}/").status_code == 404


def test_a_unit_joins_with_a_right_credit_code_once(town):
    from tests.town import credit

    facts = {
        "name": "煤山百草有限公司",
        "category": "170",
        "industry": "C",
        "employees": 8,
        "since": date(2020, 1, 1),
        "by": town.firm_chair,
    }
    with pytest.raises(RuleBroken):
        units.cover(town.firm, uscc="913305220000000000", **facts)
    units.cover(town.firm, uscc=credit(77), **facts)
    with pytest.raises(RuleBroken):
        units.cover(town.firm, uscc=credit(77), **facts)
    assert counted("unions.units", town.hill) == 3
