"""The reviews' line in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.nav import item

item("figures", _("Reviews"), "reports:reviews", icon="file-text", order=20)
