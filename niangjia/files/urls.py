"""Addresses of files: a paper by its own number, never bytes by their digest."""

from __future__ import annotations

from django.urls import path

from niangjia.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:uuid>/", views.paper, name="paper"),
]
