"""The filters over a list: what is set is shown with the way to take it away, what is not set opens to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

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


TOLD = 40  # characters of what an address says that are said again


def left_out(chips: Iterable[Chip] | None) -> list[str]:
    """What an address narrows by that no filter of the list knows, each in a sentence; the field that asks anew says nothing more of it."""
    said = []
    for bound in (chip.field for chip in chips or () if chip.field is not None):
        if bound.form.errors.pop(bound.name, None):
            words = {"value": str(bound.data or "")[:TOLD], "filter": bound.label}
            said.append(_("“%(value)s” cannot be used for the filter “%(filter)s”; it was left out.") % words)
    return said
