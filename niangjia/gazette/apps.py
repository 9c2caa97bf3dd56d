"""The gazette: public notices, as a Django app. It finds the kinds that the apps declare."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class GazetteConfig(AppConfig):
    name = "niangjia.gazette"

    def ready(self) -> None:
        """Find what the apps put on show."""
        autodiscover_modules("boards")
