"""What people fill in about unions; shape only, judgement is in the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.access.models import User
from niangjia.kit.answer import answer
from niangjia.kit.dates import today
from niangjia.kit.fields import Day, Today
from niangjia.kit.said import span_words
from niangjia.kit.who import permitted
from niangjia.unions.actions import Facts, employer_for
from niangjia.unions.enums import BodyKind, Category, Duty, Form, Industry, Kind, Link, May, Served, State, Turn
from niangjia.unions.fields import UnionField
from niangjia.unions.models import Employer, Union
from niangjia.unions.parameters import TERM_LONG, TERM_SHORT
from niangjia.unions.queries import beside, heir_of, leading


class Filter(forms.Form):
    """What the list of unions is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("All")), *Kind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All but abolished")), *State.choices])
    under = forms.CharField(required=False, max_length=20)
    parent = forms.CharField(required=False, max_length=20)
    view = forms.CharField(required=False, max_length=20)


class TreeFilter(forms.Form):
    """Where the tree is opened, or whom it is opened to find; on which day, and by which hierarchy."""

    q = forms.CharField(required=False, max_length=60)
    under = forms.CharField(required=False, max_length=20)
    day = Day(
        label=_("On the day"),
        required=False,
        error_messages={"invalid": _("This is no day: write it like 2015-06-30. The tree of today is shown.")},
    )
    by = forms.ChoiceField(required=False, choices=Link.choices)
    all = forms.BooleanField(required=False)

    def clean_day(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["day"]
        if day and day > today():
            raise forms.ValidationError(_("That day lies ahead: how the tree will stand is not known yet. The tree of today is shown."))
        return day


def terms() -> list[tuple[int, str]]:
    """How long a grassroots union may sit, as the law has it today."""
    spans = [answer(one, today(), ()).value for one in (TERM_SHORT, TERM_LONG)]
    return [(span.count, span_words(span)) for span in spans]


def longer_term() -> int:
    """The term that is usual."""
    return terms()[-1][0]


class FoundForm(forms.Form):
    """A new union under another."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As on the seal, such as “… Company Trade Union Committee”."))
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Type"), choices=[choice for choice in Kind.choices if choice[0] not in ("10", "30")])
    term_years = forms.TypedChoiceField(label=_("Term"), coerce=int, choices=terms, initial=longer_term, widget=forms.RadioSelect)
    uscc = forms.CharField(
        label=_("Credit code of the employer"), max_length=20, required=False, help_text=_("Needed for a union of one unit, or of a project."),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Name of the employer"), max_length=120, required=False, help_text=_("Empty if the house knows this credit code already.")
    )
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices, initial=Category.PRIVATE, required=False)
    industry = forms.ChoiceField(label=_("Industry"), choices=Industry.choices, initial=Industry.C, required=False)
    employees = forms.IntegerField(label=_("Employees"), min_value=0, max_value=1_000_000, required=False)
    contact = forms.CharField(label=_("Whom to call"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        """A union of one unit names it."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") in (Kind.SINGLE, Kind.PROJECT) and not said.get("uscc"):
            self.add_error("uscc", _("Write the credit code of the employer whose union this is."))
        return said

    def employer(self, near: Union) -> Employer | None:
        """The employer that was named, once the form is valid."""
        said = self.cleaned_data
        if not said["uscc"]:
            return None
        return employer_for(
            name=said["unit"], uscc=said["uscc"], near=near, category=said["category"] or Category.PRIVATE, industry=said["industry"] or Industry.C,
            employees=said["employees"] or 0,
        )  # fmt: skip

    def facts(self, near: Union) -> Facts:
        """What is said of the union."""
        said = self.cleaned_data
        return Facts(
            name=said["name"], kind=said["kind"], short_name=said["short_name"], term_years=said["term_years"], contact=said["contact"],
            contact_phone=said["contact_phone"], employer=self.employer(near),
        )  # fmt: skip


class ApprovalForm(forms.Form):
    """The paper by which the union above approves."""

    on = Today(label=_("Day of approval"))
    approval_no = forms.CharField(
        label=_("Number of the approval"), max_length=60, help_text=_("As on the paper, such as 长总工〔2015〕12号.")
    )


class ElectionForm(forms.Form):
    """A new committee."""

    on = Today(label=_("Day of the election"))
    approval_no = forms.CharField(label=_("Number of the approval"), max_length=60)


