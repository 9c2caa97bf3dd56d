"""The examples in the documentation of the declarations are true."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from niangjia.kit import figure, periods, series
from niangjia.worklog import suppress


@pytest.mark.parametrize("module", [figure, periods, series, suppress], ids=lambda m: m.__name__)
def test_examples(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 2
    assert not found.failed
