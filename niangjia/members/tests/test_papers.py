"""Whoever has no Chinese identity card joins with the paper that she has; and where an employer has no union, the township's pool takes her."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.ids import identity_check
from niangjia.members import actions
from niangjia.members.models import Application, Membership, Person
from niangjia.members.papers import any_fault, number_fault, read
from niangjia.members.queries import Ask, listed
from niangjia.members.tests.rosters import name, number
from niangjia.members.tests.test_joining import AGREED

PASSPORT = {"paper": "PASSPORT", "number": "e1234 5678", "sex": "2", "born": "1990-05-01"}


def permit(begin: str) -> str:
    """A residence permit, whose number is built like that of an identity card."""
    first = f"{begin}000019850312002"[:17]
    return first + identity_check(first)


def sent_by(code, **facts):
    said = {"key": str(uuid4()), "name": name(1), "phone": "10000000001", "work": "CONTRACT"} | AGREED | facts
    return Client().post(code.get_absolute_url(), said)


@pytest.mark.parametrize(("begin", "paper"), [("81", "HM"), ("82", "HM"), ("83", "TW"), ("33", "ID")])
def test_a_permit_says_by_its_number_of_which_kind_it_is(begin, paper):
    shown = read("ID", permit(begin))
    assert (shown.paper, shown.sex, shown.born) == (paper, "2", date(1985, 3, 12))


def test_a_paper_that_says_nothing_is_read_with_sex_and_birth_beside_it():
    assert read("PASSPORT", "e12345678", "1", date(1990, 1, 1)).number == "E12345678"
    for sex, born in (("", date(1990, 1, 1)), ("1", None), ("9", date(1990, 1, 1))):
        with pytest.raises(RuleBroken):
            read("PASSPORT", "E12345678", sex, born)
    assert number_fault("PASSPORT", "E12")
    assert number_fault("ID", "E12345678")
    assert any_fault("E12345678") == ""
    assert any_fault(number(1)[:17] + "A")


def test_somebody_with_a_passport_joins_by_code(town):
    code = actions.open_code(town.firm, by=town.firm_chair)
    assert sent_by(code, **PASSPORT | {"sex": ""}).status_code == 422
    assert sent_by(code, **PASSPORT).status_code == 303
    made = Application.objects.get()
    assert (made.paper, made.sex, made.born_on) == ("PASSPORT", "2", date(1990, 5, 1))
    actions.admit(made, on=today(), by=town.firm_chair)
    person = Person.objects.get()
    assert (person.paper, person.sex, person.born_on, person.memberships.get().state) == ("PASSPORT", "2", date(1990, 5, 1), "MEMBER")
    assert [one.person for one in listed(town.firm_chair, Ask(text="E12345678"))] == [person], "her number finds her"


def test_too_young_by_the_day_that_was_written(town):
    code = actions.open_code(town.firm, by=town.firm_chair)
    assert sent_by(code, **PASSPORT | {"born": str(today())}).status_code == 422


def test_an_application_on_paper_with_a_permit(town, as_):
    said = {
        "union": town.firm.code,
        "name": name(1),
        "paper": "ID",
        "number": permit("81"),
        "how": "PAPER",
        "work": "CONTRACT",
        "consent": "on",
    }
    assert as_(town.firm_chair).post("/members/applications/", said).status_code == 303
    assert Person.objects.get().paper == "HM"


def test_where_the_employer_has_no_union_the_township_takes_her_and_sends_her_on(town, as_):
    """Rules on membership 2000, rule 6; the local union takes in whoever has none at work."""
    keeper = as_(town.hill_chair)
    assert keeper.post(f"/members/codes/{town.hill.code}/step/", {"verb": "renew"}).status_code == 303
    code = town.hill.join_codes.get()
    assert sent_by(code, number=number(1)).status_code == 303
    made = Application.objects.get()
    actions.admit(made, on=today(), by=town.hill_chair)
    one = Membership.objects.get()
    assert (one.union, one.township, one.state) == (town.hill, town.hill, "MEMBER")
    assert one.name in keeper.get(town.hill.get_absolute_url()).content.decode()
    assert "/members/moves/on/" in keeper.get("/members/moves/?view=pool").content.decode()
    answer = keeper.post("/members/moves/on/", {"one": str(one.uuid), "to": town.firm.code, "here": "view=pool"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/members/moves/?view=pool")
    one.refresh_from_db()
    assert (one.state, one.to_union) == ("LEAVING", town.firm)
    arrived = actions.arrive(one, by=town.firm_chair)
    assert arrived.union == town.firm


def test_nobody_is_sent_on_by_whoever_does_not_keep_the_pool(town, as_):
    one = actions.approve(actions.apply(town.hill, actions.Facts(name(1), number(1)), by=town.hill_chair), on=today(), by=town.hill_chair)
    assert as_(town.mill_chair).post("/members/moves/on/", {"one": str(one.uuid), "to": town.mill.code}).status_code == 422
    one.refresh_from_db()
    assert one.state == "MEMBER"


def test_nobody_joins_a_county(town):
    with pytest.raises(RuleBroken):
        actions.apply(town.north, actions.Facts(name(1), number(1)), by=town.north_org)
