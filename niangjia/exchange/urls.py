"""Addresses of exchange."""

from __future__ import annotations

from django.urls import path

from niangjia.exchange import hooks, views

app_name = "exchange"
urlpatterns = [
    path("systems/", views.clients, name="clients"),
    path("systems/new/", views.client_new, name="client-new"),
    path("systems/<uuid:uuid>/", views.client, name="client"),
    path("systems/<uuid:uuid>/scope/", views.scope, name="scope"),
    path("systems/<uuid:uuid>/key/", views.key, name="key"),
    path("systems/<uuid:uuid>/key/<slug:head>/revoke/", views.revoke, name="revoke"),
    path("systems/<uuid:uuid>/close/", views.close, name="close"),
    path("systems/<uuid:uuid>/address/", hooks.hook_new, name="hook-new"),
    path("addresses/<uuid:uuid>/", hooks.hook, name="hook"),
    path("addresses/<uuid:uuid>/approve/", hooks.approve, name="hook-approve"),
    path("addresses/<uuid:uuid>/secret/", hooks.secret, name="hook-secret"),
    path("addresses/<uuid:uuid>/secret/<uuid:which>/end/", hooks.secret_end, name="hook-secret-end"),
    path("addresses/<uuid:uuid>/test/", hooks.test, name="hook-test"),
    path("addresses/<uuid:uuid>/pause/", hooks.pause, name="hook-pause"),
    path("addresses/<uuid:uuid>/resume/", hooks.resume, name="hook-resume"),
    path("addresses/<uuid:uuid>/close/", hooks.close, name="hook-close"),
]
