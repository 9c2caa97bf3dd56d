"""The check of a field when it is written down: whether the house holds it, as a record or as a figure, or it was given before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from niangjia.asked import rules
from niangjia.asked.enums import NUMERIC, SENT, Standing, State, Verdict
from niangjia.asked.models import Addressed, Field, Request, answers_now
from niangjia.asked.parameters import AGAIN, ALIKE
from niangjia.kit.answer import answer
from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES, Figure
from niangjia.kit.held import HELD, Held

FIGURE = "figure:"  # how the name of a figure begins where it stands beside what is held


@dataclass(frozen=True)
class Found:
    """What the check says: the verdict, by which name the house holds it, or which field of an earlier request asked for it."""

    verdict: Verdict
    held: str = ""
    reused: Field | None = None


def again_since() -> date:
    """From which day on an answer counts as given before."""
    return today() - timedelta(days=answer(AGAIN, today(), ()).value.count)


def _held(kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    number = kind in NUMERIC
    for one in HELD.values():
        yield one.name, (*one.words, str(one.label))
    if number:
        for figure in FIGURES.values():
            if figure.plan["op"] in ("count", "sum"):
                yield FIGURE + figure.name, (figure.zh, figure.en)


def _given(request: Request, kind: str) -> dict[str, Field]:
    """By their keys, the fields of other requests of the last months that a union which this one reaches has answered; the latest counts."""
    answered = Addressed.objects.filter(state=Standing.ANSWERED, asked_on__gte=again_since(), union__path__startswith=request.under.path)
    rows = Field.objects.filter(
        kind=kind, verdict__in=SENT, request__in=answered.exclude(request=request).values("request"), request__state__in=[State.ISSUED, State.CLOSED],
    )  # fmt: skip
    return {one.key: one for one in rows.select_related("request__union").order_by("request__issued_on", "pk")}


def check(request: Request, label: str, kind: str) -> Found:
    """What the house says of a field. What it holds comes before what was given: a record is newer than an answer."""
    threshold, number = answer(ALIKE, today(), ()).value, kind in NUMERIC
    if name := rules.nearest(label, _held(kind), threshold, number=number):
        return Found(Verdict.HELD, name)
    given = _given(request, kind)
    if key := rules.nearest(label, ((one, (field.label,)) for one, field in given.items()), threshold, number=number):
        return Found(Verdict.REUSED, reused=given[key])
    return Found(Verdict.ASKED)


def what_is_held(name: str) -> Held | Figure | None:
    """What a name stands for; nothing if no floor declares it any more."""
    return FIGURES.get(name.removeprefix(FIGURE)) if name.startswith(FIGURE) else HELD.get(name)


def words_of(name: str) -> str:
    """What something that is held is called."""
    found = what_is_held(name)
    return "" if found is None else found.words(get_language() or "zh") if isinstance(found, Figure) else str(found.label)


def shown_at(name: str) -> str:
    """Where the house shows it."""
    found = what_is_held(name)
    try:
        if isinstance(found, Figure):
            return reverse("worklog:figure", args=[found.name])
        return reverse(found.shown) if found else ""
    except NoReverseMatch:
        return ""


def given_before(fields: list[Field], unions: list[int]) -> dict[tuple[int, int], Any]:
    """What unions gave before for the same, by union and field: the latest answer that stands."""
    sources = {one.pk: one.reused for one in fields if one.reused is not None}
    by_key: dict[tuple[str, str], list[int]] = {}
    for pk, source in sources.items():
        by_key.setdefault((source.key, source.kind), []).append(pk)
    if not by_key:
        return {}
    rows = answers_now(
        addressed__union__in=unions, field__key__in={key for key, _kind in by_key}, given_on__gte=again_since(), erased=False,
    ).exclude(addressed__request=fields[0].request_id).select_related("field", "addressed").order_by("at", "pk")  # fmt: skip
    return {(one.addressed.union_id, pk): one for one in rows for pk in by_key.get((one.field.key, one.field.kind), [])}


def held_values(fields: list[Field], unions: list[Any]) -> dict[tuple[int, int], Any]:
    """What the house holds for some unions of fields that are records of it, by union and field: a question a field."""
    found: dict[tuple[int, int], Any] = {}
    for one in fields:
        held = what_is_held(one.held) if one.held else None
        if isinstance(held, Held):
            found |= {(pk, one.pk): value for pk, value in held.values(unions).items()}
    return found
