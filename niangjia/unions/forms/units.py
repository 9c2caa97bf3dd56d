"""What people fill in about the units that a union of several covers; shape only, judgement is in the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kit.fields import Spreadsheet, Today
from niangjia.unions.actions.units import Unit
from niangjia.unions.enums import Category, Industry
from niangjia.unions.models import Employer

OFFERED = 30  # employers to tick, at a time


class UnitsFilter(forms.Form):
    """What the list of units of a union is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=20)


class OneUnit(forms.Form):
    """One unit by its credit code."""

    uscc = forms.CharField(label=_("Unified social credit code"), max_length=20)
    name = forms.CharField(
        label=_("Name of the unit"), max_length=120, required=False, help_text=_("Empty if the house knows this credit code already.")
    )
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices, initial=Category.PRIVATE)
    industry = forms.ChoiceField(label=_("Industry"), choices=Industry.choices, initial=Industry.C)
    employees = forms.IntegerField(label=_("Employees"), min_value=0, max_value=1_000_000, initial=0)

    def units(self) -> list[Unit]:
        """The unit, once the form is valid."""
        return [Unit(**self.cleaned_data)]


class Picked(forms.Form):
    """Units ticked among the employers of the place that no union covers."""

    picked = forms.MultipleChoiceField(
        label=_("Employers of the place that no union covers"), widget=forms.CheckboxSelectMultiple,
        help_text=_("The largest first, thirty at a time; search above for others."),
    )  # fmt: skip

    def __init__(self, *args: Any, among: QuerySet[Employer], **facts: Any) -> None:
        super().__init__(*args, **facts)
        ticked = self.data.getlist("picked") if self.is_bound else []  # type: ignore[attr-defined]
        rows = list(among.filter(uscc__in=ticked)) if ticked else list(among[:OFFERED])
        words = [(one.uscc, _("%(name)s, %(n)s employees") % {"name": one.name, "n": one.employees}) for one in rows]
        self.fields["picked"].choices = words  # type: ignore[attr-defined]

    def units(self) -> list[Unit]:
        """The units, once the form is valid."""
        return [Unit(uscc) for uscc in self.cleaned_data["picked"]]


class UnitList(forms.Form):
    """A list of units in a file."""

    file = Spreadsheet(
        label=_("File"),
        help_text=_("xlsx, xls, ods or csv (also GB18030), with the heads 单位名称 and 统一社会信用代码; 单位类别, 行业 and 职工人数 are read where they stand."),
    )  # fmt: skip


class DatedPicked(Picked):
    """Units ticked for a union that exists."""

    since = Today(label=_("Since"))


class DatedList(UnitList):
    """A list of units for a union that exists."""

    since = Today(label=_("Since"))
