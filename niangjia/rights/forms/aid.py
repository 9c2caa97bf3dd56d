"""What is asked about legal aid; shape only, judgement is in the actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.dates import today
from niangjia.kit.fields import Day, Money
from niangjia.rights.aided import (
    AdviceBy,
    AgentKind,
    AidDoor,
    AidEnding,
    AidForm,
    AidKind,
    AidMatter,
    AidRefusal,
    AidResult,
    AidState,
    BeforeWhom,
    ProofKind,
    Satisfied,
    SubsidyState,
)
from niangjia.rights.forms.common import EMPTY, Moment, People, Text
from niangjia.rights.queries.aid import AidAsk

COUNTER = [(AidDoor.OFFICE.value, AidDoor.OFFICE.label), (AidDoor.HOTLINE.value, AidDoor.HOTLINE.label)]
PERSONS = [one for one in AidKind.choices if one[0] != AidKind.UNION]
OWN_MATTERS = [one for one in AidMatter.choices if one[0] not in (AidMatter.FUNDS, AidMatter.ASSETS)]
HELP = {
    "matter": _("Union money and property only where a union applies."),
    "limit_on": _("If it is known: within seven days of it, aid may come before the papers."),
}


class _Placed(forms.Form):
    """A list that is narrowed by a place too."""

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["county"].choices = [EMPTY, *places]  # type: ignore[attr-defined]


class AidFilter(_Placed):
    """What the list of cases is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=12)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[EMPTY, *AidState.choices])
    kind = forms.ChoiceField(label=_("Applicant"), required=False, choices=[EMPTY, *AidKind.choices])
    matter = forms.ChoiceField(label=pgettext_lazy("legal aid", "Matter"), required=False, choices=[EMPTY, *AidMatter.choices])
    form = forms.ChoiceField(label=_("Form of aid"), required=False, choices=[EMPTY, *AidForm.choices])
    door = forms.ChoiceField(label=_("How it came in"), required=False, choices=[EMPTY, *AidDoor.choices])
    county = forms.ChoiceField(label=_("Place"), required=False)
    since = Day(label=pgettext_lazy("legal aid", "Applied from"), required=False)
    until = Day(label=pgettext_lazy("legal aid", "Applied to"), required=False)


def asked_aids(form: AidFilter) -> AidAsk:
    """What the list and its workbook are narrowed by."""
    form.is_valid()
    said = form.cleaned_data
    return AidAsk(**{name: said[name] for name in AidAsk.__dataclass_fields__ if said.get(name)})


class OwnAidForm(forms.Form):
    """A member applies herself."""

    kind = forms.ChoiceField(label=_("You apply as"), choices=PERSONS, initial=AidKind.MIGRANT)
    matter = forms.ChoiceField(label=_("What is it about?"), choices=OWN_MATTERS, initial=AidMatter.PAY)
    form = forms.ChoiceField(
        label=_("What do you need?"),
        choices=AidForm.choices,
        initial=AidForm.ARBITRATION,
        help_text=_("If you are not sure, leave it; the union advises you."),
    )
    facts = Text(
        label=_("What happened?"), rows=6, help_text=_("In your own words: since when, how much, what the firm says, what you ask for.")
    )
    claimed = Money(
        label=_("How much do you claim?"), required=False, help_text=_("Leave it empty if you do not know; the union reckons it with you.")
    )
    identity = forms.FileField(
        label=_("Identity card"),
        required=False,
        help_text=_("A photograph of both sides in one file: PDF, JPG or PNG. You can bring it later."),
    )
    means = forms.FileField(
        label=_("Economic proof"),
        required=False,
        help_text=_("Issued by the union of your unit. Not needed for wages or an injury of a migrant worker."),
    )
    standing = forms.FileField(label=_("Certificate of a model worker, or proof of your union office"), required=False)
    evidence = forms.FileField(
        label=_("Evidence"), required=False, help_text=_("Contract, wage slips, attendance, messages: PDF, JPG or PNG.")
    )


class ApplicationForm(forms.Form):
    """An application at the counter, by telephone, or by a chair at her wish."""

    door = forms.ChoiceField(label=_("How did it come in?"), choices=COUNTER, widget=forms.RadioSelect, initial=AidDoor.OFFICE)
    kind = forms.ChoiceField(label=_("Applicant"), choices=AidKind.choices, initial=AidKind.MIGRANT)
    name = forms.CharField(
        label=_("Full name"), max_length=60, required=False, help_text=_("As on the identity card. Empty where a union applies.")
    )
    number = forms.CharField(label=_("Identity number"), max_length=18, required=False)
    phone = forms.CharField(label=_("Mobile"), max_length=20, required=False, help_text=_("By which she is called back."))
    matter = forms.ChoiceField(label=_("What is it about?"), choices=AidMatter.choices, initial=AidMatter.PAY, help_text=HELP["matter"])
    form = forms.ChoiceField(
        label=_("Form of aid"), choices=AidForm.choices, initial=AidForm.ARBITRATION, help_text=_("It may be changed when aid is granted.")
    )
    uscc = forms.CharField(
        label=_("Credit code of the other side"),
        max_length=18,
        required=False,
        help_text=_("The employer against which it goes; agents tied to it are refused."),
    )
    firm = forms.CharField(
        label=_("Name of the employer"), max_length=120, required=False, help_text=_("Only if nobody has recorded this employer yet.")
    )
    facts = Text(label=_("What happened, and what is asked for"), rows=5)
    claimed = Money(label=_("Claimed"), required=False)
    applied_on = Day(label=_("Applied on"), initial=today)
    limit_on = Day(label=_("Last day for arbitration or suit"), required=False, help_text=HELP["limit_on"])
    wish = forms.BooleanField(
        label=_("She asked for it herself, and knows who reads it"),
        help_text=_("The union above reviews it; other officers of her firm's union see nothing of it."),
    )


