"""Reviews as pages show them: lines of prose with their links, notes in the margin, checks, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.kit.components import Signature as Sign
from niangjia.kit.components import day_words, fig, link, moment_words
from niangjia.kit.figure import FIGURES
from niangjia.kit.tables import Cell, Column, Table
from niangjia.reports.books import fact_of
from niangjia.reports.enums import Role
from niangjia.reports.models import Review
from niangjia.reports.prose.compile import Compiled
from niangjia.reports.prose.facts import Fact
from niangjia.reports.prose.fill import Chip
from niangjia.reports.prose.notation import periods_of
from niangjia.reports.prose.table import rows, span
from niangjia.reports.prose.units import UNIT_NAMES, grouped, plain
from niangjia.reports.prose.untrue import Fault
from niangjia.reports.queries import Read, address, freeze_of, language_here, signed_by
from niangjia.reports.rules import day_in
from niangjia.reports.sight import SHORT
from niangjia.unions.models import Union
from niangjia.worklog.api import Asked, Since, changed_since, declared_on, evaluate_many, named

NONE = Decimal(0)
ALL = 2000  # records of one figure that are named on its own wish
MOST = 12  # figures that moved whose changes are dated in the margin; the page of differences has all
TAGS = {1: "h2", 2: "h3", 3: "h4"}


@dataclass(frozen=True)
class Part:
    """A piece of a line: words, or a figure that opens."""

    text: str
    fact: Fact | None = None
    url: str = ""
    note: str = ""
    tail: str = ""  # its unit, outside of the link
    gap: bool = False


@dataclass(frozen=True)
class Shown:
    """A line of prose as a page shows it."""

    tag: str
    id: str
    number: str
    parts: list[Part]


@dataclass(frozen=True)
class Note:
    """What stands in the margin about a figure."""

    id: str
    name: str
    value: str
    unit: str
    text: str
    period: str
    url: str = ""
    since: str = ""
    differing: str = ""  # where the records that make the difference stand
    recorded: bool = True
    among: str = ""  # of a place: how large the field is
    gap: str = ""  # how much more or less it is today


@dataclass(frozen=True)
class Finding:
    """Something to look at before publishing."""

    level: str
    label: Any
    sentence: str
    line: int


def note_id(fact: Fact) -> str:
    """The place of a figure's note on the page."""
    return "n-" + "".join(c if c.isalnum() else "-" for c in fact.key)


def lines(found: Read, *, linked: bool = True) -> list[Shown]:
    """The prose, line by line."""
    return [
        Shown(TAGS.get(line.level, "p"), f"s{i}" if line.level else "", line.number, [part(found, run, linked=linked) for run in line.runs])
        for i, line in enumerate(found.out.lines)
    ]


def part(found: Read, run: str | Chip, *, linked: bool) -> Part:
    """A piece of a line; a figure is a link to what was counted, with its unit outside."""
    if isinstance(run, str):
        return Part(run)
    first = run.facts[0]
    text, unit = (run.en, "") if found.out.english else (run.screen, run.unit)
    tail = unit if unit and text.endswith(unit) and text != unit else ""
    url = address(first, found.review.union, freeze_of(found, first)) if linked else ""
    return Part(text.removesuffix(tail) if tail else text, first, url, note_id(first), tail, run.gap)


def heading(title: str) -> list[str]:
    """A title in its lines: what follows —— is the second."""
    first, _dash, rest = title.partition("——")
    return [first, rest] if first and rest else [title]


def asof(found: Read) -> str:
    """Where the head says as known on which day: that day, and that it was declared when history was loaded."""
    day = day_in(found.out.review.head.get("所知", ""))
    if day is None:
        return ""
    known = found.publication.posting if found.publication else getattr(found.books, "known", None)
    said = pgettext("review", "as known on %(day)s") % {"day": day_words(day, year=True)}
    return said + (_(" (declared when history was loaded)") if known and declared_on(known) else "")


