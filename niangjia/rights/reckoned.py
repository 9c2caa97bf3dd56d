"""What can be reckoned: the code list of `reckoning`."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What can be reckoned."""

    SEVERANCE = "severance", _("Severance, or the double of it")
    NOTICE = "notice", _("A month's wage instead of notice")
    DOUBLE = "double", _("Double wages without a written contract")
    OVERTIME = "overtime", _("Overtime pay")
    LEAVE = "leave", _("Paid leave not taken")
    ARREARS = "arrears", _("Wages owed, and compensation")
    INTEREST = "interest", _("Interest for delay")
    MINIMUM = "minimum", _("Minimum wage")
    FINAL = "final", _("Whether an award is final")
    LIMITATION = "limitation", _("Until when arbitration can be asked for")
