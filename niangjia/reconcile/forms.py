"""What people fill in about comparisons; shape only."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.fields import Spreadsheet, Today
from niangjia.reconcile.enums import Cause, Kind, Of, Source, Stand
from niangjia.reconcile.words import LABELS
from niangjia.unions.api import UnionField
from niangjia.unions.models import Union


class NewForm(forms.Form):
    """A list to be laid beside a register."""

    union = UnionField(label=_("Whose register"), help_text=_("A township, a county or the city: its name, its initials or its code."))
    of = forms.ChoiceField(label=_("A list of"), choices=Of.choices, initial=Of.MEMBERS, widget=forms.RadioSelect)
    whence = forms.ChoiceField(
        label=pgettext_lazy("list", "From"), choices=Source.choices, initial=Source.PROVINCE, widget=forms.RadioSelect
    )
    as_of = Today(
        label=_("The day for which it speaks"),
        help_text=_("The day on which it was drawn: who came or went after it is explained by the day."),
    )
    file = Spreadsheet(
        label=_("File"), help_text=_("xlsx, xls, ods or csv (also GB18030), as it comes: titles, sums and notes are recognised.")
    )

    def __init__(self, *args: object, **facts: object) -> None:
        super().__init__(*args, **facts)  # type: ignore[arg-type]  # as Django's own
        field = self.fields["union"]
        assert isinstance(field, UnionField)
        field.among = Union.objects.filter(level__lte=3)


class Filter(forms.Form):
    """What differences are narrowed by."""

    kind = forms.ChoiceField(required=False, choices=[("", _("All")), *Kind.choices])
    field = forms.ChoiceField(label=_("Field"), required=False, choices=[("", _("All")), *LABELS.items()])
    cause = forms.ChoiceField(
        label=_("Cause"),
        required=False,
        choices=[("", _("All")), ("NONE", Cause.NONE.label), *((c.value, c.label) for c in Cause if c.value)],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("difference", "Open")),
            ("DECIDED", pgettext_lazy("difference", "Decided")),
            ("ALL", _("All")),
            *((s.value, s.label) for s in Stand if s != Stand.OPEN),
        ],
    )
    under = forms.CharField(label=_("Union"), required=False, max_length=20)
    row = forms.CharField(label=_("Row of their list"), required=False, max_length=7)
