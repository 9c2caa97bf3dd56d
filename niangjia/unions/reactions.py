"""What the house does by itself with unions."""

from __future__ import annotations

from typing import Any

from niangjia.kit.clock import rings
from niangjia.unions import actions


@rings("UN-D1")
def term_ends(union: Any, _clock: Any) -> None:
    """The term has run out without an election."""
    actions.lapse(union)
