"""What people fill in about members; shape only, judgement is in the rules."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.faults import name_fault, phone_fault
from niangjia.kit.fields import Day, Spreadsheet, Today
from niangjia.kit.ids import narrow
from niangjia.members.actions.joining import Sent
from niangjia.members.enums import RETAINING, Ending, How, Paper, Reason, Sex, Standing, Work
from niangjia.members.notice import EDITION
from niangjia.members.papers import number_fault
from niangjia.members.queries import Ask
from niangjia.unions.api import UnionField
from niangjia.unions.models import Union


class Filter(forms.Form):
    """What the register is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=[("", _("All")), *Standing.choices])
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", _("All")), *Sex.choices])
    work = forms.ChoiceField(label=_("Form of work"), required=False, choices=[("", _("All")), *Work.choices])
    under = forms.CharField(label=_("Union"), required=False, max_length=20)
    view = forms.CharField(required=False, max_length=20)


def asked(said: Mapping[str, str]) -> Ask:
    """What the register, and what is taken away of it, are narrowed by; words that say nothing are passed over."""
    form = Filter(said)
    form.is_valid()
    return Ask(*(form.cleaned_data.get(name, "") for name in ("q", "standing", "sex", "work", "under", "view")))


SEXES = [("", _("As the number says")), *Sex.choices]
BESIDE = _("Only for passports and other papers whose number does not say it.")


class Papered(forms.Form):
    """A form that asks for the kind of a paper."""

    def clean_paper(self) -> str:
        """An identity card, unless said."""
        return self.cleaned_data["paper"] or Paper.ID


class ApplicationForm(Papered):
    """Somebody applies to join: the least that is needed, and nothing about origin, faith or marriage."""

    union = UnionField(label=_("Union"))
    name = forms.CharField(label=_("Full name"), max_length=60, help_text=_("As on the identity card."))
    paper = forms.ChoiceField(label=_("Kind of paper"), choices=Paper.choices, initial=Paper.ID, required=False)
    number = forms.CharField(label=_("Number"), max_length=20)
    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES, required=False, help_text=BESIDE)
    born = Day(label=_("Date of birth"), required=False, help_text=BESIDE)
    phone = forms.CharField(label=_("Mobile"), max_length=20, required=False)
    how = forms.ChoiceField(
        label=_("How she applied"),
        choices=[c for c in How.choices if c[0] in ("PAPER", "SCAN", "APP")],
        initial=How.PAPER,
        widget=forms.RadioSelect,
    )
    work = forms.ChoiceField(label=_("Form of work"), choices=Work.choices, initial=Work.CONTRACT)
    job = forms.CharField(label=_("Job"), max_length=60, required=False)
    department = forms.CharField(label=_("Department"), max_length=60, required=False)
    migrant = forms.BooleanField(label=_("Migrant worker"), required=False)
    consent = forms.BooleanField(
        label=_("She has been told what is kept, what for and how long, and agrees (Personal Information Protection Law, arts 17, 29).")
    )


