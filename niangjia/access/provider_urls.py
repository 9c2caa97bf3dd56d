"""Addresses of the way through a provider; they lie beside the sign-in library's, which keeps its own steps in the session too."""

from __future__ import annotations

from django.urls import path

from niangjia.access import bindings

app_name = "provider"
urlpatterns = [
    path("", bindings.enter, name="enter"),
    path("callback/", bindings.callback, name="callback"),
    path("own/", bindings.own, name="own"),
    path("left/", bindings.left, name="left"),
]