def contents(found: Read) -> list[tuple[str, str]]:
    """The uppermost headings with their places."""
    return [(f"s{i}", line.text(english=found.out.english)) for i, line in enumerate(found.out.lines) if line.level == 1]


def value_words(fact: Fact) -> str:
    """A value as screens show it: grouped, with two places at most; of a coverage, n of n."""
    if fact.value is None or not fact.recorded:
        return "—"
    said = grouped(plain(round(fact.value, 2)))
    return _("%(n)s of %(of)s") % {"n": said, "of": grouped(plain(fact.whole))} if fact.whole is not None else said


def unit_words(fact: Fact, *, english: bool) -> str:
    """Its unit in the language of the review."""
    return UNIT_NAMES.get(fact.unit, "") if english else fact.unit


def whose(found: Read, facts: Sequence[Fact]) -> dict[str, int]:
    """The unions that facts are about, by the codes that they name; the document's own under no code."""
    wanted = {fact.union for fact in facts if fact.union}
    return (
        dict(Union.objects.filter(code__in=wanted).values_list("code", "pk")) | {"": found.review.union_id}
        if wanted
        else {"": found.review.union_id}
    )


def today_of(found: Read) -> dict[str, Fact]:
    """The frozen figures of a published review as the books count them today, by the key of the fact."""
    frozen = [fact for fact in found.out.told() if freeze_of(found, fact) and fact.code in FIGURES]
    unions = whose(found, frozen)
    asked = [(fact, fact.period or found.review.span) for fact in frozen if fact.union in unions]
    values = evaluate_many([(FIGURES[fact.code].plan, Asked(span, unions[fact.union])) for fact, span in asked])
    return {
        fact.key: replace(fact_of(FIGURES[fact.code], span, value, fact.digest, recorded=True), union=fact.union, place=fact.place)
        for (fact, span), value in zip(asked, values, strict=True)
    }


def moved_today(found: Read, today: Mapping[str, Fact]) -> dict[str, Since]:
    """The first published figures that are counted otherwise today, each with every dated change, by the key of the fact."""
    differ = [
        fact for fact in found.out.told() if (now := today.get(fact.key)) is not None and (now.value, now.whole) != (fact.value, fact.whole)
    ]
    freezes = [(fact.key, freeze_of(found, fact)) for fact in differ[:MOST]]
    return {key: changed_since(number) for key, number in freezes if number}


def signed_gap(fact: Fact, now: Fact) -> str:
    """How much more or less, with its sign."""
    gap = (now.value or NONE) - (fact.value or NONE)
    return ("+" if gap > 0 else "−") + grouped(plain(abs(round(gap, 2))))


def since_words(fact: Fact, now: Fact | None, moved: Since | None = None) -> str:
    """Counted again today: so much, so much more or less, since when and by how many records."""
    if now is None or now.value is None or fact.value is None or now.value == fact.value:
        return ""
    gap = now.value - fact.value
    facts = {"now": value_words(now), "gap": grouped(plain(abs(round(gap, 2))))}
    said = (
        _("Counted again today it is %(now)s, %(gap)s more than published")
        if gap > 0
        else _("Counted again today it is %(now)s, %(gap)s less than published")
    )
    since = dated_words(moved) if moved is not None else ""
    return said % facts + (pgettext("between facts of one sentence", "; ") + since if since else "") + pgettext("end of a sentence", ".")


def dated_words(moved: Since) -> str:
    """Since when a figure is another, and by how many records."""
    if not moved.changes:
        return ""
    first, many = day_words(moved.changes[0].day), sum(change.how_many for change in moved.changes)
    if not many:
        return _("since %(day)s") % {"day": first}
    return ngettext("since %(day)s, by %(n)s record", "since %(day)s, by %(n)s records", many) % {"day": first, "n": f"{many:,}"}


