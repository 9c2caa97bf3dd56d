"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from niangjia.worklog import views

app_name = "worklog"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<str:code>/", views.figure, name="figure"),
    path("figures/<str:code>/reconciled/", views.reconciled, name="reconciled"),
]
