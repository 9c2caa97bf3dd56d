"""Addresses of members. The last word of a step's page is its verb in the flow."""

from __future__ import annotations

from django.urls import path

from niangjia.members.views import columns, imports, joining, register, rows

app_name = "members"
urlpatterns = [
    path("", register.members, name="list"),
    path("applications/", register.application, name="apply"),
    path("asked/", joining.applications, name="asked"),
    path("asked/<uuid:uuid>/", joining.application, name="application"),
    path("asked/<uuid:uuid>/step/", joining.step, name="application_step"),
    path("asked/<uuid:uuid>/step/admit/", joining.admission, name="admit"),
    path("asked/<uuid:uuid>/shown/<str:what>/", joining.reveal, name="application_reveal"),
    path("codes/<str:code>/", joining.code, name="code"),
    path("codes/<str:code>/step/", joining.code_step, name="code_step"),
    path("imports/", imports.batches, name="batches"),
    path("imports/export/", imports.batches_export, name="batches-export"),
    path("imports/new/", imports.new, name="import"),
    path("imports/template/", imports.template, name="template"),
    path("imports/<uuid:uuid>/", imports.batch, name="batch"),
    path("imports/<uuid:uuid>/step/", imports.step, name="batch-step"),
    path("imports/<uuid:uuid>/rows/", rows.rows, name="rows"),
    path("imports/<uuid:uuid>/columns/", columns.columns, name="columns"),
    path("imports/<uuid:uuid>/workbook/", imports.workbook, name="workbook"),
    path("<uuid:uuid>/", register.member, name="member"),
    path("<uuid:uuid>/step/", register.step, name="step"),
    path("<uuid:uuid>/step/approve/", register.approval, name="approve"),
    path("<uuid:uuid>/step/send/", register.sending, name="send"),
    path("<uuid:uuid>/step/retain/", register.retention, name="retain"),
    path("<uuid:uuid>/step/end/", register.ending, name="end"),
    path("<uuid:uuid>/facts/", register.facts, name="facts"),
    path("<uuid:uuid>/shown/<str:what>/", register.reveal, name="reveal"),
]
