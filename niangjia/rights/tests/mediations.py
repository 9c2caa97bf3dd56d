"""Disputes on their way: asked for by a worker, in mediation, with a signed agreement."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from niangjia.flow.api import clocks
from niangjia.kit.dates import day_of, today
from niangjia.members.api import home_of
from niangjia.members.models import Person
from niangjia.rights import actions
from niangjia.rights.tests.test_intake import member  # noqa: F401 - a fixture


def ends(thing, code):
    return next((day_of(one.due_at) for one in clocks(thing) if one.code == code), None)


@pytest.fixture
def sent(town, member):  # noqa: F811
    person = Person.objects.get(user=member)
    return actions.send_help(person, home_of(person), actions.Asked("012", "两个月工资没发。", Decimal(9600)), by=member)


def signed(town, one, amount=Decimal(8000), **facts):
    facts = {"number": "甲调〔2026〕1号", "on": today(), "pay_by": today() + timedelta(days=30), **facts}
    return actions.agree(one, amount=amount, by=town.township_rights, **facts)
