"""What people fill in to send an organisation sheet; shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.access.models import User
from niangjia.kit.fields import Spreadsheet
from niangjia.kit.who import permitted
from niangjia.unions.enums import May
from niangjia.unions.fields import UnionField
from niangjia.unions.forms import offering


class SheetForm(forms.Form):
    """A sheet as it is kept."""

    at = UnionField(
        label=_("For which federation"), help_text=_("Rows that name no union above stand under it. Nothing above or beside it is touched.")
    )
    file = Spreadsheet(
        label=_("File"), help_text=_("xlsx, xls, ods or csv (also GB18030), as it comes: titles, sums and notes are recognised.")
    )
    whole = forms.BooleanField(
        label=_("All rows or none"), required=False, help_text=_("While one row is bad and not left out, nothing is taken over. Else the good rows go ahead.")
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **facts: Any) -> None:
        super().__init__(*args, **facts)
        among = permitted(user, May.TAKE_SHEET).filter(level__lte=3)
        offering(self, "at", among, among)


class UndoForm(forms.Form):
    """Nothing is asked: the page says what happens, the button does it."""
