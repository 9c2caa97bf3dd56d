"""Forms of reviews: they parse, they never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.unions.models import Union


class BeginForm(forms.Form):
    """What is said of a review when it is begun."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    name = forms.SlugField(
        label=_("Name in the address"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, as in huzhou-2015."),
        error_messages={"invalid": _("An address has small letters, digits and hyphens only, as in huzhou-2015.")},
    )
    period = forms.CharField(
        label=_("Period"),
        max_length=40,
        help_text=_("2014, 2012-01..2015-06 or ..2015-09-30. A figure without a period of its own is asked for this one."),
    )
    union = forms.ModelChoiceField(label=_("Of which union"), queryset=Union.objects.none(), empty_label=None)

    def __init__(self, *args: Any, unions: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["union"].queryset = unions  # type: ignore[attr-defined]
