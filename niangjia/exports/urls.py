"""Addresses of exports."""

from __future__ import annotations

from django.urls import path

from niangjia.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.exports, name="exports"),
    path("export/", views.exports_export, name="exports-export"),
    path("new/", views.new, name="new"),
    path("<uuid:uuid>/", views.export, name="export"),
    path("<uuid:uuid>/step/", views.step, name="step"),
    path("<uuid:uuid>/file/", views.file, name="file"),
]
