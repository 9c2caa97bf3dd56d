"""The requests of the made-up city: one that was answered and closed, one that runs and asks nothing that is known."""

from __future__ import annotations

from typing import Any

import pytest

from niangjia.asked.models import Answer, Request
from niangjia.flow.models import Clock
from niangjia.kit.dates import today
from niangjia.scenario.asking import wanted


@pytest.mark.django_db
def test_the_township_has_asked_and_asks_again(town: Any) -> None:
    wanted(today())
    closed, running = Request.objects.order_by("pk")
    assert (closed.state, running.state) == ("CLOSED", "ISSUED")
    assert Answer.objects.count() == 2 * 3
    assert dict(running.fields.values_list("label", "verdict")) == {
        "高温岗位班组数": "REUSED",
        "班组长培训场次": "ASKED",
        "会员人数": "HELD",
        "统一社会信用代码": "HELD",
    }
    assert Clock.objects.filter(kind="asked.addressed", stopped_at=None).count() == running.reach == 2
