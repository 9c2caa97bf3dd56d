"""What a figure's declaration says, in words: what counts, on which day, at which union; and its editions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from niangjia.kit.figure import FIGURES, Figure, series_of
from niangjia.kit.series import SERIES, Series
from niangjia.worklog.db import fetch
from niangjia.worklog.evaluate import counted
from niangjia.worklog.wording import unit_words

KINDS = {
    "flow": pgettext_lazy("kind of figure", "flow"),
    "stock": pgettext_lazy("kind of figure", "stock"),
    "distinct": pgettext_lazy("kind of figure", "distinct"),
    "ratio": pgettext_lazy("kind of figure", "ratio"),
    "average": pgettext_lazy("kind of figure", "average"),
    "remainder": pgettext_lazy("kind of figure", "what is left"),
    "share": pgettext_lazy("kind of figure", "share"),
    "growth": pgettext_lazy("kind of figure", "growth"),
    "difference": pgettext_lazy("kind of figure", "net rise"),
    "sum": pgettext_lazy("kind of figure", "sum"),
    "completion": pgettext_lazy("kind of figure", "completion"),
    "peak": pgettext_lazy("kind of figure", "the most"),
    "run": pgettext_lazy("kind of figure", "years running"),
    "coverage": pgettext_lazy("kind of figure", "coverage"),
}


def kind_of(figure: Figure) -> Any:
    """The word for how a figure behaves."""
    return KINDS["distinct" if figure.distinct else figure.kind]


def field_at(model: type[Model], path: str) -> Any:
    """The field at the end of a path; None where there is none."""
    name, _rest, rest = path.partition("__")
    try:
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    related = getattr(field, "related_model", None)
    return field_at(related, rest) if rest and related else field


def label(model: type[Model], path: str) -> str:
    """What the field at the end of a path is called; a row itself is called what its model is."""
    field = field_at(model, path)
    if getattr(field, "primary_key", False):
        return str(field.model._meta.verbose_name)
    return str(getattr(field, "verbose_name", "") or path)


def choice(model: type[Model], path: str, value: str | None) -> str:
    """What a breakdown's value is called."""
    field = field_at(model, path)
    if value is None:
        return _("not recorded")
    if getattr(field, "get_internal_type", lambda: "")() == "BooleanField":
        return pgettext("figures", "yes") if value == "true" else pgettext("figures", "no")
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))


def counted_series(figure: Figure) -> Series | None:
    """The series whose records stand behind a figure; None when it is declared no more."""
    return SERIES.get(counted(figure.plan)["series"])


@dataclass(frozen=True)
class Edition:
    """One wording of a series: its number in order, and the day from which it answers."""

    number: int
    since: date | None


def editions(names: set[str]) -> list[Edition]:
    """The wordings that the series behind a figure have had."""
    rows = fetch(
        "SELECT (p.at AT TIME ZONE 'Asia/Shanghai')::date FROM books_book b LEFT JOIN books_posting p ON p.number = b.after_posting + 1 "
        "WHERE b.name = ANY (%(names)s) AND b.after_posting IS NOT NULL ORDER BY b.number",
        {"names": sorted(names)},
    )
    changes = [day for (day,) in rows][len(names) :]  # the first wording of each is no change
    return [Edition(1, None), *(Edition(i, day) for i, day in enumerate(changes, 2))]


def latest_editions() -> dict[str, Edition]:
    """The edition in which each figure stands today, found in one query for all."""
    rows = fetch(
        "SELECT b.name, count(*), max((p.at AT TIME ZONE 'Asia/Shanghai')::date) FILTER (WHERE b.after_posting > 0) FROM books_book b "
        "LEFT JOIN books_posting p ON p.number = b.after_posting + 1 WHERE b.after_posting IS NOT NULL GROUP BY 1"
    )
    by_name = {name: (many, day) for name, many, day in rows}
    out = {}
    for figure in FIGURES.values():
        turns = [by_name[name] for name in series_of(figure.plan) if name in by_name]
        number = 1 + sum(many - 1 for many, _day in turns)
        out[figure.name] = Edition(number, max((day for many, day in turns if many > 1 and day), default=None))
    return out


def described(figure: Figure, language: str) -> list[tuple[str, str]]:
    """The definition as pairs of words."""
    said = [(_("Definition"), figure.note(language))] if figure.note(language) else []
    of = counted_series(figure)
    if of is not None:
        plan, model = counted(figure.plan), of.model
        said.append((_("What counts"), str(model._meta.verbose_name)))
        if plan["measure"] == "distinct":
            said.append((_("Each once"), label(model, of.subject or "")))
        elif isinstance(of.quantities.get(plan["measure"]), str):
            said.append((_("How much"), label(model, str(of.quantities[plan["measure"]]))))
        for key, word in (("only", pgettext("figures", "only")), ("without", pgettext("figures", "without"))):
            for path, values in plan.get(key, {}).items():
                listed = pgettext("between names", ", ").join(choice(model, path, value) for value in values)
                said.append((f"{word} {label(model, path)}", listed))
        if of.when:
            said.append((_("On which day"), label(model, of.when)))
        else:
            said.append((pgettext("stock", "From"), label(model, of.since or "")))
            if of.until:
                said.append((pgettext("stock", "Until"), pgettext("between names", ", ").join(label(model, path) for path in of.last_days)))
        said.append((_("At which union"), label(model, of.where)))
    if units := list(filter(None, map(unit_words, figure.units if language.startswith("zh") else figure.units[:1]))):
        said.append((_("Unit"), pgettext("between names", ", ").join(units)))
    if figure.ref:
        said.append((_("Published as"), figure.ref))
    return said
