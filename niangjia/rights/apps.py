"""Rights, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "niangjia.rights"
