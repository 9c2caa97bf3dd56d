"""Code lists of early warning and mediation (domain reference, §6)."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    MERGED = "MERGED", _("One with another report")


class TellingState(TextChoices):
    """What became of telling somebody."""

    WAITING = "WAITING", pgettext_lazy("a telling", "No receipt yet")
    RECEIVED = "RECEIVED", pgettext_lazy("a telling", "Received")
    PASSED = "PASSED", pgettext_lazy("a telling", "No receipt, passed on")
    DROPPED = "DROPPED", pgettext_lazy("a telling", "No longer needed")


class Role(TextChoices):
    """As what somebody is told; in this order when nobody answers."""

    DUTY = "DUTY", _("on duty")
    SUBSTITUTE = "SUBSTITUTE", _("substitute")
    ABOVE = "ABOVE", _("on duty at the level above")
    LEADER = "LEADER", _("leader on duty")


class Occasion(TextChoices):
    """Why somebody is told."""

    ARRIVED = "ARRIVED", _("it was reported")
    CLIMBED = "CLIMBED", _("it came up")
    LATE = "LATE", _("it is late")
    RED = "RED", _("it turned red")
    MOVED = "MOVED", _("its unions were put under another")


class Unanswered(TextChoices):
    """Why the next one is told."""

    NO_RECEIPT = "NO_RECEIPT", _("no receipt in time")
    NUMBER_OFF = "NUMBER_OFF", _("the number is out of use")
    VACANT = "VACANT", _("nobody stands on the roster")
    ABSENT = "ABSENT", _("on leave, or the account is closed")


class Means(TextChoices):
    """By what somebody is told."""

    VOICE = "VOICE", pgettext_lazy("told by", "Telephone")
    SMS = "SMS", pgettext_lazy("told by", "Text message")
    CHAT = "CHAT", pgettext_lazy("told by", "Work messenger")
    INAPP = "INAPP", pgettext_lazy("told by", "Message in the system")


class Answer(TextChoices):
    """What came back on one of the means."""

    ANSWERED = "ANSWERED", _("answered in person")
    READ = "READ", pgettext_lazy("receipt", "read")
    NO_ANSWER = "NO_ANSWER", _("not answered")
    NUMBER_OFF = "NUMBER_OFF", _("the number is out of use")
    NOT_SENT = "NOT_SENT", _("not sent")


class How(TextChoices):
    """How a receipt was given."""

    PRESSED = "PRESSED", _("confirmed on the page")
    PHONE = "PHONE", _("answered in person")
    SMS = "SMS", pgettext_lazy("receipt", "read")
    ACTED = "ACTED", _("acted on it")


class Part(TextChoices):
    """The parts of a day on duty."""

    LEADER = "LEADER", pgettext_lazy("on duty", "Leader")
    DAY = "DAY", pgettext_lazy("on duty", "Day")
    NIGHT = "NIGHT", pgettext_lazy("on duty", "Night")
    SUBSTITUTE = "SUBSTITUTE", pgettext_lazy("on duty", "Substitute")


class RosterState(TextChoices):
    """A union keeps a duty roster, or has ended."""

    KEPT = "KEPT", _("Kept")
    ENDED = "ENDED", pgettext_lazy("a roster", "No longer kept")


class SwapState(TextChoices):
    """What became of asking somebody to swap."""

    ASKED = "ASKED", pgettext_lazy("a swap", "Asked")
    AGREED = "AGREED", pgettext_lazy("a swap", "Agreed")
    DECLINED = "DECLINED", pgettext_lazy("a swap", "Declined")


class ZeroState(TextChoices):
    """A township's weekly report."""

    DUE = "DUE", pgettext_lazy("weekly report", "Not in yet")
    NOTHING = "NOTHING", pgettext_lazy("weekly report", "Nothing happened")
    EVENTS = "EVENTS", pgettext_lazy("weekly report", "Events were reported")


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


