"""What the house does by itself when the days of a notice are over, or an objection has waited too long."""

from __future__ import annotations

from typing import Any

from niangjia.gazette import actions
from niangjia.kit.clock import rings
from niangjia.notices.api import tell


@rings("GZ-D1")
def days_over(notice: Any, _clock: Any) -> None:
    """Its last day has ended."""
    actions.finish(notice)


@rings("GZ-D2")
def not_answered(objection: Any, clock: Any) -> None:
    """Nobody has answered within the days that are set: whoever put the notice up is told."""
    facts = {"title": objection.notice.title, "reference": objection.reference, "until": clock.due_at}
    tell([objection.notice.by], "objection-late", facts=facts, url=objection.get_absolute_url(), urgent=True)
