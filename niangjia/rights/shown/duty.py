"""How the roster stands on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.kit import crypt, mask
from niangjia.kit.components import Stage, day_words, link, moment_words, pill
from niangjia.kit.components import mask as masked
from niangjia.kit.dates import today
from niangjia.kit.said import span_words
from niangjia.kit.tables import Column, Row, Table
from niangjia.rights import parameters
from niangjia.rights.enums import DUTY_PHONE, Part
from niangjia.rights.models import Reach, Turn
from niangjia.rights.queries.duty import Stood, Tonight, rests
from niangjia.rights.shifts import Shifts
from niangjia.unions.models import Union

SOON = 7  # days in which an unconfirmed turn waits


def weekday(day: date) -> str:
    """The day of the week, in short."""
    return [
        pgettext("weekday", "Mon"), pgettext("weekday", "Tue"), pgettext("weekday", "Wed"), pgettext("weekday", "Thu"), pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"), pgettext("weekday", "Sun"),
    ][day.weekday()]  # fmt: skip


def clocked(minutes: int) -> str:
    """8:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def hours(of: Shifts) -> str:
    """When the shifts run."""
    return _("day %(day)s to %(night)s, night until %(morning)s of the next day") % {
        "day": clocked(of.day_from), "night": clocked(of.night_from), "morning": clocked(of.day_from),
    }  # fmt: skip


def confirmed(day: date, line: Mapping[str, Turn]) -> Any:
    """How far a day is confirmed."""
    night = line.get("NIGHT")
    if night is not None and night.stood_in_at is not None:
        return pill("late", _("the level above stands in"))
    if night is None or night.user_id is None:
        return pill("late", _("nobody at night")) if line or day <= today() else pill("draft", _("not planned"))
    open_ = {one.user_id for one in line.values() if one.user_id is not None and one.confirmed_at is None}
    if not open_:
        return pill("done", _("all confirmed"))
    if (day - today()).days > SOON:
        return pill("draft", _("planned"))
    return pill("wait", ngettext("%(n)d not confirmed", "%(n)d not confirmed", len(open_)) % {"n": len(open_)})


def _who(union: Union, day: date, part: str, line: Mapping[str, Turn], *, may: bool) -> Any:
    one = line.get(part)
    words = one.user.name if one is not None and one.user is not None else ""
    bare = not words and not line and part != "NIGHT"  # a day that nobody planned asks once, not four times
    if not may or day < today() or bare:
        return words
    return link(words or _("put somebody"), reverse("rights:duty_put", args=[union.code, day.isoformat(), part]))


def roster_table(union: Union, days: Mapping[date, Mapping[str, Turn]], *, may: bool) -> Table:
    """Day by day: leader, day, night, substitute, and whether it is confirmed."""
    columns = [
        Column(_("Day"), at=5, nowrap=True), Column(Part.LEADER.label), Column(Part.DAY.label, at=3), Column(Part.NIGHT.label, at=6),
        Column(Part.SUBSTITUTE.label, soft=True, at=4), Column(pgettext("on duty", "Confirmed"), at=2, nowrap=True),
    ]  # fmt: skip
    lines = []
    for day, line in days.items():
        tags = [pgettext("a day", "today")] if day == today() else []
        tags += [pgettext("a day", "rest")] if rests(day) else []
        head = format_html("{}　{}", day_words(day), weekday(day))
        for tag in tags:
            head += format_html('<span class="n-tag">{}</span>', tag)
        cells = [_who(union, day, part, line, may=may) for part in ("LEADER", "DAY", "NIGHT", "SUBSTITUTE")]
        for n, word in (
            (1, pgettext("on duty, in short", "day")),
            (2, pgettext("on duty, in short", "night")),
            (3, pgettext("on duty, in short", "substitute")),
        ):
            if cells[n]:
                cells[n] = format_html('<span class="n-only">{} </span>{}', word, cells[n])
        lines.append(Row([head, *cells, confirmed(day, line)], "here" if day == today() else ""))
    return Table(columns, lines, bare=True, dense=False, label=_("Duty roster"))


def phone(reach: Reach | None) -> Any:
    """A number, masked, with the way to see it; an office's line stands as it is."""
    if reach is None:
        return ""
    if reach.phone_sealed is None:
        return reach.fixed
    return masked(mask.phone(crypt.unseal(reach.phone_sealed, DUTY_PHONE)), reverse("rights:duty_reveal", args=[reach.uuid]))


def tonight_table(rows: Sequence[Tonight]) -> Table | None:
    """The federations below tonight, those without a confirmed night first."""
    if not rows:
        return None
    columns = [
        Column(_("Union"), at=5, nowrap=True), Column(_("On duty"), at=3), Column(Part.SUBSTITUTE.label, soft=True), Column(_("Phone"), soft=True, nowrap=True, at=6),
        Column(pgettext("on duty", "Confirmed"), at=2, nowrap=True),
    ]  # fmt: skip
    lines = []
    for one in rows:
        night = one.night
        if night is None or night.user is None:
            said = pill("late", _("nobody at night"))
        elif night.stood_in_at is not None:
            said = pill("late", _("not confirmed"))
        elif night.confirmed_at is None:
            said = pill("wait", _("not confirmed"))
        else:
            said = pill("done", _("%(when)s confirmed") % {"when": moment_words(night.confirmed_at)})
        who = _("the level above stands in") if night is not None and night.stood_in_at else night.user.name if night and night.user else ""
        second = one.substitute.user.name if one.substitute and one.substitute.user else ""
        lines.append(
            [
                link(one.union.short_name, reverse("rights:roster", args=[one.union.code])),
                who,
                second,
                phone(one.reach) if night and night.user else "",
                said,
            ]
        )
    return Table(columns, lines, bare=True, label=_("Tonight"))


def stood_table(rows: Sequence[Stood]) -> Table | None:
    """How often each is on duty this year."""
    if not rows:
        return None
    columns = [Column(_("Who")), Column(_("Nights"), num=True), Column(_("Days of rest"), num=True)]
    return Table(columns, [[one.user.name, one.nights, one.rests] for one in rows], bare=True, label=_("Turns of each"))


def when_nobody_answers(receipt: Mapping[str, Any]) -> list[Stage]:
    """Who is told in turn."""
    return [
        Stage(_("Whoever is on duty"), "here", _("by telephone, text and in the system; red %(red)s, orange %(orange)s without a receipt, and the next one is told") % receipt),
        Stage(_("The substitute"), "", _("the same time")),
        Stage(_("On duty at the level above"), "", _("of a red event at once, beside the substitute")),
        Stage(_("The leader on duty"), "", _("each step is kept; without a receipt nobody counts as told")),
    ]  # fmt: skip


def receipt_words(ask: Any) -> dict[str, str]:
    """After how long without a receipt the next one is told."""
    return {code.lower(): span_words(ask(parameters.RECEIPT.cells[code,])) for code in ("RED", "ORANGE")}


def turn_words(one: Turn) -> str:
    """A turn in words."""
    return f"{day_words(one.day)} {weekday(one.day)} {one.get_part_display()}"
