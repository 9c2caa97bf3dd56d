"""What the tests of reorganisations do over and over: a member, a plan, an adopted one, a value of the books."""

from __future__ import annotations

from datetime import date

import pytest

from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.ids import MADE_UP, identity_check
from niangjia.members.models import Membership
from niangjia.unions.actions import reorganise
from niangjia.unions.models import Union
from niangjia.unions.rehearsal import Plan
from niangjia.worklog.api import Asked, evaluate

pytestmark = pytest.mark.django_db(transaction=True)  # the clerk posts only what is committed


def member(person, union, **facts):
    place = {"union": union, "township_id": union.township_id, "county_id": union.county_id}
    said = {"state": "MEMBER", "joined_on": date(2015, 3, 1), "sex": person.sex, "name": person.name, "name_py": person.name} | facts
    return Membership.objects.create(person=person, **place, **said)


def identity():
    """A made-up identity number."""
    first = f"{MADE_UP}19900101001"
    return first + identity_check(first)


def planned(town, *, on=None, by=None, turn="MOVE", union="hill", target="south", **facts):
    line = {"turn": turn, "union": town.unions[union], "target": town.unions[target] if target else None}
    why = {"why_late": "补录"} if on and on < today() else {}
    return reorganise.draft(on=on or today(), paper="湖总工组〔2026〕7号", line=line | facts, by=by or town.city_org, **why)


def adopted(town, one, first="city_org", second="leader"):
    """Rehearsed and signed by two."""
    reorganise.rehearse(one, by=town.people[first])
    reorganise.sign(one, digest=Plan(one).digest, by=town.people[first])
    return reorganise.adopt(one, digest=Plan(one).digest, by=town.people[second])


def value(name, union, period, tree="today"):
    return evaluate(FIGURES[name].plan, Asked(period, union.pk, tree))


def fresh(union):
    return Union.objects.get(pk=union.pk)
