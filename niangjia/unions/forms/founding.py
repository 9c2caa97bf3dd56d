"""What people fill in when a union is founded; shape only, judgement is in the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.access.models import User
from niangjia.kit.fields import Day, Today
from niangjia.kit.who import permitted
from niangjia.unions.actions.founding import Clue, Registered, Wanted
from niangjia.unions.enums import GRASSROOTS, Category, Founder, Industry, Kind, May, Source, Speaks, Ticked, Way
from niangjia.unions.fields import UnionField
from niangjia.unions.forms import longer_term, offering, terms
from niangjia.unions.forms.elections import heads
from niangjia.unions.queries import leading


class FoundingsFilter(forms.Form):
    """What the list of foundings is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=20)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Way.choices])
    under = forms.CharField(label=_("Under"), required=False, max_length=20)


KINDS = [choice for choice in Kind.choices if choice[0] in GRASSROOTS]


class ClueForm(forms.Form):
    """Which employer has no union."""

    at = UnionField(label=_("Under which union"))
    kind = forms.ChoiceField(
        label=_("Type"), choices=KINDS, initial=Kind.SINGLE, required=False, help_text=_("A union of several units has no single employer: write what it is for instead."),
    )  # fmt: skip
    subject = forms.CharField(
        label=_("Village, area, trade or project"), max_length=80, required=False, help_text=_("Of several units or a project: the village, building, area, trade, workers or project. Empty for one employer."),
    )  # fmt: skip
    uscc = forms.CharField(
        label=_("Credit code of the employer"),
        max_length=20,
        required=False,
        help_text=_("Of a project: the general contractor's. Empty for a union of several units."),
    )
    name = forms.CharField(
        label=_("Name of the employer"), max_length=120, required=False, help_text=_("Empty if the house knows this credit code already.")
    )
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices, initial=Category.PRIVATE)
    industry = forms.ChoiceField(label=_("Industry"), choices=Industry.choices, initial=Industry.C)
    opened_on = Day(label=_("Opened on"), required=False, help_text=_("From its licence, if it is known; the clock counts from that day."))
    source = forms.ChoiceField(label=_("From where it is known"), choices=Source.choices, initial=Source.TOWNSHIP)
    clue = forms.CharField(
        label=_("What is known"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("A worker who tells it need not be named."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **facts: Any) -> None:
        super().__init__(*args, **facts)
        offering(self, "at", leading(user), permitted(user, May.FOLLOW).filter(level__lte=3))

    def facts(self) -> Clue:
        """The clue, once the form is valid."""
        return Clue(**{name: value for name, value in self.cleaned_data.items() if name != "at"})


class GroupForm(forms.Form):
    """Somebody in the preparatory group."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    job = forms.CharField(label=_("Department and job"), max_length=60, required=False)
    speaks = forms.ChoiceField(label=_("Stands for"), choices=Speaks.choices, initial=Speaks.WORKERS, widget=forms.RadioSelect)
    head = forms.BooleanField(label=_("Leads the group"), required=False)


class ApplyForm(forms.Form):
    """What is applied for."""

    name = forms.CharField(
        label=_("Name of the union"), max_length=120, help_text=_("As on the seal, such as “… Company Trade Union Committee”.")
    )
    kind = forms.ChoiceField(label=_("Type"), choices=KINDS, initial=Kind.SINGLE)
    term_years = forms.TypedChoiceField(label=_("Term"), coerce=int, choices=terms, initial=longer_term, widget=forms.RadioSelect)
    employees = heads(_("Employees"))
    willing = heads(_("Of whom want to join"), help_text=_("From 25 on a committee of its own must be set up (Trade Union Law, art. 11)."))
    applicant = forms.CharField(label=_("Who applies"), max_length=60)
    telephone = forms.CharField(label=_("Telephone"), max_length=20, required=False, help_text=_("Of the office, with the area code."))
    address = forms.CharField(label=_("Domicile"), max_length=160, required=False)
    founder = forms.ChoiceField(
        label=_("Who founds it"),
        choices=[("", _("the employer")), *Founder.choices],
        required=False,
        help_text=_("Of a union of several units."),
    )
    founder_name = forms.CharField(
        label=_("Name of the founder"),
        max_length=120,
        required=False,
        help_text=_("The committee, association or firm that takes it in hand."),
    )
    party = forms.CharField(
        label=_("What the party organisation says"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Empty where there is none: then the election runs under the union above."),
    )  # fmt: skip

    def facts(self) -> Wanted:
        """What is wanted, once the form is valid."""
        return Wanted(**self.cleaned_data)


class GrantForm(forms.Form):
    """The paper by which the group is agreed to."""

    on = Today(label=_("Day of approval"))
    grant_no = forms.CharField(
        label=_("Number of the approval"), max_length=60, help_text=_("As on the paper, such as 长总工〔2015〕12号.")
    )


class RegisterForm(forms.Form):
    """What stands on the certificate, and what was handed in."""

    ticked = forms.MultipleChoiceField(label=_("What was handed in"), choices=Ticked.choices, widget=forms.CheckboxSelectMultiple)
    uscc = forms.CharField(
        label=_("Unified social credit code of the union"), max_length=20, help_text=_("18 characters; it begins with 81.")
    )
    certificate_no = forms.CharField(label=_("Number of the certificate"), max_length=60)
    on = Today(label=_("Issued on"))
    until = Day(label=_("Valid until"))

    def facts(self) -> Registered:
        """What was registered, once the form is valid."""
        return Registered(**self.cleaned_data)


class EntriesForm(forms.Form):
    """A change in the register of legal persons."""

    on = Today(label=_("Filed on"))
    legal_until = Day(label=_("Certificate valid until"), required=False, help_text=_("Only if a new one was issued."))
