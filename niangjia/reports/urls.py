"""Addresses of reviews."""

from __future__ import annotations

from django.urls import path

from niangjia.reports import views

app_name = "reports"
urlpatterns = [
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/new/", views.begin, name="begin"),
    path("reviews/<slug:name>/", views.review, name="review"),
    path("reviews/<slug:name>/edit/", views.edit, name="edit"),
    path("reviews/<slug:name>/steps/", views.steps, name="steps"),
    path("reviews/<slug:name>/drafts/", views.drafts, name="drafts"),
    path("reviews/<slug:name>/drafts/<int:number>/", views.draft, name="draft"),
    path("reviews/<slug:name>/since/", views.since, name="since"),
    path("reviews/<slug:name>/<str:form>", views.paper, name="paper"),
]
