"""The clocks of a notice and of an objection."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.gazette.enums import Raised, State
from niangjia.gazette.kinds import DAYS
from niangjia.gazette.parameters import ANSWER, ANSWER_WARN, SHOWN_WARN
from niangjia.kit.clock import Deadline, deadlines

SHOW = Deadline(
    code="GZ-D1", title=_("Public notice ends"), runs_in={State.UP}, limit=DAYS, key=("what",), falls_on="", holder="duty", warn=SHOWN_WARN,
    basis="", met_by="end",
)  # fmt: skip
REPLY = Deadline(
    code="GZ-D2", title=_("Answer the objection"), runs_in={Raised.OPEN}, limit=ANSWER, falls_on="", holder="duty", warn=ANSWER_WARN, basis="",
    met_by="dismiss",
)  # fmt: skip
deadlines("gazette.notice", SHOW)
deadlines("gazette.objection", REPLY)
