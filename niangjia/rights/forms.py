"""What people fill in about events and disputes; shape only, judgement is in the rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.faults import day_fault
from niangjia.kit.fields import Day, Money
from niangjia.rights.enums import Behaviour, Cause, Channel, Department, DisputeState, EventState, Outcome, Severity, Type
from niangjia.rights.lists import Ask
from niangjia.rights.rules import ENDINGS


class Moment(forms.DateTimeField):
    """A day and an hour, chosen in the browser's own calendar."""

    def __init__(self, **facts: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=formats, **facts)

    def validate(self, value: Any) -> None:
        """A year that can be."""
        super().validate(value)
        if value and (fault := day_fault(value)):
            raise forms.ValidationError(fault)


class People(forms.IntegerField):
    """A number of people."""

    def __init__(self, **facts: Any) -> None:
        said = {"invalid": _("Write a number, such as 46. If you are not sure, an estimate will do.")}
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(max_value=100_000, widget=widget, error_messages=said, **facts)


class Text(forms.CharField):
    """A few sentences."""

    def __init__(self, *, rows: int = 3, **facts: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **facts)


EMPTY = ("", _("All"))


class EventFilter(forms.Form):
    """What the list of events is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=12)
    severity = forms.ChoiceField(label=_("Severity"), required=False, choices=[EMPTY, *Severity.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[EMPTY, *EventState.choices])
    kind = forms.ChoiceField(label=_("Type"), required=False, choices=[EMPTY, *Type.choices])
    county = forms.ChoiceField(label=_("Place"), required=False)
    since = Day(label=_("Reported from"), required=False)
    until = Day(label=_("Reported to"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["county"].choices = [EMPTY, *places]  # type: ignore[attr-defined]


class DisputeFilter(EventFilter):
    """What the list of disputes is narrowed by."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[EMPTY, *DisputeState.choices])
    kind = forms.ChoiceField(label=_("Cause"), required=False, choices=[EMPTY, *Cause.choices])
    since = Day(label=_("Accepted from"), required=False)
    until = Day(label=_("Accepted to"), required=False)


def asked_disputes(form: DisputeFilter) -> Ask:
    """What the list of disputes, and what is taken away of it, are narrowed by."""
    form.is_valid()
    said = form.cleaned_data
    return Ask(**{name: said[name] for name in ("q", "view", "state", "kind", "county", "since", "until") if said.get(name)})


OFTEN = ("E06", "E11", "E01", "E07", "E08", "E09", "E10", "E12")  # what is reported most often stands first
KINDS = [
    (_("Often"), [(code, label) for code in OFTEN for value, label in Type.choices if value == code]),
    (_("More kinds"), [(code, label) for code, label in Type.choices if code not in OFTEN]),
]


class ReportForm(forms.Form):
    """The first report, in two minutes on a phone: as much as is known."""

    firm = forms.CharField(label=_("Which firm?"), max_length=120, help_text=_("Its name, as on the gate or the licence."))
    kind = forms.ChoiceField(label=_("What has happened?"), choices=KINDS)
    affected = People(label=_("How many workers are affected?"), min_value=1)
    behaviour = forms.ChoiceField(label=_("How is it now?"), choices=Behaviour.choices, initial=Behaviour.NONE, widget=forms.RadioSelect)
    involved = People(label=_("How many take part?"), min_value=0, required=False)
    owed = Money(label=_("How much is owed?"), required=False, help_text=_("Leave it empty if you do not know."))
    months_owed = forms.DecimalField(
        label=_("For how many months?"),
        max_digits=4,
        decimal_places=1,
        min_value=Decimal(0),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    demands = Text(label=_("What do the workers ask for?"), rows=2, required=False, help_text=_("In a sentence."))
    detail = Text(label=_("What else is known?"), rows=2, required=False)
    occurred_at = Moment(label=_("When did it begin?"), required=False)
    channel = forms.ChoiceField(label=_("How did you learn of it?"), choices=Channel.choices, initial=Channel.PATROL)

    def clean(self) -> dict[str, Any]:
        """Another type says what it is."""
        said = super().clean() or {}
        if said.get("kind") == Type.OTHER and not (said.get("detail") or "").strip():
            self.add_error("detail", _("For another type, write in a sentence what happened."))
        return said


class SeverityForm(forms.Form):
    """A severity, and why."""

    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices, widget=forms.RadioSelect)
    why = Text(label=_("Why"), max_length=300, help_text=_("What was verified, by whom, how."))


class FollowUpForm(forms.Form):
    """What was found later."""

    text = Text(label=_("What was found?"))
    affected = People(label=_("Workers affected"), min_value=0, required=False)
    involved = People(label=_("On the spot"), min_value=0, required=False)
    behaviour = forms.ChoiceField(label=_("How is it now?"), required=False, choices=[("", _("As before")), *Behaviour.choices])
    owed = Money(label=_("Owed"), required=False)


class ResolutionForm(forms.Form):
    """How an event was settled."""

    resolution = Text(label=_("How was it settled?"), rows=5)


class ClosingForm(forms.Form):
    """The closing report."""

    closing = Text(label=_("Closing report"), rows=8, help_text=_("Cause, course, outcome, and what is left to watch."))


class TaskForm(forms.Form):
    """What a department is asked to do."""

    department = forms.ChoiceField(label=_("Department"), choices=Department.choices)
    what = forms.CharField(label=_("What is to be done"), max_length=200)
    who = forms.CharField(label=_("Who"), max_length=60, required=False)
    until = Day(label=_("Until"), required=False)


class DoneForm(forms.Form):
    """What came of a task."""

    said = forms.CharField(label=_("What came of it"), max_length=200)


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


class AgreementForm(forms.Form):
    """What both sides signed."""

    number = forms.CharField(label=_("Number of the agreement"), max_length=40)
    on = Day(label=_("Signed on"), initial=today)
    amount = Money(label=_("Amount agreed"))
    pay_by = Day(label=_("To be paid by"), required=False)


class EndForm(forms.Form):
    """How a dispute ends without performance."""

    outcome = forms.ChoiceField(label=_("How does it end?"), widget=forms.RadioSelect)
    reason = Text(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, state: str, **facts: Any) -> None:
        super().__init__(*args, **facts)
        words = dict(Outcome.choices)
        self.fields["outcome"].choices = [(code, words[code]) for code in ENDINGS.get(state, ())]  # type: ignore[attr-defined]


class ReceiptForm(forms.Form):
    """Money that workers got."""

    on = Day(label=_("The day it came"), initial=today)
    amount = Money(label=_("Amount"))
    evidence = forms.CharField(label=_("Receipt or bank slip"), max_length=200, help_text=_("Which paper shows it: its kind and number."))


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


class MediatorForm(forms.Form):
    """Who mediates."""

    mediator = forms.ChoiceField(label=_("Mediator"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["mediator"].choices = people  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """A document for the file."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, picture, Word or Excel. No faces, no identity cards of others."))
    purpose = forms.CharField(label=_("What it is"), max_length=40)


class WhyForm(forms.Form):
    """Why somebody needs to see a covered value."""

    why = forms.CharField(label=_("Why do you need to see it?"), max_length=200)
