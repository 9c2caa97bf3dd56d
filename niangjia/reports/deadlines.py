"""The clocks of a review: it waits for a leader, then for publication."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, days, deadlines, working_days
from niangjia.reports.enums import State

deadlines(
    "reports.review",
    Deadline(
        "RV-D1",
        _("Sign the review"),
        {State.CHECKED},
        working_days(3),
        "leader",
        "custom, configurable (3 working days)",
        warn=days(1),
        restarts=True,
    ),
    Deadline(
        "RV-D2",
        _("Publish the review"),
        {State.SIGNED},
        working_days(3),
        "leader",
        "custom, configurable (3 working days)",
        warn=days(1),
        restarts=True,
    ),
)