class Kept(TextChoices):
    """Whether a step of a dispute was taken within its days; empty where nobody measured it, as with what was taken over from paper."""

    IN_TIME = "IN", _("within its days")
    LATE = "LATE", pgettext_lazy("step", "late")


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
    PAUSED = "PAUSED", _("Mediation suspended")
    AGREED = "AGREED", _("Agreed")
    PERFORMED = "PERFORMED", _("Performed")
    CLOSED = "CLOSED", _("Closed")
    REFUSED = "REFUSED", _("Not accepted")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class Entrance(TextChoices):
    """By which door a dispute came in."""

    UNION = "UNION", _("Recorded by the union")
    MEMBER = "MEMBER", _("Sent by the worker")
    HOTLINE = "HOTLINE", _("Hotline 12351")


class LineOutcome(TextChoices):
    """How a claim of one worker ended, when it does not share the end of the whole."""

    AGREED = "AGREED", _("Settled in the agreement")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("a claim", "Withdrawn")
    ARBITRATION = "ARBITRATION", pgettext_lazy("a claim", "To arbitration")
    DROPPED = "DROPPED", _("Not upheld")


class Chamber(TextChoices):
    """The organisations whose mediators mediate (Labour Dispute Mediation and Arbitration Law, art. 10), and where unions sit with others."""

    FIRM = "FIRM", _("Mediation committee of the enterprise")
    TOWN = "TOWN", _("Mediation organisation of the township or street")
    INDUSTRY = "INDUSTRY", _("Regional or industrial mediation organisation")
    PEOPLE = "PEOPLE", _("People's mediation committee")
    UNION = "UNION", _("Mediation by the union")
    COURT = "COURT", _("Union's desk at the arbitration court")


class SittingState(TextChoices):
    """What became of a sitting."""

    PLANNED = "PLANNED", _("Planned")
    HELD = "HELD", _("Held")
    ADJOURNED = "ADJOURNED", _("Adjourned")
    MISSED = "MISSED", _("Somebody did not come")
    CALLED_OFF = "OFF", _("Called off")


class PauseKind(TextChoices):
    """What stops the days of a mediation: time that does not count (Zhejiang rules, art. 36)."""

    INQUIRY = "INQUIRY", _("An inquiry by somebody else")
    TALKS = "TALKS", _("The parties negotiate by themselves")
    INJURY = "INJURY", _("Waiting for the finding of a work injury")
    NOTICE = "NOTICE", _("Service by public notice")


class FilingKind(TextChoices):
    """What is filed with a court, a commission or an authority about a dispute."""

    COURT = "COURT", _("Judicial confirmation")
    REVIEW = "REVIEW", _("Review of the agreement by the arbitration commission")
    ORDER = "ORDER", _("Payment order")
    ARBITRATION = "ARBITRATION", _("Arbitration")
    INSPECTION = "INSPECTION", _("Complaint to labour inspection")
    AID = "AID", pgettext_lazy("a filing", "Legal aid")
    SUIT = "SUIT", _("Suit in court after the award")
    CANCEL = "CANCEL", _("The employer's application to set the award aside")
    ENFORCE = "ENFORCE", _("Enforcement by the court")


class FilingOutcome(TextChoices):
    """What came of it."""

    GRANTED = "GRANTED", _("Confirmed or granted")
    REFUSED = "REFUSED", _("Not confirmed or granted")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("a filing", "Taken back")


class SplitBy(TextChoices):
    """How a payment is divided among workers."""

    REST = "REST", _("In proportion to what is still to come")
    EQUAL = "EQUAL", _("Equally, up to what is still to come")
    LIST = "LIST", _("By a list")


class SheetState(TextChoices):
    """The life of a table of workers that was read."""

    READ = "READ", _("Read, nothing taken yet")
    TAKEN = "TAKEN", _("Taken")
    UNDONE = "UNDONE", _("Undone")
    DROPPED = "DROPPED", _("Put aside")


