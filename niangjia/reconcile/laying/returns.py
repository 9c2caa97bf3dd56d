"""A sheet of totals as they were told by telephone, a union a row, beside what our books say for that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kit.errors import RuleBroken
from niangjia.kit.tabled import Listed, table
from niangjia.members.api import NEW_FORMS, below
from niangjia.members.models import Membership
from niangjia.reconcile.models import Comparison, Return
from niangjia.unions.api import union_name
from niangjia.unions.models import Union

WORDS = {
    "union": ("工会名称", "单位", "单位名称", "基层工会名称", "工会", "乡镇", "工会编码", "union"),
    "people": ("会员数", "会员人数", "会员", "会员总数", "members"),
    "women": ("女会员", "女会员数", "女会员人数", "其中女会员", "women"),
    "migrants": ("农民工会员", "农民工会员数", "农民工", "农民工数", "migrants"),
    "newforms": ("新就业形态会员", "新就业形态", "新就业形态劳动者", "newforms"),
}
FIGURES = {
    "people": gettext_lazy("Members"), "women": gettext_lazy("Women members"), "migrants": gettext_lazy("Migrant members"),
    "newforms": gettext_lazy("Members in new forms of employment"),
}  # fmt: skip


def read(path: Path) -> list[Listed]:
    """The rows; a sentence if no sheet has a union and a total."""
    found = list(table(path, WORDS, ("union", "people")))
    if not found:
        raise RuleBroken(_("No sheet has a head with unions and members. Call the columns 工会名称 and 会员数."))
    return found


def in_force(on: date) -> Q:
    """The memberships that count on a day, as the figure of members counts them."""
    return (
        Q(standing="ACTIVE", primary=True, state__in=["MEMBER", "LEAVING", "ENDED"], joined_on__lte=on)
        & ~Q(ending="UNDONE")
        & (Q(left_on=None) | Q(left_on__gt=on))
    )


def counted(unions: Iterable[Union], on: date) -> dict[int, dict[str, int]]:
    """Our numbers for the day at each of some unions and below it, in one query a level."""
    by_level: dict[str, list[int]] = {}
    for union in unions:
        by_level.setdefault({1: "", 2: "county_id", 3: "township_id"}.get(union.level, "union_id"), []).append(union.pk)
    found: dict[int, dict[str, int]] = {}
    for column, those in by_level.items():
        rows = Membership.objects.filter(in_force(on))
        rows = rows.filter(**{f"{column}__in": those}) if column else rows
        counts = {
            "people": Count("pk"),
            "women": Count("pk", Q(sex="2")),
            "migrants": Count("pk", Q(migrant=True)),
            "newforms": Count("pk", Q(work__in=NEW_FORMS)),
        }
        if column:
            for one in rows.order_by().values(column).annotate(**counts):
                found[one.pop(column)] = one
        else:
            found |= dict.fromkeys(those, rows.aggregate(**counts))
    return found


def lay(comparison: Comparison, rows: list[Listed]) -> dict[str, Any]:
    """Write the returns beside ours, in the caller's transaction; rows without a union that we know are told."""
    under = list(Union.objects.filter(below(comparison.union)).exclude(state="PREPARING"))
    known: dict[str, Union | None] = {}
    for one in under:
        known[one.code] = one
        for key in {union_name(one.name), union_name(one.short_name)} - {""}:
            known[key] = None if known.get(key, one) not in (one, None) else one
    told, bad = {}, []
    for row in rows:
        union = known.get(row.cells["union"].upper()) or known.get(union_name(row.cells["union"]))
        values = {code: _number(row.cells.get(code, "")) for code in FIGURES if row.cells.get(code, "")}
        if union is None or None in values.values():
            bad.append(
                {
                    "sheet": row.sheet,
                    "row": row.row,
                    "code": "union-unknown" if union is None else "no-number",
                    "name": row.cells["union"][:30],
                }
            )
        else:
            told[union] = (row.row, values)
    ours = counted(told, comparison.as_of)
    Return.objects.filter(comparison=comparison).delete()
    Return.objects.bulk_create(
        [
            Return(comparison=comparison, union=union, figure=code, theirs=value, ours=ours.get(union.pk, {}).get(code, 0), row=row)
            for union, (row, values) in told.items() for code, value in values.items() if value is not None
        ],
        batch_size=2000,
    )  # fmt: skip
    return {
        "rows": len(rows),
        "bad": bad,
        "same": sum(ours.get(union.pk, {}).get("people", 0) == values.get("people") for union, (_row, values) in told.items()),
    }


def _number(text: str) -> int | None:
    plain = text.replace(",", "").replace("，", "").removesuffix("人").strip().removesuffix(".0")
    return int(plain) if plain.isdecimal() and len(plain) < 9 else None
