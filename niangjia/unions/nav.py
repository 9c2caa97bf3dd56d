"""What unions add to the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.nav import item

DUTIES = ("chair", "leader", "office", "organisation", "rights", "economy", "publicity", "women", "finance", "audit", "centre", "staff", "security")  # fmt: skip
item("unions", _("Unions"), "unions:unions", icon="sitemap", duties=DUTIES, tab=_("Unions"), order=10)
item(
    "unions",
    _("Reorganisations"),
    "unions:reorganisations",
    icon="arrows-exchange",
    duties=("organisation", "chair", "leader"),
    within=3,
    order=12,
)
item(
    "unions",
    _("Foundings"),
    "unions:foundings",
    icon="building-plus",
    duties=("organisation", "chair", "leader", "office"),
    within=3,
    order=11,
)
item("unions", _("Elections"), "unions:polls", icon="checkbox", duties=("organisation", "chair", "leader", "office"), order=11)
item(
    "unions",
    pgettext_lazy("a list", "Employers"),
    "unions:employers",
    icon="building",
    duties=("organisation", "chair", "leader", "office", "rights"),
    order=11,
)
item(
    "unions",
    _("Firms without a union"),
    "unions:taxpayers",
    icon="building-factory-2",
    duties=("organisation", "chair", "leader", "office"),
    within=3,
    order=11,
)
item(
    "unions",
    _("Check of staffing"),
    "unions:staff_checks",
    icon="id-badge",
    duties=("organisation", "chair", "leader", "office"),
    within=3,
    order=13,
)
