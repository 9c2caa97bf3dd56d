"""Addresses of rights. The last word of a step's page is its verb in the flow."""

from __future__ import annotations

from django.urls import path

from niangjia.rights.views import disputes, events, parties, report

app_name = "rights"
urlpatterns = [
    path("events/", events.events, name="events"),
    path("events/export/", events.export, name="events_export"),
    path("events/report/", report.report, name="report"),
    path("events/duty/", events.duty, name="duty"),
    path("events/<uuid:uuid>/", events.event, name="event"),
    path("events/<uuid:uuid>/step/", events.step, name="event_step"),
    path("events/<uuid:uuid>/step/confirm/", events.confirm, name="confirm"),
    path("events/<uuid:uuid>/step/settle/", events.settle, name="settle"),
    path("events/<uuid:uuid>/step/close/", events.close, name="close"),
    path("events/<uuid:uuid>/severity/", events.severity, name="severity"),
    path("events/<uuid:uuid>/follow-ups/", events.followups, name="followups"),
    path("events/<uuid:uuid>/tasks/", events.tasks, name="tasks"),
    path("events/<uuid:uuid>/tasks/<uuid:task>/", events.task, name="task"),
    path("events/<uuid:uuid>/papers/", events.papers, name="event_papers"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/export/", disputes.export, name="disputes_export"),
    path("disputes/new/", disputes.open_, name="open"),
    path("disputes/<uuid:uuid>/", disputes.dispute, name="dispute"),
    path("disputes/<uuid:uuid>/step/", disputes.step, name="dispute_step"),
    path("disputes/<uuid:uuid>/step/agree/", disputes.agree, name="agree"),
    path("disputes/<uuid:uuid>/step/end/", disputes.end, name="end"),
    path("disputes/<uuid:uuid>/extension/", disputes.extension, name="extension"),
    path("disputes/<uuid:uuid>/sessions/", disputes.session, name="session"),
    path("disputes/<uuid:uuid>/receipts/", disputes.receipts, name="receipts"),
    path("disputes/<uuid:uuid>/receipts/<uuid:receipt>/", disputes.receipt, name="receipt"),
    path("disputes/<uuid:uuid>/mediator/", disputes.mediator, name="mediator"),
    path("disputes/<uuid:uuid>/papers/", disputes.papers, name="dispute_papers"),
    path("disputes/<uuid:uuid>/employers/", parties.respondents, name="respondents"),
    path("disputes/<uuid:uuid>/employers/<str:uscc>/", parties.respondent, name="respondent"),
    path("disputes/<uuid:uuid>/workers/", parties.claimants, name="claimants"),
    path("disputes/<uuid:uuid>/workers/<uuid:person>/", parties.claimant, name="claimant"),
    path("disputes/<uuid:uuid>/workers/<uuid:person>/<str:what>/", parties.reveal, name="reveal"),
    path("disputes/<uuid:uuid>/claim/", parties.claim, name="claim"),
]
