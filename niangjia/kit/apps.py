"""The cellar as a Django app: templates, static files, and the discovery of declarations."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    name = "niangjia.kit"

    def ready(self) -> None:
        """Find what the apps declare: permissions, places in the menu, parts of other pages."""
        autodiscover_modules("permissions")
        autodiscover_modules("nav")
        autodiscover_modules("panels", "rehearsals")
        autodiscover_modules("sealed", "told", "retention", "held")
