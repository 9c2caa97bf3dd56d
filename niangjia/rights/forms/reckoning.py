"""What is asked before something is reckoned. No name and no number of a person: dates, wages and hours are all it takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.dates import today
from niangjia.kit.fields import Day, Money
from niangjia.rights.enums import Cause
from niangjia.rights.reckoning import FACTS, GROUNDS, TERMS
from niangjia.rights.words import EVENTS, GROUND, HOW, PROCEDURES, TERM_EVENTS

Part = tuple[Any, list[forms.BoundField]]  # fields under one heading


class Asked(forms.Form):
    """A form whose days stand in order: pairs of (earlier, later)."""

    order: tuple[tuple[str, str], ...] = ()

    def clean(self) -> dict[str, Any]:
        """The first day does not lie behind the last."""
        said = super().clean() or {}
        for earlier, later in self.order:
            if said.get(earlier) and said.get(later) and said[earlier] > said[later]:
                fault = _("This day lies before “%(other)s”. Look which of the two is right.") % {"other": self.fields[earlier].label}
                self.add_error(later, fault)
        return said

    def parts(self) -> list[Part]:
        """Its fields under their headings; a short form has none."""
        return [("", list(self))]


class WhoseForm(forms.Form):
    """Whose claim is reckoned: she reads it on her own page."""

    worker = forms.ChoiceField(label=_("For which worker?"), required=False)
    claim = forms.ChoiceField(label=_("For which claim?"), required=False, choices=[("", _("for all of them")), *Cause.choices])

    def __init__(self, *args: Any, people: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["worker"].choices = [("", _("for all together")), *people] if len(people) != 1 else people  # type: ignore[attr-defined]


class Hours(forms.DecimalField):
    """Hours, with a half."""

    def __init__(self, **facts: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(min_value=0, max_value=9999, decimal_places=2, required=False, widget=widget, **facts)
        self.unit = _("hours")


class Percent(forms.DecimalField):
    """A rate a year."""

    unit = "%"


class Count(forms.IntegerField):
    """A small whole number."""

    def __init__(self, **facts: Any) -> None:
        usual: dict[str, Any] = {"min_value": 0, "max_value": 366, "widget": forms.TextInput(attrs={"inputmode": "numeric"})}
        super().__init__(**(usual | facts))


AVERAGED = _("What was really earned in the last twelve months, by twelve: bonuses and allowances included, before tax.")
PLACE = _("Leave empty to take what is set for the place.")


class SeveranceForm(Asked):
    """Work has ended."""

    order = (("first", "last"),)
    ground = forms.ChoiceField(label=_("Why did it end?"), choices=[(code, GROUND[code]) for code in GROUNDS])
    first = Day(label=_("First day of work"))
    last = Day(label=_("Last day of work"), initial=today)
    wage = Money(label=_("Average monthly wage"), help_text=AVERAGED)
    average = Money(label=_("Local average monthly wage of the year before"), required=False, help_text=PLACE)
    floor = Money(label=_("Local monthly minimum wage"), required=False, help_text=PLACE)


class NoticeForm(Asked):
    """Dismissed without thirty days' notice."""

    order = (("noticed", "last"),)
    ground = forms.ChoiceField(label=_("Why did it end?"), choices=[(code, GROUND[code]) for code in GROUNDS], initial="UNFIT")
    wage = Money(label=_("Wage of the month before"))
    noticed = Day(label=_("Day of the written notice"), required=False)
    last = Day(label=_("Last day of work"), initial=today)


class DoubleForm(Asked):
    """Work without a written contract."""

    order = (("first", "claimed"), ("first", "signed"), ("first", "ended"))
    which = forms.ChoiceField(
        label=_("Which contract was missing?"), choices=[("WRITTEN", _("none was made in writing")), ("ENDLESS", _("one without end was due, and was not made"))],
        widget=forms.RadioSelect, initial="WRITTEN",
    )  # fmt: skip
    first = Day(label=_("First day of work, or the day on which the contract without end was due"))
    signed = Day(label=_("A contract was signed on"), required=False)
    ended = Day(label=_("Last day of work, if it has ended"), required=False)
    claimed = Day(label=_("Day of the claim"), initial=today)
    wage = Money(label=_("Monthly wage"))
    excused = forms.BooleanField(label=_("The worker would not sign, or the law itself prolonged the contract"), required=False)


class OvertimeForm(Asked):
    """Hours beyond the normal ones."""

    system = forms.ChoiceField(
        label=_("How are hours counted?"), initial="STANDARD", widget=forms.RadioSelect,
        choices=[("STANDARD", _("normal hours")), ("COMPREHENSIVE", _("comprehensive hours, approved")), ("IRREGULAR", _("irregular hours, approved"))],
    )  # fmt: skip
    wage = Money(label=_("Monthly wage"), help_text=_("What was agreed for normal hours."))
    on_days = Hours(label=_("Overtime on days of work"))
    on_rest = Hours(label=_("Work on days of rest, without another day instead"))
    on_feasts = Hours(label=_("Work on feasts"))
    paid = Money(label=_("Paid for it so far"), required=False)
    until = Day(label=_("Last day of the work"), initial=today)


