"""How notices and objections stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.flow.api import running_of
from niangjia.gazette.enums import Channel, Raised, State
from niangjia.gazette.kinds import KINDS
from niangjia.gazette.models import Notice, Objection
from niangjia.gazette.queries import Raisings, ends_of, raisings
from niangjia.kit.components import Pair, Stage, View, day_words, link, moment_words, pill
from niangjia.kit.tables import Column, Table

AT = (1, 3, 4, 6)  # where the cells of a line go on a phone


@dataclass(frozen=True)
class Line:
    """A notice as it stands on the page of the thing that it is about."""

    notice: Notice
    label: Any
    state: Any
    span: str
    said: str  # of objections
    clocks: Sequence[Any]


def kind_words(notice: Notice) -> Any:
    """The name of its kind."""
    kind = KINDS.get(notice.what)
    return kind.label if kind else notice.what


def state_of(one: Notice | Objection) -> object:
    """Its state as a pill."""
    labels: dict[str, Any] = dict(State.choices if isinstance(one, Notice) else Raised.choices)
    return pill(one.phase, labels.get(one.state, one.state))


def span_words(notice: Notice, ends: Any = None) -> str:
    """From when to when."""
    first, last = day_words(notice.posted_at, year=True), ends or notice.ended_at
    if last is None:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": day_words(last, year=True)}


def said(one: Raisings) -> str:
    """How many objections, and how many wait or were right."""
    if not one.all:
        return _("no objection")
    words = ngettext("%(n)d objection", "%(n)d objections", one.all) % {"n": one.all}
    if one.open:
        words += pgettext("between parts of a sentence", ", ") + ngettext("%(n)d to be answered", "%(n)d to be answered", one.open) % {
            "n": one.open
        }
    if one.upheld:
        words += pgettext("between parts of a sentence", ", ") + ngettext("%(n)d found right", "%(n)d found right", one.upheld) % {
            "n": one.upheld
        }
    return words


def lines_of(notices: Sequence[Notice]) -> list[Line]:
    """The notices about a thing, for its page; each with its days while they run."""
    counts, ends = raisings(notices), ends_of(notices)
    return [
        Line(
            one, kind_words(one), state_of(one), span_words(one, ends.get(one.pk)), said(counts.get(one.pk, Raisings())),
            running_of(one) if one.running else (),
        )
        for one in notices
    ]  # fmt: skip


def table(rows: Sequence[Notice], *, public: bool) -> Table:
    """A list of notices; each kind of reader is led to her own page of it."""
    ends, counts = ends_of(rows), raisings(rows)
    columns = [
        Column(_("Notice"), at=1), Column(_("Put up by"), soft=True, at=3), Column(_("Days"), soft=True, nowrap=True, at=6),
        Column(_("Objections"), nowrap=True, soft=True, at=4), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    lines = [
        [
            link(one.title, one.public_url if public else one.get_absolute_url()), one.signed, span_words(one, ends.get(one.pk)),
            said(counts.get(one.pk, Raisings())), state_of(one),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Public notices"), id="notices")


def public_views(here: str) -> list[View]:
    """What hangs now, and what has come to its end."""
    return [View(_("On show"), "?", here=here != "over"), View(_("Over"), "?view=over", here=here == "over")]


def views(here: str) -> list[View]:
    """What runs, what has objections to be answered, what is over."""
    return [
        View(pgettext("notices", "Running"), "?", here=here not in ("asked", "over")),
        View(_("Objections to be answered"), "?view=asked", here=here == "asked"),
        View(_("Over"), "?view=over", here=here == "over"),
    ]


def sheet(notice: Notice) -> Table | None:
    """The list on a notice, its lines numbered."""
    if not notice.columns:
        return None
    few = len(notice.columns) <= len(AT)  # on a phone a line is a card of up to five cells; a wider list is moved sideways
    columns = [Column(pgettext("a line", "No."), num=True, at=5 if few else 0, row_head=False)]
    columns += [Column(head, at=AT[n] if few else 0, row_head=n == 0) for n, head in enumerate(notice.columns)]
    return Table(columns, [[n, *row] for n, row in enumerate(notice.rows, 1)], label=notice.title, id="list")


def raised_table(rows: Iterable[Objection]) -> Table:
    """The objections to a notice."""
    columns = [
        Column(pgettext("a notice", "Number"), at=1, nowrap=True), Column(_("Line"), num=True, at=4), Column(_("What is not right"), clip=True, at=6),
        Column(_("How it came"), soft=True, nowrap=True, wide=True), Column(pgettext("an objection", "Raised"), soft=True, nowrap=True, at=3),
        Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    channels = dict(Channel.choices)
    lines = [
        [link(one.reference, one.get_absolute_url()), one.row or "", one.text, channels.get(one.channel, ""), moment_words(one.raised_at), state_of(one)]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Objections"), id="objections")


def facts(notice: Notice, ends: Any) -> list[Pair]:
    """What the office knows of a notice at a glance."""
    return [
        Pair(pgettext("a notice", "Number"), notice.reference), Pair(_("Kind"), kind_words(notice)), Pair(_("Put up by"), notice.signed),
        Pair(pgettext("a notice", "By"), notice.by.name), Pair(_("Days"), span_words(notice, ends)),
        *([Pair(_("Telephone for objections"), notice.call)] if notice.call else []),
    ]  # fmt: skip


def raised_facts(one: Objection, contact: str) -> list[Pair]:
    """What is known of an objection."""
    reach = Pair(_("How to reach her"), contact) if contact else Pair(
        _("How to reach her"), pgettext("a contact", "covered") if one.contact_sealed else pgettext("a contact", "left out"), reveal="#show-contact" if one.contact_sealed else "", faint=not one.contact_sealed
    )  # fmt: skip
    return [
        Pair(pgettext("a notice", "Number"), one.reference), Pair(_("Notice"), one.notice.title, url=one.notice.get_absolute_url()),
        *([Pair(_("Line"), str(one.row))] if one.row else []), Pair(_("How it came"), one.get_channel_display()),
        Pair(pgettext("an objection", "Raised"), moment_words(one.raised_at)), reach,
    ]  # fmt: skip


def way(one: Objection) -> list[Stage]:
    """How far an objection is, as whoever raised it sees it."""
    sent = Stage(_("You have objected"), "past", at=moment_words(one.raised_at))
    if one.state == Raised.OPEN:
        return [sent, Stage(_("The union looks into it"), "here", note=one.notice.signed), Stage(_("You are answered in writing"), "")]
    words = {Raised.UPHELD: _("You were right"), Raised.DISMISSED: _("It was looked into"), Raised.MOOT: _("The notice was taken down")}
    return [sent, Stage(words[Raised(one.state)], "here", at=moment_words(one.answered_at) if one.answered_at else "")]
