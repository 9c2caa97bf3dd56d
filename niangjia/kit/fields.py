"""Fields of forms that every app has."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.faults import day_fault
from niangjia.kit.reading import no_wps

AROUND = re.compile(r"\s*[¥\s]*(?P<number>\S+?)\s*(?P<many>万)?\s*(?:元|yuan)?\s*")
TEN_THOUSAND = 10_000


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts)

    def validate(self, value: Any) -> None:
        """A year that can be."""
        super().validate(value)
        if value and (fault := day_fault(value)):
            raise forms.ValidationError(fault)


class Spreadsheet(forms.FileField):
    """A file in which tables stand: whatever the reader takes, told apart by its bytes; only what it is known not to take is refused here."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file, unless it is of WPS's own kind."""
        file = super().clean(data, initial)
        if file:
            try:
                no_wps(str(file.name))
            except RuleBroken as broken:
                raise forms.ValidationError(str(broken)) from None
        return file


class Today(Day):
    """A day; today unless said."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**{"initial": today, **facts})


class Money(forms.DecimalField):
    """Yuan with two places, read as people write them: 318,000, ￥318000.00, 31.8万元. Its unit stands behind it in every form."""

    unit = _("yuan")
    default_error_messages = {
        "invalid": _("Write the amount in yuan, such as 318000 or 318,000.00; an amount in ten thousands with 万 behind it."),
        "min_value": _("An amount cannot be below zero: write it without the minus."),
        "max_decimal_places": _("An amount ends with the fen: at most two places after the point."),
        "max_whole_digits": _("That is more than can be kept: at most 12 digits before the point. Look whether the unit is right."),
        "max_digits": _("That is more than can be kept: at most 12 digits before the point. Look whether the unit is right."),
    }

    def __init__(self, **facts: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_digits=14, decimal_places=2, min_value=Decimal(0), widget=widget, **facts)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The amount, whatever signs of money stand around it."""
        if value in self.empty_values:
            return None
        said = AROUND.fullmatch(unicodedata.normalize("NFKC", str(value)).replace(",", ""))
        found = super().to_python(said["number"] if said else value)
        if found is None or not found.is_finite() or not said or not said["many"]:
            return found
        return (found * TEN_THOUSAND).normalize() + Decimal("0.00")  # 31.8 becomes 318000.00, not 3.18E+5