class LeaveForm(Asked):
    """Paid leave that was not taken."""

    order = (("first_work", "first"), ("first", "ended"))
    year = forms.IntegerField(label=_("Year"), min_value=2008, max_value=2100)
    first_work = Day(label=_("First day of work anywhere"), help_text=_("Years with all employers count together."))
    first = Day(label=_("First day of work here"))
    ended = Day(label=_("Last day of work, if it has ended"), required=False)
    taken = Count(label=_("Days taken"), required=False)
    wage = Money(label=_("Average monthly wage without overtime"))
    refused = forms.BooleanField(label=_("The worker gave the leave up in writing, for a reason of her own"), required=False)


class ArrearsForm(Asked):
    """Wages that were not paid."""

    due = Money(label=_("Wages that were due"))
    paid = Money(label=_("Paid of it so far"), required=False)
    ordered = forms.BooleanField(label=_("The labour authority ordered payment, and the day it set has passed"), required=False)


class InterestForm(Asked):
    """Money came late."""

    order = (("due_on", "until"),)
    principal = Money(label=_("Sum that was due"))
    due_on = Day(label=pgettext_lazy("wages", "Due on"))
    until = Day(label=_("Paid on, or until today"), initial=today)
    agreed = Percent(
        label=_("Agreed rate a year"), min_value=0, max_value=100, decimal_places=4, required=False, help_text=_("Leave empty to take the one-year loan prime rate."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip


class MinimumForm(Asked):
    """Whether the pay reaches the minimum wage."""

    paid = Money(label=_("Paid in a month"))
    apart = Money(
        label=_("Of it for overtime, night shifts, heat or danger"),
        required=False,
        help_text=_("These do not count towards the minimum wage."),
    )
    months = Count(label=_("Months"), min_value=1, initial=1)
    floor = Money(label=_("Local monthly minimum wage"), required=False, help_text=PLACE)
    until = Day(label=_("A day in the last of these months"), initial=today)


class FinalForm(Asked):
    """Whether the employer may sue against an award."""

    claim = Money(label=_("Amount of this claim"), help_text=_("Each claim by itself: wages, injury medical costs, compensation, damages."))
    floor = Money(label=_("Local monthly minimum wage"), required=False, help_text=PLACE)


class LimitationForm(Asked):
    """How long a claim lives."""

    order = (("stopped", "resumed"),)
    what = forms.ChoiceField(
        label=_("What is claimed?"),
        choices=[("WAGES", _("wages")), ("OTHER", _("something else"))],
        widget=forms.RadioSelect,
        initial="WAGES",
    )
    known = Day(label=_("Day on which the harm was known"))
    ended = Day(label=_("Last day of work, if it has ended"), required=False)
    stopped = Day(label=_("Nothing could be done from (force majeure)"), required=False)
    resumed = Day(label=_("to"), required=False)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for n, letter in enumerate("abc", start=1):
            self.fields[f"day_{letter}"] = Day(label=_("The claim was asserted on (%(n)s)") % {"n": n}, required=False)
            self.fields[f"how_{letter}"] = forms.ChoiceField(label=_("How (%(n)s)") % {"n": n}, choices=list(HOW.items()), required=False)


class CourseForm(Asked):
    """What has happened in a procedure: whatever is known."""

    order = (("stopped", "resumed"),)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for code in FACTS:
            self.fields[code] = Day(label=TERM_EVENTS[code], required=False)
        self.fields["stopped"] = Day(
            label=_("Excluded time, from"),
            required=False,
            help_text=_("Inquiry elsewhere, talks of settlement, service by public notice, waiting for a finding."),
        )
        self.fields["resumed"] = Day(label=_("to"), required=False)
        for term in TERMS:
            if term.longer:
                self.fields[f"longer_{term.code}"] = forms.BooleanField(label=EVENTS[term.code], required=False)

    def parts(self) -> list[Part]:
        """The days by procedure, and what does not count or was extended at the end."""
        groups: dict[str, list[str]] = {}
        for term in TERMS:
            if not any(term.after in names for names in groups.values()):
                groups.setdefault(term.group, []).append(term.after)
        dated = {name for names in groups.values() for name in names}
        rest = [self[name] for name in self.fields if name not in dated]
        return [
            *((PROCEDURES[group], [self[name] for name in names]) for group, names in groups.items()),
            (_("Time that does not count, and extensions"), rest),
        ]


FORMS: dict[str, type[Asked]] = {
    "severance": SeveranceForm, "notice": NoticeForm, "double": DoubleForm, "overtime": OvertimeForm, "leave": LeaveForm, "arrears": ArrearsForm,
    "interest": InterestForm, "minimum": MinimumForm, "final": FinalForm, "limitation": LimitationForm,
}  # fmt: skip
