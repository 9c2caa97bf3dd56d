"""The clocks that run on events and disputes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.clock import Deadline, deadlines
from niangjia.kit.flow import step
from niangjia.rights.enums import DisputeState as D
from niangjia.rights.enums import EventState as E
from niangjia.rights.enums import May
from niangjia.rights.parameters import (
    ACCEPT,
    ACCEPT_WARN,
    CLOSE,
    CLOSE_WARN,
    FOLLOW,
    FOLLOW_WARN,
    MEDIATE,
    MEDIATE_WARN,
    PAY_WARN,
    REPORT,
    REPORT_WARN,
)

OPEN: set[str] = {E.REPORTED, E.CONFIRMED, E.HANDLING, E.STABLE}
# What meets a clock and moves no flow; with a page of its own, it is called as its address ends.
CLIMB = step("climb", OPEN, E.REPORTED, May.RAISE_EVENT, label=_("Report upward"))
FOLLOWED = step("follow-ups", OPEN, E.REPORTED, May.FOLLOW_EVENT, label=_("Follow up"), page=True)
PAID = step("receipts", [D.AGREED], D.AGREED, May.RECEIPT, label=_("Enter a payment"), page=True)
deadlines(
    "rights.event",
    Deadline(
        "EV-D1",
        _("Report to the level above"),
        OPEN,
        REPORT,
        "rights",
        "",
        key=("severity", "rung"),
        ends="report_by",
        level="desk",
        warn=REPORT_WARN,
        met_by=CLIMB,
    ),
    Deadline(
        "EV-D2",
        _("Follow up"),
        set(OPEN - {E.REPORTED}),
        FOLLOW,
        "rights",
        "",
        key=("severity", "state"),
        ends="follow_by",
        level="desk",
        warn=FOLLOW_WARN,
        met_by=FOLLOWED,
    ),
    Deadline(
        "EV-D3",
        _("Write the closing report"),
        {E.SETTLED},
        CLOSE,
        "rights",
        "",
        level="desk",
        warn=CLOSE_WARN,
        restarts=True,
        met_by="close",
    ),
)
deadlines(
    "rights.dispute",
    Deadline(
        "RD-D1",
        _("Decide whether to accept"),
        {D.APPLIED},
        ACCEPT,
        "rights",
        "",
        warn=ACCEPT_WARN,
        met_by="accept",
    ),
    Deadline(
        "RD-D2",
        _("Mediate"),
        {D.MEDIATING},
        MEDIATE,
        "rights",
        _("Zhejiang rules, art. 10: longer if both agree"),
        since="accepted_on",
        extended="extended_to",
        warn=MEDIATE_WARN,
        met_by="agree",
    ),
    Deadline(
        "RD-D3",
        _("See to the payment"),
        {D.AGREED},
        None,
        "rights",
        _("Labour Dispute Mediation and Arbitration Law, arts 14 and 16"),
        ends="pay_by",
        warn=PAY_WARN,
        met_by=PAID,
    ),
)
