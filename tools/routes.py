"""Every address of the house with its guard: for the table in docs/generated, and for the test that tries each as each person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

LIBRARY = {"account/": "allauth"}  # addresses that a library guards itself


@dataclass(frozen=True)
class Route:
    """One address."""

    path: str
    name: str
    kind: str
    may: str = ""
    do: str = ""


def routes() -> list[Route]:
    """All of them, in order; a view without a guard has the kind `UNGUARDED`."""
    return sorted(walk(get_resolver().url_patterns, "", ""), key=lambda route: route.path)


def walk(patterns: list[Any], before: str, space: str) -> list[Route]:
    """The routes below some patterns."""
    found = []
    for one in patterns:
        path = before + str(one.pattern).removeprefix("^").removesuffix("$").replace("\\Z", "")
        if isinstance(one, URLResolver):
            found += walk(one.url_patterns, path, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            found.append(route(one, "/" + path, space))
    return found


def route(one: URLPattern, path: str, space: str) -> Route:
    """One route with its guard: the view's own (a call of the interface for machines has one too), or the library's."""
    name, view = f"{space}{one.name or ''}", one.callback
    guard = getattr(view, "guard", None)
    if guard is not None:
        return Route(path, name, guard.kind, guard.may, guard.do)
    for start, library in LIBRARY.items():
        if path.startswith("/" + start):
            return Route(path, name, library)
    return Route(path, name, "UNGUARDED")
