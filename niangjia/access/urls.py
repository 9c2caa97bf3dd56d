"""Addresses of access."""

from __future__ import annotations

from django.urls import path

from niangjia.access import accounts, views

app_name = "access"
urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("log/", views.openings, name="log"),
    path("log/export/", views.openings_export, name="log-export"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/export/", accounts.accounts_export, name="accounts-export"),
    path("accounts/new/", accounts.account_new, name="account-new"),
    path("accounts/<uuid:uuid>/", accounts.account, name="account"),
]
