"""What is asked when an event is reported, followed up and closed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.fields import Day, Money
from niangjia.rights.askedby import AskedBy
from niangjia.rights.enums import Behaviour, Channel, Department, EventState, Rung, Severity, Type
from niangjia.rights.forms.common import EMPTY, Files, Moment, People, Text
from niangjia.unions.api import Industry, UnionField


class Months(forms.DecimalField):
    """A number of months, to a tenth."""

    def __init__(self, **facts: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_digits=4, decimal_places=1, min_value=Decimal(0), widget=widget, **facts)


class Pictures(Files):
    """Pictures of what is seen, taken or chosen on the phone."""

    def __init__(self, **facts: Any) -> None:
        said = _("At most 5. Where and when they were taken is taken out of them; show no faces if you can.")
        super().__init__(label=_("Pictures"), required=False, help_text=said, **facts)
        self.widget.attrs["accept"] = "image/jpeg,image/png,image/webp"


class EventFilter(forms.Form):
    """What the list of events is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=12)
    severity = forms.ChoiceField(label=_("Severity"), required=False, choices=[EMPTY, *Severity.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[EMPTY, *EventState.choices])
    kind = forms.ChoiceField(label=_("Type"), required=False, choices=[EMPTY, *Type.choices])
    channel = forms.ChoiceField(label=_("Learned from"), required=False, choices=[EMPTY, *Channel.choices])
    rung = forms.ChoiceField(label=_("Reached"), required=False, choices=[EMPTY, *Rung.choices])
    department = forms.ChoiceField(label=_("Handled with"), required=False, choices=[EMPTY, *Department.choices])
    handler = forms.CharField(label=_("Lies with"), required=False, max_length=60)
    builder = forms.CharField(label=_("General contractor"), required=False, max_length=120)
    project = forms.CharField(label=_("Building project"), required=False, max_length=120)
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
    pictures = Pictures()
    dead = People(label=_("Dead"), min_value=0, required=False)
    injured = People(label=_("Injured"), min_value=0, required=False)
    compensation = Money(label=_("Compensation claimed"), required=False, help_text=_("For the end of contracts, of all workers together."))
    insurance = Money(label=_("Social insurance not paid"), required=False)
    measures = Text(label=_("What has been done?"), rows=2, required=False, help_text=_("Who went there, who was called, what was said."))
    spot = forms.CharField(label=_("Where exactly?"), max_length=120, required=False, help_text=_("The gate, the site, the floor."))
    project = forms.CharField(
        label=_("Building project"), max_length=120, required=False, help_text=_("As it stands on the board at the gate of the site.")
    )
    builder = forms.CharField(
        label=_("General contractor"), max_length=120, required=False,
        help_text=_("It pays first where a subcontractor owes wages (Regulation on Wages of Migrant Workers, art. 30). Its name or its credit code."),
    )  # fmt: skip
    occurred_at = Moment(label=_("When did it begin?"), required=False)
    known_at = Moment(
        label=_("When did you first know?"),
        required=False,
        help_text=_("The time to report it upward begins here; left empty, it begins now."),
    )
    teller = forms.CharField(
        label=_("Who told you?"), max_length=60, required=False, help_text=_("Kept encrypted; shown only to an office above that says why.")
    )
    teller_contact = forms.CharField(label=_("How can she be reached?"), max_length=60, required=False)
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
    compensation = Money(label=_("Compensation claimed"), required=False)
    insurance = Money(label=_("Social insurance not paid"), required=False)
    dead = People(label=_("Dead"), min_value=0, required=False)
    injured = People(label=_("Injured"), min_value=0, required=False)
    pictures = Pictures()


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
    compensation = Money(label=_("Compensation claimed"))
    insurance = Money(label=_("Social insurance not paid"))
    dead = People(label=_("Dead"), min_value=0)
    injured = People(label=_("Injured"), min_value=0)
    measures = Text(label=_("What had been done?"), rows=2, required=False)
    spot = forms.CharField(label=_("Where exactly?"), max_length=120, required=False)
    project = forms.CharField(label=_("Building project"), max_length=120, required=False)
    builder = forms.CharField(label=_("General contractor"), max_length=120, required=False, help_text=_("Its name or its credit code."))
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


class MissiveForm(forms.Form):
    """A letter to a department: what it asks, of whom, and by when it is answered."""

    kind = forms.ChoiceField(label=_("Which letter?"), widget=forms.RadioSelect)
    department = forms.ChoiceField(label=_("Department"), choices=Department.choices)
    to = forms.CharField(label=_("Its name, as the letter addresses it"), max_length=120, help_text=_("In full, as on its seal."))
    found = Text(label=_("What was found"), rows=5, help_text=_("Each line becomes a paragraph. Name nobody who told of it."))
    asks = Text(label=_("What is asked of it"), rows=4, help_text=_("Each line becomes a paragraph."))
    answer_by = Day(
        label=_("Answer by"), required=False, help_text=_("Left empty, a letter of transfer is answered within the days that are set.")
    )
    lead = forms.BooleanField(label=_("It leads the handling"), required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


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
