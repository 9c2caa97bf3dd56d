"""The worklog 台账 as a Django app: it finds what the apps count, and after each migrate lets the database keep it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


def migrated(*, using: str, **facts: Any) -> None:
    """Bring the books to what is declared. A flush sends the same signal, without a plan, and changes no declaration."""
    if using == "default" and "plan" in facts:
        from niangjia.worklog.install import install, ready

        if ready():
            install()


class WorklogConfig(AppConfig):
    name = "niangjia.worklog"

    def ready(self) -> None:
        """Every app says what it counts in its `figures.py`; lists below may ask what they come to."""
        from niangjia.kit import health
        from niangjia.kit.totals import set_answer
        from niangjia.worklog import clerk
        from niangjia.worklog.totals import answer, each

        autodiscover_modules("figures")
        set_answer(answer, each)
        health.check("clerk", clerk.well)
        post_migrate.connect(migrated, sender=self)
