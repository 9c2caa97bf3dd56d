"""Whether firms of the tax side's list should have a union, and have one, brought up to what is known today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from niangjia.kit.answer import answer, place_of
from niangjia.kit.dates import today
from niangjia.unions.enums import LIVING, Owes
from niangjia.unions.models import Cover, Employer, Spell, Taxpayer
from niangjia.unions.parameters import SHOULD_FROM
from niangjia.unions.rules.taxpayers import should, turn

SLICE = 2000


@transaction.atomic
def settle(rows: QuerySet[Taxpayer], *, told: bool = False) -> int:
    """Write the spells of firms as they stand; answers how many turned. `told`: what changed is what the tax side told, as of its day.

    Run again it changes nothing. A firm of which our side learns has a union since the day of the cover, or of the founding, if that is later.
    """
    turned = 0
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    for some in (pks[i : i + SLICE] for i in range(0, len(pks), SLICE)):
        turned += _settle(
            list(Taxpayer.objects.select_for_update(of=("self",)).filter(pk__in=some).select_related("at").order_by("pk")), told=told
        )
    return turned


def _settle(those: list[Taxpayer], *, told: bool) -> int:
    day, least = today(), _Least(today())
    since, parted = _covers([one.employer_id for one in those if one.employer_id], day)
    open_ = {one.taxpayer_id: one for one in Spell.objects.filter(taxpayer__in=those, until=None)}
    floors = dict(Spell.objects.filter(taxpayer__in=those).values("taxpayer").annotate(last=Max("until")).values_list("taxpayer", "last"))
    ended: dict[date, list[int]] = {}
    undone, made, owing = list[int](), list[Spell](), dict[str, list[int]]()
    turned = 0
    for one in those:
        owes = not one.dropped and should(state=one.state, employees=one.employees, spared=one.spared, least=least.at(one))
        spell = open_.get(one.pk)
        employer = one.employer_id or 0
        said = turn(
            (spell.since, spell.united) if spell else None, owes=owes, united_since=since.get(employer), parted_on=parted.get(employer),
            on=one.dropped_on or (one.spared_on if one.spared and one.spared_on else one.synced_on if told else day), floor=floors.get(one.pk),
        )  # fmt: skip
        now = Owes.NOTHING if not owes else Owes.UNITED if employer in since else Owes.UNION
        if now != one.owes:
            owing.setdefault(now, []).append(one.pk)
        if spell is not None and said.undo:
            undone.append(spell.pk)
        elif spell is not None and said.ends:
            ended.setdefault(said.ends, []).append(spell.pk)
        ends = [*(begin for begin, _united in said.begins[1:]), None] if said.begins else []
        made += [Spell(taxpayer=one, since=begin, until=end, united=united) for (begin, united), end in zip(said.begins, ends, strict=True)]
        turned += said.undo or bool(said.ends or said.begins)
    Spell.objects.filter(pk__in=undone).delete()
    for end, pks in ended.items():
        Spell.objects.filter(pk__in=pks).update(until=end)
    Spell.objects.bulk_create(made)
    for state, pks in owing.items():
        Taxpayer.objects.filter(pk__in=pks).update(owes=state)
    return turned


class _Least:
    """From how many employees on a firm should have a union, by its place; a slice asks of each place once."""

    def __init__(self, on: date) -> None:
        self.on, self.known = on, dict[int, int]()

    def at(self, one: Taxpayer) -> int:
        """The number that holds where a firm stands."""
        if one.at_id not in self.known:
            self.known[one.at_id] = answer(SHOULD_FROM, self.on, place_of(one)).value
        return self.known[one.at_id]


def _covers(employers: Collection[int], day: date) -> tuple[dict[int, date], dict[int, date]]:
    """Since when each employer is covered by a union that exists, and on which day the last one that did so ended."""
    since, parted = dict[int, date](), dict[int, date]()
    rows = Cover.objects.filter(employer__in=set(employers), since__lte=day, union__founded_on__lte=day).exclude(union__state="PREPARING")
    facts: Iterable[tuple[int, date, date | None, date, date | None, str]] = rows.values_list(
        "employer", "since", "until", "union__founded_on", "union__closed_on", "union__state"
    )  # type: ignore[assignment]  # the condition leaves out those without a day
    for employer, begin, end, founded, closed, state in facts:
        ends = min((one for one in (end, closed) if one), default=None)
        if state in LIVING and (ends is None or ends > day):
            start = max(begin, founded)
            since[employer] = min(start, since.get(employer, start))
        elif ends is not None:
            parted[employer] = max(ends, parted.get(employer, ends))
    return since, parted


def settle_employers(employers: Iterable[int | None]) -> None:
    """The same for the firms that are some employers of ours: a union came, or went."""
    known = {one for one in employers if one}
    if known and Taxpayer.objects.filter(employer__in=known).exists():
        settle(Taxpayer.objects.filter(employer__in=known))


def settle_all() -> int:
    """The same for the whole house, each night: what was recorded since, what ended by its day, a parameter that changed."""
    turned = 0
    for pks in _slices():
        with transaction.atomic():
            match(Taxpayer.objects.filter(pk__in=pks))
            turned += settle(Taxpayer.objects.filter(pk__in=pks))
    return turned


def _slices() -> Iterator[list[int]]:
    last = 0
    while pks := list(Taxpayer.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:SLICE]):
        yield pks
        last = pks[-1]


def match(rows: QuerySet[Taxpayer]) -> None:
    """Say which employers of ours some firms are: by credit code at once; by the same name only for a person to confirm."""
    coded = Employer.objects.filter(uscc=OuterRef("uscc")).values(itself=Coalesce("same_as", "pk"))[:1]
    known = Employer.objects.filter(uscc__in=rows.filter(employer=None).exclude(uscc="").values("uscc")).values("uscc")
    rows.filter(employer=None, uscc__in=known).update(employer=Subquery(coded), likely=None)
    named = list(rows.filter(employer=None, likely=None).values_list("pk", "name", "denied"))
    found: dict[str, list[int]] = {}
    for pk, name in Employer.objects.itself().filter(name__in={name for _pk, name, _denied in named}).values_list("pk", "name"):
        found.setdefault(name, []).append(pk)
    likely: dict[int, list[int]] = {}
    for pk, name, denied in named:
        if len(same := found.get(name, [])) == 1 and same[0] != denied:
            likely.setdefault(same[0], []).append(pk)
    for employer, pks in likely.items():
        Taxpayer.objects.filter(pk__in=pks).update(likely=employer)
