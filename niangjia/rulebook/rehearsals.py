"""What is set for a place says to a reorganisation: which values go on to hold for its successor, and whose value changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kit.components import link
from niangjia.kit.panels import panel
from niangjia.kit.rehearsal import Carried, carries
from niangjia.kit.said import full_name, value_words
from niangjia.kit.tables import Column, Table
from niangjia.rulebook.queries import inherited, turned
from niangjia.rulebook.shown import address, set_by

OPEN = ("DRAFT", "REHEARSED", "SIGNED", "ADOPTED")


@carries
def values(plan: Any) -> Iterable[Carried]:
    """Values that were set for a township which ends in the table of divisions."""
    yield Carried(_("Values set for the place"), inherited(plan), _("They go on to hold for its successor, with their papers."))


@panel("unions.reorganisation", title=gettext_lazy("Values that change"), order=45)
def changed(_request: HttpRequest, reorganisation: Any) -> tuple[str, dict[str, Any]] | None:
    """Parameters that are otherwise from the day on, in what moves or in what it merges into: so that a person sees it before two sign."""
    if reorganisation.state not in OPEN or not (found := turned(reorganisation.plan)):
        return None
    columns = [
        Column(_("Parameter"), row_head=True),
        Column(_("Where"), soft=True),
        Column(_("Until the day"), at=6),
        Column(_("From the day on"), at=2),
    ]
    rows = [
        [link(full_name(one.then.of), address(one.then.of.code)), one.where, _said(one.before), _said(one.then)] for one in found
    ]  # fmt: skip
    table = Table(columns, rows, bare=True, dense=False, label=_("Values that change"))
    return "rulebook/rehearsed.html", {"table": table, "merges": any(one.merges for one in found)}


def _said(one: Any) -> Any:
    return format_html('{} <span class="n-soft">{}</span>', value_words(one.of, one.value), set_by(one))
