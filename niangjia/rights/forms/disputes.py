"""What is asked in the course of a dispute."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.fields import Day, Money, Spreadsheet
from niangjia.rights.enums import Cause, DisputeState, Entrance, Outcome, SplitBy
from niangjia.rights.forms.common import EMPTY, Moment, Text
from niangjia.rights.forms.events import EventFilter
from niangjia.rights.lists import Ask
from niangjia.rights.rules import ENDINGS

NARROWED = ("state", "kind", "outcome", "entrance", "mediator", "handler", "builder", "project", "county", "since", "until")


class DisputeFilter(EventFilter):
    """What the list of disputes is narrowed by."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[EMPTY, *DisputeState.choices])
    kind = forms.ChoiceField(label=_("Cause"), required=False, choices=[EMPTY, *Cause.choices])
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[EMPTY, *Outcome.choices])
    entrance = forms.ChoiceField(label=_("Came in by"), required=False, choices=[EMPTY, *Entrance.choices])
    mediator = forms.CharField(label=_("Mediator"), required=False, max_length=60)
    handler = forms.CharField(label=_("Handled by"), required=False, max_length=60)
    since = Day(label=_("Accepted from"), required=False)
    until = Day(label=_("Accepted to"), required=False)


def asked_disputes(form: DisputeFilter) -> Ask:
    """What the list of disputes, and what is taken away of it, are narrowed by."""
    form.is_valid()
    said = form.cleaned_data
    return Ask(**{name: said[name] for name in ("q", "view", *NARROWED) if said.get(name)})


class OpeningForm(forms.Form):
    """Workers come with a dispute."""

    cause = forms.ChoiceField(label=_("What is it about?"), choices=Cause.choices)
    applied_on = Day(label=_("Day of the application"), initial=today)
    written = forms.TypedChoiceField(
        label=_("How did they apply?"), coerce=lambda said: said == "1", initial="1", widget=forms.RadioSelect,
        choices=[("1", _("In writing")), ("0", _("By word of mouth, with a record made on the spot"))],
    )  # fmt: skip
    claimed = Money(
        label=_("What is claimed altogether?"), required=False, help_text=_("What single workers claim is added when they are named.")
    )
    facts = Text(label=_("What happened?"), rows=5, required=False)
    entrance = forms.ChoiceField(
        label=_("By which way did it come?"), initial=Entrance.UNION, widget=forms.RadioSelect, required=False,
        choices=[(one.value, one.label) for one in (Entrance.UNION, Entrance.HOTLINE)],
    )  # fmt: skip
    caller = forms.CharField(
        label=_("Who called"), max_length=60, required=False, help_text=_("If it came by the hotline and the caller is not the worker.")
    )

    def clean_entrance(self) -> str:
        """What is not said came through the union."""
        return self.cleaned_data["entrance"] or Entrance.UNION.value


class RespondentForm(forms.Form):
    """An employer, by credit code or by a part of its name."""

    q = forms.CharField(label=_("Name or credit code"), max_length=120)


class NewEmployerForm(forms.Form):
    """An employer that nobody has recorded yet."""

    name = forms.CharField(label=_("Name of the employer"), max_length=120)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18)


class ClaimantForm(forms.Form):
    """A worker who claims."""

    name = forms.CharField(label=_("Name of the worker"), max_length=60)
    number = forms.CharField(label=_("Identity number"), max_length=24)
    phone = forms.CharField(label=_("Mobile"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    claimed = Money(label=_("Claims"), required=False)
    leads = forms.BooleanField(label=_("Speaks for the others"), required=False)


class ClaimForm(forms.Form):
    """What is claimed altogether."""

    amount = Money(label=_("Claimed altogether"))


class ExtensionForm(forms.Form):
    """Both sides go on beyond the fifteen days."""

    to = Day(label=_("New end of the mediation"))
    consent = forms.CharField(label=_("The paper by which both sides agree"), max_length=200)


class SessionForm(forms.Form):
    """A sitting of the mediation."""

    held_at = Moment(label=_("When was it held?"))
    place = forms.CharField(label=_("Where?"), max_length=120)
    text = Text(label=_("What came of it?"), rows=4)


class EndForm(forms.Form):
    """How a dispute ends without performance."""

    outcome = forms.ChoiceField(label=_("How does it end?"), widget=forms.RadioSelect)
    reason = Text(label=_("Reason"), max_length=500)
    body = forms.CharField(
        label=_("Where does it go on?"),
        max_length=120,
        required=False,
        help_text=_("The commission, the authority or the legal aid office, if it goes on there."),
    )
    number = forms.CharField(label=_("Its number there"), max_length=60, required=False)

    def __init__(self, *args: Any, state: str, **facts: Any) -> None:
        super().__init__(*args, **facts)
        words = dict(Outcome.choices)
        self.fields["outcome"].choices = [(code, words[code]) for code in ENDINGS.get(state, ())]  # type: ignore[attr-defined]


class ReceiptForm(forms.Form):
    """Money that workers got."""

    on = Day(label=_("The day it came"), initial=today)
    amount = Money(label=_("Amount"))
    evidence = forms.CharField(label=_("Receipt or bank slip"), max_length=200, help_text=_("Which paper shows it: its kind and number."))
    whole = Money(
        label=_("The paper is over"), required=False,
        help_text=_("Only if the same paper pays more than this case: what it is over altogether. Its parts never come to more than that."),
    )  # fmt: skip
    split = forms.ChoiceField(
        label=_("How is it divided?"), choices=SplitBy.choices, initial=SplitBy.REST, widget=forms.RadioSelect, required=False
    )
    parts = Spreadsheet(label=_("The list"), required=False, help_text=_("A table with names or identity numbers, and what each was paid."))

    def clean(self) -> dict[str, Any]:
        """A list is sent where it is divided by one."""
        said = super().clean() or {}
        if said.get("split") == SplitBy.LIST and not said.get("parts"):
            self.add_error("parts", _("Choose the table by which it is divided."))
        return said


class VoidForm(forms.Form):
    """A line that does not count, and perhaps the right one in its place."""

    why = forms.CharField(label=_("Why it does not count"), max_length=200)
    on = Day(label=_("The right day"), required=False)
    amount = Money(label=_("The right amount"), required=False)
    evidence = forms.CharField(label=_("Receipt or bank slip"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """A right line is whole, or there is none."""
        said = super().clean() or {}
        parts = [bool(said.get(name)) for name in ("on", "amount", "evidence")]
        if any(parts) and not all(parts):
            raise forms.ValidationError(_("A line that takes its place needs a day, an amount and its paper."))
        return said


class PaperForm(forms.Form):
    """A document for the file."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, picture, Word or Excel. No faces, no identity cards of others."))
    purpose = forms.CharField(label=_("What it is"), max_length=40)
