"""How expulsions stand on pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kit.components import Pair, Paper, View, link, pill
from niangjia.kit.tables import Column, Table
from niangjia.members.enums import Expelling
from niangjia.members.models import Expulsion
from niangjia.members.shown_moves import Ends, due


def state_of(one: Expulsion) -> Any:
    """Its state as a pill."""
    return pill(one.phase, dict(Expelling.choices).get(one.state, one.state))


def views(here: str) -> list[View]:
    """Those that wait, and those that are over."""
    return [View(_("To be seen to"), "?", here=here != "over"), View(_("Decided"), "?view=over", here=here == "over")]


def table(rows: Iterable[Expulsion], ends: Ends) -> Table:
    """Who is to be expelled, with the clock of whoever decides or files."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Union"), at=5), Column(_("Proposed on"), nowrap=True, at=6), Column(_("By which paper"), soft=True, wide=True),
        Column(_("Clock"), nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    lines = [
        [link(str(one), one.get_absolute_url()), one.union.short_name, one.proposed_on, one.paper, due(ends, one.pk), state_of(one)] for one in rows
    ]  # fmt: skip
    return Table(columns, lines, label=_("Expulsions"), id="expulsions")


def parts(one: Expulsion) -> list[tuple[str, list[Pair]]]:
    """What was proposed, and what was decided."""
    proposed = [
        Pair(_("Full name"), str(one), url=one.membership.get_absolute_url()), Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()),
        Pair(_("Judgment"), one.judgment), Pair(_("Union group"), one.group), Pair(_("Proposed on"), str(one.proposed_on)), Pair(_("What the group proposes"), one.opinion),
        Pair(_("Entered by"), one.proposed_by.name),
    ]  # fmt: skip
    if one.decided_on is None or one.decided_by is None:
        return [(_("The proposal"), proposed)]
    filed = Pair(_("Filed above on"), str(one.filed_on) if one.filed_on else _("not yet"), faint=one.filed_on is None)
    decided = [
        Pair(_("Decided on"), str(one.decided_on)),
        Pair(_("By which paper"), one.paper),
        Pair(_("Entered by"), one.decided_by.name),
        filed,
    ]
    return [(_("The proposal"), proposed), (_("The decision"), decided)]


def paper(one: Expulsion) -> Paper:
    """The proposal in one line: what the decision stands on."""
    return Paper(f"{one.judgment} {one.opinion}", f"{one.group} {one.proposed_on}")
