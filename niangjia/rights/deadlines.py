"""The clocks that run on events and disputes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, days, deadlines, hours, minutes, working_days
from niangjia.rights.enums import DisputeState as D
from niangjia.rights.enums import EventState as E

OPEN: set[str] = {E.REPORTED, E.CONFIRMED, E.HANDLING, E.STABLE}
deadlines(
    "rights.event",
    Deadline(
        "EV-D1",
        _("Report to the level above"),
        OPEN,
        None,
        "rights",
        _("custom, configurable (reporting clocks by severity)"),
        ends="report_by",
        level="desk",
        warn=minutes(30),
    ),
    Deadline(
        "EV-D2",
        _("Follow up"),
        set(OPEN - {E.REPORTED}),
        None,
        "rights",
        _("custom, configurable (red every 4 hours, orange daily)"),
        ends="follow_by",
        level="desk",
        warn=hours(1),
    ),
    Deadline(
        "EV-D3",
        _("Write the closing report"),
        {E.SETTLED},
        working_days(5),
        "rights",
        _("custom, configurable (5 working days)"),
        level="desk",
        warn=days(1),
        restarts=True,
    ),
)
deadlines(
    "rights.dispute",
    Deadline(
        "RD-D1",
        _("Decide whether to accept"),
        {D.APPLIED},
        working_days(3),
        "rights",
        _("custom, configurable (3 working days)"),
        warn=days(1),
    ),
    Deadline(
        "RD-D2",
        _("Mediate"),
        {D.MEDIATING},
        None,
        "rights",
        _("Labour Dispute Mediation and Arbitration Law, art. 14: 15 days; Zhejiang rules, art. 10: longer if both agree"),
        ends="mediate_by",
        warn=days(3),
    ),
    Deadline(
        "RD-D3",
        _("See to the payment"),
        {D.AGREED},
        None,
        "rights",
        _("Labour Dispute Mediation and Arbitration Law, arts 14 and 16"),
        ends="pay_by",
        warn=days(3),
    ),
)
