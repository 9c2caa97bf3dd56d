"""How a sheet of telephone returns stands beside our figures for the same day: each gap, and what of it records explain."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kit.components import english, link
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.reconcile import queries, rules
from niangjia.reconcile.laying.returns import FIGURES
from niangjia.reconcile.models import Comparison, Return
from niangjia.unions.models import Union


def context(one: Comparison) -> dict[str, Any]:
    """What the page of a sheet shows."""
    returns = queries.returned(one)
    list_ = queries.beside(one)
    gaps = sum(row["people"].theirs != row["people"].ours for row in returns.values() if "people" in row)
    said = _("%(n)d unions told their totals; %(same)d told ours, %(gaps)d another one.") % {
        "n": len(returns),
        "same": len(returns) - gaps,
        "gaps": gaps,
    }
    if list_ is None:
        said += (" " if english() else "") + _(
            "Lay the old list of members of the same day beside ours too: then each gap opens to the records that explain it."
        )
    return {
        "sentence": said, "table": people_table(returns, list_), "others": others_table(returns), "list": list_,
        "list_url": f"{reverse('reconcile:new')}?under={one.union.code}&of=MEMBERS&whence=OLD", "found": bool(returns),
    }  # fmt: skip


def people_table(returns: dict[Union, dict[str, Return]], list_: Comparison | None) -> Table:
    """Members as told and as counted, the gap, what records explain of it, and what is left."""
    weights = {level: queries.weights(list_, level) for level in {union.level for union in returns}} if list_ else {}
    columns = [
        Column(_("Union"), at=1), Column(_("Told"), num=True, at=3), Column(_("Ours"), num=True, at=6), Column(_("Gap"), num=True, at=2),
        Column(_("Explained by records"), num=True, at=4), Column(_("Not explained"), num=True),
    ]  # fmt: skip
    rows: list[Any] = []
    for union, told in returns.items():
        if (one := told.get("people")) is None:
            continue
        explained = weights.get(union.level, {}).get(union.pk, 0)
        left = rules.rest(one.theirs, one.ours, {"": explained})
        url = f"{list_.get_absolute_url()}?state=ALL&under={union.code}" if list_ else f"{reverse('members:list')}?under={union.code}"
        gap = one.ours - one.theirs
        rows.append(
            Row(
                [
                    link(union.short_name, union.get_absolute_url()),
                    one.theirs,
                    one.ours,
                    link(f"{gap:+,}", url) if gap else 0,
                    explained if list_ else "",
                    Cell(left, "late") if left and list_ else left if list_ else "",
                ]
            )
        )
    return Table(columns, rows, label=_("Members by return"))


def others_table(returns: dict[Union, dict[str, Return]]) -> Table | None:
    """The other figures that were told, told and ours."""
    asked = [code for code in FIGURES if code != "people" and any(code in told for told in returns.values())]
    if not asked:
        return None
    columns = [Column(_("Union"), at=1)]
    for code in asked:
        columns += [Column(_("%(what)s, told") % {"what": FIGURES[code]}, num=True), Column(_("ours"), num=True)]
    rows = []
    for union, told in returns.items():
        cells: list[Any] = [union.short_name]
        for code in asked:
            one = told.get(code)
            cells += [one.theirs, Cell(one.ours, "late") if one.ours != one.theirs else one.ours] if one else ["", ""]
        rows.append(cells)
    return Table(columns, rows, label=_("Other figures by return"), listed=False)
