"""The tests' own PostgreSQL, thrown away after the run. Loaded by `-p tests.pgtest`, before the settings.

The server is in a temporary folder, and does not care for power cuts. The fixtures are in `tests.pgfixtures`.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import hypothesis
import pytest

from niangjia.kit.pg import Embedded, prepare
from tests.throwaway import folder

LONG = ("commands", "city")  # groups of tests, the longest first
CITY = Path(__file__).resolve().parents[1] / "niangjia" / "scenario"
SERVER_NAME = "NIANGJIA_TEST_SERVER"
TEMPLATE = "template_niangjia"
ROOT, MINE = folder("NIANGJIA_TEST_ROOT", "niangjia-test-", "pg")
SERVER = Embedded(ROOT / "pg", durable=False)
os.environ[SERVER_NAME] = str(SERVER.sockdir)
os.environ["DATA"] = str(ROOT / "data")
for said in ("DATABASE_URL", "DATABASE_OWNER_URL", "NIANGJIA_ROLE", "NIANGJIA_DEMO", "NIANGJIA_KEY_FILE"):
    os.environ.pop(said, None)


def pytest_configure(config: pytest.Config) -> None:
    # No test fails because the machine was slow, and none depends on what an earlier run kept.
    hypothesis.settings.register_profile("house", deadline=None, database=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
    hypothesis.settings.load_profile("house")
    if MINE:
        SERVER.ensure()
        prepare(SERVER, database=TEMPLATE)
    config.pluginmanager.import_plugin("tests.pgfixtures")  # after pytest-django, whose fixture of the same name it replaces
    config.pluginmanager.import_plugin("tests.town")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, and what shares a loaded city stays on one worker: no worker waits for another at the end."""

    def weight(item: pytest.Item) -> int:
        if group := item.get_closest_marker("xdist_group"):
            return LONG.index(group.args[0])
        return len(LONG) if item.get_closest_marker("browser") else len(LONG) + 1

    for item in items:
        if "city" in getattr(item, "fixturenames", ()) and item.path.is_relative_to(CITY):
            item.add_marker(pytest.mark.xdist_group("city"))
    items.sort(key=weight)


def pytest_unconfigure(config: pytest.Config) -> None:
    if MINE:
        SERVER.stop("immediate")
        shutil.rmtree(ROOT, ignore_errors=True)
