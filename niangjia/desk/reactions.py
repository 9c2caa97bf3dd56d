"""What the house does by itself with clocks whose end comes near."""

from __future__ import annotations

from collections.abc import Sequence

from niangjia.desk import actions
from niangjia.flow.api import Due
from niangjia.kit.warned import tells


@tells
def an_end_comes_near(dues: Sequence[Due]) -> None:
    """Whoever holds the duty is told, once for each warning; where the post is vacant, the union above is."""
    actions.tell_of(dues)
