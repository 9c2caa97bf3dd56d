"""What access adds to the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.nav import item

item("system", _("Who saw what"), "access:log", icon="eye-check", duties=("auditlog",))
item("system", _("Accounts"), "access:accounts", icon="user-cog", duties=("system", "security"))
