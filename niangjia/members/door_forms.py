"""What a member fills in at the door."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.faults import phone_fault
from niangjia.kit.ids import narrow


class NumberForm(forms.Form):
    """Her number."""

    number = forms.CharField(
        label=_("Mobile"), max_length=20, widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "autofocus": True}),
        help_text=_("The one that your union has of you."),
    )  # fmt: skip

    def clean_number(self) -> str:
        """The number, without blanks and full-width digits."""
        said = narrow(self.cleaned_data["number"])
        if fault := phone_fault(said):
            raise forms.ValidationError(fault)
        return said


class CodeForm(forms.Form):
    """The code that came to it."""

    code = forms.CharField(
        label=_("Code from the message"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )  # fmt: skip

    def clean_code(self) -> str:
        """Its digits alone."""
        said = narrow(self.cleaned_data["code"])
        if not (said.isdecimal() and len(said) == 6):
            raise forms.ValidationError(_("The code has six digits."))
        return said


class TailForm(forms.Form):
    """The end of her identity number."""

    tail = forms.CharField(
        label=_("Last four of the identity number"), max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "autofocus": True}),
    )  # fmt: skip

    def clean_tail(self) -> str:
        """Four characters; the last may be an X."""
        said = narrow(self.cleaned_data["tail"])
        if len(said) != 4 or not said.isalnum():
            raise forms.ValidationError(_("Four characters: the last of them may be an X."))
        return said
