"""What people fill in about employers; shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.unions.enums import Category, Industry, Size


class EmployersFilter(forms.Form):
    """What the list of employers is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=20)
    under = forms.CharField(label=_("Under"), required=False, max_length=20)
    category = forms.ChoiceField(label=_("Category"), required=False, choices=[("", _("All")), *Category.choices])
    industry = forms.ChoiceField(label=_("Industry"), required=False, choices=[("", _("All")), *Industry.choices])
    size = forms.ChoiceField(label=_("Employees"), required=False, choices=[("", _("All")), *Size.choices])

    def __init__(self, *args: Any, places: Any = (), **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["under"] = forms.ChoiceField(
            label=_("County or township"), required=False, choices=lambda: [("", _("All")), *((one.code, one.short_name) for one in places)]
        )


class MergeForm(forms.Form):
    """Which of two entries is kept, and how one knows that both are one."""

    keep = forms.ChoiceField(
        label=_("Which entry is kept"),
        widget=forms.RadioSelect,
        help_text=_("The one whose credit code is right: the other code will find it too."),
    )
    reason = forms.CharField(
        label=_("How do you know that both are one"),
        max_length=200,
        help_text=_("Such as: the business register shows that the credit code changed in 2016."),
    )

    def __init__(self, pair: list[tuple[str, str]], *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["keep"].choices = pair  # type: ignore[attr-defined]


class PartForm(forms.Form):
    """Why two entries are two employers after all."""

    reason = forms.CharField(label=_("Why they are two after all"), max_length=200)


class EmployerForm(forms.Form):
    """An employer's entry."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("In full, as on the licence."))
    uscc = forms.CharField(label=_("Credit code"), max_length=20, help_text=_("18 characters, the last one is a check."))
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    industry = forms.ChoiceField(label=_("Industry"), choices=Industry.choices)
    employees = forms.IntegerField(
        label=_("Employees"), min_value=0, max_value=1_000_000, help_text=_("As the unit says; what the tax side says stands beside it.")
    )
    address = forms.CharField(label=_("Address"), max_length=160, required=False, help_text=_("As registered."))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Needed where the credit code changes; it stands in the story.")
    )
