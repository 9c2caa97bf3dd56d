"""What is asked about supervision cases; shape only, judgement is in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.dates import today
from niangjia.kit.fields import Day
from niangjia.rights.forms.common import EMPTY, Text
from niangjia.rights.queries.supervision import SupervisionAsk
from niangjia.rights.reckoning.supervision import ENDS
from niangjia.rights.supervised import Breach, Lead, ReferralTo, Reply, Serving, SupervisionEnd, SupervisionState


class SupervisionFilter(forms.Form):
    """What the list of supervision cases is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=12)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[EMPTY, *SupervisionState.choices])
    breach = forms.ChoiceField(label=pgettext_lazy("supervision", "Matter"), required=False, choices=[EMPTY, *Breach.choices])
    county = forms.ChoiceField(label=_("Place"), required=False)
    since = Day(label=pgettext_lazy("supervision", "Received from"), required=False)
    until = Day(label=pgettext_lazy("supervision", "Received to"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["county"].choices = [EMPTY, *places]  # type: ignore[attr-defined]


def asked_supervisions(form: SupervisionFilter) -> SupervisionAsk:
    """What the list and its workbook are narrowed by."""
    form.is_valid()
    said = form.cleaned_data
    return SupervisionAsk(**{name: said[name] for name in SupervisionAsk.__dataclass_fields__ if said.get(name)})


class LeadForm(forms.Form):
    """A lead comes in."""

    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18)
    firm = forms.CharField(
        label=_("Name of the employer"), max_length=120, required=False, help_text=_("Only if nobody has recorded this employer yet.")
    )
    lead = forms.ChoiceField(label=_("Where does it come from?"), choices=Lead.choices, initial=Lead.COMPLAINT, widget=forms.RadioSelect)
    breach = forms.ChoiceField(label=_("What is it about?"), choices=Breach.choices)
    received_on = Day(label=_("Day on which it came in"), initial=today)
    facts = Text(label=_("What was told or seen"), rows=5)
    name = forms.CharField(label=_("Who complains"), max_length=60, required=False, help_text=_("May be left empty; it is kept sealed."))
    contact = forms.CharField(label=_("How she is reached"), max_length=60, required=False)
    confidential = forms.BooleanField(
        label=_("Do not name her to anybody at the employer"),
        required=False,
        help_text=_("Not to the officers of the employer's own union either."),
    )


class LetterForm(forms.Form):
    """What a letter says. It goes to the employer, so it names nobody who complained."""

    to = forms.CharField(label=pgettext_lazy("a letter", "To"), max_length=120)
    found = Text(label=_("What was found"), rows=5, help_text=_("Name nobody who complained."))
    articles = forms.CharField(label=_("Which article"), max_length=300)
    asks = Text(label=pgettext_lazy("a letter", "What is asked"), rows=4)


class ReminderForm(LetterForm):
    """A reminder also tells of risks, and asks for its own day."""

    risks = Text(label=_("What may follow"), rows=3, required=False)
    answer_by = Day(label=_("Answer by"))


class ServedForm(forms.Form):
    """The serving record."""

    on = Day(label=_("Served on"), initial=today)
    how = forms.ChoiceField(label=_("How was it served?"), choices=Serving.choices, widget=forms.RadioSelect, initial=Serving.HAND)
    to = forms.CharField(label=_("Who received it"), max_length=60)
    file = forms.FileField(label=_("Serving record, signed"), required=False)


class AnswerForm(forms.Form):
    """What was answered."""

    on = Day(label=_("Answered on"), initial=today)
    reply = forms.ChoiceField(label=_("What was answered?"), choices=Reply.choices, widget=forms.RadioSelect)
    text = Text(label=_("In its words"), rows=4, required=False)


class InquiryForm(forms.Form):
    """Supervisors went there."""

    on = Day(label=_("When was it held?"), initial=today)
    place = forms.CharField(label=_("Where?"), max_length=120)
    text = Text(label=_("What was found"), rows=5)


class ChargeForm(forms.Form):
    """Which supervisor."""

    supervisor = forms.ChoiceField(label=_("Supervisor"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["supervisor"].choices = people  # type: ignore[attr-defined]


class ReferralForm(forms.Form):
    """Who else is told."""

    kind = forms.ChoiceField(label=_("Who is told?"), choices=ReferralTo.choices, widget=forms.RadioSelect)
    body = forms.CharField(label=_("Its name"), max_length=120)
    number = forms.CharField(label=_("Its number there"), max_length=60, required=False)
    on = Day(label=_("Told on"), initial=today)


class ResultForm(forms.Form):
    """What came of it."""

    on = Day(label=pgettext_lazy("supervision", "On which day"), initial=today)
    text = Text(label=_("What came of it?"), rows=3, max_length=500)


class LinkForm(forms.Form):
    """The dispute in which the money is recorded."""

    reference = forms.CharField(label=_("Case number"), max_length=20)


class FinishForm(forms.Form):
    """How it ends."""

    outcome = forms.ChoiceField(label=_("How does it end?"), widget=forms.RadioSelect)
    reason = Text(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, state: str, **facts: Any) -> None:
        super().__init__(*args, **facts)
        words = dict(SupervisionEnd.choices)
        self.fields["outcome"].choices = [(code, words[code]) for code in ENDS.get(state, ())]  # type: ignore[attr-defined]


class SupervisorFilter(forms.Form):
    """What the roster is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    card = forms.ChoiceField(
        label=pgettext_lazy("supervisor", "Card"), required=False,
        choices=[EMPTY, ("valid", pgettext_lazy("a card", "Holds")), ("expired", pgettext_lazy("a card", "Holds no more"))],
    )  # fmt: skip


class SupervisorForm(forms.Form):
    """What the roster says of a supervisor."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    card = forms.CharField(label=_("Card number"), max_length=40)
    card_until = Day(label=_("Card holds until"))
    account = forms.ChoiceField(label=_("Account"), required=False, help_text=_("If she works in this house, so that cases open to her."))
    active = forms.BooleanField(label=_("On the roster"), required=False, initial=True)

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["account"].choices = [("", _("none")), *accounts]  # type: ignore[attr-defined]
