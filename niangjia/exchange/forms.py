"""What administrators fill in about other systems."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.exchange.actions import check_address
from niangjia.exchange.enums import USES, Of
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.fields import Day
from niangjia.kit.who import permitted
from niangjia.unions.api import UnionField


class ClientForm(forms.Form):
    """Another system, before anybody has said what it may."""

    name = forms.CharField(label=_("Name of the system"), max_length=60, help_text=_("As it is to stand in the log, such as: membership system of the province."))  # fmt: skip
    keeper = forms.CharField(label=_("Whose it is, and whom to call"), max_length=120)


class ScopeForm(forms.Form):
    """Where a system stands, what it may use, until when."""

    union = UnionField(label=_("Union"), help_text=_("It sees what lies at this union and below. Its name, the initials of its name, or its code."))  # fmt: skip
    uses = forms.MultipleChoiceField(label=_("It may"), widget=forms.CheckboxSelectMultiple, help_text=_("No more than it needs for what was agreed."))  # fmt: skip
    until = Day(label=_("Last day"), help_text=_("After it no key opens anything."))

    def __init__(self, *args: Any, user: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["uses"].choices = [(code, use.label) for code, use in USES.items()]  # type: ignore[attr-defined]
        self.fields["union"].among = permitted(user, "unions.appoint")  # type: ignore[attr-defined]

    def clean_until(self) -> Any:
        """A day that is not over."""
        said = self.cleaned_data["until"]
        if said < today():
            raise forms.ValidationError(_("This day is over. Give today or a later one."))
        return said


class HookForm(forms.Form):
    """An address that is told."""

    kind = forms.ChoiceField(label=_("Told of"), choices=Of.choices, help_text=_("Only what its scope lets the system read is told."))
    url = forms.CharField(label=pgettext_lazy("posted", "Address"), max_length=300, help_text=_("As the system's keeper gave it in writing, such as https://system.example/told."))  # fmt: skip

    def clean_url(self) -> str:
        """An address to which the house posts."""
        said: str = self.cleaned_data["url"].strip()
        try:
            check_address(said)
        except RuleBroken as fault:
            raise forms.ValidationError(str(fault)) from None
        return said


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=200)
