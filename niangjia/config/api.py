"""The interface for machines: the same questions, the same permissions."""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.security import django_auth

from niangjia.reports.endpoints import router as reviews
from niangjia.rights.endpoints import router as rights
from niangjia.worklog.endpoints import router as figures

api = NinjaAPI(title="Niangjia", version="1", auth=django_auth, docs_url=None, urls_namespace="api")
api.add_router("", figures)
api.add_router("", reviews)
api.add_router("/rights", rights)

# Who is asked is decided here, call by call, with 401: the middleware's way to the door is for people.
urls = api.urls
for one in urls[0]:
    setattr(one.callback, "login_required", False)  # noqa: B010 - views are plain functions to the checker
