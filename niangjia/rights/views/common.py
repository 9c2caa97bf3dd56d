"""A page with one form, as all steps that carry facts use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse

from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import Request, go, render

Act = Callable[[dict[str, Any]], str]


def filled(
    request: Request, form: Form, act: Act, *, title: Any, button: Any, back: str, crumbs: list[tuple[Any, str]], text: Any = "", above: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The form shown, or taken, or given back with what is wrong. `act` answers the sentence of the toast."""
    if request.method == "POST" and form.is_valid():
        try:
            said = act(form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, said)
            return go(request, back)
    context = {
        "form": form, "title": title, "button": button, "text": text, "back": back, "crumbs": [*crumbs, (title, "")], "reasons": [],
        "files": form.is_multipart(),
    }  # fmt: skip
    return render(request, "rights/form.html", context | (above or {}), status=422 if request.method == "POST" else 200)
