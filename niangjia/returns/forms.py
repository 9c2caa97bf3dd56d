"""What people fill in about returns; shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

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
