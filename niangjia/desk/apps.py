"""Desk, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "niangjia.desk"

    def ready(self) -> None:
        """Tell the door of the demo what waits for whom."""
        from niangjia.desk.shown import hints
        from niangjia.kit.demo import set_hints

        set_hints(hints)