class FromDisputeForm(forms.Form):
    """Aid out of a dispute: all else is taken over."""

    kind = forms.ChoiceField(label=_("The workers apply as"), choices=PERSONS, initial=AidKind.MIGRANT)
    form = forms.ChoiceField(label=_("Form of aid"), choices=AidForm.choices, initial=AidForm.ARBITRATION)


class RecipientForm(forms.Form):
    """One more person who is aided."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    number = forms.CharField(label=_("Identity number"), max_length=18)
    phone = forms.CharField(label=_("Mobile"), max_length=20, required=False)
    claimed = Money(label=_("Claims"), required=False)


class ProofForm(forms.Form):
    """A paper of the application."""

    kind = forms.ChoiceField(label=_("Which paper?"), choices=ProofKind.choices, widget=forms.RadioSelect)
    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF, JPG or PNG."))
    note = forms.CharField(
        label=_("What was shown"),
        max_length=200,
        required=False,
        help_text=_("Who issued it and when; enough where the original was seen."),
    )


class AskForm(forms.Form):
    """Which papers are asked for."""

    wanted = Text(
        label=_("Which papers are missing?"),
        rows=3,
        help_text=_("All of them at once; she reads this on her page. The days of the review stand still."),
    )


class GrantForm(forms.Form):
    """Aid is granted."""

    form = forms.ChoiceField(label=_("Form of aid"), choices=AidForm.choices)
    opinion = Text(label=_("On what the decision rests"), rows=3, max_length=500, help_text=_("It stands on the approval sheet."))


class RefuseForm(forms.Form):
    """Aid is refused."""

    ground = forms.ChoiceField(label=_("Ground"), choices=AidRefusal.choices, widget=forms.RadioSelect)
    reason = Text(
        label=_("Reason"), rows=3, max_length=500, help_text=_("She reads it, and may object; the union above looks at it again.")
    )


class LimitForm(forms.Form):
    """The last day of a limitation."""

    on = Day(label=_("Last day for arbitration or suit"), required=False, help_text=HELP["limit_on"])


class AssignForm(forms.Form):
    """Who acts, and in which form."""

    agent = forms.ChoiceField(
        label=_("Agent"),
        help_text=_("Those with the fewest running cases first. Whoever is tied to the employer is refused with the reason."),
    )
    form = forms.ChoiceField(label=_("Form of aid"), choices=AidForm.choices)
    declared = forms.CharField(
        label=_("A tie that she declares"),
        max_length=200,
        required=False,
        help_text=_("Only where she holds an office in the employer's union: why it does not bind her."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["agent"].choices = people  # type: ignore[attr-defined]


class AidHearingForm(forms.Form):
    """A day on which it is heard."""

    kind = forms.ChoiceField(label=_("Before whom?"), choices=BeforeWhom.choices, widget=forms.RadioSelect, initial=BeforeWhom.ARBITRATION)
    at = Moment(label=_("When?"))
    body = forms.CharField(label=_("Commission or court"), max_length=120)
    number = forms.CharField(label=_("Its case number"), max_length=60, required=False)


class OutcomeForm(forms.Form):
    """What came of a hearing."""

    outcome = Text(label=_("What came of it?"), rows=3, max_length=500)


class AidMoneyForm(forms.Form):
    """A payment in a case without a dispute."""

    amount = Money(label=_("Amount"))
    on = Day(label=_("Received on"), initial=today)
    evidence = forms.CharField(
        label=_("Receipt or bank slip"), max_length=200, help_text=_("With its number: one slip counts once, here and in disputes.")
    )
    recipient = forms.ChoiceField(label=_("Who got it"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        if len(people) < 2:
            del self.fields["recipient"]
        else:
            self.fields["recipient"].choices = people  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """The matter is over."""

    on = Day(label=_("Finished on"), initial=today)
    result = forms.ChoiceField(label=_("What came of it?"), choices=AidResult.choices, widget=forms.RadioSelect)
    awarded = Money(label=_("Awarded or agreed"), required=False)
    number = forms.CharField(label=_("Number of the award, judgment or agreement"), max_length=60, required=False)


class CaseReportForm(forms.Form):
    """The case report."""

    text = Text(
        label=_("What was done, and what came of it"),
        rows=8,
        help_text=_("Talks with her, evidence, hearings, result, and what is still to be done. It stands on the closing sheet."),
    )


class TerminateForm(forms.Form):
    """Aid is ended before its time."""

    ending = forms.ChoiceField(label=_("Ground"), choices=AidEnding.choices, widget=forms.RadioSelect)
    reason = Text(label=_("Reason"), rows=3, max_length=500)


class HandOverForm(forms.Form):
    """The state's centre goes on."""

    to = forms.CharField(label=_("Legal aid centre"), max_length=120)
    reason = Text(label=_("Reason"), rows=3, max_length=500)


