"""The clocks of legal aid: the state's days, which unions keep as their own (domain reference, §6.8), and those that are custom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.basis import CUSTOM
from niangjia.kit.clock import Deadline, deadlines
from niangjia.kit.flow import step
from niangjia.kit.hands import in_hands
from niangjia.rights.aided import AidMay as May
from niangjia.rights.aided import AidState as A
from niangjia.rights.aided import SubsidyState as S
from niangjia.rights.aidset import ANSWER, CLOSE, HEARING_WARN, PAPERS, SUBSIDY, WARN
from niangjia.rights.rates import AID_ASSIGN, AID_OBJECTION, AID_REPORT, AID_REVIEW

HEARD = step("hearings", [A.HANDLING], A.HANDLING, May.HANDLE_AID, label=_("Record what came of the hearing"), page=True)
in_hands("rights.aid", "handler")
# fmt: off
deadlines(
    "rights.aid",
    # It stands still while papers are asked for (Legal Aid Law, art. 43), and counts on when they are here.
    Deadline("LA-D1", _("Review the application"), {A.APPLIED}, AID_REVIEW, "rights", "", warn=WARN, met_by="grant"),
    Deadline("LA-D2", _("Assign an agent"), {A.GRANTED, A.SIGNING}, AID_ASSIGN, "rights", "", since="assign_from", warn=WARN, met_by="assign"),
    Deadline("LA-D3", _("The agent's answer to the assignment"), {A.ASSIGNED}, ANSWER, "rights", "", restarts=True, warn=WARN, met_by="take"),
    Deadline("LA-D4", _("Hand in the case report"), {A.FINISHED}, AID_REPORT, "rights", "", since="finished_on", warn=WARN, met_by="report"),
    Deadline("LA-D5", _("Review the refusal"), {A.OBJECTED}, AID_OBJECTION, "rights", "", holder="review_duty", level="reviewer", warn=WARN, met_by="overturn"),
    Deadline("LA-D6", _("The papers that were asked for"), {A.ASKED}, PAPERS, "rights", "", restarts=True, warn=WARN, met_by="supply"),
    Deadline("LA-D7", _("The next hearing"), {A.HANDLING}, None, "rights", CUSTOM, ends="hears_on", warn=HEARING_WARN, met_by=HEARD),
    Deadline("LA-D8", _("Check the report and file the case"), {A.REPORTED}, CLOSE, "rights", "", restarts=True, warn=WARN, met_by="close"),
)
deadlines(
    "rights.subsidy",
    Deadline("LA-D9", _("Approve the subsidy"), {S.PROPOSED}, SUBSIDY, "chair", "", restarts=True, warn=WARN, met_by="approve"),
)
# fmt: on
