"""Fields of forms that every app has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.faults import day_fault


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts)

    def validate(self, value: Any) -> None:
        """A year that can be."""
        super().validate(value)
        if value and (fault := day_fault(value)):
            raise forms.ValidationError(fault)


class Today(Day):
    """A day; today unless said."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**{"initial": today, **facts})


class Money(forms.DecimalField):
    """Yuan with two places; the commas of a copied number are taken away. Its unit stands behind it in every form."""

    unit = _("yuan")

    def __init__(self, **facts: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_digits=14, decimal_places=2, min_value=Decimal(0), widget=widget, **facts)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Read what people write: 318,000 and 318000.00."""
        return super().to_python(str(value).replace(",", "").replace("，", "").strip() if value not in (None, "") else value)