def notes(found: Read, *, compare: bool = False) -> list[Note]:
    """One note for each figure of the text; `compare` counts published figures again."""
    english = found.out.english
    named = names_of(found.out)
    today = today_of(found) if compare and found.publication else {}
    moved = moved_today(found, today) if today else {}
    there = reverse("reports:since", args=[found.review.name])
    made = []
    for fact in found.out.told():
        since = since_words(fact, today.get(fact.key), moved.get(fact.key))
        made.append(
            Note(
                note_id(fact), fact.words(english=english), value_words(fact), unit_words(fact, english=english) if fact.value is not None else "",
                fact.note[english], span(fact.period, named, found.out.language), address(fact, found.review.union, freeze_of(found, fact)),
                since, f"{there}#{note_id(fact)}" if fact.key in moved else "", fact.recorded, among(found, fact),
                signed_gap(fact, today[fact.key]) if since else "",
            )
        )  # fmt: skip
    return made


def first_shown(made: list[Note]) -> str:
    """Which note stands open when the page comes: of the first figure that is counted otherwise today, else the first of all."""
    return next((note.id for note in made if note.since), made[0].id if made else "")


def among(found: Read, fact: Fact) -> str:
    """Of a place in a row: among how many."""
    chips = [chip for chip in found.out.chips() if chip.call.op == "位次" and chip.facts[0].key == fact.key]
    return _("%(place)s of %(n)d") % {"place": chips[0].text(english=found.out.english), "n": len(chips[0].facts)} if chips else ""


def names_of(out: Compiled) -> dict[str, str]:
    """The names that the head gives to periods."""
    return {str(period): name for name, period in periods_of(out.review.head.get("时期", ""))}


def faults(out: Compiled) -> list[Finding]:
    """What is to be looked at, in the reader's language: what forbids publication first."""
    said = {"refused": _("Not true"), "answer": _("Wants a reason"), "note": _("To look at")}
    phases = {"refused": "late", "answer": "wait", "note": "draft"}
    order = list(said)
    language = language_here()

    def shown(fault: Fault) -> Finding:
        return Finding(phases[fault.level], said[fault.level], fault.say(language), fault.line)

    return [shown(fault) for fault in sorted(out.faults, key=lambda fault: (order.index(fault.level), fault.line))]


def signatures(review: Review) -> list[Sign]:
    """Who signed in this round, and the blanks that wait."""
    made = []
    for role in Role:
        signed = signed_by(review, role)
        mark = signed.digest[:SHORT] if signed else ""
        made.append(Sign(role.label, signed.by.name if signed else "", moment_words(signed.at) if signed else "", mark))
    return made


def figures_table(found: Read, *, linked: bool = True) -> Table:
    """The table of figures under the text."""
    english = found.out.english
    columns = [
        Column(_("No."), nowrap=True, soft=True, row_head=False, wide=True), Column(pgettext("review", "Figure"), at=1, row_head=True),
        Column(_("As written"), at=5), Column(_("Exact"), num=True, at=2), Column(_("Unit"), soft=True, at=4), Column(_("Period"), soft=True, at=3),
    ]  # fmt: skip
    body = []
    for row in rows(found.out):
        url = address(row.fact, found.review.union, freeze_of(found, row.fact)) if linked else ""
        value = fig(value_words(row.fact), url) if row.fact.recorded else SafeString("")
        written = row.written if row.fact.recorded else Cell(row.written, "faint")
        body.append([row.ref, link(row.name, url), written, value, unit_words(row.fact, english=english), row.period])
    return Table(columns, body, bare=True, label=_("Table of figures"), id="figures")


def forms_of(found: Read) -> list[tuple[str, str]]:
    """The papers in which a review can be taken away."""
    here = reverse("reports:review", args=[found.review.name])
    tail = f"?language={found.language}"
    return [("Word", f"{here}review.docx{tail}"), ("PDF", f"{here}review.pdf{tail}"), (_("Table of figures"), f"{here}figures.xlsx{tail}")]


