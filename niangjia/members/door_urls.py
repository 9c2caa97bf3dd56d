"""Addresses of the door of members: no number and no code ever stands in one."""

from __future__ import annotations

from django.urls import path

from niangjia.members.views import door

app_name = "door"
urlpatterns = [
    path("", door.choose, name="choose"),
    path("member/", door.number, name="number"),
    path("member/code/", door.code, name="code"),
    path("member/card/", door.tail, name="tail"),
]
