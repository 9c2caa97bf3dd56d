"""What exchange adds to the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.nav import item

item("system", _("Other systems"), "exchange:clients", icon="plug-connected", duties=("system", "security"))
