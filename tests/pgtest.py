"""The tests' own PostgreSQL, thrown away after the run. Loaded by `-p tests.pgtest`, before the settings.

The server is in a temporary folder, and does not care for power cuts. The fixtures are in `tests.pgfixtures`.
"""

from __future__ import annotations

import os
import shutil
from typing import Any

import hypothesis
import pytest

from niangjia.kit.pg import Embedded, prepare
from tests.throwaway import folder

TOGETHER = ("tests/test_commands.py", "niangjia/scenario/tests/")  # each loads a city, once, on one worker; the longest first
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
        for at, place in enumerate(TOGETHER):
            if item.nodeid.startswith(place):
                return at
        return len(TOGETHER) if item.get_closest_marker("browser") else len(TOGETHER) + 1

    items.sort(key=weight)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """By where a test stands, for the marks of pytest-xdist 3.8 get lost in pytest 9.2: both workers loaded both cities."""
    from xdist.scheduler import LoadGroupScheduling

    class Together(LoadGroupScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)

    return Together(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    if MINE:
        SERVER.stop("immediate")
        shutil.rmtree(ROOT, ignore_errors=True)
