"""Addresses of access."""

from __future__ import annotations

from django.urls import path

from niangjia.access import views

app_name = "access"
urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("log/", views.openings, name="log"),
]
