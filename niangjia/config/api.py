"""The interface for machines: the same questions, the same permissions."""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.security import django_auth

from niangjia.reports.endpoints import router as reviews
from niangjia.worklog.endpoints import router as figures

api = NinjaAPI(title="Niangjia", version="1", auth=django_auth, docs_url=None, urls_namespace="api")
api.add_router("", figures)
api.add_router("", reviews)
