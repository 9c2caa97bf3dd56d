"""A list of unions beside our tree: known by credit code, by our code, else by name, as the registers above us know them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.kit import crypt
from niangjia.kit.errors import RuleBroken
from niangjia.kit.tabled import Listed, table
from niangjia.members.api import below, day
from niangjia.reconcile.enums import KEY, ROW
from niangjia.reconcile.laying.merging import Found
from niangjia.reconcile.models import Comparison
from niangjia.reconcile.rules import Gap, Unit, gaps
from niangjia.unions.api import GRASSROOTS, union_name
from niangjia.unions.models import Union

WORDS = {  # the heads of the registration table of unions, and of lists that are made from it
    "name": ("工会名称", "基层工会名称", "工会全称", "名称", "组织名称", "union"),
    "uscc": ("工会统一社会信用代码", "统一社会信用代码", "社会信用代码", "信用代码", "creditcode"),
    "code": ("工会编码", "组织编码", "工会代码", "基层工会统计编码", "code"),
    "above": ("上级工会", "上级工会名称", "所属上级工会", "所属工会", "unionabove"),
    "founded": ("建会日期", "建会时间", "成立日期", "成立工会日期", "foundedon"),
    "employer": ("单位名称", "所在单位", "用人单位"),
    "members": ("会员人数", "会员数", "members"),
}


def read(path: Path) -> list[Listed]:
    """The rows of a list of unions; a sentence if no sheet holds one."""
    found = list(table(path, WORDS, ("name",)))
    if not found:
        raise RuleBroken(_("No sheet has a head with the names of unions. Name the columns as the registration table of unions does."))
    return found


def compare(comparison: Comparison, rows: list[Listed]) -> tuple[dict[str, int], list[Gap]]:
    """In what both differ; how many stand on our side, and how many agree in all."""
    names = {pk: union_name(name) for pk, name in Union.objects.filter(level__lte=3).values_list("pk", "name")}
    under = Union.objects.filter(below(comparison.union), kind__in=GRASSROOTS)
    ours = [
        Unit(one.name, union_name(one.name), one.uscc, one.code, names.get(one.parent_id or 0, ""), one.founded_on, None, one.pk,
             closed=one.closed_on, counts=one.state not in ("DORMANT", "PREPARING"))
        for one in under.filter(~Q(state="PREPARING") | Q(founded_on__isnull=False))
    ]  # fmt: skip
    theirs = [
        Unit(one.cells["name"], union_name(one.cells["name"]), one.cells.get("uscc", "").upper(), one.cells.get("code", "").upper(),
             union_name(one.cells.get("above", "")), day(one.cells.get("founded", "")), None, 0, one.row, one.sheet)
        for one in rows
    ]  # fmt: skip
    made = gaps(ours, theirs, comparison.as_of)
    there = [
        one
        for one in ours
        if one.counts and (one.founded is None or one.founded <= comparison.as_of) and (one.closed is None or one.closed > comparison.as_of)
    ]
    touched = {gap.ours.pk for gap in made if gap.ours}
    return {"ours": len(there), "same": sum(one.pk not in touched for one in there)}, made


def found(comparison: Comparison, made: list[Gap]) -> Iterator[Found]:
    """Each gap as a difference, sealed like those of members: one engine, one page."""
    at = {union_name(name): pk for pk, name in Union.objects.filter(below(comparison.union), level__lte=3).values_list("pk", "name")}
    for gap in made:
        mine, one = gap.ours, gap.theirs
        pair = f"u{mine.pk}" if mine else f"{one.uscc}|{one.key}" if one else ""
        turn = one.row if one and gap.kind == "DUPLICATE" else ""
        ours, theirs = _said(mine), _said(one)
        values = (
            [gap.cause, ours.get(gap.field, ""), theirs.get(gap.field, "")]
            if gap.field
            else [gap.cause, ours.get("above", ""), theirs.get("above", "")]
        )
        their_place = at.get(one.above) if one else None
        key, digest = crypt.blind([f"{gap.kind}|{gap.field}|{pair}|{turn}", json.dumps(values)], KEY)
        yield Found(
            key=key, digest=digest, kind=gap.kind, field=gap.field, cause=gap.cause, union=mine.pk if mine else their_place or comparison.union_id,
            their_union=their_place, weight={"ONLY_OURS": 1, "ONLY_THEIRS": -1, "DUPLICATE": -1, "DEFINITION": -1}.get(gap.kind, 0),
            subject=mine.pk if mine else None, row=one.row if one else None, sheet=one.sheet if one else "",
            ours=crypt.seal_one(json.dumps(ours, ensure_ascii=False), ROW) if mine else None,
            theirs=crypt.seal_one(json.dumps(theirs, ensure_ascii=False), ROW) if one else None,
        )  # fmt: skip


def _said(one: Unit | None) -> dict[str, Any]:
    if one is None:
        return {}
    said = {
        "name": one.name,
        "uscc": one.uscc,
        "code": one.code,
        "above": one.above,
        "founded": str(one.founded or ""),
        "closed": str(one.closed or ""),
    }
    return {code: text for code, text in said.items() if text}
