"""Asked once, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AskedConfig(AppConfig):
    name = "niangjia.asked"
    verbose_name = _("Asked once")