class RateForm(forms.Form):
    """How content she is."""

    satisfied = forms.ChoiceField(label=_("How satisfied are you with the aid?"), choices=Satisfied.choices, widget=forms.RadioSelect)
    remark = forms.CharField(label=_("What could be better"), max_length=200, required=False)


class AgentFilter(forms.Form):
    """What the register is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    kind = forms.ChoiceField(label=pgettext_lazy("agent", "Kind"), required=False, choices=[EMPTY, *AgentKind.choices])
    holds = forms.ChoiceField(
        label=pgettext_lazy("agent", "Contract"), required=False,
        choices=[EMPTY, ("valid", pgettext_lazy("a contract", "Holds")), ("soon", _("Ends soon")), ("expired", pgettext_lazy("a contract", "Holds no more"))],
    )  # fmt: skip


class AgentForm(forms.Form):
    """What the register says of an agent."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    kind = forms.ChoiceField(label=pgettext_lazy("agent", "Kind"), choices=AgentKind.choices, initial=AgentKind.FIRM)
    licence = forms.CharField(
        label=_("Licence number"), max_length=40, help_text=_("Of the lawyer's licence; of a union legal worker the number of her card.")
    )
    firm = forms.CharField(label=_("Law firm"), max_length=120, required=False)
    until = Day(label=_("Contract or licence holds until"), required=False)
    fields_ = forms.CharField(
        label=pgettext_lazy("agent", "Fields"), max_length=200, required=False, help_text=_("Such as wages, work injury, social insurance.")
    )
    counsel_to = Text(
        label=_("Employers for whom she or her firm acts"),
        rows=2,
        required=False,
        help_text=_("Their credit codes, one a line: against these she is never assigned."),
    )
    account = forms.ChoiceField(label=_("Account"), required=False, help_text=_("If she works in this house, so that cases open to her."))
    active = forms.BooleanField(label=_("On the register"), required=False, initial=True)

    def __init__(self, *args: Any, accounts: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["account"].choices = [("", _("none")), *accounts]  # type: ignore[attr-defined]


class SubsidyFilter(forms.Form):
    """What the list of subsidies is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[EMPTY, *SubsidyState.choices])
    form = forms.ChoiceField(label=_("Form of aid"), required=False, choices=[EMPTY, *AidForm.choices])
    since = Day(label=pgettext_lazy("subsidy", "Approved from"), required=False)
    until = Day(label=pgettext_lazy("subsidy", "Approved to"), required=False)


class AdviceFilter(_Placed):
    """What the list of consultations is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    how = forms.ChoiceField(label=_("How it came in"), required=False, choices=[EMPTY, *AdviceBy.choices])
    kind = forms.ChoiceField(label=_("Applicant"), required=False, choices=[EMPTY, *AidKind.choices])
    matter = forms.ChoiceField(label=pgettext_lazy("legal aid", "Matter"), required=False, choices=[EMPTY, *AidMatter.choices])
    county = forms.ChoiceField(label=_("Place"), required=False)
    since = Day(label=pgettext_lazy("consultation", "From"), required=False)
    until = Day(label=pgettext_lazy("consultation", "To"), required=False)


class AdviceForm(forms.Form):
    """A consultation that ends as such."""

    on = Day(label=pgettext_lazy("consultation", "Day"), initial=today)
    how = forms.ChoiceField(label=_("How did it come in?"), choices=AdviceBy.choices, widget=forms.RadioSelect, initial=AdviceBy.VISIT)
    kind = forms.ChoiceField(label=_("Who asked"), choices=AidKind.choices, initial=AidKind.MIGRANT)
    matter = forms.ChoiceField(label=_("What is it about?"), choices=AidMatter.choices, initial=AidMatter.PAY)
    people = People(label=_("How many people"), min_value=1, initial=1)
    asked = Text(
        label=_("What was asked"),
        rows=3,
        max_length=500,
        help_text=_("Name nobody: a consultation is counted by its people, and keeps no names."),
    )
    answered = Text(label=_("What was answered"), rows=3, max_length=1000)
    agent = forms.ChoiceField(label=_("Lawyer who advised"), required=False)

    def __init__(self, *args: Any, people_: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["agent"].choices = [("", _("none")), *people_]  # type: ignore[attr-defined]
