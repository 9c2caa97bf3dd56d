"""What people fill in about requests; shape only."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.asked import reading, said
from niangjia.asked.actions import Facts, Wanted
from niangjia.asked.enums import Kind
from niangjia.asked.models import Field
from niangjia.kit.fields import Day, Spreadsheet
from niangjia.unions.api import GRASSROOTS, UnionField
from niangjia.unions.api import Kind as UnionKind
from niangjia.unions.models import Union

NEVER = ("10", "30")  # the city is asked by nobody below it, and branches have no register of their own
BREAKS = re.compile(r"[\n;；、|]+")


def spoken(union: Union) -> str:
    """A union as its field understands it again: nothing but this one can be meant."""
    return f"{union.short_name}（{union.code}）"


class RequestForm(forms.Form):
    """Whom a request asks, what for, by when."""

    union = forms.ModelChoiceField(Union.objects.none(), label=_("In the name of"), empty_label=None)
    title = forms.CharField(label=pgettext_lazy("a request", "Title"), max_length=60)
    why = forms.CharField(
        label=_("What for, and by which paper"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever answers reads it first."),
    )  # fmt: skip
    period = forms.CharField(label=_("Of which time the fields speak"), max_length=40, required=False, help_text=_("Such as: third quarter of 2026, or as of 30 September."))  # fmt: skip
    due_on = Day(label=_("Answers are due on"))
    under = UnionField(label=_("The unions below"))
    kinds = forms.MultipleChoiceField(
        label=_("Of these types"), choices=[one for one in UnionKind.choices if one[0] not in NEVER], widget=forms.CheckboxSelectMultiple, initial=list(GRASSROOTS),
    )  # fmt: skip

    def __init__(self, *args: Any, unions: QuerySet[Union], fixed: bool = False, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if fixed:
            del self.fields["union"]
        else:
            self.fields["union"].queryset = unions  # type: ignore[attr-defined]  # as ModelChoiceField has it

    def facts(self) -> Facts:
        """What the request says."""
        given = {name: self.cleaned_data[name] for name in ("title", "why", "period", "due_on", "under", "kinds")}
        return Facts(**given)


class FieldForm(forms.Form):
    """One field of a request."""

    label = forms.CharField(label=_("What is asked for"), max_length=60, help_text=_("As it will stand on the form. It is checked against what the platform holds."))  # fmt: skip
    kind = forms.ChoiceField(label=pgettext_lazy("a field", "Kind"), choices=Kind.choices)
    unit = forms.CharField(label=pgettext_lazy("of a number", "Unit"), max_length=10, required=False)
    choices = forms.CharField(
        label=pgettext_lazy("a field", "Choices"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only for one of a list: one on each line."),
    )  # fmt: skip
    help = forms.CharField(label=pgettext_lazy("a field", "Explanation"), max_length=120, required=False, help_text=_("What counts and what does not, in a sentence."))  # fmt: skip
    required = forms.BooleanField(label=_("It must be answered"), required=False, initial=True)

    def clean_choices(self) -> list[str]:
        """The choices, each once."""
        found = (one.strip()[:40] for one in BREAKS.split(self.cleaned_data["choices"]))
        return list(dict.fromkeys(one for one in found if one))

    def clean(self) -> dict[str, Any]:
        """A list has two choices at least; nothing else has any."""
        facts = super().clean() or {}
        if facts.get("kind") == Kind.CHOICE and len(facts.get("choices", ())) < 2:
            self.add_error("choices", _("Write two choices at least, one on each line."))
        return facts

    def wanted(self) -> Wanted:
        """The field as it is wanted."""
        given = self.cleaned_data
        choices = given["choices"] if given["kind"] == Kind.CHOICE else []
        return Wanted(given["label"], given["kind"], choices, given["unit"], given["help"], given["required"])


class ContestForm(forms.Form):
    """Why what the platform holds is not believed."""

    reason = forms.CharField(
        label=_("Why is it contested?"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is counted, and stands on the page of what was asked. Empty: it is not asked after all."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why an answer is sent back."""

    reason = forms.CharField(label=_("What is to be corrected?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class FileForm(forms.Form):
    """A workbook that was filled in."""

    file = Spreadsheet(label=_("File"), help_text=_("The template of this request, filled in: xlsx, xls, ods or csv."))


class AnswerForm(forms.Form):
    """The fields that were asked, as a form; what is saved in parts may have gaps."""

    def __init__(self, *args: Any, asked: list[Field], notes: dict[int, str], whole: bool = True, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.asked, self.whole = asked, whole
        for one in asked:
            self.fields[f"f{one.pk}"] = made = control(one)
            made.required = one.required
            made.help_text = " ".join(filter(None, [one.help, notes.get(one.pk, "")]))
            made.unit = one.unit  # type: ignore[attr-defined]  # the control shows it

    def _clean_fields(self) -> None:
        """What is saved in parts may have gaps; the form itself goes on saying what must be there in the end."""
        was = {name: one.required for name, one in self.fields.items()}
        for one in self.fields.values():
            one.required = one.required and self.whole
        super()._clean_fields()  # type: ignore[misc]  # Django's own, which its stubs leave out
        for name, one in self.fields.items():
            one.required = was[name]

    def clean(self) -> dict[str, Any]:
        """Every value as it is kept."""
        facts = super().clean() or {}
        for one in self.asked:
            value = facts.get(f"f{one.pk}")
            text = value.isoformat() if isinstance(value, date) else str(value or "")
            _kept, why = reading.read(one.kind, text, one.choices)
            if why:
                self.add_error(f"f{one.pk}", said.fault(why, one))
            facts[f"f{one.pk}"] = text
        return facts

    def values(self) -> dict[int, str]:
        """What was filled in, by the numbers of the fields; what cannot be read is left out."""
        return {one.pk: self.cleaned_data.get(f"f{one.pk}", "") for one in self.asked if f"f{one.pk}" not in self.errors}


def control(one: Field) -> forms.Field:
    """The field as a form shows it."""
    match one.kind:
        case Kind.NUMBER | Kind.YUAN:
            return forms.CharField(label=one.label, max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
        case Kind.DAY:
            return Day(label=one.label)
        case Kind.YESNO:
            return forms.ChoiceField(label=one.label, choices=[("YES", _("yes")), ("NO", _("no"))], widget=forms.RadioSelect)
        case Kind.CHOICE:
            return forms.ChoiceField(label=one.label, choices=[(choice, choice) for choice in one.choices], widget=forms.RadioSelect)
        case _words:
            return forms.CharField(label=one.label, max_length=200)
