"""docs/add-a-figure.md does what it says: its own code is run, and the figure is everywhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import year
from niangjia.rights.models import Event
from niangjia.worklog.api import Asked, evaluate, post

PAGE = Path(__file__).resolve().parents[1] / "docs" / "add-a-figure.md"


@pytest.fixture
def declared():
    """The second block of the page, run as it stands."""
    block = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)[1]
    from niangjia.kit.figure import figure
    from niangjia.rights.figures import EVENTS

    exec(block.replace("\n   ", "\n").strip(), {"figure": figure, "EVENTS": EVENTS})
    yield FIGURES["rights.events.layoffs"]
    del FIGURES["rights.events.layoffs"]


@pytest.mark.django_db(transaction=True)
def test_a_figure_declared_as_the_page_says_counts_at_once(declared, town, as_):
    moment = "2025-03-02T09:00:00+08:00"
    for number, kind in enumerate(("E07", "E07", "E06")):
        Event.objects.create(
            reference=f"YJ-2025-{number:06d}", union=town.firm, township=town.hill, county=town.north, desk=town.firm, employer_name="煤山青禾电池有限公司", type=kind,
            affected=12, severity="YELLOW", suggested="YELLOW", occurred_at=moment, known_at=moment, reported_at=moment, reported_on=date(2025, 3, 2), synthetic=True,
        )  # fmt: skip
    post()
    assert evaluate(declared.plan, Asked(year(2025), town.north.pk)) == 2
    assert "裁员事件" in as_(town.city_rights).get("/figures/").content.decode()
    assert any(one["code"] == "rights.events.layoffs" for one in as_(town.city_rights).get("/api/figures").json())
