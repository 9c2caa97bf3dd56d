"""What the gallery is made of: parts with examples, in chapters; and a form with each kind of field."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

TEMPLATES = Path(__file__).parents[1] / "templates" / "ui"
FRAME = {"assets", "script", "seal", "rail", "rail_item", "top", "me_links", "language", "tabbar", "toasts"}  # seen around every page
INSIDE = {"bare", "field_notes"}  # seen inside of others


@dataclass(frozen=True)
class Shown:
    """One part as the gallery shows it, or several of a kind beside each other."""

    name: str
    examples: list[dict[str, Any]]
    wide: bool = True  # its own lines; otherwise the examples stand in one row
    notes: str = ""

    @property
    def says(self) -> str:
        """The arguments, from the comment that begins the template."""
        first = (TEMPLATES / f"{self.name}.html").read_text().splitlines()[0]
        return first.removeprefix("{# ").split(" #}")[0]


@dataclass
class Chapter:
    """Parts that belong together."""

    title: Any
    parts: list[Shown] = field(default_factory=list)


class Sample(forms.Form):
    """A form with each kind of field, filled in wrongly."""

    firm = forms.CharField(
        label=pgettext_lazy("gallery", "Which firm?"), help_text=pgettext_lazy("gallery", "Its full name, as on the licence.")
    )
    workers = forms.IntegerField(
        label=pgettext_lazy("gallery", "How many workers are affected?"), widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    since = forms.DateField(label=pgettext_lazy("gallery", "Since when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    what = forms.MultipleChoiceField(
        label=pgettext_lazy("gallery", "What happened?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("wages", pgettext_lazy("gallery", "Unpaid wages")),
            ("stop", pgettext_lazy("gallery", "Work stopped")),
            ("closed", pgettext_lazy("gallery", "Closed or moved away")),
        ],
    )
    place = forms.ChoiceField(
        label=pgettext_lazy("gallery", "Place"),
        required=False,
        choices=[
            ("", pgettext_lazy("gallery", "Any")),
            ("d", pgettext_lazy("gallery", "Deqing")),
            ("c", pgettext_lazy("gallery", "Changxing")),
        ],
    )
    says = forms.CharField(label=pgettext_lazy("gallery", "What do they ask?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    calm = forms.BooleanField(label=pgettext_lazy("gallery", "Nobody has gathered"), required=False)
