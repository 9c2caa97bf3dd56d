"""What the rows of an organisation sheet may name: the unions at and below the union for which it is read, and the employers that they name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings

from niangjia.kit.answer import asking
from niangjia.kit.dates import today
from niangjia.unions.enums import GRASSROOTS, State
from niangjia.unions.importing.fields import DAYS, LONGEST, NUMBERS, UNION, UNIT, words
from niangjia.unions.importing.reading import clean
from niangjia.unions.models import Cover, Employer, Founding, Union, open_on
from niangjia.unions.models.founding import DONE
from niangjia.unions.parameters import TERM_LONG, TERM_SHORT
from niangjia.unions.queries import below
from niangjia.unions.rules.sheets import Ground, Known, Unit, union_name

FIRST = date(1921, 7, 1)


def text(value: Any) -> str:
    """A value of the register as a sheet says it, made clean by the same rules."""
    return value.isoformat() if isinstance(value, date) else "" if value is None else clean(str(value))


def ground_of(at: Union, coded: Collection[str], names: Collection[str]) -> Ground:
    """The judgement's ground, in as many queries for one row as for ten thousand.

    `coded`, `names`: the credit codes and the names of employers that the rows name.
    """
    columns = ("pk", "code", "kind", "parent_id", "state", "employer_id", "founded_on", *UNION.values())
    above = [int(pk) for pk in at.path.strip("/").split("/")][:-1]
    unions: dict[int, Known] = {}
    codes: dict[str, int] = {}
    named: dict[str, list[int]] = {}
    reach = Union.objects.filter(below(at)) | Union.objects.filter(pk__in=above)
    for pk, code, kind, parent, state, employer, founded, *rest in reach.values_list(*columns).iterator(chunk_size=5000):
        said = {field: text(value) for field, value in zip(UNION, rest, strict=True)} | {"founded": text(founded)}
        unions[pk] = Known(pk, code, kind, parent, state == State.ABOLISHED, state == State.PREPARING, employer, said)
        codes[code.upper()] = pk
        for key in {union_name(said["name"]), union_name(said["short"])} - {""}:
            named.setdefault(key, []).append(pk)
    owned = Union.objects.filter(uscc__in=set(coded)).values_list("uscc", "pk")
    ask = asking(at, today())
    units = _units(at, coded, names)
    unit_names: dict[str, list[str]] = {}
    for one in units.values():
        unit_names.setdefault(one.said["unit"], []).append(one.uscc)
    by_pk = {one.pk: one.uscc for one in units.values()}
    covers = Cover.objects.filter(open_on(today()), employer__in=by_pk).values_list("union", "employer")
    return Ground(
        on=today(), first=FIRST, demo=settings.DEMO, at=at.pk, grassroots=frozenset(GRASSROOTS), words=words(), longest=LONGEST, days=DAYS, numbers=NUMBERS,
        terms=frozenset(str(ask(one).count) for one in (TERM_SHORT, TERM_LONG)), unions=unions, codes=codes,
        by_credit={uscc: pk if pk in unions else 0 for uscc, pk in owned}, names=named, units=units, unit_names=unit_names, above=frozenset(above),
        covers=frozenset((union, by_pk[employer]) for union, employer in covers),
    )  # fmt: skip


def _units(at: Union, coded: Collection[str], names: Collection[str]) -> dict[str, Unit]:
    """The employers that are named, by credit code."""
    found = Employer.objects.filter(uscc__in=set(coded)) | Employer.objects.itself().filter(name__in=set(names))
    rows = list(found.values("pk", "uscc", "county", "township", "same_as__uscc", *UNIT.values()))
    pks = [one["pk"] for one in rows]
    own = dict(Union.objects.filter(employer__in=pks).exclude(state=State.ABOLISHED).values_list("employer", "pk"))
    running = set(Founding.objects.filter(employer__in=pks).exclude(state__in=DONE).values_list("employer", flat=True))
    return {
        one["uscc"]: Unit(
            one["pk"], one["uscc"], _here(at, one), {field: text(one[column]) for field, column in UNIT.items()}, own.get(one["pk"]), one["pk"] in running,
            one["same_as__uscc"] or "",
        )
        for one in rows
    }  # fmt: skip


def _here(at: Union, one: dict[str, Any]) -> bool:
    """Whether an employer belongs to the place of a union; one that belongs to none yet is anybody's."""
    if at.level == 1 or (one["county"] is None and one["township"] is None):
        return True
    return bool(one["county"] == at.pk if at.level == 2 else one["township"] == at.pk)