def compared(found: Read) -> tuple[list[list[Any]], int]:
    """Each frozen figure as published and as counted today, and how many differ."""
    body, differ, english = [], 0, found.out.english
    named, counted = names_of(found.out), today_of(found)
    for fact in found.out.told():
        now = counted.get(fact.key)
        if now is None:
            continue
        gap = (now.value or NONE) - (fact.value or NONE)
        differ += bool(gap)
        url = address(fact, found.review.union, freeze_of(found, fact))
        today = address(fact, found.review.union)
        sign = signed_gap(fact, now) if gap else ""
        body.append(
            [
                fact.words(english=english), span(fact.period, named, found.out.language), fig(value_words(fact), url),
                fig(value_words(now), today), Cell(link(sign, f"#{note_id(fact)}"), "soon") if gap else Cell(_("the same"), "faint"),
            ]
        )  # fmt: skip
    return body, differ


@dataclass(frozen=True)
class Difference:
    """A figure that is no longer what was published, and the records that make the difference, day by day."""

    id: str
    name: str
    sentence: str
    table: Table


def differences(found: Read, user: Any, whole: str = "") -> list[Difference]:
    """Every figure that moved, with the first records that moved it, and of one all; those that the reader may not open are a number."""
    today, made = today_of(found), []
    for fact in found.out.told():
        now, freeze = today.get(fact.key), freeze_of(found, fact)
        if now is None or freeze is None or (now.value, now.whole) == (fact.value, fact.whole):
            continue
        moved = changed_since(freeze, ALL) if note_id(fact) == whole else changed_since(freeze)
        wanted = [source for change in moved.changes for source in change.sources]
        rows = {source: (label, url) for source, label, url in labelled(fact.code, wanted, user)}
        made.append(
            Difference(
                note_id(fact), fact.words(english=found.out.english), since_words(fact, now, moved), changes_table(moved, rows, fact)
            )
        )
    return made


def labelled(code: str, sources: Sequence[int], user: Any) -> list[tuple[int, str, str]]:
    """The records of a figure that a person may open: key, name, address."""
    return [(key, label, url) for key, label, url, _row in named(FIGURES[code], sources, user)]


def others(rest: int, fact: Fact, *, opens: bool) -> str:
    """How many more there are; a link where the page names only the first."""
    said = ngettext("%(n)d other record", "%(n)d other records", rest) % {"n": rest}
    return link(said, f"?of={note_id(fact)}#{note_id(fact)}") if opens else said


def changes_table(moved: Since, rows: Mapping[int, tuple[str, str]], fact: Fact) -> Table:
    """The dated changes of one figure."""
    why = {
        "lines": _("records came, went or were corrected"), "tree": _("moved by reorganisation"), "definition": _("counted by another definition"),
    }  # fmt: skip
    body = []
    for change in moved.changes:
        shown: list[str] = [link(*rows[source]) for source in change.sources if source in rows]
        rest = change.how_many - len(shown)
        if rest > 0:
            alone = ngettext("%(n)d record", "%(n)d records", rest) % {"n": rest}
            shown.append(others(rest, fact, opens=change.how_many > len(change.sources)) if shown else alone)
        elif not change.sources:
            shown.append(_("a figure made of others"))
        sign = ("+" if change.delta > 0 else "−") + grouped(plain(abs(round(change.delta, 2))))
        body.append(
            [change.day, format_html_join(pgettext("between names", ", "), "{}", ((one,) for one in shown)), why[change.kind], sign]
        )
    columns = [
        Column(_("Posted on"), at=4, soft=True, nowrap=True), Column(_("Records"), at=1, text=True), Column(pgettext("review", "Why"), soft=True, at=3),
        Column(_("Difference"), num=True, at=2),
    ]  # fmt: skip
    return Table(columns, body, bare=True, label=fact.zh)
