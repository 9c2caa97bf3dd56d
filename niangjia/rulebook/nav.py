"""What this app adds to the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.nav import item
from niangjia.unions.enums import Duty

EVERY = tuple(Duty.values)
item("system", _("Parameters"), "rulebook:parameters", icon="adjustments", duties=EVERY, within=3, order=20)
item("system", _("Working calendar"), "rulebook:calendar", icon="calendar", duties=EVERY, within=3, order=30)
