"""Addresses that everybody may open: the board on which notices hang."""

from __future__ import annotations

from django.urls import path

from niangjia.gazette import board

app_name = "board"
urlpatterns = [
    path("", board.board, name="list"),
    path("<uuid:key>/", board.notice, name="notice"),
    path("objections/<uuid:key>/", board.objection, name="objection"),
]
