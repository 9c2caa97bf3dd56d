"""Addresses of what is set."""

from __future__ import annotations

from django.urls import path

from niangjia.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("", views.parameters, name="parameters"),
    path("export/", views.export, name="export"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/import/", views.calendar_import, name="calendar_import"),
    path("changes/<uuid:uuid>/", views.change, name="change"),
    path("changes/<uuid:uuid>/step/", views.step, name="step"),
    path("<str:code>/", views.parameter, name="parameter"),
    path("<str:code>/change/", views.propose, name="propose"),
]
