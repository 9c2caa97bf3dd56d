"""How gaps in the register stand on pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import Act, Todo, english, fig, link
from niangjia.kit.tables import Column, Table
from niangjia.kit.totals import each
from niangjia.quality.checks import Check
from niangjia.quality.queries import Found
from niangjia.unions.enums import May as UnionMay
from niangjia.unions.models import Union

BESIDE = (
    "members.memberships",
    "quality.gaps.missing",
    "quality.gaps.stale",
    "quality.gaps.twice",
    "quality.gaps.impossible",
    "quality.rate",
)


def heads() -> dict[str, Any]:
    """The names of the columns, short."""
    return {
        "members.memberships": _("Members"), "quality.gaps.missing": _("Missing"), "quality.gaps.stale": _("Out of date"),
        "quality.gaps.twice": _("Perhaps twice"), "quality.gaps.impossible": _("Cannot be"), "quality.rate": _("Gaps for a hundred members"),
    }  # fmt: skip


def table(unions: Sequence[Union]) -> Table:
    """The unions below, each with what its register lacks, by the books; every number opens."""
    beside, named = each(unions, BESIDE), heads()
    at = {"quality.rate": 2}
    columns = [
        Column(_("Union"), at=1),
        *(Column(named[name], unit="" if english() else unit, num=True, at=at.get(name, 0), wide=name not in at) for name, unit in beside.units.items()),
    ]  # fmt: skip
    lines = []
    for union in unions:
        there = reverse("quality:overview") + f"?under={union.code}" if union.level <= 3 else reverse("quality:work", args=[union.code])
        lines.append([link(union.short_name, there), *(fig(one.value, one.url) for one in beside.values[union.pk])])
    return Table(columns, lines, label=_("Quality of the register"), id="quality")


def names(found: Found) -> str:
    """The first of those whom it is about."""
    return pgettext("between names", ", ").join(one.name for one in found.first)


NEEDS = {
    "unions:facts": UnionMay.EDIT,
    "unions:bodies": UnionMay.EDIT,
    "unions:offices": UnionMay.APPOINT,
}  # whose page asks for more than to see


def act_of(check: Check, union: Union, may: Collection[str]) -> Act | None:
    """What puts it right for all of them at once, if anything does and the reader may do it."""
    if not check.mend or NEEDS.get(check.mend, "") not in ("", *may):
        return None
    labels = {
        "members:code": _("Ask them by code"), "members:import": _("Import a roster"), "unions:facts": _("Record it"), "unions:offices": _("Appoint"),
        "unions:bodies": _("Set up"), "unions:units": _("Units covered"), "members:retired": _("Retain them"),
    }  # fmt: skip
    url = (
        reverse(check.mend) + f"?under={union.code}"
        if check.mend in {"members:import", "members:retired"}
        else reverse(check.mend, args=[union.code])
    )
    return Act(labels[check.mend], url, small=True)


def todo(found: Found, union: Union, may: Collection[str]) -> Todo:
    """One line of the work list: how many, who they are, and what puts it right."""
    check, many = found.check, found.many
    who = names(found) + ("…" if many > len(found.first) else "") if check.of_members else ""
    there = reverse("quality:rows", args=[union.code, check.code])
    return Todo(check.group.label, check.own or check.words % {"n": many}, there, meta=who, act=act_of(check, union, may))


def rows_table(check: Check, rows: Sequence[Any]) -> Table:
    """Everybody whom one check is about; each leads to where it is put right."""
    if not check.of_members:
        return Table(
            [Column(_("Union"), at=1)], [[link(one.short_name, one.get_absolute_url())] for one in rows], label=str(check.words), id="rows"
        )
    columns = [Column(_("Full name"), at=1), Column(_("Job"), soft=True, at=3), Column(_("Joined on"), nowrap=True, soft=True, at=4)]
    return Table(columns, [[link(one.name, one.get_absolute_url()), one.job, one.joined_on] for one in rows], label=_("Members"), id="rows")
