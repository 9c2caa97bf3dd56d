"""Scenario, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ScenarioConfig(AppConfig):
    name = "niangjia.scenario"