class JoinForm(Papered):
    """What an applicant fills in herself, on her phone."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    edition = forms.CharField(max_length=12, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Full name"), max_length=60, help_text=_("As on the identity card."))
    paper = forms.ChoiceField(label=_("Kind of paper"), choices=Paper.choices, initial=Paper.ID, required=False)
    number = forms.CharField(
        label=_("Number"), max_length=20, help_text=_("As it is printed; of an identity card 18 characters. It is kept encrypted, and only the union offices that decide may see it."),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocapitalize": "characters", "autocomplete": "off"}),
    )  # fmt: skip
    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES, required=False, help_text=BESIDE)
    born = Day(label=_("Date of birth"), required=False, help_text=BESIDE)
    phone = forms.CharField(
        label=_("Mobile"), max_length=20, widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
    )
    work = forms.ChoiceField(label=_("Form of work"), choices=Work.choices, initial=Work.CONTRACT)
    job = forms.CharField(label=_("Job"), max_length=60, required=False)
    department = forms.CharField(label=_("Department or team"), max_length=60, required=False)
    migrant = forms.BooleanField(label=_("I am registered in the country and work in town (migrant worker)"), required=False)
    charter = forms.BooleanField(label=_("I ask to join of my own will, and accept the Charter of the Chinese trade unions."))
    told = forms.BooleanField(label=_("I have read the notice and agree that these particulars are kept for it."))
    sensitive = forms.BooleanField(
        label=_(
            "Apart from that, I agree that my identity number, which is sensitive, is kept encrypted (Personal Information Protection Law, art. 29)."
        )
    )

    def clean_name(self) -> str:
        """The name without blanks between its characters."""
        name = "".join(self.cleaned_data["name"].split())
        if fault := name_fault(name):
            raise forms.ValidationError(fault)
        return name

    def clean_number(self) -> str:
        """The number, without blanks and full-width digits, as papers of its kind have it."""
        number = narrow(self.cleaned_data["number"])
        if fault := number_fault(self.cleaned_data.get("paper", Paper.ID), number):
            raise forms.ValidationError(fault)
        return number

    def clean_phone(self) -> str:
        """The mobile number, likewise."""
        phone = narrow(self.cleaned_data["phone"])
        if fault := phone_fault(phone):
            raise forms.ValidationError(fault)
        return phone

    def clean_edition(self) -> str:
        """Nobody agrees to a text that she has not seen."""
        if self.cleaned_data["edition"] != EDITION:
            raise forms.ValidationError(_("The notice has changed while you wrote. Read it again, then send."))
        return EDITION

    def facts(self) -> Sent:
        """What was sent, once the form is valid."""
        said = self.cleaned_data
        return Sent(
            **{name: said[name] for name in ("name", "paper", "number", "sex", "born", "phone", "work", "job", "department", "migrant")}
        )


class ApprovalForm(forms.Form):
    """The committee has decided."""

    on = Today(label=_("Day of the decision"))


class SendForm(forms.Form):
    """She moves with her work."""

    to = UnionField(label=_("The union to which she moves"))
    reason = forms.CharField(label=_("A word about it"), max_length=200, required=False)


class RetainForm(forms.Form):
    """Kept without dues and vote."""

    on = Today(label=_("From the day"))
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(one.value, one.label) for one in RETAINING],
        widget=forms.RadioSelect,
    )

    def words(self) -> str:
        """The reason as it stands in the story; as a code it stands in the register, and goes up."""
        return str(Reason(self.cleaned_data["reason"]).label)


class EndForm(forms.Form):
    """A membership ends."""

    ending = forms.ChoiceField(
        label=_("How it ends"),
        choices=[c for c in Ending.choices if c[0] in ("LEFT", "DIED", "UNDONE")],
        widget=forms.RadioSelect,
    )
    on = Today(label=_("Day"))
    reason = forms.CharField(label=_("Reason, and by which paper"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectForm(forms.Form):
    """What is written about her and her work."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    phone = forms.CharField(label=_("Mobile"), max_length=20, required=False, help_text=_("Empty: stays as it is."))
    work = forms.ChoiceField(label=_("Form of work"), choices=Work.choices)
    job = forms.CharField(label=_("Job"), max_length=60, required=False)
    department = forms.CharField(label=_("Department"), max_length=60, required=False)
    migrant = forms.BooleanField(label=_("Migrant worker"), required=False)


class ImportForm(forms.Form):
    """A roster to be read."""

    union = UnionField(
        label=_("For which union"), help_text=_("Its name, its initials or its code. A roster of many unions has a column that names them.")
    )
    file = Spreadsheet(
        label=_("File"),
        help_text=_(
            "xlsx, xls, ods or csv, as it is: titles, subtotals and notes are recognised. Nothing is written before you have seen what was found."
        ),
    )

    whole = forms.BooleanField(
        label=_("All rows or none"), required=False, help_text=_("As long as one row is bad and not left out, nothing is taken over. Else the good rows go in, and the bad ones wait.")
    )  # fmt: skip

    def union_(self) -> Union:
        """The union, once the form is valid."""
        union: Union = self.cleaned_data["union"]
        return union
