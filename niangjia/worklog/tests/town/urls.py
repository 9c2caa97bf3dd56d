"""The town's addresses: the figures, as pages and for machines."""

from __future__ import annotations

from django.urls import include, path
from ninja import NinjaAPI

from niangjia.worklog.endpoints import router

api = NinjaAPI(title="town")
api.add_router("", router)
urlpatterns = [path("", include("niangjia.worklog.urls")), path("api/", api.urls)]
