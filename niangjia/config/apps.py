"""The roof as a Django app: what concerns the whole house and no floor of it."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "niangjia.config"
    label = "roof"
