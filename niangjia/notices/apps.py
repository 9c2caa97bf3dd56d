"""Notices, as a Django app: it finds the messages that the apps declare."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "niangjia.notices"

    def ready(self) -> None:
        """Find the words that the apps declare."""
        autodiscover_modules("messages")
