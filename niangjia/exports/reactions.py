"""What the house does by itself when the clock of an export rings."""

from __future__ import annotations

from typing import Any

from niangjia.exports.queries import answering
from niangjia.kit.clock import rings
from niangjia.notices.api import tell


@rings("EX-D1")
def not_answered(export: Any, clock: Any) -> None:
    """Two working days are over: whoever is asked is told again, and the asker knows where it lies."""
    facts = {"reference": export.reference, "what": export.title, "union": export.asked_of.short_name, "until": clock.due_at}
    tell([*answering(export), export.by], "export-late", facts=facts, url=export.get_absolute_url())
