"""Addresses of requests for data."""

from __future__ import annotations

from django.urls import path

from niangjia.asked.views import answering, burden, composing, following

app_name = "asked"
urlpatterns = [
    path("", composing.requests, name="list"),
    path("new/", composing.new, name="new"),
    path("new/reach/", composing.reach, name="reach"),
    path("burden/", burden.burden, name="burden"),
    path("answers/<uuid:uuid>/", answering.answer, name="answer"),
    path("answers/<uuid:uuid>/step/send/", answering.answer, name="send"),
    path("answers/<uuid:uuid>/return/", answering.send_back, name="return"),
    path("<uuid:uuid>/", composing.request_, name="request"),
    path("<uuid:uuid>/facts/", composing.facts, name="facts"),
    path("<uuid:uuid>/fields/new/", composing.add, name="add"),
    path("<uuid:uuid>/fields/check/", composing.check, name="check"),
    path("<uuid:uuid>/fields/<int:field>/", composing.field, name="field"),
    path("<uuid:uuid>/step/", composing.step, name="step"),
    path("<uuid:uuid>/unions/", following.unions, name="unions"),
    path("<uuid:uuid>/unions/remind/", following.remind, name="remind"),
    path("<uuid:uuid>/answers/", following.answers, name="answers"),
    path("<uuid:uuid>/answers/export/", following.book, name="book"),
    path("<uuid:uuid>/template/", following.template, name="template"),
    path("<uuid:uuid>/import/", following.take, name="import"),
]
