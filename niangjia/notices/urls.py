"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from niangjia.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.all_read, name="all-read"),
    path("<uuid:uuid>/", views.message, name="message"),
    path("<uuid:uuid>/read/", views.reading, name="reading"),
    path("<uuid:uuid>/receipt/", views.receipt, name="receipt"),
]
