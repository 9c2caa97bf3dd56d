"""Both sides of a difference beside each other: as a row to choose in, and as two records; numbers covered but for what tells them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kit import mask
from niangjia.kit.components import Pair, link
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.members.api import Sex, Work
from niangjia.reconcile import rules
from niangjia.reconcile.enums import Cause, Kind, Of, Source
from niangjia.reconcile.models import Difference
from niangjia.reconcile.queries import opened
from niangjia.reconcile.words import label_of

SHOWN = {
    Of.MEMBERS: ("name", "id", "sex", "born", "phone", "union", "employer", "joined", "left", "work", "migrant", "change", "status"),
    Of.UNIONS: ("name", "uscc", "code", "above", "founded", "closed"),
}


def apart(text: str, other: str, head: int, tail: int) -> str:
    """A number covered but for its head, its tail, and what tells it from the other side's.

    >>> apart("10000000012", "10000000912", 3, 4)
    '100****0012'
    >>> apart("330599198503120012", "330599198603120012", 6, 4)
    '330599**8*****0012'
    """
    if len(text) <= head + tail:
        return text
    if len(text) != len(other):
        return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]
    shown = range(len(text) - tail, len(text))
    return "".join(c if i < head or i in shown or c != other[i] else "*" for i, c in enumerate(text))


def value(field: str, text: str, other: str = "") -> str:
    """One cell of a side, covered where it is sensitive."""
    if not text:
        return _("(empty)")
    if field == "id":
        return apart(text, other, 6, 4)
    if field == "phone":
        return apart(text, other, 3, 4)
    if field == "migrant":
        return {"是": _("yes"), "否": _("no")}.get(text, text)
    if field == "sex" and text in Sex.values:
        return str(Sex(text).label)
    if field == "work" and text in Work.values:
        return str(Work(text).label)
    return text


@dataclass(frozen=True)
class Choice:
    """One row of the list in which both sides are chosen between."""

    one: Difference
    who: str
    place: str
    url: str
    ours: str
    theirs: str
    why: str
    ways: tuple[str, ...]
    said: str

    @property
    def covered(self) -> bool:
        """Whether numbers stand on its sides: they are set like what is covered."""
        return self.one.field in ("id", "phone")


def choices(rows: Sequence[Difference]) -> list[Choice]:
    """The rows of a page: who, both sides, the cause, what may be decided."""
    made = []
    ours, theirs = opened([one.ours_sealed for one in rows]), opened([one.theirs_sealed for one in rows])
    for one, mine, line in zip(rows, ours, theirs, strict=True):
        known = mine or line
        number = mask.identity(known["id"]) if known.get("id") else known.get("uscc", "") or known.get("code", "")
        a, b = sides(one, mine, line)
        where = one.union.short_name if one.union_id != one.top_id or mine else line.get("employer") or line.get("union", "")
        made.append(
            Choice(one, known.get("name", ""), _("%(number)s, %(place)s") % {"number": number, "place": where} if number and where else number or where, one.get_absolute_url(), a, b,
                   "" if one.cause == "" else str(Cause(one.cause).label), rules.ways(one.of, one.kind, one.field, one.cause), one.said)
        )  # fmt: skip
    return made


def sides(one: Difference, mine: Mapping[str, str], line: Mapping[str, str]) -> tuple[str, str]:
    """What each side says where they differ."""
    if one.kind == Kind.FIELD:
        a, b = mine.get(one.field, ""), line.get(one.field, "")
        return value(one.field, a, b), value(one.field, b, a)
    if one.kind == Kind.WRONG_PARENT:
        if not mine:
            return str(Cause(one.cause).label), line.get("union") or line.get("employer") or _("here")
        if one.of == Of.UNIONS:
            return one.union.parent.short_name if one.union.parent else "", one.their_union.short_name if one.their_union else line.get(
                "above", ""
            )
        return mine.get("union", ""), one.their_union.short_name if one.their_union else line.get("union", "")
    if one.kind == Kind.DUPLICATE:
        return _("once"), _("twice")
    yes, no = _("has it"), _("–")
    if mine and mine.get("left"):
        yes_ours = _("until %(day)s") % {"day": mine["left"]}
    elif mine and mine.get("joined"):
        yes_ours = _("since %(day)s") % {"day": mine["joined"]}
    else:
        yes_ours = yes
    return (yes_ours if mine else no), (yes if line else no)


def beside(one: Difference, mine: Mapping[str, str], line: Mapping[str, str]) -> Table:
    """Both records, field by field; where they differ stands out."""
    rows = []
    for field in SHOWN[Of(one.of)]:
        a, b = mine.get(field, ""), line.get(field, "")
        if not a and not b:
            continue
        differs = one.field == field or (one.kind == Kind.WRONG_PARENT and field in ("union", "above"))
        cells: list[Any] = [label_of(field, one.of), value(field, a, b) if mine else "–", value(field, b, a) if line else "–"]
        rows.append(Row([Cell(cell, "late") if differs and i else cell for i, cell in enumerate(cells)]))
    other = Source(one.source).label
    return Table([Column(_("Field")), Column(_("Ours")), Column(other)], rows, bare=True, stack=True, listed=False, label=_("Both sides"))


def facts(one: Difference) -> list[Pair]:
    """What is known of a difference besides."""
    made = [
        Pair(_("Kind"), Kind(one.kind).label), Pair(_("The house suggests"), str(Cause(one.cause).label) if one.cause else _("nothing: it is to be looked at")),
        Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()), Pair(_("Found on"), one.found_on),
    ]  # fmt: skip
    if one.row:
        made.append(Pair(_("Row of their list"), f"{one.sheet} {one.row}".strip()))
    if one.membership is not None:
        made.append(Pair(_("Our record"), _("Her page in the register"), url=one.membership.get_absolute_url()))
    if one.decision is not None:
        made += [
            Pair(_("Decided by"), one.decision.by.name),
            Pair(_("Decided on"), one.decision.at),
            *([Pair(_("Why"), one.decision.why)] if one.decision.why else []),
        ]
        if one.decision.batch is not None:
            made.append(Pair(_("Roster made of it"), one.decision.batch.file_name, url=one.decision.batch.get_absolute_url()))
    return made


def examples(rows: Sequence[Difference], source: str) -> Table:
    """The first that a rule would decide."""
    columns = [Column(_("Whose"), at=1), Column(_("Where"), at=3, soft=True), Column(_("Ours"), at=6), Column(Source(source).label, at=4)]
    return Table(columns, [[link(c.who, c.url), c.place, c.ours, c.theirs] for c in choices(rows)], label=_("Examples"))
