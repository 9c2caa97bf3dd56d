"""What unions add to the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.nav import item

DUTIES = ("chair", "leader", "office", "organisation", "rights", "economy", "publicity", "women", "finance", "audit", "centre", "staff", "security")  # fmt: skip
item("members", _("Unions"), "unions:unions", icon="sitemap", duties=DUTIES, tab=_("Unions"), order=10)
item(
    "members",
    _("Reorganisations"),
    "unions:reorganisations",
    icon="arrows-exchange",
    duties=("organisation", "chair", "leader"),
    within=3,
    order=12,
)
