"""How it stands on pages where dues and statistics go: what would change, and the unions whose three parents differ."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kit.components import Paper, link
from niangjia.kit.export import Sheet
from niangjia.kit.tables import Column, Table
from niangjia.kit.totals import each
from niangjia.kit.workbook import Col
from niangjia.unions.enums import Link
from niangjia.unions.models import Union
from niangjia.unions.queries import above

CARRIED = {
    "unions.grassroots": gettext_lazy("Grassroots unions"), "unions.units": gettext_lazy("Units"), "members.memberships": gettext_lazy("Members"),
}  # fmt: skip


def chain(union: Union | None) -> list[Union]:
    """A union and those above it, the highest first."""
    return [*above(union), union] if union else []


def rehearsed(union: Union, was: Union | None, to: Union, kind: str) -> list[Paper]:
    """Who gathers no longer, who gathers from now on, and for statistics how much goes with it."""
    before, after = chain(was), chain(to)
    lose = [one for one in before if one not in after]
    gain = [one for one in after if one not in before]
    lines = [
        Paper(_("Goes to"), _("%(was)s → %(now)s") % {"was": was.short_name if was else "–", "now": to.short_name}),
        Paper(_("No longer gathered by"), " · ".join(one.short_name for one in lose) or _("no union")),
        Paper(_("Gathered from now on by"), " · ".join(one.short_name for one in gain) or _("no other union")),
    ]
    if kind == Link.STATS:
        beside = each([union], list(CARRIED))
        for name, total in zip(beside.units, beside.values.get(union.pk, []), strict=False):
            lines.append(Paper(CARRIED[name], f"{total.value}", total.url))
        lines.append(Paper(_("Annual return"), _("from the next one that is counted; what is signed stays as it is")))
    return lines


def ways(one: Union) -> tuple[int | None, int | None, int | None]:
    """Its three parents, as `others.apart` told them; where one was never said, it is the organisational one."""
    dues, stats = getattr(one, "dues_to", None), getattr(one, "stats_to", None)
    return one.parent_id, dues or one.parent_id, stats or one.parent_id


def named(rows: Sequence[Union]) -> dict[int, Union]:
    """All parents of some unions, in one question."""
    return Union.objects.in_bulk({pk for one in rows for pk in ways(one) if pk})


def table(rows: Sequence[Union]) -> Table:
    """The unions with their three parents."""
    known = named(rows)
    columns = [Column(_("Union"), at=1), Column(_("Organisation"), at=2), Column(_("Dues"), at=3), Column(_("Statistics"), at=4)]
    body = []
    for one in rows:
        own, *rest = (known[pk].short_name if pk else "" for pk in ways(one))
        body.append([link(one.short_name, one.get_absolute_url()), own, *(name if name != own else _("the same") for name in rest)])
    return Table(columns, body, label=_("Unions whose three parents differ"), id="apart")


def sheet(rows: QuerySet[Union]) -> Sheet:
    """The same for a workbook."""
    those = list(rows)
    known = named(those)
    columns = [Col(_("Code"), 14), Col(_("Name"), 44), Col(_("Stands under"), 28), Col(_("Dues go to"), 28), Col(_("Statistics go to"), 28)]
    lines = [[one.code, one.name, *(known[pk].name if pk else "" for pk in ways(one))] for one in those]
    return _("Three parents"), columns, lines
