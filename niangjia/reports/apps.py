"""Reports, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "niangjia.reports"

    def ready(self) -> None:
        """Say what the signed documents are called."""
        from niangjia.reports import queries  # noqa: F401
