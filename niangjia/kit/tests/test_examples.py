"""The examples in the documentation of parameters, clocks and rules are true."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from niangjia.kit import answer, clock, flow, memory, parameter, renderer, spans, values, warned, workdays
from niangjia.members import rules as joining
from niangjia.rights.rules import disputes as mediation
from niangjia.rights.rules import events as warning
from niangjia.rulebook import rules as setting
from niangjia.unions import rules as unions

MODULES = [answer, clock, flow, memory, parameter, renderer, spans, values, warned, workdays, joining, mediation, warning, setting, unions]


@pytest.fixture
def _mark():
    """The example of memory tells the house another mark; the house's own comes back."""
    held = list(memory._reader)
    yield
    memory._reader[:] = held


@pytest.mark.usefixtures("_mark")
@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_examples(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert not found.failed
