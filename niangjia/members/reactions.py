"""What happens to members when unions merge."""

from __future__ import annotations

from typing import Any

from niangjia.flow.api import after
from niangjia.members.actions.merging import carry
from niangjia.unions.api import Turn


@after("unions.reorganisation", "enforce")
def members_go_along(reorganisation: Any, line: Any) -> None:
    """Members of a grassroots union that ended go to the one that it merged into."""
    for one in reorganisation.lines.filter(turn=Turn.MERGE).select_related("union", "target"):
        carry(one.union, one.target, reorganisation.on, reason=reorganisation.reference, by=line.by)
