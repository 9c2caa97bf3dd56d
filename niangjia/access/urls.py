"""Addresses of access."""

from __future__ import annotations

from django.urls import path

from niangjia.access import accounts, bindings, log, views

app_name = "access"
urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("sessions/<int:number>/end/", views.end_session, name="session-end"),
    path("log/", log.log, name="log"),
    path("log/export/", log.export, name="log-export"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/export/", accounts.accounts_export, name="accounts-export"),
    path("accounts/new/", accounts.account_new, name="account-new"),
    path("accounts/<uuid:uuid>/", accounts.account, name="account"),
    path("accounts/<uuid:uuid>/provider/", bindings.binding, name="account-binding"),
]
