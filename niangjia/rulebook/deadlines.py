"""The clocks of a setting: it waits for the second person, then for its day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, deadlines
from niangjia.rulebook.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.rulebook.parameters import SIGN, SIGN_WARN

WAITS = Deadline(code="RB-D1", title=_("Sign the new value"), runs_in={S.DRAFT}, limit=SIGN, falls_on="leader", warn=SIGN_WARN, basis="")
BEGINS = Deadline(
    code="RB-D2", title=_("The new value begins to hold"), runs_in={S.SIGNED}, limit=None, ends="begins_at", falls_on="leader",
    basis=_("Its first day, as signed"),
)  # fmt: skip
deadlines("rulebook.setting", WAITS, BEGINS)
