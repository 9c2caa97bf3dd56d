"""The page of all parts, /ui/: each drawn by its own template with made-up facts, its arguments read from the template's first line."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from niangjia.kit.components import PHASES
from niangjia.kit.pages import public, render
from niangjia.kit.samples import Shown, chapters


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
