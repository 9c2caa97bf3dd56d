"""Addresses of a member's own requests."""

from __future__ import annotations

from django.urls import path

from niangjia.members.views import own

app_name = "own"
urlpatterns = [
    path("", own.requests, name="requests"),
    path("new/<slug:kind>/", own.ask, name="ask"),
    path("<uuid:uuid>/", own.request_, name="request"),
    path("<uuid:uuid>/withdraw/", own.withdraw, name="withdraw"),
]
