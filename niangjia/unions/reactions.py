"""What the house does by itself with unions."""

from __future__ import annotations

from typing import Any

from niangjia.kit.clock import rings
from niangjia.unions import actions
from niangjia.unions.actions import reorganise


@rings("UN-D1")
def term_ends(union: Any, _clock: Any) -> None:
    """The term has run out without an election."""
    actions.lapse(union)


@rings("RO-D2")
def its_day_has_come(reorganisation: Any, _clock: Any) -> None:
    """An adopted reorganisation comes into force, or goes back if the tree has changed against it."""
    reorganise.enforce(reorganisation)
