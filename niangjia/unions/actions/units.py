"""Units come under a union of several, and leave it: each an act with its day and its line in the story; one by one, picked, or by a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import record
from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.faults import credit_fault
from niangjia.kit.ids import narrow
from niangjia.kit.tabled import table
from niangjia.kit.who import allows
from niangjia.unions.actions import employer_for, has_come
from niangjia.unions.actions.spells import settle_employers
from niangjia.unions.enums import OF_ONE_UNIT, Category, Industry, May
from niangjia.unions.models import Cover, Employer, Union
from niangjia.unions.queries import own_union

HEADS = {  # as organisation sheets and townships write them; a list that was exported here comes in again
    "name": ("单位名称", "企业名称", "涵盖单位", "名称", "单位", "unit", "nameoftheunit"), "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "creditcode", "unifiedsocialcreditcode"),
    "category": ("单位类别", "单位性质", "类别", "category"), "industry": ("行业", "国民经济行业", "行业代码", "industry"), "employees": ("职工人数", "职工数", "人数", "employees"),
}  # fmt: skip
MOST = 2000  # rows of one list
TOLD = 20  # bad rows that are told one by one


@dataclass(frozen=True)
class Unit:
    """One unit as it is written: known by its credit code, made by its name if it is new."""

    uscc: str
    name: str = ""
    category: str = Category.PRIVATE
    industry: str = Industry.C
    employees: int = 0


@dataclass
class Listing:
    """What a list says: the units that can be taken, and why other rows cannot."""

    units: list[Unit] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


def read_list(path: Path) -> Listing:
    """The units of a list; a row with a wrong code, or one that stands there twice, is told and left."""
    listing, seen = Listing(), set[str]()
    for row in table(path, HEADS, ("name", "uscc")):
        code, name = narrow(row.cells["uscc"]), row.cells["name"].strip()
        fault = credit_fault(code) or (_("it stands in the list twice") if code in seen else "")
        seen.add(code)
        if fault:
            listing.bad.append(_("row %(row)d, %(name)s: %(fault)s") % {"row": row.row, "name": name[:40], "fault": fault})
            continue
        heads = "".join(one for one in row.cells.get("employees", "") if one.isdigit())
        listing.units.append(
            Unit(code, name[:120], _code(Category, row.cells.get("category", ""), Category.PRIVATE), _code(Industry, row.cells.get("industry", ""), Industry.C), int(heads or 0))
        )  # fmt: skip
        if len(listing.units) > MOST:
            raise RuleBroken(_("The list has more than %(most)s units. Hand it in in parts.") % {"most": MOST})
    if not listing.units and not listing.bad:
        raise RuleBroken(_("No sheet has a head with 单位名称 and 统一社会信用代码. Name the columns so, and hand the list in again."))
    return listing


def _code(choices: Any, said: str, usual: str) -> str:
    """The code that a cell names by itself or by its words; the usual one where it names none."""
    words = {str(label): value for value, label in choices.choices}
    first = said.strip().split(" ")[0].upper()
    return first if first in choices.values else str(words.get(said.strip(), usual))


def left_out(listing: Listing) -> str:
    """Why rows of a list were left, in a sentence; empty if none was."""
    if not listing.bad:
        return ""
    return _("Left out: %(rows)s.") % {"rows": _("; ").join(listing.bad[:TOLD]) + (" …" if len(listing.bad) > TOLD else "")}


def employers_of(units: Sequence[Unit], near: Union) -> list[Employer]:
    """The employers of some units, made where they are new."""
    return [employer_for(**vars(one), near=near) for one in units]


@transaction.atomic
def cover(union: Union, *, name: str, uscc: str, category: str, industry: str, employees: int, since: date, by: User) -> Cover:
    """A unit joins a union: known by its credit code, made if it is new."""
    _may(union, by, _("Only the union itself, or an organisation office above, may add units."))
    employer = employer_for(name=name, uscc=uscc, near=union, category=category, industry=industry, employees=employees)
    made = _come(union, [employer], since, by)
    if not made:
        raise RuleBroken(_("%(name)s is already covered by this union.") % {"name": employer.name})
    if union.kind in OF_ONE_UNIT and union.employer_id is None and own_union(employer) is None:
        Union.objects.filter(pk=union.pk).update(employer=employer)
        union.employer = employer
    settle_employers([employer.pk])
    return made[0]


@transaction.atomic
def cover_all(union: Union, units: Sequence[Unit], *, since: date, by: User) -> int:
    """Many units join from one day; those that it covers already stay as they are. Answers how many came."""
    _may(union, by, _("Only the union itself, or an organisation office above, may add units."))
    if union.kind in OF_ONE_UNIT:
        raise RuleBroken(_("A union of one unit covers its own; add another one by hand, and say why on its page."))
    made = _come(union, employers_of(units, union), since, by)
    settle_employers([one.employer_id for one in made])
    return len(made)


def _may(union: Union, by: User, why: str) -> None:
    if not allows(by, May.EDIT, union):
        raise Refused(why)


def _come(union: Union, employers: Sequence[Employer], since: date, by: User) -> list[Cover]:
    has_come(union, since)
    held = set(Cover.objects.filter(union=union, until=None, employer__in=employers).values_list("employer", flat=True))
    fresh = {one.pk: one for one in employers if one.pk not in held}
    overlapping = Cover.objects.filter(union=union, employer__in=fresh, until__gt=since).select_related("employer").first()
    if overlapping is not None:
        raise RuleBroken(
            _("%(name)s was covered until %(day)s; it joins again from then on at the earliest.")
            % {"name": overlapping.employer.name, "day": overlapping.until}
        )
    made = Cover.objects.bulk_create([Cover(union=union, employer=one, since=since) for one in fresh.values()])
    if made:
        _tell(union, "cover", list(fresh.values()), since, by)
    return made


def _tell(union: Union, verb: str, employers: Sequence[Employer], day: date, by: User) -> None:
    """One line in the story, however many units come or go."""
    names = "、".join(one.name for one in employers[:5]) + ("…" if len(employers) > 5 else "")
    record("unions.union", [union.pk], verb, by=by, reason=_("%(names)s, from %(day)s") % {"names": names, "day": day})


@transaction.atomic
def uncover(one: Cover, *, on: date, by: User) -> None:
    """A unit leaves a union."""
    _may(one.union, by, _("Only the union itself, or an organisation office above, may remove units."))
    if on <= one.since:
        raise RuleBroken(_("The unit joined on %(day)s; it leaves on a later day.") % {"day": one.since})
    if on > today():
        raise RuleBroken(_("The day lies ahead; record it when it has come."))
    if Cover.objects.filter(pk=one.pk, until=None).update(until=on):
        _tell(one.union, "uncover", [one.employer], on, by)
    settle_employers([one.employer_id])
