"""How those who go to other unions by a split stand on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kit.components import View, link
from niangjia.kit.tables import Cell, Column, Table
from niangjia.members.ticks import tick
from niangjia.unions.models import SplitPart


def views(parts: Sequence[SplitPart], here: str) -> list[View]:
    """All, each part, and those who stay."""
    named: list[tuple[str, Any]] = [("", _("All")), *((str(one.uuid), one.short_name) for one in parts), ("stay", _("Go to none of them"))]
    return [View(label, f"?view={code}" if code else "?", here=here == code) for code, label in named]


def table(rows: Sequence[Any], parts: Mapping[int, str], *, editing: bool, ends: bool) -> Table:
    """The members, and where each goes."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True),
        Column(_("Goes to"), at=2),
        Column(_("Unit"), soft=True, at=5),
        Column(_("Department"), soft=True, at=6),
    ]
    stays = Cell(_("to none yet"), "late") if ends else Cell(_("stays"), "faint")
    return Table(
        columns,
        [
            [
                tick(one.name, one.uuid, one.get_absolute_url()) if editing else link(one.name, one.get_absolute_url()), parts.get(one.goes) or stays,
                one.employer.name if one.employer else "", one.department,
            ]
            for one in rows
        ],
        label=_("Who goes where"), id="going",
    )  # fmt: skip


def summary(one: Any, parts: Sequence[SplitPart], counts: Mapping[int | None, int]) -> Table:
    """How many go to each part."""
    url = reverse("members:split_members", args=[one.uuid])
    rows: list[list[Any]] = [[link(part.short_name, f"{url}?view={part.uuid}"), counts.get(part.pk, 0)] for part in parts]
    if not one.done:
        rows.append([link(_("Go to none of them"), f"{url}?view=stay"), counts.get(None, 0)])
    return Table(
        [Column(_("Union"), at=1), Column(_("Members"), unit=_("people"), num=True, at=2)],
        rows,
        bare=True,
        label=_("Members"),
        id="split-members",
    )
