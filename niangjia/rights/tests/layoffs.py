"""A layoff that an employer explains, hears its staff about, and is answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.kit.dates import today
from niangjia.rights import actions

NONE = dict.fromkeys(("exposed", "injured", "sick", "mothers", "near"), 0)
FIRST = frozenset({"keeps_long", "keeps_open", "keeps_sole"})


def planned(town, **more):
    facts = {
        "employer": town.employer, "kind": "LAYOFF", "ground": "TROUBLE", "planned": 20, "staff": 186, "explained_on": today(), "explained_to": "UNION",
        "planned_on": today() + timedelta(days=30), "plan": "织造车间分两批裁减20人，按年限支付经济补偿。", "reasons": "订单减少一半。", "first": FIRST, "protected": NONE,
    } | more  # fmt: skip
    return actions.Planned(**facts)


def heard(case, by, **more):
    facts = {
        "on": today(),
        "kind": "MEETING",
        "place": "食堂",
        "people": 120,
        "minutes": "厂长说明情况。",
        "opinions": "先停止招工。",
    } | more
    return actions.hear_staff(case, **facts, by=by)


@pytest.fixture
def case(town):
    return actions.open_redundancy(town.firm, planned(town), by=town.grassroots_chair)


@pytest.fixture
def replied(town, case):
    heard(case, town.grassroots_chair)
    actions.reply_to(case, verdict="PROPOSES", text="建议先轮岗，再裁减。", by=town.grassroots_chair)
    return case
