"""Code lists of early warning and mediation (domain reference, §6)."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Type(TextChoices):
    """Types of events."""

    CLOSING = "E01", _("Closing or stopping production")
    SUSPENSION = "E02", _("Ordered to suspend")
    MERGER = "E03", _("Merger or restructuring")
    MOVING = "E04", _("Change of production or relocation")
    BANKRUPTCY = "E05", _("Bankruptcy")
    ARREARS = "E06", _("Wage arrears")
    LAYOFF = "E07", _("Layoffs")
    FLIGHT = "E08", _("The owner has fled")
    INSURANCE = "E09", _("Social insurance in arrears")
    INJURY = "E10", _("Injury, disease or accident")
    STOPPAGE = "E11", _("Stoppage or go-slow")
    GATHERING = "E12", _("Petition or gathering")
    PLATFORM = "E13", _("New-form workers")
    OTHER = "E14", _("Other")


class Severity(TextChoices):
    """Levels of an event; the default scale is custom, configurable (no national scale exists)."""

    BLUE = "BLUE", _("Blue")
    YELLOW = "YELLOW", _("Yellow")
    ORANGE = "ORANGE", _("Orange")
    RED = "RED", _("Red")


class Rung(TextChoices):
    """How far an event has been reported."""

    GRASSROOTS = "4", _("Grassroots")
    TOWNSHIP = "3", _("Township")
    COUNTY = "2", _("County")
    CITY = "1", _("City")
    PROVINCE = "0", _("Province")


class Channel(TextChoices):
    """How it became known."""

    PATROL = "PATROL", _("Patrol")
    HOTLINE = "HOTLINE", _("Hotline 12351")
    PETITION = "PETITION", _("Petition")
    INTERNET = "INTERNET", _("Internet")
    EMPLOYER = "EMPLOYER", _("Reported by the employer")
    DEPARTMENT = "DEPARTMENT", _("From another department")
    WORKER = "WORKER", _("From a worker")


class Behaviour(TextChoices):
    """What the workers do."""

    NONE = "NONE", _("None")
    PETITION = "PETITION", _("Petition")
    STOPWORK = "STOPWORK", _("Stop-work")
    GATHERING = "GATHERING", _("Gathering")
    BLOCKING = "BLOCKING", _("Blocking a road")
    EXTREME = "EXTREME", _("Other extreme acts")


class Department(TextChoices):
    """Who handles an event together with the union."""

    LABOUR = "LABOUR", _("Labour bureau")
    POLICE = "POLICE", _("Public security")
    PETITIONS = "PETITIONS", _("Petitions office")
    COURT = "COURT", _("Court")
    GOVERNMENT = "GOVERNMENT", _("Local government")
    UNION = "UNION", _("Trade union")
    OTHER = "OTHER", _("Other department")


TOGETHER = (Department.LABOUR, Department.POLICE, Department.PETITIONS)  # asked in when an event turns red; custom, configurable


class EventState(TextChoices):
    """The life of an event."""

    REPORTED = "REPORTED", _("Reported")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    HANDLING = "HANDLING", _("Being handled")
    STABLE = "STABLE", _("Stable")
    SETTLED = "SETTLED", _("Settled")
    CLOSED = "CLOSED", _("Closed")
    VISITED = "VISITED", _("Visited again")
    FALSE = "FALSE", _("False report")
    REFERRED = "REFERRED", _("Referred")


class Cause(TextChoices):
    """Causes of disputes, by the arbitration statistics."""

    PAY = "01", _("Pay")
    OVERTIME = "011", _("Overtime pay")
    ARREARS = "012", _("Wage arrears")
    RELATION = "02", _("Whether a labour relation exists")
    ENDING = "03", _("Ending of the contract")
    SEVERANCE = "031", _("Severance pay")
    DAMAGES = "032", _("Damages for unlawful dismissal")
    CHANGE = "04", _("Change of the contract")
    INSURANCE = "05", _("Social insurance")
    INJURY = "051", _("Work injury benefits")
    PENSION = "052", _("Pension insurance")
    MEDICAL = "053", _("Medical insurance")
    JOBLESS = "054", _("Unemployment insurance")
    WELFARE = "06", _("Welfare")
    TRAINING = "07", _("Training")
    REST = "08", _("Rest and working time")
    COMPETITION = "09", _("Competition clause")
    OTHER = "10", _("Other causes")


class Outcome(TextChoices):
    """How a dispute ended."""

    SETTLED = "01", _("Settled between the parties")
    MEDIATED = "02", _("Mediated")
    FAILED = "03", _("Mediation failed")
    WITHDRAWN = "04", _("Withdrawn")
    ARBITRATION = "05", _("To arbitration")
    INSPECTION = "06", _("To labour inspection")
    AID = "07", _("To legal aid")
    OTHER = "08", _("Other outcome")


class DisputeState(TextChoices):
    """The life of a dispute at the union."""

    APPLIED = "APPLIED", _("Application received")
    MEDIATING = "MEDIATING", _("In mediation")
    AGREED = "AGREED", _("Agreed")
    PERFORMED = "PERFORMED", _("Performed")
    CLOSED = "CLOSED", _("Closed")
    REFUSED = "REFUSED", _("Not accepted")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class May(StrEnum):
    """Permissions on events and disputes."""

    SEE_EVENT = "rights.see_event"
    REPORT_EVENT = "rights.report_event"  # asked of the union
    CONFIRM_EVENT = "rights.confirm_event"
    RAISE_EVENT = "rights.raise_event"  # report to the next level
    FOLLOW_EVENT = "rights.follow_event"  # tell what was found later
    HANDLE_EVENT = "rights.handle_event"
    CLOSE_EVENT = "rights.close_event"
    SEE_DISPUTE = "rights.see_dispute"
    SEE_CLAIMANTS = "rights.see_claimants"  # who the workers are, and what they said
    EXPORT_CLAIMANTS = "rights.export_claimants"  # take them away, by two persons
    OPEN_DISPUTE = "rights.open_dispute"  # asked of the union
    ACCEPT_DISPUTE = "rights.accept_dispute"
    MEDIATE = "rights.mediate"
    RECEIPT = "rights.receipt"
    CLOSE_DISPUTE = "rights.close_dispute"
