"""What people fill in about a split; shape only, judgement is in the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.fields import Day, Today
from niangjia.unions.actions.splits import Said
from niangjia.unions.enums_life import Organ, Splitting
from niangjia.unions.forms.elections import heads
from niangjia.unions.forms.units import OneUnit, UnitList
from niangjia.unions.models import Employer, Office, SplitPart
from niangjia.unions.splits import kinds

MOST = 300  # units to tick, at a time


class SplitsFilter(forms.Form):
    """What the list of splits is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=20)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Splitting.choices])
    under = forms.CharField(label=_("Under"), required=False, max_length=20)


class SaidForm(forms.Form):
    """Why, what becomes of the union, what was decided."""

    why = forms.CharField(label=_("Why it is split"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    ends = forms.ChoiceField(
        label=_("What becomes of the union"), widget=forms.RadioSelect, initial="no",
        choices=[("no", _("It goes on with what goes to no other")), ("yes", _("It ends; all goes to the new unions"))],
    )  # fmt: skip
    organ = forms.ChoiceField(label=_("Who decided"), required=False, choices=[("", _("not decided yet")), *Organ.choices])
    decided_on = Day(label=pgettext_lazy("a split", "Decided on"), required=False)
    decision_no = forms.CharField(
        label=pgettext_lazy("a split", "Minutes"), max_length=100, required=False, help_text=_("Their number or title.")
    )
    entitled = heads(_("Entitled to decide"), required=False, help_text=_("All members, all delegates, or all of the committee."))
    present = heads(_("Came"), required=False)
    ayes = heads(pgettext_lazy("a split", "Agreed"), required=False, help_text=_("More than half of all who are entitled."))
    assets = forms.CharField(
        label=_("How funds, property and debts are shared out"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What goes to which union; “none” where there is nothing. Needed before it is sent up."),
    )  # fmt: skip

    def said(self) -> Said:
        """What is said, once the form is valid."""
        return Said(**self.cleaned_data | {"ends": self.cleaned_data["ends"] == "yes"})


class PartForm(forms.Form):
    """A union that comes of it."""

    name = forms.CharField(label=_("Name of the union"), max_length=120, help_text=_("In full, as on the seal."))
    kind = forms.ChoiceField(label=_("Type"))
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["kind"].choices = kinds()  # type: ignore[attr-defined]


class ToPart(forms.Form):
    """Something goes to a part."""

    part = forms.ChoiceField(label=_("Goes to"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, parts: Sequence[SplitPart], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.parts = {str(one.uuid): one for one in parts}
        self.fields["part"].choices = [(key, one.short_name) for key, one in self.parts.items()]  # type: ignore[attr-defined]
        if len(self.parts) == 1:
            self.fields["part"].initial = next(iter(self.parts))

    def to(self) -> SplitPart:
        """To which, once the form is valid."""
        return self.parts[self.cleaned_data["part"]]


class PickedUnits(ToPart):
    """Units of the union, ticked."""

    picked = forms.MultipleChoiceField(label=_("Units of the union that go to no other yet"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, among: QuerySet[Employer], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["picked"].choices = [(one.uscc, one.name) for one in among[:MOST]]  # type: ignore[attr-defined]


class NewUnit(ToPart, OneUnit):
    """A unit by its credit code: such as the union covers, or that is new by the split."""

    field_order = ("part", "uscc", "name", "category", "industry", "employees")


class ListedUnits(ToPart, UnitList):
    """Units by a list."""


class OfficesForm(ToPart):
    """Officers who go along."""

    picked = forms.MultipleChoiceField(
        label=_("Who goes along"), widget=forms.CheckboxSelectMultiple, help_text=_("Each in the office that she holds; who is not ticked stays, or her office ends with the union.")
    )  # fmt: skip

    def __init__(self, *args: Any, offices: Sequence[Office], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.offices = {str(one.uuid): one for one in offices}
        words = [(key, f"{one.name} {one.post}") for key, one in self.offices.items()]
        self.fields["picked"].choices = words  # type: ignore[attr-defined]

    def chosen(self) -> list[Office]:
        """Whose offices, once the form is valid."""
        return [self.offices[key] for key in self.cleaned_data["picked"]]


class SettleSplitForm(forms.Form):
    """How funds, property and debts were shared out."""

    on = Today(label=_("Settled on"))
    settlement = forms.CharField(
        label=_("What went to which union"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Money, things and debts; “none” where there was nothing."),
    )  # fmt: skip
    account_closed_on = Day(
        label=_("Account closed on"), required=False, help_text=_("Only of a union that ended; empty where it had none.")
    )
    cancelled_on = Day(label=_("Legal person cancelled on"), required=False, help_text=_("Needed where it ended and was one."))
    paper = forms.FileField(
        label=_("The paper by which it was shared out"), required=False, help_text=_("Signed by the unions. PDF, picture, Word or Excel.")
    )
