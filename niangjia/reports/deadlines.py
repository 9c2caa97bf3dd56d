"""The clocks of a review: it waits for a leader, then for publication."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, deadlines
from niangjia.reports.enums import State
from niangjia.reports.parameters import PUBLISH, SIGN, WARN

deadlines(
    "reports.review",
    Deadline(
        "RV-D1",
        _("Sign the review"),
        {State.CHECKED},
        SIGN,
        "leader",
        "",
        warn=WARN,
        restarts=True,
    ),
    Deadline(
        "RV-D2",
        _("Publish the review"),
        {State.SIGNED},
        PUBLISH,
        "leader",
        "",
        warn=WARN,
        restarts=True,
    ),
)
