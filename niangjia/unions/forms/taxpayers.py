"""What people fill in about firms of the tax side's list; shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.access.models import User
from niangjia.kit.fields import Spreadsheet
from niangjia.kit.who import permitted
from niangjia.unions.enums import May, Spared, TaxState
from niangjia.unions.fields import UnionField
from niangjia.unions.forms import offering

SIZES = (("small", _("fewer than 100")), ("100", _("100 to 199")), ("200", _("200 to 999")), ("1000", _("1,000 and more")))


class TaxpayersFilter(forms.Form):
    """What the list of firms is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=20)
    under = forms.CharField(label=_("Under"), required=False, max_length=20)
    size = forms.ChoiceField(label=_("Employees"), required=False, choices=[("", _("All")), *SIZES])
    state = forms.ChoiceField(label=_("State with the tax office"), required=False, choices=[("", _("All")), *TaxState.choices])

    def __init__(self, *args: Any, places: Any = (), **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["under"] = forms.ChoiceField(
            label=_("County or township"), required=False, choices=lambda: [("", _("All")), *((one.code, one.short_name) for one in places)]
        )


class LayForm(forms.Form):
    """A list as the tax side gave it."""

    at = UnionField(label=_("Whose list"))
    file = Spreadsheet(
        label=_("File"), help_text=_("xlsx, xls, ods or csv (also GB18030), as it comes: titles, sums and notes are recognised.")
    )

    whole = forms.BooleanField(
        label=_("It is whole: every firm of the place is in it"), required=False, help_text=_("Firms that we hold there and that it lacks have then dropped off; how many is shown before anything is taken in.")
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **facts: Any) -> None:
        super().__init__(*args, **facts)
        among = permitted(user, May.TAKE_TAX).filter(level__lte=2)
        offering(self, "at", among, among)


class SpareForm(forms.Form):
    """Why a firm needs no union."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[one for one in Spared.choices if one[0]], widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("In a sentence"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Such as: covered by the union of the group in Hangzhou, seen by its certificate.")
    )  # fmt: skip
