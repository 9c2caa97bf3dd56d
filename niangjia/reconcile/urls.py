"""Addresses of reconciliation."""

from __future__ import annotations

from django.urls import path

from niangjia.reconcile.views import comparisons, deciding

app_name = "reconcile"
urlpatterns = [
    path("", comparisons.comparisons, name="list"),
    path("new/", comparisons.new, name="new"),
    path("<uuid:uuid>/", comparisons.comparison, name="comparison"),
    path("<uuid:uuid>/step/", comparisons.step, name="step"),
    path("<uuid:uuid>/bad/", comparisons.bad, name="bad"),
    path("<uuid:uuid>/upward/", comparisons.upward, name="upward"),
    path("<uuid:uuid>/chosen/", deciding.chosen, name="chosen"),
    path("<uuid:uuid>/rules/<slug:code>/", deciding.rule, name="rule"),
    path("<uuid:uuid>/decisions/<uuid:decision>/back/", deciding.back, name="back"),
    path("<uuid:uuid>/differences/<uuid:one>/", deciding.difference, name="difference"),
    path("<uuid:uuid>/differences/<uuid:one>/decision/", deciding.decision, name="decision"),
]
