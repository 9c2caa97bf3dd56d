"""Addresses of a worker's own rights."""

from __future__ import annotations

from django.urls import path

from niangjia.rights.views import own, own_aid

app_name = "own-rights"
urlpatterns = [
    path("", own.mine, name="list"),
    path("new/", own.ask, name="new"),
    path("aid/new/", own_aid.apply, name="aid_new"),
    path("aid/<uuid:uuid>/", own_aid.case, name="aid"),
    path("aid/<uuid:uuid>/application/", own_aid.application_pdf, name="aid_application"),
    path("aid/<uuid:uuid>/decision/", own_aid.decision_pdf, name="aid_decision"),
    path("aid/<uuid:uuid>/papers/", own_aid.proofs, name="aid_papers"),
    path("aid/<uuid:uuid>/object/", own_aid.refused, name="aid_object"),
    path("aid/<uuid:uuid>/withdraw/", own_aid.withdraw, name="aid_withdraw"),
    path("aid/<uuid:uuid>/rating/", own_aid.rating, name="aid_rating"),
    path("<uuid:uuid>/", own.case, name="case"),
    path("<uuid:uuid>/papers/", own.evidence, name="evidence"),
    path("<uuid:uuid>/consent/", own.consent, name="consent"),
    path("<uuid:uuid>/recall/", own.recall, name="recall"),
    path("<uuid:uuid>/owed/<uuid:reckoning>/", own.owed, name="owed"),
    path("<uuid:uuid>/owed/<uuid:reckoning>/pdf/", own.owed_pdf, name="owed_pdf"),
    path("<uuid:uuid>/agreement/", own.agreement_pdf, name="agreement"),
]
