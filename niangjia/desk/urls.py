"""Addresses of the desk. The front door leads on to the page that a person's day begins with."""

from __future__ import annotations

from django.urls import path

from niangjia.desk import board, late, manual, own, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("desk/late/", late.late, name="late"),
    path("desk/late/export/", late.export, name="late-export"),
    path("overview/", views.overview, name="overview"),
    path("overview/reminder/", views.reminder, name="reminder"),
    path("quality/board/", board.board, name="board"),
    path("quality/board/export/", board.export, name="board-export"),
    path("search/", views.search, name="search"),
    path("help/", manual.manual, name="help"),
    path("help/pictures/<slug:name>.png", manual.picture, name="manual-picture"),
    path("help/<slug:part>/", manual.manual, name="manual"),
    path("me/", views.me, name="me"),
    path("me/file/", own.file, name="own-file"),
    path("me/file/shown/<str:what>/", own.shown, name="own-shown"),
    path("me/looked/", own.seen, name="looked"),
    path("me/account/", views.account, name="account"),
]
