"""A step that needs facts, or that the house takes by itself, is taken by no post that merely names it."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.db import transaction

from niangjia.flow.api import move, press
from niangjia.kit.errors import IllegalStep, Refused
from niangjia.kit.flow import FLOWS, Step
from niangjia.unions.models import Union
from tests.test_walls import HOUSE, sources
from tests.town import as_, town  # noqa: F401

GUARDED = [
    (kind, state, one) for kind, flow in sorted(FLOWS.items()) for one in flow.steps for state in one.sources if one.page or one.auto
]


def named(case: tuple[str, str, Step]) -> str:
    return f"{case[0]}-{case[1]}-{case[2].verb}"


@pytest.mark.django_db
@pytest.mark.parametrize("case", GUARDED, ids=named)
def test_a_step_with_a_page_or_of_the_house_is_not_pressed(case):
    kind, state, step = case
    thing = apps.get_model(kind)(state=state)
    with pytest.raises(IllegalStep):
        press(thing, step.verb, by=None, reason="x")
    if step.auto:
        with pytest.raises(Refused), transaction.atomic():
            move(thing, step.verb, by=object(), reason="x")


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["PREPARING", "NORMAL", "OVERDUE", "DORMANT", "MERGING"])
def test_no_post_moves_a_union_past_a_page(town, as_, state):  # noqa: F811
    Union.objects.filter(pk=town.firm.pk).update(state=state)
    for step in FLOWS["unions.union"].steps_from(state):
        if step.page or step.auto:
            said = as_(town.city_org).post(f"/unions/{town.firm.code}/step/", {"verb": step.verb, "reason": "跳过"})
            assert said.status_code == 409, step.verb
    assert Union.objects.get(pk=town.firm.pk).state == state
    if state == "NORMAL":
        said = as_(town.city_org).post(f"/unions/{town.firm.code}/step/", {"verb": "lie-down", "reason": "停产"})
        assert (said.status_code, Union.objects.get(pk=town.firm.pk).state) == (303, "DORMANT")


def moving(source: str) -> list[int]:
    """Lines of a view that take a step past the actions."""
    found = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("niangjia.flow")
    ]
    return [node.lineno for node in found if {"move", "record", "start"} & {one.name for one in node.names}]


def test_views_take_steps_through_actions_or_by_a_press():
    views = [path for path in sources() if "/views" in str(path)]
    assert [str(path.relative_to(HOUSE)) for path in views if moving(path.read_text())] == []
    assert moving("from niangjia.flow.api import clocks, move\n") == [1]
