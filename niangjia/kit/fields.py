"""Fields of forms that every app has."""

from __future__ import annotations

from typing import Any

from django import forms

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
