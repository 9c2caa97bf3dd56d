"""The lines of returns in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.nav import item

item(
    "figures",
    _("Annual return"),
    "returns:list",
    icon="file-spreadsheet",
    duties=("organisation", "leader", "chair", "office"),
    within=3,
    order=30,
)
item(
    "figures",
    _("Surveys of the year"),
    "returns:surveys",
    icon="clipboard-check",
    duties=("organisation", "chair"),
    order=31,
)
