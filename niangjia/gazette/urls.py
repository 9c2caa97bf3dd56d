"""Addresses of the office's pages of notices."""

from __future__ import annotations

from django.urls import path

from niangjia.gazette import views

app_name = "gazette"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("<uuid:uuid>/", views.notice, name="notice"),
    path("<uuid:uuid>/step/", views.step, name="step"),
    path("<uuid:uuid>/record/", views.record, name="record"),
    path("objections/<uuid:uuid>/", views.objection, name="objection"),
    path("objections/<uuid:uuid>/reveal/", views.reveal, name="reveal"),
    path("objections/<uuid:uuid>/step/uphold/", views.uphold, name="uphold"),
    path("objections/<uuid:uuid>/step/dismiss/", views.dismiss, name="dismiss"),
]
