"""The clocks that run on a membership."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, days, deadlines, working_days
from niangjia.members.enums import State as S  # noqa: N817 - a table wants short names

JOIN = Deadline(
    code="MB-D1", title=_("Decide on the application"), runs_in={S.APPLIED}, limit=days(15), falls_on="chair", warn=days(3),
    basis=_("custom, configurable (decision within 15 days)"),
)  # fmt: skip
TAKE = Deadline(
    code="MB-D2", title=_("Take over the membership"), runs_in={S.LEAVING}, limit=working_days(10), falls_on="chair", warn=days(2), level="to_union",
    basis=_("Rules on membership 2000, rule 4; 10 working days (custom, configurable)"),
)  # fmt: skip
deadlines("members.membership", JOIN, TAKE)
