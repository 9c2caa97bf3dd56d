"""Exports of people, as a Django app: when all apps are there, it finds the lists that they declare."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExportsConfig(AppConfig):
    name = "niangjia.exports"

    def ready(self) -> None:
        """Find the lists of people that may be taken away."""
        autodiscover_modules("exportable")
