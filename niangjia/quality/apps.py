"""The quality of the register, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "niangjia.quality"
