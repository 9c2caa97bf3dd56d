"""Addresses of unions. The last word of a step's page is its verb in the flow."""

from __future__ import annotations

from django.urls import path

from niangjia.unions import views
from niangjia.unions.views import reorganise, standing

app_name = "unions"
urlpatterns = [
    path("", views.unions, name="unions"),
    path("export/", views.export, name="export"),
    path("tree/", views.tree, name="tree"),
    path("away/", standing.away, name="away"),
    path("away/<uuid:uuid>/", standing.stand_in, name="stand_in"),
    path("away/<uuid:uuid>/end/", standing.call_back, name="call_back"),
    path("reorganisations/", reorganise.reorganisations, name="reorganisations"),
    path("reorganisations/plan/", reorganise.plan, name="plan"),
    path("reorganisations/<uuid:uuid>/", reorganise.reorganisation, name="reorganisation"),
    path("reorganisations/<uuid:uuid>/facts/", reorganise.facts, name="reorganisation_facts"),
    path("reorganisations/<uuid:uuid>/lines/", reorganise.lines, name="reorganisation_lines"),
    path("reorganisations/<uuid:uuid>/lines/<uuid:line>/", reorganise.line, name="reorganisation_line"),
    path("reorganisations/<uuid:uuid>/papers/", reorganise.papers, name="reorganisation_papers"),
    path("reorganisations/<uuid:uuid>/step/", reorganise.step, name="reorganisation_step"),
    path("<str:code>/", views.union, name="union"),
    path("<str:code>/step/", views.step, name="step"),
    path("<str:code>/step/approve/", views.approve, name="approve"),
    path("<str:code>/step/re-elect/", views.election, name="election"),
    path("<str:code>/step/abolish/", views.abolish, name="abolish"),
    path("<str:code>/unions/", views.found, name="found"),
    path("<str:code>/parents/", views.parents, name="parents"),
    path("<str:code>/offices/", views.offices, name="offices"),
    path("<str:code>/offices/<uuid:uuid>/", views.office, name="office"),
    path("<str:code>/units/", views.units, name="units"),
    path("<str:code>/units/<str:uscc>/", views.unit, name="unit"),
    path("<str:code>/bodies/", views.bodies, name="bodies"),
    path("<str:code>/facts/", views.facts, name="facts"),
]
