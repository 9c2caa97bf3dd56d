"""Panels: what higher floors show on the page of a thing that stands below them, without the page knowing of them.

>>> # niangjia/members/panels.py
>>> # @panel("unions.union", title=_("Members"), order=10)
>>> # def members(request, union): return "members/panel.html", {"first": …}
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Fill = Callable[[HttpRequest, Any], "tuple[str, dict[str, Any]] | None"]


@dataclass(frozen=True)
class Panel:
    """One part of a page, filled by another floor."""

    title: Any
    order: int
    aside: bool
    fill: Fill


PANELS: dict[str, list[Panel]] = {}


def panel(model: str, *, title: Any, order: int = 50, aside: bool = False) -> Callable[[Fill], Fill]:
    """Add a part to the page of a model, named by its label; the function answers a template and its context, or None."""

    def keep(fill: Fill) -> Fill:
        PANELS.setdefault(model, []).append(Panel(title, order, aside, fill))
        return fill

    return keep


@dataclass(frozen=True)
class Shown:
    """A panel ready for the page."""

    title: Any
    body: SafeString


def panels(request: HttpRequest, thing: Any, *, aside: bool = False) -> list[Shown]:
    """The parts that other floors have for a thing, in order."""
    found = sorted((one for one in PANELS.get(thing._meta.label_lower, []) if one.aside == aside), key=lambda one: one.order)
    filled = [(one, one.fill(request, thing)) for one in found]
    return [Shown(one.title, render_to_string(*what, request)) for one, what in filled if what]
