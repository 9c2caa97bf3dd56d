"""How comings and goings stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import Pair, View, clock, face, link, mask, moment_words, pill
from niangjia.kit.tables import Column, Table
from niangjia.members.actions import Covered
from niangjia.members.enums import Wanted
from niangjia.members.models import Membership, Request
from niangjia.members.shown import state_of
from niangjia.members.ticks import tick

Ends = Mapping[int, tuple[datetime, datetime | None]]


def views(here: str) -> list[View]:
    """Coming, going, asked for, answered, kept in the pool."""
    named = [("", _("Coming")), ("going", _("Going")), ("asked", _("Requests")), ("answered", _("Answered")), ("pool", _("In the pool"))]
    return [View(label, f"?view={code}" if code else "?", here=here == code) for code, label in named]


def advice(view: str) -> tuple[str, str]:
    """What an empty list says."""
    return {
        "": (_("Nobody is coming"), _("Somebody works here now and her old union has not sent her? Ask for her by name and number.")),
        "going": (_("Nobody is going"), _("Open her page in the register and send her to the union where she works now.")),
        "asked": (_("No request waits"), _("Ask for somebody who works here now by name and number.")),
        "answered": (_("No request has been answered"), _("Answers to requests stand here.")),
    }.get(
        view,
        (_("Nobody is in the pool"), _("Whoever moves to a unit without a union is kept by the township federation until there is one.")),
    )


def due(ends: Ends, pk: int) -> Any:
    """A clock in a cell."""
    if pk not in ends:
        return ""
    said = face(*ends[pk])
    return clock(said.kind, said.text, said.due)


def people(rows: Iterable[Membership], ends: Ends, *, pool: bool = False) -> Table:
    """People on their way, with the clock of whoever is to take them over."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(pgettext("a transfer", "From"), at=5), Column(pgettext("a transfer", "To"), at=6), Column(_("Job"), soft=True, wide=True),
        Column(_("To be taken over"), nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    kept = [
        Column(_("Full name"), at=1, nowrap=True),
        Column(_("Federation"), at=5),
        Column(_("Job"), soft=True, at=6),
        Column(_("From the day"), nowrap=True, at=3),
        Column(_("State"), nowrap=True, at=2),
    ]
    lines: list[Sequence[Any]] = [
        [tick(one.name, one.uuid, one.get_absolute_url()), one.union.short_name, one.job, one.joined_on, state_of(one)]
        if pool
        else [link(one.name, one.get_absolute_url()), one.union.short_name, one.to_union.short_name if one.to_union else "", one.job, due(ends, one.pk), state_of(one)]
        for one in rows
    ]  # fmt: skip
    return Table(kept if pool else columns, lines, label=_("Coming and going"), id="moves")


def request_state(one: Request) -> Any:
    """Its state as a pill."""
    return pill(one.phase, dict(Wanted.choices).get(one.state, one.state))


def requests(rows: Iterable[Request], ends: Ends) -> Table:
    """Who asks whom for whom."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Union that asks"), at=5), Column(_("Union where she stands"), at=6), Column(_("When"), soft=True, nowrap=True, wide=True),
        Column(_("Answer"), nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    lines = [
        [link(str(one), one.get_absolute_url()), one.union.short_name, one.source.short_name, moment_words(one.made_at), due(ends, one.pk), request_state(one)]
        for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Requests"), id="requests")


def person(one: Request, covered: Covered) -> list[Pair]:
    """Whom it is about: no more than the asker knew already."""
    return [Pair(_("Full name"), one.name), Pair(_("Identity number"), mask(covered.number))]


def asked(one: Request, *, opens: bool) -> list[Pair]:
    """Who asks whom, and why; the membership opens only to the union in which she stands."""
    return [
        Pair(_("Union that asks"), one.union.short_name), Pair(_("Union where she stands"), one.source.short_name), Pair(_("Since when she works there"), one.why),
        *([Pair(_("Answer"), one.answer)] if one.answer else []),
        *([Pair(_("Her page in the register"), one.name, url=one.membership.get_absolute_url())] if opens else []),
    ]  # fmt: skip


def wanted(rows: Iterable[Request]) -> list[tuple[str, str]]:
    """The unions that ask for her, as sentences with the way to answer."""
    return [(_("%(union)s asks for her: she works there now.") % {"union": one.union.short_name}, one.get_absolute_url()) for one in rows]


def ask_url() -> str:
    """Where somebody is asked for."""
    return reverse("members:want")
