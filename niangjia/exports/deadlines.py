"""The clock that runs on an export: it falls on the office that is asked, which is never the asker's own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.exports.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.exports.parameters import DECIDE, DECIDE_WARN
from niangjia.kit.clock import Deadline, deadlines

ANSWER = Deadline(
    code="EX-D1", title=_("Decide on the export"), runs_in={S.ASKED}, limit=DECIDE, falls_on="chair", holder="asked_duty", level="asked_of", warn=DECIDE_WARN,
    basis="",
)  # fmt: skip
deadlines("exports.export", ANSWER)
