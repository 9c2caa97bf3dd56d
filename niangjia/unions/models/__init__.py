"""What is kept of unions: the tree, who leads it, how it is founded and turned, and how its committees are elected."""

from __future__ import annotations

from niangjia.unions.models.certificates import Certification
from niangjia.unions.models.elections import Ballot, Candidate, Election
from niangjia.unions.models.employers import EmployerChange, EmployerMerger
from niangjia.unions.models.ending import Settlement
from niangjia.unions.models.founding import Founding, FoundingUnit, Preparer
from niangjia.unions.models.imports import SheetHabit, SheetImport, SheetRow
from niangjia.unions.models.reorganising import Assent, Line, Reorganisation
from niangjia.unions.models.splitting import Split, SplitOffice, SplitPart, SplitUnit
from niangjia.unions.models.staffing import StaffCheck, Staffing
from niangjia.unions.models.taxpayer import Spell, TaxList, Taxpayer
from niangjia.unions.models.tree import (
    Body,
    Cover,
    Division,
    Employer,
    Office,
    Parentage,
    Union,
    open_on,
    place_of,
)

__all__ = [
    "Assent",
    "Ballot",
    "Body",
    "Candidate",
    "Certification",
    "Cover",
    "Division",
    "Election",
    "Employer",
    "EmployerChange",
    "EmployerMerger",
    "Founding",
    "FoundingUnit",
    "Line",
    "Office",
    "Parentage",
    "Preparer",
    "Reorganisation",
    "Settlement",
    "SheetHabit",
    "SheetImport",
    "SheetRow",
    "Spell",
    "Split",
    "SplitOffice",
    "SplitPart",
    "SplitUnit",
    "StaffCheck",
    "Staffing",
    "TaxList",
    "Taxpayer",
    "Union",
    "open_on",
    "place_of",
]
