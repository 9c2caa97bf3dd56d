"""What somebody fills in to take a list of people away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.exports.actions import Asking
from niangjia.exports.enums import SHORT
from niangjia.exports.rules import COVERED, FULL, OUT, columns, missing
from niangjia.kit.exportable import Exportable, Query

SEALED = [(OUT, _("left out")), (COVERED, _("covered")), (FULL, _("in full"))]


class AskForm(forms.Form):
    """For what, which columns, and why some of them in full; the columns are those that the list declares."""

    union = forms.ChoiceField(label=_("In the name of"))
    purpose = forms.CharField(
        label=_("What it is for"), max_length=200, help_text=_("It stands on every page of the workbook, with your name.")
    )
    columns = forms.MultipleChoiceField(label=_("Columns"), required=False, widget=forms.CheckboxSelectMultiple)
    why_full = forms.CharField(
        label=_("Why in full"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed only where a number is taken in full: what cannot be done with covered ones?"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, what: Exportable, seats: Sequence[Any]) -> None:
        super().__init__(data)
        self.what = what
        plain = [one for one in what.fields if not one.always and not one.sealed]
        places = self.fields["union"]
        assert isinstance(places, forms.ChoiceField)
        places.choices = [(str(seat.union_id), seat.union.name) for seat in seats]
        places.initial = str(seats[0].union_id)
        if len(seats) == 1:
            places.widget = forms.HiddenInput()
        chosen = self.fields["columns"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(one.code, one.label) for one in plain]
        chosen.initial = [one.code for one in plain if one.chosen]
        for one in what.fields:
            if one.sealed:
                self.fields[one.code] = forms.ChoiceField(
                    label=one.label,
                    choices=SEALED[1:] if one.always else SEALED,
                    initial=COVERED if one.chosen else OUT,
                    widget=forms.RadioSelect,
                )
        self.order_fields(["union", "purpose", *(one.code for one in what.fields if one.sealed), "why_full", "columns"])

    def clean(self) -> dict[str, Any]:
        """What the rules ask for, said at the field that lacks it."""
        said = super().clean() or {}
        lack = missing(said.get("purpose", ""), self._columns(said)[1], said.get("why_full", ""), short=SHORT)
        if lack == "purpose" and "purpose" not in self.errors:
            self.add_error("purpose", _("Say it in a few words, such as: yearly check of the register."))
        if lack == "why":
            self.add_error("why_full", _("Say why covered numbers do not do: the second person decides by it."))
        return said

    def _columns(self, said: dict[str, Any]) -> tuple[list[str], list[str]]:
        ticked = dict.fromkeys(said.get("columns", ()), "on")
        sealed = {one.code: said.get(one.code, OUT) for one in self.what.fields if one.sealed}
        return columns(ticked | sealed, [(one.code, one.always, one.sealed) for one in self.what.fields])

    def asking(self, query: Query) -> Asking:
        """What is asked, once the form is valid."""
        said = self.cleaned_data
        chosen, full = self._columns(said)
        return Asking(query, chosen, said["purpose"], full, said["why_full"])
