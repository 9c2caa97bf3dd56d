"""A township's request to the two firms below it: one field that is new, one that the platform holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from niangjia.asked import actions
from niangjia.asked.models import Request
from niangjia.kit.dates import today

GRASS = ("20", "21")


def facts(town: Any, **other: Any) -> actions.Facts:
    """What a request says."""
    said = {
        "title": "高温岗位摸底",
        "why": "夏送清凉安排，依据市总当年方案",
        "period": "2026年夏季",
        "due_on": today() + timedelta(days=20),
        "under": town.hill,
        "kinds": GRASS,
    }
    return actions.Facts(**(said | other))


def drafted(town: Any, by: Any, union: Any, *fields: tuple[str, str], **other: Any) -> Request:
    """A draft with its fields."""
    made = actions.begin(union, facts(town, **other), by=by)
    for label, kind in fields:
        actions.add(made, actions.Wanted(label, kind, ("甲", "乙") if kind == "CHOICE" else ()), by=by)
    return made


@pytest.fixture
def request_(town: Any) -> Request:
    """Drawn up by the chair of the township, not sent out."""
    return drafted(town, town.hill_chair, town.hill, ("高温作业班组", "NUMBER"), ("防暑降温支出", "YUAN"), ("职工人数", "NUMBER"))


@pytest.fixture
def out(town: Any, request_: Request) -> Request:
    """The same, sent out to both firms."""
    actions.issue(request_, by=town.hill_chair)
    return Request.objects.get(pk=request_.pk)
