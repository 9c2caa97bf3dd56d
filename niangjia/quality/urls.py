"""Addresses of the quality of the register."""

from __future__ import annotations

from django.urls import path

from niangjia.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<str:code>/", views.work, name="work"),
    path("<str:code>/confirm/", views.confirm, name="confirm"),
    path("<str:code>/look/", views.look, name="look"),
    path("<str:code>/<slug:check>/", views.rows, name="rows"),
]
