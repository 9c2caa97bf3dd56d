"""Reconciliation, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ReconcileConfig(AppConfig):
    name = "niangjia.reconcile"
