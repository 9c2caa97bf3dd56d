"""What people fill in about events and disputes; shape only, judgement is in the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.faults import day_fault


class Moment(forms.DateTimeField):
    """A day and an hour, chosen in the browser's own calendar."""

    def __init__(self, **facts: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=formats, **facts)

    def validate(self, value: Any) -> None:
        """A year that can be."""
        super().validate(value)
        if value and (fault := day_fault(value)):
            raise forms.ValidationError(fault)


class People(forms.IntegerField):
    """A number of people."""

    def __init__(self, **facts: Any) -> None:
        said = {"invalid": _("Write a number, such as 46. If you are not sure, an estimate will do.")}
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(max_value=100_000, widget=widget, error_messages=said, **facts)


class Text(forms.CharField):
    """A few sentences."""

    def __init__(self, *, rows: int = 3, **facts: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **facts)


class Many(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, each as a file."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(widget=Many(), **facts)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """A list, whatever was chosen."""
        single = super().clean
        several = [one for one in data if one] if isinstance(data, list | tuple) else [data] if data else []
        if not several:
            single(None, initial)
        return [single(one, initial) for one in several]


EMPTY = ("", _("All"))


class WhyForm(forms.Form):
    """Why somebody needs to see a covered value."""

    why = forms.CharField(label=_("Why do you need to see it?"), max_length=200)
