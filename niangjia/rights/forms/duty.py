"""What is asked about duty: which month is planned, who stands, who swaps with whom, how somebody is reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.fields import Day


class PlanForm(forms.Form):
    """A month to be filled by rotation."""

    month = forms.ChoiceField(label=_("Month"))
    people = forms.MultipleChoiceField(
        label=_("Who stands on the roster"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They take turns, fair by nights and by days of rest."),
    )
    anew = forms.BooleanField(label=_("Plan anew what nobody has confirmed"), required=False)

    def __init__(self, *args: Any, months: Iterable[tuple[str, str]], people: Iterable[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        those = list(people)
        self.fields["month"].choices = list(months)  # type: ignore[attr-defined]
        self.fields["people"].choices = those  # type: ignore[attr-defined]
        self.fields["people"].initial = [pk for pk, _name in those]


class TurnForm(forms.Form):
    """Who is on duty for one turn."""

    user = forms.ChoiceField(label=_("Who is on duty"), required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["user"].choices = [("", _("Nobody")), *people]  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """The turns that somebody confirms as her own."""

    turns = forms.MultipleChoiceField(label=_("My turns"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, turns: Iterable[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        those = list(turns)
        self.fields["turns"].choices = those  # type: ignore[attr-defined]
        self.fields["turns"].initial = [pk for pk, _name in those]


class SwapForm(forms.Form):
    """A turn that is offered, to whom, and for which of hers."""

    mine = forms.ChoiceField(label=_("My turn"))
    theirs = forms.ChoiceField(label=_("In exchange for"), help_text=_("Or ask somebody to take it over."))
    why = forms.CharField(label=_("Why"), max_length=200, required=False)

    def __init__(self, *args: Any, mine: Iterable[tuple[str, str]], theirs: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["mine"].choices = list(mine)  # type: ignore[attr-defined]
        self.fields["theirs"].choices = list(theirs)  # type: ignore[attr-defined]


class ReachForm(forms.Form):
    """How somebody is reached on duty, and when she is on leave."""

    phone = forms.CharField(
        label=_("Mobile"), max_length=20, required=False, help_text=_("Sealed; leave it empty to keep the one that is known.")
    )
    fixed = forms.CharField(label=_("Fixed line of the office"), max_length=20, required=False, help_text=_("Where no mobile reaches."))
    away_from = Day(label=_("On leave from"), required=False)
    away_to = Day(label=_("to, the day included"), required=False)
