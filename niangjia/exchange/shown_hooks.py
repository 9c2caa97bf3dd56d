"""How addresses that are told are shown, and what was posted to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from niangjia.exchange.enums import ANEW, TEST, Of, What
from niangjia.exchange.models import Delivery, Hook
from niangjia.kit.components import Pair, link, pill
from niangjia.kit.tables import Cell, Column, Table

EVENTS: dict[str, Any] = {**dict(What.choices), TEST: pgettext_lazy("posted", "Test"), ANEW: gettext_lazy("Read the whole list anew")}
FAULTS: dict[str, Any] = {
    "form": gettext_lazy("the address is none"),
    "scheme": gettext_lazy("not posted in the clear"),
    "inward": gettext_lazy("the name leads into a network of our own"),
    "away": gettext_lazy("nobody answers"),
    "slow": gettext_lazy("no answer in time"),
    "certificate": gettext_lazy("the certificate is not trusted"),
    "unsigned": gettext_lazy("there is no secret to sign with"),
}


def state(one: Hook, *, signed: bool) -> str:
    """Whether it is told, and if not why."""
    if one.closed_at is not None:
        return pill("stop", _("Taken away"))
    if one.approved_at is None:
        return pill("open", _("Waits for approval"))
    if one.stopped_at is not None:
        return pill("late", _("Stopped after too many tries"))
    if one.paused_at is not None:
        return pill("wait", _("Paused"))
    if not signed:
        return pill("open", _("Waits for a secret"))
    return pill("doing", pgettext("address", "Tried again")) if one.tries else pill("done", pgettext("address", "Is told"))


def hooks_table(rows: Iterable[Hook]) -> Table:
    """The addresses of a system."""
    columns = [Column(pgettext("posted", "Address"), at=1, text=True), Column(_("Told of"), at=5), Column(_("State"), at=2)]
    lines = [
        [link(one.url, one.get_absolute_url()), one.get_kind_display(), state(one, signed=getattr(one, "signed", False))] for one in rows
    ]
    return Table(columns, lines, label=_("Addresses that are told of changes"), id="addresses")


def pairs_of(one: Hook, *, signed: bool) -> list[Pair]:
    """What is known of an address."""
    pairs = [
        Pair(_("System"), one.client.name, url=one.client.get_absolute_url()),
        Pair(pgettext("posted", "Address"), one.url),
        Pair(_("Told of"), Of(one.kind).label),
        Pair(_("State"), state(one, signed=signed)),
        Pair(_("Entered"), one.made_at),
        Pair(pgettext("system", "Entered by"), one.made_by.name),
    ]
    if one.approved_by is not None:
        pairs += [Pair(pgettext("address", "Approved"), one.approved_at), Pair(pgettext("address", "Approved by"), one.approved_by.name)]
    if one.closed_by is not None:
        pairs += [Pair(_("Taken away"), one.closed_at), Pair(pgettext("address", "Taken away by"), one.closed_by.name)]
    elif one.tries:
        pairs += [
            Pair(_("Tries in vain"), one.tries),
            Pair(_("Next try"), one.next_at or pgettext("posted", "none"), faint=one.next_at is None),
        ]
    return pairs


def deliveries_table(rows: Sequence[Delivery]) -> Table:
    """What was posted, with the last answer to each."""
    columns = [
        Column(pgettext("posted", "First"), nowrap=True, soft=True),
        Column(pgettext("posted", "What"), at=1),
        Column(pgettext("posted", "Event"), text=True, soft=True, roomy=True),
        Column(_("Tries"), num=True, at=3),
        Column(pgettext("posted", "Last"), nowrap=True, soft=True, at=4),
        Column(pgettext("posted", "Answer"), at=5),
        Column(_("State"), at=2),
    ]
    lines = [[one.at, _words(one), str(one.event), one.tries, one.last_at or "", _answer(one), _state(one)] for one in rows]
    return Table(columns, lines, label=_("What was posted"), id="deliveries")


def _words(one: Delivery) -> Any:
    return str(EVENTS.get(one.what, one.what))


def _answer(one: Delivery) -> Any:
    """The status that was answered, or why there was none."""
    if one.code is not None:
        return str(one.code) if one.done_at else Cell(str(one.code), "late")
    return Cell(str(FAULTS.get(one.fault, one.fault)), "late") if one.fault else ""


def _state(one: Delivery) -> str:
    if one.done_at is not None:
        return pill("done", pgettext("posted", "Taken"))
    if one.last_at is None:
        return pill("open", pgettext("posted", "Waits"))
    return pill("late", pgettext("posted", "Not taken"))
