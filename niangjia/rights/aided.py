"""Code lists of union legal aid (domain reference, §15.4 and E.4)."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AidState(TextChoices):
    """The life of a case of legal aid."""

    APPLIED = "APPLIED", pgettext_lazy("legal aid", "Applied for")
    ASKED = "ASKED", _("Papers asked for")
    GRANTED = "GRANTED", _("Granted, to be assigned")
    SIGNING = "SIGNING", _("Assignment waits for its signature")
    ASSIGNED = "ASSIGNED", _("Assigned, to be accepted")
    HANDLING = "HANDLING", pgettext_lazy("legal aid", "Being handled")
    FINISHED = "FINISHED", _("Finished, to be reported on")
    REPORTED = "REPORTED", _("Reported on, to be closed")
    CLOSED = "CLOSED", pgettext_lazy("legal aid", "Closed and filed")
    REFUSED = "REFUSED", pgettext_lazy("legal aid", "Refused")
    OBJECTED = "OBJECTED", _("Refusal under review above")
    UPHELD = "UPHELD", _("Refusal upheld")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("legal aid", "Withdrawn")
    TERMINATED = "TERMINATED", pgettext_lazy("legal aid", "Terminated")
    TRANSFERRED = "TRANSFER", _("Handed to the state's legal aid centre")


class AidKind(TextChoices):
    """Who applies: the five of the measures on union legal aid (总工发〔2008〕52号)."""

    HARDSHIP = "HARDSHIP", _("Worker in hardship")
    MIGRANT = "MIGRANT", _("Migrant worker")
    MODEL = "MODEL", _("Model worker")
    CADRE = "CADRE", _("Union cadre who suffers for her duty")
    UNION = "UNION", _("Union organisation")


class AidMatter(TextChoices):
    """What it is about: what union legal aid covers."""

    PAY = "PAY", pgettext_lazy("legal aid", "Pay")
    CONTRACT = "CONTRACT", _("Contract and dismissal")
    INJURY = "INJURY", pgettext_lazy("legal aid", "Work injury")
    INSURANCE = "INSURANCE", pgettext_lazy("legal aid", "Social insurance")
    LABOUR = "LABOUR", _("Other labour dispute")
    PERSONAL = "PERSONAL", _("Personal rights linked to work")
    DEMOCRATIC = "DEMOCRATIC", _("Democratic rights linked to work")
    PROPERTY = "PROPERTY", _("Property rights linked to work")
    DUTY = "DUTY", _("Retaliation against a union cadre")
    FUNDS = "FUNDS", _("Union funds")
    ASSETS = "ASSETS", _("Union property")


class AidForm(TextChoices):
    """What is done for her."""

    CONSULT = "CONSULT", pgettext_lazy("legal aid", "Consultation")
    DOCUMENTS = "DOCUMENTS", _("Writing documents")
    MEDIATION = "MEDIATION", _("Agent in mediation")
    ARBITRATION = "ARBITRATE", _("Agent in arbitration")
    LITIGATION = "LITIGATE", _("Agent in court")


class AidDoor(TextChoices):
    """By which door an application came in."""

    MEMBER = "MEMBER", _("Sent by the applicant")
    CHAIR = "CHAIR", _("By her union's chair, at her wish")
    OFFICE = "OFFICE", pgettext_lazy("legal aid", "At the counter")
    DISPUTE = "DISPUTE", _("Out of a dispute")
    HOTLINE = "HOTLINE", pgettext_lazy("legal aid", "By telephone")


class ProofKind(TextChoices):
    """The papers of an application."""

    IDENTITY = "IDENTITY", _("Identity")
    MEANS = "MEANS", _("Economic proof by the unit's union")
    STANDING = "STANDING", _("Proof of being a model worker, a cadre or a legal person")
    EVIDENCE = "EVIDENCE", _("Evidence of the matter")


class AgentKind(TextChoices):
    """Who acts as an agent."""

    PUBLIC = "PUBLIC", _("Public lawyer of a union")
    PARTTIME = "PARTTIME", _("Part-time lawyer")
    FIRM = "FIRM", _("Lawyer of a contracted firm")
    WORKER = "WORKER", _("Union legal worker")


class BeforeWhom(TextChoices):
    """Before whom a hearing is."""

    MEDIATION = "MEDIATION", pgettext_lazy("before whom", "Mediation")
    ARBITRATION = "ARBITRATE", pgettext_lazy("before whom", "Arbitration")
    FIRST = "FIRST", _("Court of first instance")
    SECOND = "SECOND", _("Court of second instance")
    EXECUTION = "EXECUTION", pgettext_lazy("before whom", "Enforcement")


class AidResult(TextChoices):
    """What came of it."""

    WON = "WON", _("Upheld in full")
    PARTLY = "PARTLY", _("Upheld in part")
    SETTLED = "SETTLED", pgettext_lazy("legal aid", "Settled or mediated")
    LOST = "LOST", _("Not upheld")
    DONE = "DONE", _("Documents written, or advice given")


class AidRefusal(TextChoices):
    """Why aid is refused."""

    SCOPE = "SCOPE", _("The matter is outside the scope")
    PERSON = "PERSON", _("The applicant is none of those who are aided")
    MEANS = "MEANS", _("Her means are above the limit")
    GROUND = "GROUND", _("The claim has no ground in facts or law")
    PAPERS = "PAPERS", _("The papers asked for did not come")
    TWICE = "TWICE", _("Aided in the same matter already")


class AidEnding(TextChoices):
    """Why aid is ended before its time (Legal Aid Law, art. 48)."""

    FRAUD = "FRAUD", _("It was obtained by deceit")
    HIDES = "HIDES", _("Important facts were hidden, or false evidence was given")
    ABUSE = "ABUSE", _("It was used for unlawful acts")
    MEANS = "MEANS", _("Her means have changed and she no longer qualifies")
    OVER = "OVER", _("The case was ended or withdrawn")
    OWN = "OWN", _("She has engaged a lawyer of her own")
    ASKS = "ASKS", _("She asks for it with good reason")
    OTHER = "OTHER", pgettext_lazy("legal aid", "Another reason in law")


class Satisfied(TextChoices):
    """How content she is."""

    VERY = "VERY", _("Very satisfied")
    YES = "YES", pgettext_lazy("how content", "Satisfied")
    FAIR = "FAIR", _("Fairly satisfied")
    NO = "NO", _("Not satisfied")


class MoneyFrom(TextChoices):
    """Where a payment is recorded first: one yuan counts once."""

    HERE = "HERE", _("Entered in the aid case")
    DISPUTE = "DISPUTE", _("Taken over from the dispute")


class SubsidyState(TextChoices):
    """The life of a subsidy to an agent."""

    PROPOSED = "PROPOSED", pgettext_lazy("subsidy", "Proposed")
    APPROVED = "APPROVED", pgettext_lazy("subsidy", "Approved")
    RETURNED = "RETURNED", pgettext_lazy("subsidy", "Given back")


class AdviceBy(TextChoices):
    """How a consultation came."""

    VISIT = "VISIT", pgettext_lazy("consultation", "In person")
    PHONE = "PHONE", pgettext_lazy("consultation", "By telephone")
    ONLINE = "ONLINE", pgettext_lazy("consultation", "Online")
    OUTSIDE = "OUTSIDE", _("At a firm or on a day of advice")


class AidMay(StrEnum):
    """Permissions on legal aid."""

    SEE_AID = "rights.see_aid"
    OPEN_AID = "rights.open_aid"  # asked of the union
    SUPPLY_AID = "rights.supply_aid"  # bring papers, object to a refusal, withdraw: for whoever applied
    DECIDE_AID = "rights.decide_aid"
    ASSIGN_AID = "rights.assign_aid"
    SIGN_AID = "rights.sign_aid"
    HANDLE_AID = "rights.handle_aid"
    REVIEW_AID = "rights.review_aid"  # a refusal, by the level above
    CLOSE_AID = "rights.close_aid"
    OWN_AID = "rights.own_aid"  # her own
    SEE_AGENT = "rights.see_agent"
    KEEP_AGENT = "rights.keep_agent"
    KEEP_AGENTS = "rights.keep_agents"  # asked of the union
    SEE_SUBSIDY = "rights.see_subsidy"
    PROPOSE_SUBSIDY = "rights.propose_subsidy"
    APPROVE_SUBSIDY = "rights.approve_subsidy"
    SEE_ADVICE = "rights.see_advice"
    KEEP_ADVICE = "rights.keep_advice"
    RECORD_ADVICE = "rights.record_advice"  # asked of the union
