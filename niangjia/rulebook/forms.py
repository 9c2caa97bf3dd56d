"""What people fill in about values and days; shape only, judgement is in the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import today
from niangjia.kit.fields import Day, Money, Spreadsheet
from niangjia.kit.parameter import Parameter
from niangjia.kit.said import value_words
from niangjia.kit.spans import Span
from niangjia.unions.models import Division, Union

EVERYWHERE = "*"
HUNDRED = Decimal(100)
UNITS = [
    ("m", _("minutes")), ("h", _("hours")), ("d", _("calendar days")), ("wd", _("working days")), ("mo", _("months")), ("y", _("years")),
]  # fmt: skip


class AsOf(forms.Form):
    """Which day and which place the list shows, and what it is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=20)
    on = Day(label=_("As of which day"), required=False)
    place = forms.TypedChoiceField(label=_("Where"), coerce=int, empty_value=None, required=False)

    def __init__(self, said: Any, places: Iterable[Division], **facts: Any) -> None:
        super().__init__(said, **facts)
        self.fields["place"].choices = [(one.pk, "\u3000" * (one.level - 1) + one.name) for one in places]  # type: ignore[attr-defined]


class ProposeForm(forms.Form):
    """A new value: the field of the value follows the kind of the parameter."""

    def __init__(self, what: Parameter, unions: Sequence[Union], *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.what, self.unions = what, {one.code: one for one in unions}
        places = [(one.code, one.division.name if one.division else one.short_name) for one in unions] if what.place else []
        if any(one.level == 1 for one in unions):
            places.append((EVERYWHERE, str(_("Everywhere: the law itself has changed"))))
        own = dict(self.fields)
        self.fields.clear()
        self.fields["place"] = forms.ChoiceField(label=_("Where"), choices=places)
        for name, field in _fields(what).items():
            self.fields[name] = field
        self.fields |= own

    follow = forms.BooleanField(label=_("End this place's own value: follow the place above again"), required=False)
    since = Day(label=_("From which day"), initial=today, help_text=_("Today or later; the past is never written anew."))
    basis = forms.CharField(label=_("By which paper"), max_length=200, help_text=_("Number and article, such as 长总工〔2016〕3号."))
    paper = forms.FileField(label=_("The paper itself"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    restates = forms.BooleanField(
        label=_("It also applies to what runs on that day"), required=False,
        help_text=_("Unless you choose this, a clock keeps the value of the day on which it began."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The value as the rules read it, and the union whose place it is."""
        facts: dict[str, Any] = super().clean() or {}
        if facts.get("place"):
            facts["everywhere"] = facts["place"] == EVERYWHERE
            top = next((one for one in self.unions.values() if one.level == 1), None)
            facts["union"] = top if facts["everywhere"] else self.unions[facts["place"]]
        facts["set_value"] = None
        if facts.get("follow"):
            for name in ("value", "unit"):
                self.errors.pop(name, None)
            return facts
        given = facts.get("value")
        if given in (None, ""):
            if "value" not in self.errors:
                self.add_error("value", _("Write the value, or choose to follow the place above."))
            return facts
        if self.what.kind == "span":
            facts["set_value"] = Span(given, facts.get("unit") or "d")
        elif self.what.kind == "yesno":
            facts["set_value"] = given == "yes"
        else:
            facts["set_value"] = given / 100 if self.what.kind == "percent" else given
        return facts


def _fields(what: Parameter) -> dict[str, forms.Field]:
    """How a value of a kind is written."""
    hint = _bounds(what)
    if what.kind == "span":
        assert isinstance(what.default, Span)
        number = forms.IntegerField(label=_("Value"), min_value=1, max_value=9999, required=False, help_text=hint)
        return {"value": number, "unit": forms.ChoiceField(label=_("Unit"), choices=UNITS, initial=what.default.unit, required=False)}
    if what.kind == "number":
        return {"value": forms.IntegerField(label=_("Value"), min_value=0, max_value=10**9, required=False, help_text=hint)}
    if what.kind == "money":
        return {"value": Money(label=_("Value"), required=False, help_text=hint)}
    if what.kind == "percent":
        return {
            "value": forms.DecimalField(
                label=_("Value"), min_value=Decimal(0), max_value=_highest(what), decimal_places=4, required=False, help_text=hint,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        }  # fmt: skip
    choices = [("yes", _("yes")), ("no", _("no"))] if what.kind == "yesno" else list(what.choices.items())
    return {"value": forms.ChoiceField(label=_("Value"), choices=choices, required=False, widget=forms.RadioSelect)}


def _highest(what: Parameter) -> Decimal:
    """The highest percentage that may be written: shares end at a hundred, multiples such as those of overtime do not."""
    if isinstance(what.most, Decimal):
        return what.most * HUNDRED
    return HUNDRED if isinstance(what.default, Decimal) and what.default <= 1 else HUNDRED * 10


def _bounds(what: Parameter) -> str:
    """What a place may set, as a hint."""
    if what.least is not None and what.most is not None:
        return str(_("From %(least)s to %(most)s.")) % {"least": value_words(what, what.least), "most": value_words(what, what.most)}
    if what.least is not None:
        return str(_("At least %(least)s.")) % {"least": value_words(what, what.least)}
    return str(_("At most %(most)s.")) % {"most": value_words(what, what.most)} if what.most is not None else ""


class DayForm(forms.Form):
    """A day that is kept otherwise here than the general calendar has it."""

    day = Day(label=_("Day"))
    works = forms.ChoiceField(
        label=_("People here"), widget=forms.RadioSelect,
        choices=[("work", _("work")), ("rest", _("rest")), ("same", _("follow the general calendar again"))],
    )  # fmt: skip
    basis = forms.CharField(label=_("By which notice"), max_length=120, required=False)


class DaysForm(forms.Form):
    """A sheet of days."""

    file = Spreadsheet(label=_("Spreadsheet"), help_text=_("Columns: day, work or rest, notice. xlsx, xls, ods or csv."))
    basis = forms.CharField(
        label=_("By which notice"), max_length=120, required=False, help_text=_("For rows that name none, such as 国办发明电〔2025〕7号.")
    )
