"""Before something covered is shown, whoever wants to see it says why. The dialog is `ui/reveal.html`."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RevealForm(forms.Form):
    """Why somebody needs to see a covered value."""

    why = forms.CharField(label=_("Why you need to see it"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
