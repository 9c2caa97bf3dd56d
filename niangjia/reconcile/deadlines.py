"""The clock that runs on a list until its differences are explained."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, deadlines
from niangjia.reconcile.enums import State as S  # noqa: N817 - a table wants short names
from niangjia.reconcile.parameters import EXPLAIN, EXPLAIN_WARN

EXPLAINING = Deadline(
    code="DZ-D1", title=_("Explain the differences"), runs_in={S.OPEN}, limit=EXPLAIN, falls_on="organisation", warn=EXPLAIN_WARN,
    met_by="close", basis="",
)  # fmt: skip
deadlines("reconcile.comparison", EXPLAINING)
