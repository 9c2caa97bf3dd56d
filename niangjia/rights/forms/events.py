"""What is asked when an event is reported, followed up and closed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.fields import Day, Money
from niangjia.rights.askedby import AskedBy
from niangjia.rights.enums import Behaviour, Channel, Department, EventState, Severity, Type
from niangjia.rights.forms.common import EMPTY, Moment, People, Text
from niangjia.unions.api import Industry, UnionField


class Months(forms.DecimalField):
    """A number of months, to a tenth."""

    def __init__(self, **facts: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_digits=4, decimal_places=1, min_value=Decimal(0), widget=widget, **facts)


class EventFilter(forms.Form):
    """What the list of events is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=12)
    severity = forms.ChoiceField(label=_("Severity"), required=False, choices=[EMPTY, *Severity.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[EMPTY, *EventState.choices])
    kind = forms.ChoiceField(label=_("Type"), required=False, choices=[EMPTY, *Type.choices])
    trade = forms.ChoiceField(label=_("Trade"), required=False, choices=[EMPTY, *Industry.choices])
    county = forms.ChoiceField(label=_("Place"), required=False)
    since = Day(label=_("Reported from"), required=False)
    until = Day(label=_("Reported to"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["county"].choices = [EMPTY, *places]  # type: ignore[attr-defined]


OFTEN = ("E06", "E11", "E01", "E07", "E08", "E09", "E10", "E12")  # what is reported most often stands first
KINDS = [
    (_("Often"), [(code, label) for code in OFTEN for value, label in Type.choices if value == code]),
    (_("More kinds"), [(code, label) for code, label in Type.choices if code not in OFTEN]),
]


class ReportForm(forms.Form):
    """The first report, in two minutes on a phone: as much as is known."""

    firm = forms.CharField(
        label=_("Which firm?"), max_length=120, help_text=_("Its name, as on the gate or the licence; or its credit code.")
    )
    kind = forms.ChoiceField(label=_("What has happened?"), choices=KINDS)
    affected = People(label=_("How many workers are affected?"), min_value=1)
    behaviour = forms.ChoiceField(label=_("How is it now?"), choices=Behaviour.choices, initial=Behaviour.NONE, widget=forms.RadioSelect)
    involved = People(label=_("How many take part?"), min_value=0, required=False)
    owed = Money(label=_("How much is owed?"), required=False, help_text=_("Leave it empty if you do not know."))
    months_owed = Months(label=_("For how many months?"), required=False)
    demands = Text(label=_("What do the workers ask for?"), rows=2, required=False, help_text=_("In a sentence."))
    detail = Text(label=_("What else is known?"), rows=2, required=False)
    occurred_at = Moment(label=_("When did it begin?"), required=False)
    channel = forms.ChoiceField(label=_("How did you learn of it?"), choices=Channel.choices, initial=Channel.PATROL)
    anonymous = forms.BooleanField(label=_("Whoever told of it does not want to be named"), required=False)

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
    months_owed = Months(label=_("Months owed"), required=False)


class CorrectionForm(forms.Form):
    """What is right instead; what stands there is filled in."""

    firm = forms.CharField(label=_("Firm"), max_length=120, help_text=_("Its name, as on the gate or the licence; or its credit code."))
    kind = forms.ChoiceField(label=_("Type"), choices=Type.choices)
    detail = Text(label=_("What else is known?"), rows=2, required=False)
    affected = People(label=_("Workers affected"), min_value=1)
    involved = People(label=_("On the spot"), min_value=0)
    behaviour = forms.ChoiceField(label=_("How is it now?"), choices=Behaviour.choices)
    owed = Money(label=_("Owed"))
    months_owed = Months(label=_("Months owed"))
    union = UnionField(
        label=_("Union where it happens"), help_text=_("Its name, its initials or its code; another place under the office where it lies.")
    )
    why = Text(label=_("Why"), max_length=300, help_text=_("What was wrong, and how it was found."))


class EventPaperForm(forms.Form):
    """Which report on an event is drawn up, and what the event itself does not say."""

    kind = forms.ChoiceField(label=_("Which paper?"))
    proposes = Text(label=_("What does your office propose?"), required=False, max_length=500)
    issued_by = forms.CharField(label=_("Who issues it?"), max_length=60, required=False, help_text=_("Left empty, it is signed by hand."))

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


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
    how = forms.ChoiceField(label=_("How it is asked"), choices=AskedBy.choices, initial=AskedBy.LETTER, required=False)
    lead = forms.BooleanField(label=_("It leads the handling"), required=False)


class ReceivedForm(forms.Form):
    """A department has said that it has it."""

    received_by = forms.CharField(label=_("Who there has it?"), max_length=60)
    how = forms.ChoiceField(label=_("How it is asked"), choices=AskedBy.choices, initial=AskedBy.PHONE)


class ReferForm(forms.Form):
    """To which department an event goes."""

    department = forms.ChoiceField(label=_("Department"), choices=Department.choices)
    reason = Text(label=_("Why"), max_length=300, help_text=_("What it is to do, and by which paper it was sent."))


class AnswerForm(forms.Form):
    """What a department answers."""

    text = Text(label=_("What does it answer?"), rows=4, max_length=1000)


class DoneForm(forms.Form):
    """What came of a task."""

    said = forms.CharField(label=_("What came of it"), max_length=200)
