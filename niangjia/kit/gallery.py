"""The demo's phone, and the page of all parts, /ui/: each drawn by its own template with made-up facts, its arguments read from the template's first line."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from niangjia.kit import mask
from niangjia.kit.carrier import Folder, carrier
from niangjia.kit.components import PHASES
from niangjia.kit.pages import public, render
from niangjia.kit.samples import Shown, chapters

SHOWN = 8  # messages on the screen of the demo's phone


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part of our pages, in the language of the page."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    shown = [(chapter.title, [(part, drawn(part, request)) for part in chapter.parts]) for chapter in chapters()]
    return render(request, "ui_gallery.html", {"chapters": shown, "phases": PHASES})


def drawn(part: Shown, request: HttpRequest) -> list[SafeString]:
    """The examples of a part."""
    return [SafeString(render_to_string(f"ui/{part.name}.html", facts, request)) for facts in part.examples]


@public
@never_cache
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The phone of the demo: the short messages that lie in its folder, the last first. Everybody in a demo is made up; elsewhere there is no such page."""
    plug = carrier()
    if not settings.DEMO or not isinstance(plug, Folder):
        raise Http404
    return render(request, "ui_phone.html", {"letters": [(mask.phone(one.number), one.text, one.kind) for one in plug.last(SHOWN)]})
