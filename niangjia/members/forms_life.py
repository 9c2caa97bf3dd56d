"""What people fill in about moves, dues, confirmations and cards; shape only, judgement is in the rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.fields import Money, Spreadsheet, Today
from niangjia.members.bank import BANKS
from niangjia.unions.api import UnionField
from niangjia.unions.models import Division


class WantForm(forms.Form):
    """Somebody works here now, and stands in another union."""

    union = UnionField(label=_("Your union"))
    name = forms.CharField(label=_("Full name"), max_length=60, help_text=_("As on the identity card."))
    number = forms.CharField(label=_("Identity number"), max_length=20, widget=forms.TextInput(attrs={"autocapitalize": "characters"}))
    why = forms.CharField(label=_("Since when she works here, and as what"), max_length=200)


class Month(forms.CharField):
    """A month, as people write it: 2026-03, 2026年3月, 2026.3, 202603."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(max_length=12, widget=forms.TextInput(attrs={"type": "month"}), **facts)

    def clean(self, value: Any) -> Any:
        """Its first day."""
        said = super().clean(value)
        if not said:
            return None
        found = re.fullmatch(r"(\d{4})\s*[-年./]?\s*(\d{1,2})\s*月?", unicodedata.normalize("NFKC", said))
        if found is None or not 1 <= int(found[2]) <= 12:
            raise forms.ValidationError(_("Write the month as 2026-03."))
        return date(int(found[1]), int(found[2]), 1)


class DuesForm(forms.Form):
    """Dues are paid up to and with a month."""

    until = Month(label=_("Paid until"), help_text=_("The last month that is paid."))


class WageForm(DuesForm):
    """The same of one member; her wage is only reckoned with, and not kept."""

    wage = Money(label=_("Monthly wage"), required=False, help_text=_("Only to reckon what she pays a month; it is not kept."))


class TalkForm(forms.Form):
    """Somebody has talked with her."""

    on = Today(label=_("Day of the talk"))
    with_her = forms.CharField(label=_("Who talked with her"), max_length=60)
    words = forms.CharField(label=_("What was said"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class LeaveForm(forms.Form):
    """The committee deems her to have left."""

    on = Today(label=_("Day of the decision"))
    reason = forms.CharField(label=_("By which decision and paper"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ProposalForm(forms.Form):
    """Her group proposes to expel her."""

    judgment = forms.CharField(label=_("Judgment"), max_length=120, help_text=_("Of which court, and its number."))
    group = forms.CharField(label=_("Union group"), max_length=60)
    on = Today(label=_("Day on which the group met"))
    opinion = forms.CharField(label=_("What the group proposes"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("And what she said to it."))  # fmt: skip


class ExpelForm(forms.Form):
    """The committee expels her."""

    on = Today(label=_("Day of the decision"))
    paper = forms.CharField(label=_("By which decision and paper"), max_length=60)


class RetireForm(forms.Form):
    """From when those who are ticked are retained as retired."""

    on = Today(label=_("From the day"))


class PoolForm(forms.Form):
    """Those who are ticked are sent on from the pool."""

    to = UnionField(label=_("The union to which they move"))


class NewWorkForm(forms.Form):
    """For whom and where somebody in a new form of work works."""

    platform = forms.CharField(label=_("Platform"), max_length=60, help_text=_("The name by which people know it."))
    affiliate = forms.CharField(
        label=_("Affiliate"), max_length=120, required=False, help_text=_("The partner or franchisee by which she is engaged.")
    )
    place = forms.ModelChoiceField(label=_("Place of activity"), queryset=Division.objects.none(), required=False)
    proof = forms.FileField(
        label=_("Proof of her account"), required=False, help_text=_("A picture of the page of her account, or of the agreement.")
    )

    def __init__(self, *said: Any, **facts: Any) -> None:
        super().__init__(*said, **facts)
        self.fields["place"].queryset = Division.objects.filter(until=None, level__gte=2).order_by("code")  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """An order of cards for those who are ticked."""

    union = UnionField(label=_("Ordered by which union"))
    bank = forms.ChoiceField(label=_("Bank"), choices=[(name, name) for name in BANKS])
    consent = forms.BooleanField(
        label=_(
            "Each of the ticked has agreed on paper that name, identity number and mobile go to the bank for the card (Personal Information Protection Law, arts 23, 29)."
        )
    )


class HandForm(forms.Form):
    """The day on which cards were handed out."""

    on = Today(label=_("Handed out on"))


class AnswerForm(forms.Form):
    """The bank's answer."""

    file = Spreadsheet(label=_("The bank's file"), help_text=_("CSV with the columns 序号, 姓名, 卡号, 结果, 失败原因."))


class MergeForm(forms.Form):
    """Which of the two is kept."""

    keep = forms.ChoiceField(label=_("Who is kept"), widget=forms.RadioSelect)

    def __init__(self, sides: list[tuple[str, str]], *said: Any, **facts: Any) -> None:
        super().__init__(*said, **facts)
        self.fields["keep"].choices = sides  # type: ignore[attr-defined]


class PartForm(forms.Form):
    """Where the ticked go when their union is split."""

    to = forms.ChoiceField(label=_("Where they go"))

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        more = [("again", _("With their unit")), ("stay", _("To none of them"))]
        self.fields["to"].choices = [*parts, *more]  # type: ignore[attr-defined]
