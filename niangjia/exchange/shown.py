"""How systems and their keys are shown."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.access.api import SeenLog
from niangjia.exchange.enums import USES
from niangjia.exchange.models import Client, Key
from niangjia.kit.components import Pair, link, pill
from niangjia.kit.dates import today
from niangjia.kit.tables import Column, Table


def state(one: Client) -> str:
    """Whether its keys open anything."""
    if one.closed_at is not None:
        return pill("stop", _("Shut out"))
    if one.until is None:
        return pill("open", _("Waits for its scope"))
    return pill("late", _("Its time is over")) if one.until < today() else pill("done", _("Let in"))


def clients_table(rows: Sequence[Client]) -> Table:
    """Systems by name, each with its scope and its last call."""
    columns = [
        Column(_("System"), at=1),
        Column(_("Whose it is, and whom to call"), at=5, text=True),
        Column(_("Union"), at=6),
        Column(_("Last day"), soft=True, nowrap=True),
        Column(_("Last call"), soft=True, nowrap=True, at=3),
        Column(_("State"), at=2),
    ]
    lines = [
        [
            link(one.name, reverse("exchange:client", args=[one.uuid])),
            one.keeper,
            one.union.short_name if one.union else "",
            one.until,
            getattr(one, "called_at", None),
            state(one),
        ]
        for one in rows
    ]
    return Table(columns, lines, label=_("Other systems"), id="systems")


def pairs_of(one: Client, last: SeenLog | None) -> list[Pair]:
    """What is known of a system."""
    uses = pgettext("between permissions", "; ").join(str(USES[use].label) for use in one.uses if use in USES)
    pairs = [
        Pair(_("Whose it is, and whom to call"), one.keeper),
        Pair(_("State"), state(one)),
        Pair(_("Union"), one.union.short_name if one.union else _("none yet"), url=one.union.get_absolute_url() if one.union else "", faint=one.union is None),
        Pair(_("It may"), uses or _("nothing yet"), faint=not uses),
        Pair(_("Last day"), one.until or ""),
        Pair(_("Entered"), one.made_at),
        Pair(pgettext("system", "Entered by"), one.made_by.name),
    ]  # fmt: skip
    if one.granted_by is not None:
        pairs += [Pair(pgettext("system", "Scope granted"), one.granted_at), Pair(pgettext("system", "Granted by"), one.granted_by.name)]
    if one.closed_by is not None:
        pairs += [Pair(_("Shut out"), one.closed_at), Pair(pgettext("system", "Shut out by"), one.closed_by.name)]
    pairs.append(Pair(_("Last call"), last.at if last else _("never"), faint=last is None))
    return pairs


def keys_of(one: Client) -> list[Key]:
    """Its keys, those that open first."""
    return sorted(one.keys.select_related("made_by", "revoked_by"), key=lambda key: (key.revoked_at is not None, -key.pk))