class AbolishForm(forms.Form):
    """The end of a union."""

    on = Today(label=_("Day of abolition"))
    successor = UnionField(label=_("The union that takes over"), required=False)
    heir = UnionField(label=_("Where its members go"), required=False)
    retained = forms.ChoiceField(
        label=_("How they go on"), widget=forms.RadioSelect, initial="no",
        choices=[("no", _("As members, with dues and vote")), ("yes", _("With their membership retained: without dues and vote"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, union: Union, **facts: Any) -> None:
        super().__init__(*args, **facts)
        offering(self, "successor", beside(union))
        offering(self, "heir", beside(union))
        if (pool := heir_of(union)) is not None:
            self.fields["heir"].help_text = _("Empty: the union that takes over, else the pool of %(union)s. Nobody counts as joining or leaving by it.") % {"union": pool.short_name}  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What is to be done, once the form is valid."""
        return self.cleaned_data | {"retained": self.cleaned_data["retained"] == "yes"}


class SettleForm(forms.Form):
    """What an abolished union leaves."""

    on = Today(label=_("Settled on"))
    assets = forms.CharField(
        label=_("Assets, and to whom they went"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Money, things and debts; “none” where there was nothing."),
    )  # fmt: skip
    account_closed_on = Day(label=_("Account closed on"), required=False, help_text=_("Empty where it had none."))
    cancelled_on = Day(label=_("Legal person cancelled on"), required=False, help_text=_("Needed where it was one."))
    paper = forms.FileField(label=_("Report of the settlement"), required=False, help_text=_("PDF, picture, Word or Excel."))


class MoveForm(forms.Form):
    """Another union above, from a day on."""

    parent = UnionField(label=_("The new union above"))
    since = Today(label=_("From"))
    basis = forms.CharField(label=_("Decided in"), max_length=200)

    def __init__(self, *args: Any, user: User, **facts: Any) -> None:
        super().__init__(*args, **facts)
        offering(self, "parent", leading(user))


class DirectForm(forms.Form):
    """Where dues or statistics go from a day on; what was seen before it is recorded comes back with it."""

    kind = forms.ChoiceField(
        label=_("What goes elsewhere"), choices=[(one.value, one.label) for one in (Link.DUES, Link.STATS)], widget=forms.RadioSelect
    )
    parent = UnionField(
        label=_("Goes to"),
        help_text=_("A federation or an industrial union: its name, its initials or its code. Where it stands itself, to undo it."),
    )
    since = Today(label=_("From"), help_text=_("The day from which the paper has it; today or earlier."))
    basis = forms.CharField(label=_("Decided in"), max_length=160, help_text=_("The number of the paper, or who decided when."))
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, user: User, **facts: Any) -> None:
        super().__init__(*args, **facts)
        offering(self, "parent", leading(user))

    def mark(self, union: Union) -> str:
        """What was rehearsed: with other facts it is rehearsed again."""
        said = self.cleaned_data
        return f"{union.pk}-{said['kind']}-{said['parent'].pk}-{said['since']}"


class MovesFilter(forms.Form):
    """What the list of reorganisations is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.ChoiceField(required=False, choices=[(code, code) for code in ("", "open", "force", "gone")])


class DayForm(forms.Form):
    """When a reorganisation holds, and by which paper."""

    on = Today(label=_("From which day"))
    paper = forms.CharField(label=_("Decided in"), max_length=200, help_text=_("Its number, or who decided, such as 湖总工组〔2026〕7号."))
    why_late = forms.CharField(
        label=_("Why it is recorded late"),
        max_length=300,
        required=False,
        help_text=_("Only if the day has passed."),
    )


class LineForm(forms.Form):
    """What happens to one union."""

    turn = forms.ChoiceField(label=_("What is to happen"), choices=Turn.choices, initial=Turn.MOVE, widget=forms.RadioSelect)
    union = UnionField(label=_("Which union"))
    target = UnionField(
        label=_("The other union"),
        required=False,
        help_text=_("Under which it moves, or into which it merges: its name, its initials or its code."),
    )
    name = forms.CharField(
        label=_("New name"), max_length=120, required=False, help_text=_("Only where it is renamed; in full, as on the seal.")
    )
    short_name = forms.CharField(label=_("New short name"), max_length=60, required=False)

    def __init__(self, *args: Any, user: User, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for name in ("union", "target"):
            offering(self, name, leading(user), permitted(user, May.VIEW))


class PlanForm(DayForm, LineForm):
    """A reorganisation with its first line."""

    field_order = ("turn", "union", "target", "name", "short_name", "on", "paper", "why_late")


class PaperForm(forms.Form):
    """A document by which something is done."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, picture, Word or Excel."))
    purpose = forms.CharField(label=_("What it is"), max_length=40)


class Account(forms.Form):
    """A form in which an account may be named."""

    def clean(self) -> dict[str, Any]:
        """Find the account, if one was named."""
        facts: dict[str, Any] = super().clean() or {}
        named = facts.pop("username", "")
        facts["user"] = User.objects.filter(username=named, is_active=True).first() if named else None
        if named and facts["user"] is None:
            self.add_error("username", _("Nobody signs in with this name. The system administrator makes accounts."))
        return facts


class OfficeForm(Account):
    """Somebody gets an office."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    username = forms.CharField(
        label=_("Account"), max_length=150, required=False, help_text=_("The name with which she signs in; empty if she does not.")
    )
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices)
    post = forms.CharField(label=_("Title on the door"), max_length=60, required=False)
    served = forms.ChoiceField(label=_("Served"), choices=Served.choices, initial=Served.PART, widget=forms.RadioSelect)
    since = Today(label=_("Since"))
    approval_no = forms.CharField(label=_("Number of the approval"), max_length=60, required=False)


class LeavingForm(Account):
    """Somebody leaves an office, and perhaps another one takes it over on the same day."""

    on = Today(label=_("Last day"))
    name = forms.CharField(
        label=_("Who takes over"),
        max_length=60,
        required=False,
        help_text=_("Empty: the post is vacant from that day, and the union above sees it."),
    )
    username = forms.CharField(
        label=_("Account of who takes over"),
        max_length=150,
        required=False,
        help_text=_("The name with which she signs in; empty if she does not."),
    )

    def clean(self) -> dict[str, Any]:
        """An account without a name takes the name from the account."""
        facts = super().clean()
        if facts.get("user") is not None and not facts.get("name"):
            facts["name"] = facts["user"].name
        return facts


class EndForm(forms.Form):
    """An end, on a day."""

    on = Today(label=_("Last day"))


class CoverForm(forms.Form):
    """A unit that joins a union."""

    name = forms.CharField(label=_("Name of the unit"), max_length=120)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices, initial=Category.PRIVATE)
    industry = forms.ChoiceField(label=_("Industry"), choices=Industry.choices, initial=Industry.C)
    employees = forms.IntegerField(label=_("Employees"), min_value=0, max_value=1_000_000)
    since = Today(label=_("Since"))


class BodyForm(forms.Form):
    """A body that is set up."""

    kind = forms.ChoiceField(label=_("Body"), choices=BodyKind.choices)
    form = forms.ChoiceField(label=_("Form"), choices=Form.choices, initial=Form.COMMITTEE, widget=forms.RadioSelect)
    basis = forms.CharField(
        label=_("By which paper it is exempt"), max_length=200, required=False, help_text=_("Only where the union is exempt: the number, or who decided and why."),
    )  # fmt: skip
    since = Today(label=_("Since"))


class BodyEndForm(forms.Form):
    """The end of a body."""

    on = Today(label=_("Last day"))
    why = forms.CharField(label=_("Reason"), max_length=200)


class CorrectForm(forms.Form):
    """What is written about a union."""

    name = forms.CharField(label=_("Name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=60)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    certificate_no = forms.CharField(label=_("Number of the certificate"), max_length=60, required=False)
    legal_until = forms.DateField(
        label=_("Certificate valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    address = forms.CharField(label=_("Domicile"), max_length=160, required=False)
    contact = forms.CharField(label=_("Whom to call"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)


def offering(form: forms.Form, name: str, unions: QuerySet[Union], among: QuerySet[Union] | None = None) -> None:
    """Offer unions in a field; with `among`, no other may be named than a person sees."""
    field = form.fields[name]
    assert isinstance(field, UnionField)
    field.offer(unions)
    if among is not None:
        field.among = among


class StandInForm(forms.Form):
    """Somebody stands in for a while."""

    to = forms.ChoiceField(label=_("Who stands in"), help_text=_("Somebody with an office in this union or in one above it."))
    since = Today(label=_("Stands in from"))
    last = Day(label=_("Stands in to the end of"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["to"].choices = [("", _("Choose somebody")), *people]  # type: ignore[attr-defined]


class NoticeForm(forms.Form):
    """A notice that a union puts up by itself."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(label=_("What is shown, and why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    lines = forms.CharField(
        label=_("The list"), required=False, max_length=200_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Copied from a spreadsheet, the heads first; or lines with commas. Names as they may be shown (张*三), no identity number, card or mobile."),
    )  # fmt: skip
    call = forms.CharField(
        label=_("Telephone for objections"), max_length=60, required=False, help_text=_("Of the office, with the area code.")
    )
