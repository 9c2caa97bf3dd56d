"""Judgement on money and time around labour disputes: values in, an answer with its way out. It knows no rows, no clock and no language."""

from __future__ import annotations

from niangjia.rights.reckoning.contract import DoubleRates, Unwritten, double_wages
from niangjia.rights.reckoning.ending import GROUNDS, Ending, EndingRates, notice, severance
from niangjia.rights.reckoning.procedure import BY_CODE, FACTS, TERMS, Course, Due, Term, procedure
from niangjia.rights.reckoning.time import Claim, interest, limitation
from niangjia.rights.reckoning.trace import VERSION, Answer, Step, packed, unpacked
from niangjia.rights.reckoning.wages import Hours, Leave, WageRates, arrears, final, leave, leave_days, minimum, overtime

__all__ = [
    "BY_CODE",
    "FACTS",
    "GROUNDS",
    "TERMS",
    "VERSION",
    "Answer",
    "Claim",
    "Course",
    "DoubleRates",
    "Due",
    "Ending",
    "EndingRates",
    "Hours",
    "Leave",
    "Step",
    "Term",
    "Unwritten",
    "WageRates",
    "arrears",
    "double_wages",
    "final",
    "interest",
    "leave",
    "leave_days",
    "limitation",
    "minimum",
    "notice",
    "overtime",
    "packed",
    "procedure",
    "severance",
    "unpacked",
]
