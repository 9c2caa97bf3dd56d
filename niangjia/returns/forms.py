"""What people fill in about returns; shape only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from niangjia.returns.asked import ASKED
from niangjia.returns.enums import JOINTLY, Look
from niangjia.unions.enums import GRASSROOTS, Kind
from niangjia.unions.models import Union


class BeginForm(forms.Form):
    """Whose return, and of which year."""

    union = forms.ModelChoiceField(Union.objects.none(), label=_("Union"), empty_label=None)
    year = forms.IntegerField(
        label=_("Statistical year"), min_value=2000, max_value=2100, help_text=_("The year in which it ends. The books fill it; nobody types a number.")
    )  # fmt: skip

    def __init__(self, *args: Any, unions: QuerySet[Union], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["union"].queryset = unions  # type: ignore[attr-defined]  # as ModelChoiceField has it


class RemarkForm(forms.Form):
    """Why a number has moved."""

    text = forms.CharField(
        label=_("Remark"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence that the next level understands: what happened, to whom, when. Empty takes the remark back."),
    )  # fmt: skip


class SignForm(forms.Form):
    """The head of the union answers for the numbers."""

    read = forms.BooleanField(label=_("I have read the numbers and the remarks, and answer for them."))


class OpenForm(forms.Form):
    """Of which year the surveys are opened, and for whose unions."""

    union = forms.ModelChoiceField(Union.objects.none(), label=_("Union"), empty_label=None)
    year = forms.IntegerField(
        label=_("Statistical year"), min_value=2000, max_value=2100,
        help_text=_("The year in which it ends. Those that are there already stay as they are; only what is missing is made."),
    )  # fmt: skip

    def __init__(self, *args: Any, unions: QuerySet[Union], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["union"].queryset = unions  # type: ignore[attr-defined]  # as ModelChoiceField has it


class AnswerForm(forms.Form):
    """What no record holds: one number a line, 0 where there is none."""

    def __init__(self, *args: Any, answers: Mapping[str, Any], **facts: Any) -> None:
        super().__init__(*args, **facts)
        for code, one in ASKED.items():
            held = answers.get(code)
            self.fields[f"n{code}"] = forms.IntegerField(
                label=one.words(get_language() or "zh"), help_text=one.help, min_value=0, max_value=100_000_000, initial=0 if held is None else held
            )  # fmt: skip

    def said(self) -> dict[str, int]:
        """The numbers by line."""
        return {code: self.cleaned_data[f"n{code}"] for code in ASKED}


class SurveyFilter(forms.Form):
    """What the surveys are narrowed by."""

    year = forms.IntegerField(label=_("Statistical year"), required=False, min_value=2000, max_value=2100)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Look.choices])
    kind = forms.ChoiceField(
        label=_("Type"),
        required=False,
        choices=[
            ("", _("All")),
            (JOINTLY, _("Joint unions of all kinds")),
            *((one, label) for one, label in Kind.choices if one in GRASSROOTS),
        ],
    )
    under = forms.CharField(label=_("Under"), required=False, max_length=20)
