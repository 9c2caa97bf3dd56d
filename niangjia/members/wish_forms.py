"""What a member fills in when she asks about her file, and what whoever answers adds; shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.fields import Today
from niangjia.members.actions import Wish
from niangjia.members.enums import Contested, Particular, Want, Work
from niangjia.members.models import Person, PersonalRequest
from niangjia.members.wished import spells_of
from niangjia.unions.api import UnionField

PROOF = _("A photograph of the card or of a paper, if it helps: PDF, JPG or PNG.")


def _words(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, required=required, widget=forms.Textarea(attrs={"rows": 3}))


class OwnForm(forms.Form):
    """What all of them have: who asks, and of what kind."""

    kind = ""

    def __init__(self, *args: Any, person: Person, what: str = "", **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.person, self.particular = person, what

    def wish(self) -> Wish:
        """What she wants, once the form is valid."""
        said = self.cleaned_data
        return Wish(
            self.kind,
            said.get("text", ""),
            said.get("what", self.particular),
            said.get("value", ""),
            said.get("about"),
            said.get("to"),
            said.get("paper"),
        )


class CorrectionForm(OwnForm):
    """One particular, and what is right."""

    kind = Want.CORRECT
    value = forms.CharField(label=_("Right would be"), max_length=60, required=False)
    text = _words(_("A word about it"))
    paper = forms.FileField(label=_("Paper"), required=False, help_text=PROOF)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if self.particular == Particular.WORK:
            self.fields["value"] = forms.ChoiceField(label=_("Right would be"), choices=Work.choices)
        elif self.particular == Particular.MIGRANT:
            self.fields["value"] = forms.ChoiceField(
                label=_("Right would be"), choices=[("yes", _("yes")), ("no", _("no"))], widget=forms.RadioSelect
            )
        elif self.particular in (Particular.NAME, Particular.NUMBER, Particular.PHONE):
            self.fields["value"].required = True


class ContestForm(OwnForm):
    """A record that is not hers, or not right."""

    kind = Want.CONTEST
    what = forms.ChoiceField(label=pgettext_lazy("a contest", "What is not right"), choices=Contested.choices, widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("Which membership"), required=False)
    text = _words(_("What is wrong"), required=True)
    paper = forms.FileField(label=_("Paper"), required=False, help_text=PROOF)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.spells = {str(one.uuid): one for one in spells_of(self.person)}
        self.fields["about"].choices = [(key, one.union.name) for key, one in self.spells.items()]  # type: ignore[attr-defined]

    def clean_about(self) -> Any:
        """The membership itself, if it is a membership that she contests."""
        return self.spells.get(self.cleaned_data["about"]) if self.cleaned_data.get("what") == Contested.MEMBERSHIP else None


class MoveForm(OwnForm):
    """Where she goes."""

    kind = Want.MOVE
    to = UnionField(
        label=_("The union of my new employer"), required=False,
        help_text=_("Its name, the initials of its name, or its code. Leave it empty if there is none or you do not know it: your union then finds the one of the place."),
    )  # fmt: skip
    text = _words(_("Where you work now"))


class LeaveForm(OwnForm):
    """Her written request to leave (Charter of the unions)."""

    kind = Want.LEAVE
    text = _words(_("A word about it"))
    sure = forms.BooleanField(label=_("I ask in writing to leave the union, and know that I may join again."))


class EraseForm(OwnForm):
    """The end of her file."""

    kind = Want.ERASE
    text = _words(_("A word about it"))
    sure = forms.BooleanField(label=_("I know that an erased file cannot be brought back."))


FORMS: dict[str, type[OwnForm]] = {
    "correct": CorrectionForm, "contest": ContestForm, "move": MoveForm, "leave": LeaveForm, "erase": EraseForm,
}  # fmt: skip


class GrantForm(forms.Form):
    """What whoever grants adds: the day or the union where one is needed, and a word that she reads."""

    on = Today(label=_("Day on which the membership ends"))
    to = UnionField(label=_("The union to which she moves"))
    answer = forms.CharField(
        label=_("A word to the member"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("She reads it."),
    )

    def __init__(self, *args: Any, one: PersonalRequest, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if one.to_union is not None:
            self.fields["to"].initial = f"{one.to_union.short_name}（{one.to_union.code}）"  # as the field reads it again
        if one.kind != Want.LEAVE:
            del self.fields["on"]
        if one.kind != Want.MOVE:
            del self.fields["to"]
        if one.kind == Want.CONTEST and one.what != Contested.MEMBERSHIP:
            self.fields["answer"].required = True
