"""Code lists of redundancy hearings (Labour Contract Law, arts 41 to 43; domain reference, §6 and E.4)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RedundancyState(TextChoices):
    """The life of a hearing about dismissals that an employer plans."""

    NOTIFIED = "NOTIFIED", _("Explained by the employer")
    HEARD = "HEARD", _("Opinions heard")
    REPLIED = "REPLIED", _("The union has replied")
    ANSWERED = "ANSWERED", _("The employer has answered")
    REPORTED = "REPORTED", _("Reported to the labour bureau")
    CARRIED = "CARRIED", _("Carried out")
    CLOSED = "CLOSED", pgettext_lazy("redundancy", "Closed")
    WITHDRAWN = "WITHDRAWN", _("Given up by the employer")
    SUPERVISED = "SUPERVISED", _("Turned into supervision")


class RedundancyKind(TextChoices):
    """By which article work is to end."""

    LAYOFF = "LAYOFF", _("Layoff (art. 41)")
    SINGLE = "SINGLE", _("Dismissal of one worker (art. 43)")


class RedundancyGround(TextChoices):
    """Why the law allows it: the items of art. 41, or the article for one worker."""

    REORGANISATION = "REORG", _("Reorganisation under the Bankruptcy Law")
    TROUBLE = "TROUBLE", _("Serious difficulties in production or business")
    CHANGE = "CHANGE", _("New production, technology or way of business, after contracts were changed")
    CIRCUMSTANCES = "CIRCUMST", _("Fundamental change of the circumstances on which the contracts rest")
    FAULT = "FAULT", _("Fault of the worker (art. 39)")
    NOTICE = "NOTICE", _("No fault, with notice (art. 40)")


class ToldTo(TextChoices):
    """To whom the employer explained it."""

    UNION = "UNION", pgettext_lazy("explained to", "The union")
    STAFF = "STAFF", pgettext_lazy("explained to", "All staff")


class HearingKind(TextChoices):
    """How opinions are heard."""

    MEETING = "MEETING", _("Meeting of the staff")
    CONGRESS = "CONGRESS", _("Staff congress")
    COMMITTEE = "COMMITTEE", _("Union committee")
    TALK = "TALK", _("Talk with those concerned")


class Verdict(TextChoices):
    """What the union says to the plan."""

    AGREES = "AGREES", _("No objection")
    PROPOSES = "PROPOSES", _("Has proposals")
    CORRECT = "CORRECT", _("Demands a correction")


class FirmAnswer(TextChoices):
    """What became of the union's opinions at the employer."""

    TAKEN = "TAKEN", _("Took them up")
    PARTLY = "PARTLY", _("Took them up in part")
    REFUSED = "REFUSED", _("Did not take them up")


class ByRule(TextChoices):
    """Whether what was carried out kept the rule; empty while nothing has been."""

    IN = "IN", _("By the rule")
    OUT = "OUT", _("Against the rule")
