"""Returns, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    name = "niangjia.returns"
    verbose_name = _("Annual return")

    def ready(self) -> None:
        """Say what signed returns are called."""
        from niangjia.returns import queries  # noqa: F401
