"""How personal requests stand on pages, of the office and of the member."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.files.api import papers
from niangjia.kit.components import Chip, Pair, Paper, Stage, View, day_words, link, moment_words, pill
from niangjia.kit.tables import Column, Table
from niangjia.members.enums import Contested, Particular, Requested, Want
from niangjia.members.models import PersonalRequest
from niangjia.members.wished import Change


def views(here: str, kind: str) -> list[View]:
    """Those that wait, and those answered."""
    rest = f"&kind={kind}" if kind else ""
    return [
        View(_("To be answered"), f"?view={rest}", here=here != "answered"),
        View(_("Answered"), f"?view=answered{rest}", here=here == "answered"),
    ]


def chips(view: str, kind: str) -> list[Chip]:
    """The kinds, one of them chosen or none."""
    rest = f"&view={view}" if view else ""
    if kind in Want.values:
        return [Chip(_("What is wanted"), Want(kind).label, clear=f"?kind={rest}")]
    return [Chip(one.label, url=f"?kind={one.value}{rest}") for one in Want]


def state_of(one: PersonalRequest) -> object:
    """Its state as a pill."""
    return pill(one.phase, dict(Requested.choices).get(one.state, one.state))


def subject(one: PersonalRequest) -> str:
    """What it is about, in a word: the kind, and which particular."""
    kind = str(Want(one.kind).label)
    label = {Want.CORRECT: Particular, Want.CONTEST: Contested}.get(Want(one.kind))
    return _("%(kind)s: %(what)s") % {"kind": kind, "what": label(one.what).label} if label and one.what else kind


def table(rows: Iterable[PersonalRequest]) -> Table:
    """What members ask, the last first; what they want written stands on the page of each."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("What is wanted"), at=5), Column(_("Union"), soft=True, at=6),
        Column(pgettext("a personal request", "Sent"), soft=True, nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    lines = [
        [
            link(one.person.name or _("erased"), one.get_absolute_url()),
            subject(one),
            one.union.short_name,
            moment_words(one.made_at),
            state_of(one),
        ]
        for one in rows
    ]
    return Table(columns, lines, label=_("Personal requests"), id="requests")


def change_table(changes: Iterable[Change]) -> Table:
    """What would change, or was changed."""
    columns = [Column(_("What"), at=1), Column(_("Now"), at=5, text=True), Column(_("After"), at=6, text=True)]
    return Table(columns, [[one.what, one.now, one.then] for one in changes], label=_("What would change"), id="changes")


def pairs(one: PersonalRequest, value: str, *, own: bool = False) -> list[Pair]:
    """The request in names and values."""
    made = [Pair(_("What is wanted"), subject(one)), Pair(_("Union"), one.union.name)]
    if one.kind == Want.CORRECT and one.erased_at is None:
        made.append(Pair(_("Right would be"), value))
    if one.kind == Want.MOVE:
        made.append(
            Pair(
                _("To"),
                one.to_union.name if one.to_union else _("not named: the union of the place"),
                faint=one.to_union is None,
            )
        )
    if one.text:
        made.append(Pair(_("In my words") if own else _("In her words"), one.text))
    return [*made, Pair(pgettext("a personal request", "Sent"), moment_words(one.made_at))]


def paper_list(one: PersonalRequest, *, opened: bool) -> list[Paper]:
    """The papers that lie on it; the member sees their names."""
    return [Paper(paper.name, day_words(paper.at), paper.get_absolute_url() if opened else "") for paper in papers(one)]


def own_papers(rows: Iterable[PersonalRequest]) -> list[Paper]:
    """A member's own requests in short lines."""
    states = dict(Requested.choices)
    return [
        Paper(subject(one), _("%(state)s, %(day)s") % {"state": states[one.state], "day": day_words(one.decided_at or one.made_at)}, reverse("own:request", args=[one.uuid]))
        for one in rows
    ]  # fmt: skip


def way(one: PersonalRequest, until: str) -> list[Stage]:
    """A request as whoever sent it sees it."""
    sent = Stage(_("You have asked"), "past", at=moment_words(one.made_at))
    if one.state == Requested.SENT:
        return [sent, Stage(_("Your union answers"), "here", note=one.union.name, at=until), Stage(_("You read the answer here"), "")]
    words = {
        Requested.GRANTED: _("Your union has granted it"),
        Requested.REFUSED: _("Your union has not granted it"),
        Requested.WITHDRAWN: _("You have taken it back"),
    }
    return [sent, Stage(words[Requested(one.state)], "here", note=one.answer, at=moment_words(one.decided_at) if one.decided_at else "")]
