"""What people fill in about certificates; shape only, judgement is in the rules."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.fields import Day, Today
from niangjia.unions.enums_life import Certified


class CertificatesFilter(forms.Form):
    """What the register of certificates is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=20)
    under = forms.CharField(required=False, max_length=20)


class IssueForm(forms.Form):
    """A certificate in the place of another."""

    what = forms.ChoiceField(
        label=_("Why it is issued"), choices=[one for one in Certified.choices if one[0] != Certified.CANCELLED], widget=forms.RadioSelect
    )
    on = Today(label=_("Issued on"))
    certificate_no = forms.CharField(label=_("Number of the certificate"), max_length=60)
    until = Day(label=_("Certificate valid until"))
    notice = forms.CharField(
        label=_("Where the loss was made public"),
        max_length=200,
        required=False,
        help_text=_("Only after a loss: the paper or page, and the day."),
    )
    why = forms.CharField(label=pgettext_lazy("a certificate", "Remark"), max_length=300, required=False)
    paper = forms.FileField(label=_("Application with what was handed in"), required=False, help_text=_("PDF, picture, Word or Excel."))


class CancelForm(forms.Form):
    """The end of a legal person whose union goes on."""

    on = Today(label=_("Legal person cancelled on"))
    why = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    paper = forms.FileField(label=_("Application with what was handed in"), required=False, help_text=_("PDF, picture, Word or Excel."))
