"""Addresses that a code on a wall opens: short, and for everybody."""

from __future__ import annotations

from django.urls import path

from niangjia.members.views import join

app_name = "join"
urlpatterns = [
    path("sent/<uuid:key>/", join.sent, name="sent"),
    path("sent/<uuid:key>/withdraw/", join.withdraw, name="withdraw"),
    path("<slug:word>/", join.ask, name="ask"),
]
