"""What is asked about redundancies; shape only, judgement is in the rules and actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.dates import today
from niangjia.kit.fields import Day
from niangjia.rights.forms.common import EMPTY, People, Text
from niangjia.rights.queries.redundancy import RedundancyAsk
from niangjia.rights.redundant import (
    ByRule,
    FirmAnswer,
    HearingKind,
    RedundancyGround,
    RedundancyKind,
    RedundancyState,
    ToldTo,
    Verdict,
)
from niangjia.rights.rules.redundancy import GROUNDS

FIRST = [
    ("keeps_long", _("Longer fixed terms")),
    ("keeps_open", _("Contracts without a fixed term")),
    ("keeps_sole", _("Nobody else in the family earns, and somebody old or a child depends on it")),
]
PROTECTED = {
    "exposed": _("Exposed to occupational hazards and not examined, or under observation"),
    "injured": _("Unable to work through occupational disease or work injury"),
    "sick": _("Ill or injured, within the medical period"),
    "mothers": _("Pregnant, after birth, or nursing"),
    "near": _("Fifteen years here and fewer than five from retirement"),
}


def grounds() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The grounds, under the sort that they belong to."""
    words, kinds = dict(RedundancyGround.choices), dict(RedundancyKind.choices)
    return [(kinds[kind], [(code, words[code]) for code in codes]) for kind, codes in GROUNDS.items()]


class RedundancyFilter(forms.Form):
    """What the list is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=12)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[EMPTY, *RedundancyState.choices])
    kind = forms.ChoiceField(label=_("Sort"), required=False, choices=[EMPTY, *RedundancyKind.choices])
    kept = forms.ChoiceField(label=_("Rule kept"), required=False, choices=[EMPTY, *ByRule.choices])
    county = forms.ChoiceField(label=_("Place"), required=False)
    since = Day(label=_("Explained from"), required=False)
    until = Day(label=_("Explained to"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["county"].choices = [EMPTY, *places]  # type: ignore[attr-defined]


def asked_redundancies(form: RedundancyFilter) -> RedundancyAsk:
    """What the list and its workbook are narrowed by."""
    form.is_valid()
    said = form.cleaned_data
    return RedundancyAsk(**{name: said[name] for name in RedundancyAsk.__dataclass_fields__ if said.get(name)})


class PlanForm(forms.Form):
    """What the employer has explained."""

    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18)
    firm = forms.CharField(
        label=_("Name of the employer"), max_length=120, required=False, help_text=_("Only if nobody has recorded this employer yet.")
    )
    kind = forms.ChoiceField(
        label=_("What is planned?"), choices=RedundancyKind.choices, initial=RedundancyKind.LAYOFF, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(label=_("On which ground?"), choices=grounds)
    planned = People(label=_("How many are to go?"), min_value=1)
    staff = People(label=_("How many work there on the day of the explanation?"), min_value=1)
    explained_on = Day(label=_("Explained on"), initial=today)
    explained_to = forms.ChoiceField(
        label=_("To whom was it explained?"), choices=ToldTo.choices, initial=ToldTo.UNION, widget=forms.RadioSelect
    )
    planned_on = Day(label=_("Day on which they are to go"))
    plan = Text(label=_("The employer's plan"), rows=5, help_text=_("Which posts, in which steps, what is paid. Name no worker."))
    reasons = Text(label=_("The employer's reasons"), rows=4)
    first = forms.MultipleChoiceField(
        label=_("Who stays first, as the plan says"), choices=FIRST, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("A layoff lets these stay first (art. 41)."),
    )  # fmt: skip
    selection = Text(label=_("How else are they chosen?"), rows=2, required=False)
    exposed = People(
        label=PROTECTED["exposed"],
        min_value=0,
        required=False,
        help_text=_("So many stand on the list. 0 if none; leave it empty if nobody has looked."),
    )
    injured = People(label=PROTECTED["injured"], min_value=0, required=False)
    sick = People(label=PROTECTED["sick"], min_value=0, required=False)
    mothers = People(label=PROTECTED["mothers"], min_value=0, required=False)
    near = People(label=PROTECTED["near"], min_value=0, required=False)


class HearingForm(forms.Form):
    """Opinions were heard."""

    on = Day(label=_("When was it held?"), initial=today)
    kind = forms.ChoiceField(label=_("How?"), choices=HearingKind.choices, initial=HearingKind.MEETING, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Where?"), max_length=120)
    people = People(label=_("How many took part?"), min_value=1, help_text=_("As on the list of those present."))
    minutes = Text(
        label=_("Minutes"), rows=4, help_text=_("Who spoke for the employer, what was explained, what was asked. Name no worker.")
    )
    opinions = Text(label=_("Opinions of those present"), rows=4, help_text=_("They stand in the union's letter."))
    file = forms.FileField(label=_("Minutes or list of those present, signed"), required=False)


class ReplyForm(forms.Form):
    """What the union says."""

    verdict = forms.ChoiceField(label=_("What does the union say?"), choices=Verdict.choices, widget=forms.RadioSelect)
    text = Text(label=_("In its words"), rows=6, max_length=2000)


class FirmAnswerForm(forms.Form):
    """What became of it at the employer."""

    on = Day(label=_("Answered on"), initial=today)
    answer = forms.ChoiceField(label=_("What became of the union's opinions?"), choices=FirmAnswer.choices, widget=forms.RadioSelect)
    text = Text(label=_("In its words"), rows=4, required=False)
    file = forms.FileField(label=_("The answer in writing"), required=False)


class BureauForm(forms.Form):
    """The report to the labour bureau."""

    on = Day(label=pgettext_lazy("to the labour bureau", "Reported on"), initial=today)
    body = forms.CharField(label=_("To which bureau?"), max_length=120)
    file = forms.FileField(label=_("Receipt of the bureau"), required=False)


class CarriedForm(forms.Form):
    """It was carried out."""

    on = Day(label=pgettext_lazy("redundancy", "Carried out on"), initial=today)
    dismissed = People(label=_("How many went?"), min_value=1)
    reason = Text(label=_("What else is to be known?"), rows=2, required=False, max_length=500)


class RevisionForm(forms.Form):
    """The employer changes its plan."""

    planned = People(label=_("How many are to go?"), min_value=1)
    planned_on = Day(label=_("Day on which they are to go"))
    why = forms.CharField(label=_("Why has it changed?"), max_length=200)


class AdviceForm(forms.Form):
    """What a rights office above advises."""

    text = Text(label=_("What do you advise?"), rows=4, max_length=2000)


class OverForm(forms.Form):
    """It is turned into supervision."""

    facts = Text(label=_("What was told or seen"), rows=4)


class WarningForm(forms.Form):
    """It is reported as an event too."""

    detail = Text(label=_("How do the workers take it?"), rows=3)
