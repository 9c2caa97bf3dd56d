"""A page on which a step is taken opens only where the step can be taken; else it says what stands in the way, and leads back."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.flow import FLOWS, code
from niangjia.kit.pages import View, render


def while_in(*states: str | Enum) -> Callable[[View], View]:
    """The page is read only while its thing stands in one of these states; what is sent meets the action, which holds the row."""
    wanted = tuple(map(code, states))

    def wrap(view: View) -> View:
        @wraps(view)
        def open_(request: HttpRequest, thing: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in ("GET", "HEAD") and thing.state not in wanted:
                return barred(request, thing, sentence(thing, wanted))
            return view(request, thing, *args, **kwargs)

        return open_

    return wrap


def barred(request: HttpRequest, thing: Any, said: str) -> HttpResponse:
    """The page in the place of a form that nobody could send."""
    return render(request, "errors/barred.html", {"sentence": said, "back": thing.get_absolute_url()}, status=409)


def sentence(thing: Any, wanted: tuple[str, ...]) -> str:
    """Where a thing stands, where it must stand, and the steps that lead there, if any do."""
    flow = FLOWS[thing._meta.label_lower]
    labels = {code(one): getattr(one, "label", code(one)) for one in flow.states}
    said = _("%(thing)s stands at “%(state)s”. This is done at “%(states)s”.") % {
        "thing": thing, "state": labels[thing.state], "states": pgettext("between states", "” or “").join(str(labels[one]) for one in wanted),
    }  # fmt: skip
    if way := flow.way(thing.state, wanted):
        first = pgettext("between steps", ", ").join(str(one.label) for one in way)
        return said + _(" What comes first: %(steps)s.") % {"steps": first}
    return said + _(" From where it stands, nothing leads there any more.")
