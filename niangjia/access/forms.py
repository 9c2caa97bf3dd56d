"""What administrators fill in about accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from niangjia.access.models import User
from niangjia.access.words import ACTS, kinds
from niangjia.kit.fields import Day


class AccountForm(forms.Form):
    """A new account."""

    username = forms.CharField(
        label=_("Account"), min_length=3, max_length=60,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", _("Small letters, digits, dots and dashes, such as zhang.min."))],
        help_text=_("The name with which she signs in; it is never given to anybody else."),
    )  # fmt: skip
    name = forms.CharField(label=_("Full name"), max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean_username(self) -> str:
        """A name that nobody has."""
        said: str = self.cleaned_data["username"]
        if User.objects.filter(username=said).exists():
            raise forms.ValidationError(_("Somebody has this account already. Add a digit, or the name of the unit."))
        return said


class LogFilter(forms.Form):
    """What the log of who saw what is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    who = forms.CharField(label=_("Account"), required=False, max_length=150)
    act = forms.ChoiceField(label=_("Did"), required=False)
    kind = forms.ChoiceField(label=_("Kind of thing"), required=False)
    since = Day(label=_("From day"), required=False)
    until = Day(label=_("To day"), required=False)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["act"].choices = [("", _("All")), *ACTS.items()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("All")), *kinds()]  # type: ignore[attr-defined]


class BindForm(forms.Form):
    """Which subject of the provider an account is."""

    subject = forms.CharField(label=_("Sign of the account there (sub)"), max_length=255, strip=True)
    why = forms.CharField(label=_("Reason"), max_length=200, help_text=_("How you made sure that it is she."))


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=200)
