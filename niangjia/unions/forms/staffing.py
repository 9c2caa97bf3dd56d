"""What people fill in about the staffing of township federations; shape only, judgement is in the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.files.api import Source
from niangjia.unions.actions.staffing import APPOINTMENT, ESTABLISHMENT, Said
from niangjia.unions.enums import Manning, Post

MOST = 500  # people of one township


class ChecksFilter(forms.Form):
    """What the list of checks is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=20)
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *(one for one in Manning.choices if one[0] != Manning.DROPPED)]
    )
    under = forms.ChoiceField(label=_("County"), required=False)

    def __init__(self, *args: Any, years: Any = (), places: Any = (), **facts: Any) -> None:
        super().__init__(*args, **facts)
        every = [("", _("All"))]
        self.fields["year"].choices = [*every, *((str(one), str(one)) for one in years)]  # type: ignore[attr-defined]
        self.fields["under"].choices = [*every, *((one.code, one.short_name) for one in places)]  # type: ignore[attr-defined]


class FillForm(forms.Form):
    """How a township federation stands: its chair, its people, and the papers that show it."""

    head = forms.CharField(label=_("Chair, or the vice-chair who works full-time"), max_length=60)
    post = forms.ChoiceField(label=_("Post"), choices=Post.choices[:2], widget=forms.RadioSelect)
    full_time = forms.TypedChoiceField(
        label=_("Works full-time for the union"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect, coerce=lambda said: said == "yes",
        help_text=_("Full-time is who does nothing else by office."),
    )  # fmt: skip
    appointed_no = forms.CharField(
        label=_("Number of the appointment"), max_length=60, required=False, help_text=_("Such as 长总工〔2026〕8号.")
    )
    appointment = forms.FileField(label=_("Paper of the appointment"), required=False, help_text=_("PDF, picture, Word or Excel."))
    cadres = forms.IntegerField(label=_("Officers of the federation"), min_value=0, max_value=MOST)
    workers = forms.IntegerField(label=_("Social workers of the union"), min_value=0, max_value=MOST)
    staffed_no = forms.CharField(label=_("Number of the establishment"), max_length=60, required=False)
    establishment = forms.FileField(label=_("Paper of the establishment"), required=False, help_text=_("PDF, picture, Word or Excel."))
    remark = forms.CharField(
        label=pgettext_lazy("of a check", "Remark"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def said(self) -> Said:
        """What was filled in."""
        return Said(**{name: value for name, value in self.cleaned_data.items() if name not in ("appointment", "establishment")})

    def papers(self) -> dict[str, Source | None]:
        """The papers that were sent along."""
        return {APPOINTMENT: self.cleaned_data.get("appointment"), ESTABLISHMENT: self.cleaned_data.get("establishment")}
