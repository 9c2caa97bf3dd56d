"""The filters over a list: what is set is shown with the way to take it away, what is not set opens to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.forms import Form
from django.http import HttpRequest

from niangjia.kit.components import Chip


def chips(form: Form, request: HttpRequest, names: Sequence[str]) -> list[Chip]:
    """The filters; what is set is shown with the way to take it away."""
    made = []
    for name in names:
        value = form.cleaned_data.get(name)
        rest = request.GET.copy()
        for gone in (name, "after", "before"):
            rest.pop(gone, None)
        words = dict(getattr(form.fields[name], "choices", ()))
        label = form.fields[name].label
        made.append(Chip(label, words.get(value, value), clear=f"?{rest.urlencode()}") if value else Chip(label, field=form[name]))
    return made


def kept(request: HttpRequest, names: Iterable[str]) -> list[tuple[str, str]]:
    """What a form of filters carries on, besides its own fields."""
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]
