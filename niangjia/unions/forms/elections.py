"""What people fill in about elections; shape only, judgement is in the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.fields import Day, Today
from niangjia.unions.actions.elections import Called, Standing
from niangjia.unions.actions.results import Counted, Held, Votes
from niangjia.unions.enums import Assembly, BodyKind, Form, Poll, Post, Served, Tie
from niangjia.unions.forms import Account
from niangjia.unions.models import Ballot, Candidate
from niangjia.unions.polls import Paper, post_words

MOST = 1_000_000  # people


class ElectionsFilter(forms.Form):
    """What the list of elections is narrowed by."""

    q = forms.CharField(required=False, max_length=60)
    view = forms.CharField(required=False, max_length=20)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Poll.choices])
    under = forms.CharField(label=_("Under"), required=False, max_length=20)


def heads(label: Any, *, required: bool = True, **facts: Any) -> forms.IntegerField:
    """A number of people."""
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=required, **facts)


class CallForm(forms.Form):
    """What is planned."""

    members = heads(
        _("Members"), help_text=_("All who can vote on the day of the assembly; who has only retained membership does not count.")
    )
    women = heads(_("Women among them"))
    planned_on = Day(label=_("Planned day of the assembly"))
    assembly = forms.ChoiceField(label=_("Who votes"), choices=Assembly.choices, initial=Assembly.MEMBERS, widget=forms.RadioSelect)
    delegates = heads(_("Delegates"), required=False, help_text=_("Only for a congress."))
    direct = forms.BooleanField(label=_("The assembly itself elects chair and vice-chair; else the committee does."), required=False)
    seats = forms.IntegerField(label=_("Seats of the committee"), min_value=1, max_value=99)
    audit_seats = forms.IntegerField(
        label=_("Seats of the audit committee"), min_value=0, max_value=99, initial=3, help_text=_("1: a commissioner.")
    )
    women_seats = forms.IntegerField(
        label=_("Seats of the women workers' committee"),
        min_value=0,
        max_value=99,
        initial=0,
        help_text=_("1: a commissioner. 0: none is elected."),
    )
    leave = forms.CharField(
        label=_("Leave of the union above"),
        max_length=100,
        required=False,
        help_text=_("Its number, where the election is much earlier or later than the end of the term."),
    )
    why = forms.CharField(
        label=_("Why it departs from what is usual"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Only where the page remarks on something."),
    )  # fmt: skip

    def facts(self) -> Called:
        """What was planned, once the form is valid."""
        return Called(**self.cleaned_data)


class WithinForm(CallForm):
    """What is planned of a by-election: only the seats that are vacant."""

    seats = heads(_("Vacant seats of the committee, with the chair's"), initial=1)
    audit_seats = heads(_("Vacant seats of the audit committee"), initial=0)
    women_seats = heads(_("Vacant seats of the women workers' committee"), initial=0)
    leave = None  # type: ignore[assignment]  # it has no term of its own

    def facts(self) -> Called:
        """What was planned, once the form is valid."""
        return Called(**self.cleaned_data, within=True)


class CandidateForm(Account):
    """Somebody who stands."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    body = forms.ChoiceField(label=_("For which body"))
    post = forms.ChoiceField(label=_("As what"), choices=Post.choices, initial=Post.MEMBER, widget=forms.RadioSelect)
    job = forms.CharField(label=_("Department and job"), max_length=60, required=False)
    served = forms.ChoiceField(label=_("Served"), choices=Served.choices, initial=Served.PART, widget=forms.RadioSelect)
    tie = forms.ChoiceField(
        label=_("To the management"),
        choices=Tie.choices,
        initial=Tie.NONE,
        help_text=_("Near relatives are spouses, parents, children, brothers and sisters."),
    )
    retained = forms.BooleanField(label=_("Has only retained membership"), required=False)
    cash = forms.BooleanField(label=_("Keeps the union's books or its cash"), required=False)
    username = forms.CharField(
        label=_("Account"), max_length=150, required=False, help_text=_("The name with which she signs in; empty if she does not.")
    )

    def __init__(self, *args: Any, ballots: list[Ballot], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["body"].choices = [(one.body, BodyKind(one.body).label) for one in ballots]  # type: ignore[attr-defined]

    def facts(self) -> Standing:
        """Who stands, once the form is valid."""
        return Standing(**self.cleaned_data)


class WrittenForm(CandidateForm):
    """A name that was written on ballots."""

    ayes = heads(_("Ballots on which it was written"), help_text=_("0 takes the name off again."))

    field_order = ("name", "body", "ayes", "post", "job", "served", "tie", "retained", "cash", "username")

    def facts(self) -> Standing:
        """Whose name it is, once the form is valid."""
        return Standing(**{name: value for name, value in self.cleaned_data.items() if name != "ayes"})


class PostForm(forms.Form):
    """The notice of the candidates."""

    text = forms.CharField(label=_("What is said above the list"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    call = forms.CharField(
        label=_("Telephone for objections"), max_length=60, required=False, help_text=_("Of the office, with the area code.")
    )


BOX = (("issued", _("Ballots handed out")), ("returned", _("Came back")), ("valid", pgettext_lazy("ballots", "Valid")))
VOTE = (
    ("ayes", pgettext_lazy("votes", "Ayes")), ("noes", pgettext_lazy("votes", "Noes")), ("abstained", pgettext_lazy("votes", "Abstained")),
    ("others", pgettext_lazy("votes", "Another name")),
)  # fmt: skip


class HoldForm(forms.Form):
    """What came out of the boxes."""

    on = Today(label=_("Day of the assembly"))
    place = forms.CharField(label=pgettext_lazy("an assembly", "Place"), max_length=120)
    entitled = heads(_("Entitled to vote"), help_text=_("All members, or all delegates."))
    present = heads(_("Came to the assembly"))

    def __init__(self, data: Any = None, *, paper: Paper) -> None:
        one = paper.election
        first = {"on": one.held_on, "place": one.place, "entitled": one.entitled or one.delegates or one.members, "present": one.present}
        super().__init__(data, initial={key: value for key, value in first.items() if value})
        self.paper = paper
        for ballot in paper.ballots:
            for name, label in BOX:
                self._count(f"{name}_{ballot.body}", f"{label}: {BodyKind(ballot.body).label}", getattr(ballot, name))
        for who in paper.stood:
            for name, label in VOTE:
                value = getattr(who, name)
                self._count(f"{name}_{who.pk}", f"{label}: {who.name}", 0 if value is None and name == "others" else value)

    def _count(self, name: str, label: str, value: int | None) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric", "aria-label": label})
        self.fields[name] = heads(label, widget=widget, initial=value)

    def held(self) -> Held:
        """What happened, once the form is valid."""
        said = self.cleaned_data
        counted = {one.body: Counted(**{name: said[f"{name}_{one.body}"] for name, _label in BOX}) for one in self.paper.ballots}
        votes = {who.pk: Votes(**{name: said[f"{name}_{who.pk}"] for name, _label in VOTE}) for who in self.paper.stood}
        return Held(said["on"], said["place"], said["entitled"], said["present"], counted, votes)


class ReportForm(forms.Form):
    """How those elected share out the work."""

    def __init__(self, *args: Any, paper: Paper, **facts: Any) -> None:
        super().__init__(*args, **facts)
        alone = {one.body for one in paper.ballots if one.form == Form.COMMISSIONER}
        self.chosen: list[Candidate] = [who for who in paper.candidates if who.elected and who.body not in alone]
        for who in self.chosen:
            self.fields[f"given_{who.pk}"] = forms.ChoiceField(
                label=f"{who.name}, {BodyKind(who.body).label}", initial=who.given or who.post, choices=[(post, post_words(who.body, post)) for post in Post.values]
            )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=_("What becomes of seats that were not filled"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )

    def given(self) -> dict[int, str]:
        """The post of each, once the form is valid."""
        return {who.pk: self.cleaned_data[f"given_{who.pk}"] for who in self.chosen}
