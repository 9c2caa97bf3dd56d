"""The roof as a Django app: what concerns the whole house and no floor of it."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "niangjia.config"
    label = "roof"

    def ready(self) -> None:
        """The house asks for the age of its last backup, and how long jobs wait."""
        from niangjia.config import backup, watch
        from niangjia.kit import health

        health.check("backup", backup.well)
        health.check("queue", watch.queue)
