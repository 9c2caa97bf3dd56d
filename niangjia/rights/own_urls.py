"""Addresses of a worker's own rights."""

from __future__ import annotations

from django.urls import path

from niangjia.rights.views import own

app_name = "own-rights"
urlpatterns = [
    path("", own.mine, name="list"),
    path("new/", own.ask, name="new"),
    path("<uuid:uuid>/", own.case, name="case"),
    path("<uuid:uuid>/papers/", own.evidence, name="evidence"),
    path("<uuid:uuid>/consent/", own.consent, name="consent"),
    path("<uuid:uuid>/recall/", own.recall, name="recall"),
    path("<uuid:uuid>/owed/<uuid:reckoning>/", own.owed, name="owed"),
    path("<uuid:uuid>/owed/<uuid:reckoning>/pdf/", own.owed_pdf, name="owed_pdf"),
    path("<uuid:uuid>/agreement/", own.agreement_pdf, name="agreement"),
]
