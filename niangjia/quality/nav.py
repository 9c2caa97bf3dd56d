"""What the quality of the register adds to the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.nav import item

item(
    "members",
    _("Quality of the register"),
    "quality:overview",
    icon="checklist",
    duties=("chair", "organisation", "leader", "office"),
    order=40,
)
