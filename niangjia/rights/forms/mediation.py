"""What is asked about mediators, sittings, time that does not count, papers, and by a worker herself; shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.fields import Money
from niangjia.rights.enums import Cause, Chamber, PauseKind, SittingState
from niangjia.rights.forms.common import EMPTY, Files, Moment, Text


class MediatorFilter(forms.Form):
    """What the roster is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    chamber = forms.ChoiceField(label=_("Organisation"), required=False, choices=[EMPTY, *Chamber.choices])


class EntryForm(forms.Form):
    """What the roster says of a mediator."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    chamber = forms.ChoiceField(label=_("Organisation"), choices=Chamber.choices)
    body = forms.CharField(label=_("Name of the organisation"), max_length=120, required=False)
    account = forms.ChoiceField(label=_("Account"), required=False, help_text=_("If she works in this house, so that cases open to her."))
    uscc = forms.CharField(
        label=_("Works at (credit code)"),
        max_length=18,
        required=False,
        help_text=_("The house then refuses her where a claim is made against this employer."),
    )
    languages = forms.CharField(label=_("Languages and dialects"), max_length=120, required=False)
    areas = forms.CharField(label=_("Knows well"), max_length=200, required=False)
    active = forms.BooleanField(label=_("On the roster"), required=False, initial=True)

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["account"].choices = [("", _("none")), *accounts]  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    """Who mediates, and what she declares."""

    mediator = forms.ChoiceField(label=_("Mediator"))
    leads = forms.BooleanField(label=_("Leads the mediation"), required=False, initial=True)
    relative = forms.BooleanField(label=_("Says that she is related to a side"), required=False)
    other_side = forms.BooleanField(label=_("Has dealt with this matter for the other side"), required=False)
    declared = forms.CharField(label=_("What she declares"), max_length=200, required=False)
    accepted = forms.BooleanField(label=_("Both sides know it and accept her"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["mediator"].choices = people  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    why = Text(label=_("Reason"), rows=2, max_length=200)


class PauseForm(forms.Form):
    """Why the days stand still."""

    kind = forms.ChoiceField(label=_("Why do the days stand still?"), choices=PauseKind.choices, widget=forms.RadioSelect)
    why = Text(label=_("On what it rests"), rows=2, max_length=200)
    consent = forms.CharField(label=_("The paper by which both sides agree"), max_length=200)


class PlanForm(forms.Form):
    """A sitting is called."""

    at = Moment(label=_("When?"))
    place = forms.CharField(label=_("Where?"), max_length=120)


class MinutesForm(forms.Form):
    """What became of a sitting."""

    state = forms.ChoiceField(
        label=_("What became of it?"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in SittingState if one != SittingState.PLANNED],
    )  # fmt: skip
    present = Text(label=_("Who was there"), rows=3, required=False, help_text=_("One a line, with the side for which she came."))
    absent = forms.CharField(label=_("Who did not come"), max_length=200, required=False)
    text = Text(label=_("What came of it?"), rows=6)


class TransferForm(forms.Form):
    """Which union goes on with it."""

    code = forms.CharField(label=_("Code of the union"), max_length=24)
    why = Text(label=_("Reason"), rows=2, max_length=500)
    agreed = forms.BooleanField(label=_("The workers agree that the firm's own union deals with it"), required=False)


class DrawForm(forms.Form):
    """Which paper is drawn up."""

    kind = forms.ChoiceField(label=_("Which paper?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0][0]


class PaperFilter(forms.Form):
    """What the register of numbers is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Sort of document"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[EMPTY, ("live", pgettext_lazy("numbers", "Holding")), ("void", pgettext_lazy("numbers", "Void"))],
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["kind"].choices = [EMPTY, *kinds]  # type: ignore[attr-defined]


class HelpForm(forms.Form):
    """A worker asks for help."""

    cause = forms.ChoiceField(label=_("What is it about?"), choices=Cause.choices, initial=Cause.ARREARS)
    facts = Text(label=_("What happened?"), rows=6, help_text=_("In your own words: since when, how much, what the firm says."))
    amount = Money(
        label=_("How much do you claim?"), required=False, help_text=_("Leave it empty if you do not know; the union reckons it with you.")
    )
    months = forms.CharField(label=_("For which months"), max_length=60, required=False)
    evidence = Files(label=_("Evidence"), required=False, help_text=_("Photographs of wage slips, contracts, messages: PDF, JPG or PNG."))
    firm_may_see = forms.BooleanField(
        label=_("The union of my firm may see this"), required=False, help_text=_("Without your consent it stays with the union above; your firm's union sees nothing of it."),
    )  # fmt: skip


class EvidenceForm(forms.Form):
    """More papers of a worker."""

    evidence = Files(label=_("Evidence"), help_text=_("Photographs of wage slips, contracts, messages: PDF, JPG or PNG."))


class PrivateNote(forms.Form):
    """Why she takes it back."""

    reason = Text(label=_("Why do you take it back?"), rows=2, max_length=200)
