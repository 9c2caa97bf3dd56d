"""What people fill in about events and disputes; shape only, judgement is in the rules."""

from __future__ import annotations

from niangjia.rights.forms.claims import TermsForm
from niangjia.rights.forms.common import EMPTY, Moment, People, Text, WhyForm
from niangjia.rights.forms.disputes import (
    ClaimantForm,
    ClaimForm,
    DisputeFilter,
    EndForm,
    ExtensionForm,
    NewEmployerForm,
    OpeningForm,
    PaperForm,
    ReceiptForm,
    RespondentForm,
    SessionForm,
    VoidForm,
    asked_disputes,
)
from niangjia.rights.forms.events import (
    KINDS,
    OFTEN,
    ClosingForm,
    CorrectionForm,
    DoneForm,
    EventFilter,
    EventPaperForm,
    FollowUpForm,
    ReportForm,
    ResolutionForm,
    SeverityForm,
    TaskForm,
)

__all__ = [
    "EMPTY",
    "KINDS",
    "OFTEN",
    "ClaimForm",
    "ClaimantForm",
    "ClosingForm",
    "CorrectionForm",
    "DisputeFilter",
    "DoneForm",
    "EndForm",
    "EventFilter",
    "EventPaperForm",
    "ExtensionForm",
    "FollowUpForm",
    "Moment",
    "NewEmployerForm",
    "OpeningForm",
    "PaperForm",
    "People",
    "ReceiptForm",
    "ReportForm",
    "ResolutionForm",
    "RespondentForm",
    "SessionForm",
    "SeverityForm",
    "TaskForm",
    "TermsForm",
    "Text",
    "VoidForm",
    "WhyForm",
    "asked_disputes",
]
