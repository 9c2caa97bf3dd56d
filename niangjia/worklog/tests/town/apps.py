"""The town as a Django app, installed by its own settings only."""

from __future__ import annotations

from django.apps import AppConfig


class TownConfig(AppConfig):
    name = "niangjia.worklog.tests.town"
    label = "town"
