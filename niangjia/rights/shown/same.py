"""How two reports of one event stand beside each other, and what comes again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.access.models import User
from niangjia.kit.components import Paper, day_words, fig, level, link, moment_words
from niangjia.kit.tables import Column, Table
from niangjia.rights.enums import Type
from niangjia.rights.models import Event
from niangjia.rights.queries.same import Likely, Pattern, goes_on, kinds, likely, trade_line
from niangjia.rights.shown.common import PHASES


def reasons(one: Likely) -> str:
    """Why two reports look like one."""
    words = {"employer": _("the same firm"), "name": _("names alike"), "place": _("the same place"), "type": _("the same type")}
    return pgettext("between words in a row", ", ").join(words[code] for code in one.reasons)


def types_of(event: Event) -> str:
    """The type, and those that came with another report."""
    names = dict(Type.choices)
    more = pgettext("between names", ", ").join(str(names[code]) for code in kinds(event.also) if code in names)
    return _("%(type)s, also %(more)s") % {"type": event.get_type_display(), "more": more} if more else str(event.get_type_display())


def reporter(event: Event) -> str:
    """Who reported: whoever does not want to be named is not."""
    if event.anonymous:
        return _("anonymous")
    who = event.reported_by.name if event.reported_by else ""
    return pgettext("between words in a row", ", ").join(filter(None, [who, str(event.get_channel_display())]))


def compared(one: Event, other: Event) -> Table:
    """Two reports, and what they come to as one."""
    kept, gone = goes_on(one, other)
    short = [event.reference[-4:] for event in (kept, gone)]
    columns = [Column("", nowrap=True), Column(short[0], text=True), Column(short[1], text=True), Column(_("As one"), text=True)]
    types = pgettext("between names", ", ").join(dict.fromkeys([types_of(kept), str(gone.get_type_display())]))
    rows: list[list[Any]] = [
        [_("Firm"), kept.employer_name, gone.employer_name, format_html("<ins>{}</ins>", kept.employer_name)],
        [_("First known"), moment_words(kept.known_at), moment_words(gone.known_at), format_html("<ins>{}</ins>", _("%(when)s, the earlier") % {"when": moment_words(min(kept.known_at, gone.known_at))})],
        [_("Workers"), kept.affected, gone.affected, format_html("<ins>{}</ins>", _("%(n)s, the higher") % {"n": f"{max(kept.affected, gone.affected):,}"})],
        [_("Type"), types_of(kept), gone.get_type_display(), format_html("<ins>{}</ins>", types)],
        [_("Severity"), kept.get_severity_display(), gone.get_severity_display(), format_html("<ins>{}</ins>", kept.get_severity_display())],
        [_("Reported by"), reporter(kept), reporter(gone), format_html("<ins>{}</ins>", _("both are kept; whoever is anonymous is not shown"))],
    ]  # fmt: skip
    return Table(columns, rows, bare=True, dense=False, stack=True, label=_("Two reports"))


def before(event: Event, earlier: Sequence[Event]) -> list[Paper]:
    """What happened there before, and in the trade."""
    rows = [
        Paper(
            format_html("{}　{}", one.get_type_display(), day_words(one.reported_on)),
            format_html("{} {}", level(PHASES[one.severity], one.get_severity_display()), one.get_state_display()), one.get_absolute_url(),
        )
        for one in earlier
    ]  # fmt: skip
    if event.employer is not None and (line := trade_line(event)) is not None:
        rows.append(
            Paper(
                _("%(trade)s, event no. %(n)s this year in the county") % {"trade": event.employer.get_industry_display(), "n": line[0]},
                _("%(n)s of them in this quarter") % {"n": line[1]} if line[1] else "", reverse("rights:patterns"),
            )
        )  # fmt: skip
    return rows


def alike(event: Event, user: User) -> list[tuple[Event, str, str]]:
    """Reports that look like this event: which, why, and where they are compared."""
    return [(one.event, reasons(one), reverse("rights:merge", args=[event.uuid, one.event.uuid])) for one in likely(event, user)]


def patterns_table(rows: Sequence[Pattern], head: Any, hidden: int) -> Table | None:
    """What came again: each number opens to its events, as far as the reader may see them."""
    lines = []
    for one in rows:
        url = f"{reverse('rights:events')}?{urlencode(one.query)}"
        outside = one.n - one.mine
        whole = (
            _("fewer than %(n)s elsewhere") % {"n": hidden}
            if 0 < outside < hidden
            else _("%(n)s elsewhere") % {"n": outside}
            if outside
            else ""
        )
        lines.append([link(one.label, url) if one.mine else one.label, fig(one.mine, url) if one.mine else 0, one.meta or whole])
    if not lines:
        return None
    columns = [Column(head, at=5), Column(_("Events"), num=True, at=2), Column("", soft=True, at=3)]
    if not any(line[2] for line in lines):
        columns, lines = columns[:2], [line[:2] for line in lines]
    return Table(columns, lines, bare=True, label=head)
