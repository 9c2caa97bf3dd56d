"""Addresses of returns."""

from __future__ import annotations

from django.urls import path

from niangjia.returns.views import annual, survey

app_name = "returns"
urlpatterns = [
    path("", annual.returns, name="list"),
    path("new/", annual.new, name="new"),
    path("surveys/", survey.surveys_page, name="surveys"),
    path("surveys/export/", survey.export, name="surveys_export"),
    path("surveys/open/", survey.opening, name="open"),
    path("surveys/townships/", survey.towns, name="towns"),
    path("surveys/<uuid:uuid>/", survey.survey, name="survey"),
    path("surveys/<uuid:uuid>/step/answer/", survey.answers, name="answers"),
    path("surveys/<uuid:uuid>/step/", survey.step, name="survey_step"),
    path("surveys/<uuid:uuid>/export/", survey.book, name="survey_book"),
    path("<uuid:uuid>/", annual.annual_return, name="return"),
    path("<uuid:uuid>/step/", annual.step, name="step"),
    path("<uuid:uuid>/step/sign/", annual.signing, name="signing"),
    path("<uuid:uuid>/lines/<slug:line>/", annual.line, name="line"),
    path("<uuid:uuid>/export/", annual.book, name="book"),
]
