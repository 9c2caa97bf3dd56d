"""Addresses of returns."""

from __future__ import annotations

from django.urls import path

from niangjia.returns.views import annual

app_name = "returns"
urlpatterns = [
    path("", annual.returns, name="list"),
    path("new/", annual.new, name="new"),
    path("<uuid:uuid>/", annual.annual_return, name="return"),
    path("<uuid:uuid>/step/", annual.step, name="step"),
    path("<uuid:uuid>/step/sign/", annual.signing, name="signing"),
    path("<uuid:uuid>/lines/<slug:line>/", annual.line, name="line"),
    path("<uuid:uuid>/export/", annual.book, name="book"),
]