DUTY_PHONE = "rights.duty.phone"  # the purpose for which the numbers of whoever is on duty are sealed
SHEET_ROW = "rights.sheet"  # what the cells of a row that waits are sealed for


class May(StrEnum):
    """Permissions on events and disputes."""

    SEE_EVENT = "rights.see_event"
    REPORT_EVENT = "rights.report_event"  # asked of the union
    CONFIRM_EVENT = "rights.confirm_event"
    DISMISS_EVENT = "rights.dismiss_event"  # a false report: it goes out of all figures
    RAISE_EVENT = "rights.raise_event"  # report to the next level
    CORRECT_EVENT = "rights.correct_event"  # put right what was written wrongly
    FOLLOW_EVENT = "rights.follow_event"  # tell what was found later
    HANDLE_EVENT = "rights.handle_event"
    CLOSE_EVENT = "rights.close_event"
    MERGE_EVENT = "rights.merge_event"  # two reports of one event become one, and are parted again
    SIGN_EVENT = "rights.sign_event"  # a letter to a department
    BRIEF_EVENT = "rights.brief_event"  # draw up the brief for leaders
    REVEAL_REPORTER = "rights.reveal_reporter"  # who reported it and does not want to be named; never the firm's own people
    RECEIVE_TELLING = "rights.receive_telling"  # say "I have it"
    HEAR_RECEIPT = "rights.hear_receipt"  # a gateway: what came back on a call or a text message
    SEE_DUTY = "rights.see_duty"
    CONFIRM_DUTY = "rights.confirm_duty"
    KEEP_ROSTER = "rights.keep_roster"
    PLAN_DUTY = "rights.plan_duty"
    SWAP_DUTY = "rights.swap_duty"
    SEE_SWAP = "rights.see_swap"
    SEE_ZERO = "rights.see_zero"
    REPORT_ZERO = "rights.report_zero"
    SEE_DISPUTE = "rights.see_dispute"
    SEE_CLAIMANTS = "rights.see_claimants"  # who the workers are, and what they said
    EXPORT_CLAIMANTS = "rights.export_claimants"  # take them away, by two persons
    OPEN_DISPUTE = "rights.open_dispute"  # asked of the union
    ACCEPT_DISPUTE = "rights.accept_dispute"
    MEDIATE = "rights.mediate"
    RECEIPT = "rights.receipt"
    CLOSE_DISPUTE = "rights.close_dispute"
    TRANSFER_DISPUTE = "rights.transfer_dispute"
    OWN_DISPUTE = "rights.own_dispute"  # her own
    SEE_MEDIATOR = "rights.see_mediator"
    KEEP_MEDIATOR = "rights.keep_mediator"
    KEEP_MEDIATORS = "rights.keep_mediators"  # asked of the union
    SEE_PAPER = "rights.see_paper"
    VOID_PAPER = "rights.void_paper"
    SEE_SUPERVISION = "rights.see_supervision"
    SEE_LEAD = "rights.see_lead"  # what was told, by whom, and the evidence
    OPEN_SUPERVISION = "rights.open_supervision"  # asked of the union
    SUPERVISE = "rights.supervise"
    CHARGE_SUPERVISOR = "rights.charge_supervisor"
    SIGN_SUPERVISION = "rights.sign_supervision"
    SEE_SUPERVISOR = "rights.see_supervisor"
    KEEP_SUPERVISOR = "rights.keep_supervisor"
    KEEP_SUPERVISORS = "rights.keep_supervisors"  # asked of the union
    SEE_REDUNDANCY = "rights.see_redundancy"
    OPEN_REDUNDANCY = "rights.open_redundancy"  # asked of the union
    HEAR_REDUNDANCY = "rights.hear_redundancy"  # hear the staff, reply, and write down what became of it
    LEAD_REDUNDANCY = "rights.lead_redundancy"  # advise from above, and turn it into supervision
