"""What asking adds to the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.nav import item

DUTIES = ("chair", "leader", "office", "organisation", "rights", "economy", "publicity", "women", "finance", "audit", "centre", "staff")

item("unions", _("Requests for data"), "asked:list", icon="forms", duties=DUTIES, order=60)
item(
    "unions",
    _("What we asked the grass roots"),
    "asked:burden",
    icon="report",
    duties=("leader", "office", "chair", "organisation"),
    within=3,
    order=61,
)
