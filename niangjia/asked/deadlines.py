"""The clocks of a request: each union answers by its due day, and whoever asked closes it soon after."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.asked.enums import Standing, State
from niangjia.asked.parameters import CLOSE, CLOSE_WARN, WARN
from niangjia.kit.basis import CUSTOM
from niangjia.kit.clock import Deadline, deadlines

deadlines(
    "asked.addressed",
    Deadline(
        "TB-D1",
        _("Answer the request for data"),
        {Standing.NEW},
        None,
        "chair",
        CUSTOM,
        warn=WARN,
        ends="due_on",
        holder="duty",
        met_by="send",
    ),
)
deadlines(
    "asked.request",
    Deadline(
        "TB-D2",
        _("Close the request for data"),
        {State.ISSUED},
        CLOSE,
        "office",
        CUSTOM,
        warn=CLOSE_WARN,
        since="due_on",
        holder="office",
        met_by="close",
    ),
)
