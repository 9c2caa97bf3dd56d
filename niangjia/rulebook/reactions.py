"""What the house does by itself with settings."""

from __future__ import annotations

from typing import Any

from niangjia.kit.clock import rings
from niangjia.rulebook import actions


@rings("RB-D2")
def its_day_has_come(setting: Any, _clock: Any) -> None:
    """The day of a signed value has come: it is in force, and if so chosen the clocks that run are reckoned anew."""
    actions.begin(setting)
