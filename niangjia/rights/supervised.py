"""Code lists of labour law supervision by unions (domain reference, §6.8 and E.4)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

COMPLAINANT = "rights.complainant"  # what the name and the number of whoever complains are sealed for


class SupervisionState(TextChoices):
    """The life of a supervision case."""

    RECEIVED = "RECEIVED", pgettext_lazy("supervision", "Lead received")
    INVESTIGATING = "INQUIRY", pgettext_lazy("supervision", "Being investigated")
    REMINDED = "REMINDED", _("Letter of reminder sent")
    SIGNING = "SIGNING", _("A letter waits for its signature")
    SIGNED = "SIGNED", _("Opinion signed, to be served")
    DEMANDED = "DEMANDED", _("Opinion served")
    ADVISED = "ADVISED", _("Recommendation sent to the labour bureau")
    CORRECTED = "CORRECTED", pgettext_lazy("supervision", "Corrected by the employer")
    CLOSED = "CLOSED", pgettext_lazy("supervision", "Closed")
    OUT = "OUT", _("Not in the scope of supervision")


class Lead(TextChoices):
    """Where a supervision case comes from."""

    COMPLAINT = "COMPLAINT", pgettext_lazy("supervision", "Complaint")
    FOUND = "FOUND", pgettext_lazy("supervision", "Found by the union itself")
    PASSED = "PASSED", pgettext_lazy("supervision", "Passed on by a department")


class Breach(TextChoices):
    """What it is about: what a union supervises by law."""

    CONTRACT = "CONTRACT", _("Labour contracts and dismissals")
    PAY = "PAY", _("Wages and the minimum wage")
    TIME = "TIME", _("Working time, rest and leave")
    INSURANCE = "INSURANCE", _("Social insurance and the housing fund")
    SAFETY = "SAFETY", _("Safety and health at work")
    WOMEN = "WOMEN", _("Protection of women and of young workers")
    DISPATCH = "DISPATCH", _("Dispatched workers and new forms of work")
    COLLECTIVE = "COLLECTIVE", _("Collective contracts and democratic management")
    UNION = "UNION", _("Union rights and protection of union cadres")
    OTHER = "OTHER", pgettext_lazy("a breach", "Other rules of labour law")


class LetterKind(TextChoices):
    """The set of one letter and two writs: a reminder, an opinion, a recommendation."""

    REMINDER = "REMINDER", _("Letter of reminder")
    OPINION = "OPINION", _("Letter of opinion")
    ADVICE = "ADVICE", _("Letter of recommendation")


class Serving(TextChoices):
    """How a letter was served."""

    HAND = "HAND", pgettext_lazy("a letter", "Handed over")
    POST = "POST", _("By post")
    LEFT = "LEFT", _("Left there before witnesses")
    ONLINE = "ONLINE", _("Electronically, as the employer agreed")


class Reply(TextChoices):
    """What the employer, or the bureau, answered."""

    DONE = "DONE", pgettext_lazy("an answer", "Corrected")
    PARTLY = "PARTLY", pgettext_lazy("an answer", "Corrected in part")
    REFUSED = "REFUSED", pgettext_lazy("an answer", "Refused to correct it")


class SupervisionEnd(TextChoices):
    """How a supervision case ended."""

    CORRECTED = "CORRECTED", pgettext_lazy("supervision", "Corrected by the employer")
    ORDERED = "ORDERED", _("The labour bureau ordered it to correct or punished it")
    REFERRED = "REFERRED", _("Dealt with by the procuratorate or a court")
    CLEAR = "CLEAR", _("No breach was found")
    OTHER = "OTHER", pgettext_lazy("supervision", "Ended otherwise")


class ReferralTo(TextChoices):
    """Who else is told and acts beside the union."""

    PROCURATORATE = "PROCURACY", _("People's procuratorate")
    COURT = "COURT", _("People's court")
    POLICE = "POLICE", pgettext_lazy("a referral", "Public security")
    DEPARTMENT = "DEPT", _("Other competent department")
