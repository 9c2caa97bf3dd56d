"""A page with one form, as every step that carries facts uses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from niangjia.kit.components import Paper
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import go, render

Act = Callable[[dict[str, Any]], str | tuple[str, str]]
Crumbs = Sequence[tuple[Any, str]]


def filled(
    request: HttpRequest, form: Form, act: Act, *, title: Any, button: Any, back: str, crumbs: Crumbs = (), text: Any = "",
    beside: tuple[Any, list[Paper]] | None = None, q: str | None = None,
) -> HttpResponse:  # fmt: skip
    """The form shown, or taken, or given back with what is wrong.

    `act` does what the form asks with its cleaned facts. It answers the sentence of the toast ("" for none), with an address if the
    reader goes on elsewhere than `back`, and raises `RuleBroken` with what stands in the way. `beside` stands beside the form under its
    title: what the reader decides by. `q`: what was looked for among the choices; None where nothing is looked for.
    """
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            said, there = done if isinstance(done, tuple) else (done, back)
            if said:
                messages.success(request, said)
            return go(request, there)
    context = {
        "form": form, "title": title, "button": button, "text": text, "back": back, "beside": beside, "q": q, "files": form.is_multipart(),
        "crumbs": [*crumbs, (title, "")] if crumbs else [],
    }  # fmt: skip
    return render(request, "form.html", context, status=422 if request.method == "POST" else 200)
