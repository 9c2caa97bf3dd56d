"""The interface for machines: the same questions, the same permissions."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from ninja import NinjaAPI

from niangjia.exchange.endpoints import people
from niangjia.exchange.endpoints import router as unions
from niangjia.kit.machines import Session
from niangjia.kit.pages import public
from niangjia.kit.problems import install
from niangjia.reports.endpoints import router as reviews
from niangjia.rights.endpoints import router as rights
from niangjia.worklog.endpoints import router as figures

ROUTERS = (("", figures), ("", reviews), ("/rights", rights), ("/unions", unions), ("/members", people))

api = NinjaAPI(title="Niangjia", version="1", auth=Session(), docs_url=None, urls_namespace="api", docs_decorator=public)
install(api)
for prefix, router in ROUTERS:
    api.add_router(prefix, router)


@public
def home(_request: HttpRequest) -> HttpResponse:
    """Whoever opens the interface itself is led to the document of what may be asked."""
    return redirect("api:openapi-json")


def guarded() -> tuple[list[URLPattern], str, str]:
    """The addresses, each with the guard that its call declares; one that declares none has none, which the test of routes sees.

    Who is asked is decided here, call by call, with 401: the middleware's way to the door is for people.
    """
    made, app, space = cast("tuple[list[URLPattern], str, str]", api.urls)  # a path each, nothing included
    calls = [one.view_func for _, router in ROUTERS for view in router.path_operations.values() for one in view.operations]
    guards = {call.__name__: getattr(call, "guard", None) for call in calls}
    for one in made:
        setattr(one.callback, "login_required", False)  # noqa: B010 - views are plain functions to the checker
        if guard := guards.get(str(one.name)):
            setattr(one.callback, "guard", guard)  # noqa: B010
    return [path("", home, name="api-root") if one.name == "api-root" else one for one in made], app, space


urls = guarded()
