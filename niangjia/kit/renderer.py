"""Controls of forms as Django's own templates write them, put together without a template for each option and attribute.

A list's filters hold a hundred options, and are asked for with every page.

>>> from django import forms
>>> form = forms.Form(renderer=Controls())
>>> form.fields["kind"] = forms.ChoiceField(choices=[("", "all"), ("a", "A & B")], initial="a")
>>> form.fields["text"] = forms.CharField(max_length=9, required=False)
>>> print(form["kind"])
<select name="kind" required id="id_kind"><option value="">all</option><option value="a" selected>A &amp; B</option></select>
>>> print(form["text"])
<input type="text" name="text" maxlength="9" id="id_text">
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

WIDGETS = "django/forms/widgets/"
INPUTS = {f"{WIDGETS}{kind}.html" for kind in ("input", "text", "number", "date", "datetime", "time", "email", "password", "hidden", "url")}


def attributes(attrs: Mapping[str, Any]) -> str:
    """The attributes of an element; those that are True have no value, those that are False are left out."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"' for name, value in attrs.items() if value is not False
    )


def options(choices: Iterable[Mapping[str, Any]]) -> str:
    """The options of one group."""
    return "".join(
        f'<option value="{escape(str(one["value"]))}"{attributes(one["attrs"])}>{conditional_escape(one["label"])}</option>'
        for one in choices
    )


class Controls(DjangoTemplates):
    """Django's renderer, with a short way for selects and inputs."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """A select or an input at once; every other widget by its template."""
        widget = context.get("widget", {})
        if template_name == f"{WIDGETS}select.html":
            inside = "".join(
                f'<optgroup label="{escape(str(name))}">{options(choices)}</optgroup>' if name else options(choices)
                for name, choices, _index in widget["optgroups"]
            )
            return mark_safe(f'<select name="{widget["name"]}"{attributes(widget["attrs"])}>{inside}</select>')  # noqa: S308 - escaped above
        if template_name in INPUTS:
            value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
            return mark_safe(f'<input type="{widget["type"]}" name="{widget["name"]}"{value}{attributes(widget["attrs"])}>')  # noqa: S308 - escaped above
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template's
