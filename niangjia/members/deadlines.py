"""The clocks that run on a membership."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, deadlines
from niangjia.members.enums import Asked
from niangjia.members.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.members.parameters import JOIN, JOIN_WARN, TAKE, TAKE_WARN

JOINING = Deadline(
    code="MB-D1", title=_("Decide on the application"), runs_in={S.APPLIED}, limit=JOIN, falls_on="chair", warn=JOIN_WARN,
    met_by="approve", basis="",
)  # fmt: skip
TAKING = Deadline(
    code="MB-D2", title=_("Take over the membership"), runs_in={S.LEAVING}, limit=TAKE, falls_on="chair", warn=TAKE_WARN, level="to_union",
    met_by="take", basis="",
)  # fmt: skip
ASKED = Deadline(
    code="MB-D3", title=_("Decide on what was sent by code"), runs_in={Asked.SENT}, limit=JOIN, falls_on="chair", warn=JOIN_WARN,
    met_by="admit", basis="",
)  # fmt: skip
deadlines("members.membership", JOINING, TAKING)
deadlines("members.application", ASKED)
