"""What people fill in about notices; shape only, judgement is in the actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.gazette.enums import Channel


class ObjectionForm(forms.Form):
    """Somebody objects on the page of a notice."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    row = forms.IntegerField(
        label=_("Which line is it about?"),
        required=False,
        min_value=1,
        help_text=_("Its number in the list; leave it empty if it is about the whole."),
    )
    text = forms.CharField(label=_("What is not right?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    contact = forms.CharField(
        label=_("How shall we answer you?"), max_length=100, required=False,
        help_text=_("A telephone or e-mail address, kept encrypted. You may leave it empty: the answer also stands on the page that opens now."),
    )  # fmt: skip


class RecordForm(forms.Form):
    """The office writes down an objection that was told to it."""

    channel = forms.ChoiceField(
        label=_("How it came"), choices=[one for one in Channel.choices if one[0] != Channel.ONLINE], widget=forms.RadioSelect, initial=Channel.PHONE
    )  # fmt: skip
    row = forms.IntegerField(label=_("Which line is it about?"), required=False, min_value=1)
    text = forms.CharField(label=pgettext_lazy("an objection", "What was said"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    contact = forms.CharField(
        label=_("How she can be reached"),
        max_length=100,
        required=False,
        help_text=_("Kept encrypted; leave it empty if she would not say."),
    )


class AnswerForm(forms.Form):
    """What was found."""

    answer = forms.CharField(
        label=pgettext_lazy("an objection", "What was found"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Whoever objected reads it word for word; name nobody who is not on the notice."),
    )  # fmt: skip
