"""How employers stand on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import Pair, link, moment_words
from niangjia.kit.export import Sheet
from niangjia.kit.tables import Column, Table
from niangjia.kit.workbook import Col
from niangjia.unions.employers import covered
from niangjia.unions.enums import Category, Industry
from niangjia.unions.models import Cover, Employer, EmployerChange, EmployerMerger, Taxpayer, Union


def views() -> list[tuple[str, Any]]:
    """The saved questions over the list."""
    return [
        ("", _("All")), ("united", pgettext("firms", "With a union")), ("alone", pgettext("firms", "Without a union")), ("unmatched", _("Not known to the tax side")),
        ("differing", _("Employees differ")), ("twice", _("Same name twice")),
    ]  # fmt: skip


def table(rows: Sequence[Employer], unions: Mapping[int, Sequence[Union]]) -> Table:
    """The list of employers."""
    columns = [
        Column(_("Name"), at=1), Column(_("Credit code"), soft=True, nowrap=True, at=3), Column(_("Category"), soft=True, wide=True), Column(_("Industry"), soft=True, at=6),
        Column(_("Employees"), unit=_("people"), num=True, at=4), Column(_("Place"), soft=True, wide=True), Column(_("Union"), at=2),
    ]  # fmt: skip
    categories, industries = dict(Category.choices), dict(Industry.choices)
    made = []
    for one in rows:
        those = unions.get(one.pk, ())
        place = one.township or one.county
        made.append(
            [
                link(one.name, reverse("unions:employer", args=[one.uuid])), one.uscc, categories.get(one.category, ""), industries.get(one.industry, ""), one.employees,
                place.short_name if place else "", link(those[0].short_name, those[0].get_absolute_url()) if those else _("none"),
            ]
        )  # fmt: skip
    return Table(columns, made, label=pgettext("register", "Employers"), id="employers")


def sheet(rows: QuerySet[Employer]) -> Sheet:
    """The list for a workbook, under the heads that an organisation sheet has."""
    columns = [
        Col(_("Employer"), 40), Col(_("Credit code of the employer"), 22), Col(_("Category of the employer"), 18), Col(_("Industry"), 24), Col(_("Employees"), 10, "number"),
        Col(_("Address of the employer"), 36), Col(_("County"), 20), Col(_("Township"), 20), Col(_("Has a union"), 10),
    ]  # fmt: skip
    categories, industries = ({value: str(label) for value, label in one.choices} for one in (Category, Industry))
    read = rows.annotate(has=covered()).values_list(
        "name", "uscc", "category", "industry", "employees", "address", "county__short_name", "township__short_name", "has"
    )
    yes, no = str(_("Yes")), str(_("No"))
    lines = (
        (name, uscc, categories.get(category, category), industries.get(industry, industry), *rest, yes if has else no)
        for name, uscc, category, industry, *rest, has in read.iterator(chunk_size=2000)
    )
    return pgettext("register", "Employers"), columns, lines


def pairs(one: Employer) -> list[Pair]:
    """What is written of an employer."""
    place = one.township or one.county
    return [
        Pair(_("Credit code"), one.uscc), Pair(_("Category"), one.get_category_display()), Pair(_("Industry"), one.get_industry_display()), Pair(_("Employees"), one.employees),
        Pair(pgettext("an employer", "Size"), one.get_size_display()), Pair(_("Place"), place.short_name if place else "", url=place.get_absolute_url() if place else ""), Pair(_("Address"), one.address),
        *([Pair(_("Opened on"), one.opened_on)] if one.opened_on else []), *([Pair(_("Deregistered on"), one.closed_on)] if one.closed_on else []),
    ]  # fmt: skip


def sentence(covers: Sequence[Cover]) -> str:
    """Whether it has a union, in a sentence."""
    now = [cover.union.short_name for cover in covers if cover.until is None]
    return _("Covered by %(unions)s.") % {"unions": pgettext("between names", ", ").join(now)} if now else _("No union covers it.")


def covers_table(rows: Sequence[Cover]) -> Table:
    """The unions that cover it, or did."""
    columns = [
        Column(_("Union"), at=1),
        Column(_("Type"), soft=True, at=6),
        Column(_("Since"), nowrap=True, at=3),
        Column(_("Until before"), nowrap=True, soft=True, at=4),
    ]
    made = [
        [link(one.union.short_name, one.union.get_absolute_url()), one.union.get_kind_display(), one.since, one.until or ""] for one in rows
    ]
    return Table(columns, made, label=_("Its unions"), id="unions")


def taxed_table(rows: Sequence[Taxpayer]) -> Table:
    """The firms of the tax side's list that it is."""
    columns = [Column(_("Firm"), at=1), Column(_("Registration no."), soft=True, nowrap=True, at=6), Column(_("Employees by tax"), unit=_("people"), num=True, at=2), Column(_("As of"), soft=True, nowrap=True, at=3)]  # fmt: skip
    made = [[link(one.name, one.get_absolute_url()), one.number, one.employees, one.synced_on] for one in rows]
    return Table(columns, made, label=_("As the tax side knows it"), id="taxpayers")


def said(column: str, value: Any) -> str:
    """What a column says, for a reader."""
    words: dict[str, Any] = {"category": Category, "industry": Industry}
    return str(dict(words[column].choices).get(value, value)) if column in words else str(value)


def label(column: str) -> str:
    """The name of a column."""
    return str(
        {
            "name": _("Name"), "uscc": _("Credit code"), "category": _("Category"), "industry": _("Industry"), "employees": _("Employees"), "address": _("Address"),
        }.get(column, column)
    )  # fmt: skip


def story(rows: Sequence[EmployerChange]) -> Table:
    """What was written otherwise, by whom and when."""
    columns = [
        Column(_("When"), nowrap=True, soft=True, at=3),
        Column(_("What changed"), text=True, at=1),
        Column(_("By"), soft=True, at=4),
        Column(_("Reason"), soft=True, at=6, text=True),
    ]
    nothing = _("nothing")
    made = [
        [
            moment_words(one.at),
            pgettext("between facts", "; ").join(
                _("%(field)s: %(was)s → %(new)s") % {"field": label(column), "was": said(column, was) or nothing, "new": said(column, new) or nothing}
                for column, (was, new) in one.what.items()
            ),
            one.by.name, one.reason,
        ]
        for one in rows
    ]  # fmt: skip
    return Table(columns, made, label=_("Story"), id="story")


def candidates(one: Employer, rows: Sequence[Employer]) -> Table:
    """Entries that may be the same employer, each with the way to lay both side by side."""
    columns = [
        Column(_("Name"), at=1), Column(_("Credit code"), soft=True, nowrap=True, at=3), Column(_("Place"), soft=True, at=4), Column(_("Employees"), unit=_("people"), num=True, at=5),
        Column("", at=2),
    ]  # fmt: skip
    made = []
    for other in rows:
        place = other.township or other.county
        beside = link(_("Compare"), reverse("unions:employer_merge", args=[one.uuid, other.uuid]))
        made.append([other.name, other.uscc, place.short_name if place else "", other.employees, beside])
    return Table(columns, made, label=_("Entries that may be the same employer"), id="candidates")


def beside(one: Employer, other: Employer, covers: Sequence[Sequence[Cover]], counted: Sequence[tuple[Any, Sequence[int]]]) -> Table:
    """Two entries side by side: what is written of each, and what stands on it."""
    columns = [Column(""), Column(_("This entry"), text=True), Column(_("The other entry"), text=True)]
    sides = [[Pair(_("Name"), side.name), *pairs(side)] for side in (one, other)]
    said = [{str(pair.label): pair.value for pair in side} for side in sides]
    labels = [*said[0], *(label for label in said[1] if label not in said[0])]
    rows: list[list[Any]] = [[label, *("" if (value := side.get(label)) is None else value for side in said)] for label in labels]
    rows = [row for row in rows if any(row[1:])]
    between = pgettext("between names", ", ")
    rows.append([_("Its unions"), *(between.join(held.union.short_name for held in side if held.until is None) for side in covers)])
    rows += [[name, *counts] for name, counts in counted]
    return Table(columns, rows, label=_("Both entries"), id="beside", stack=True)


def mergers_table(rows: Sequence[EmployerMerger], *, may: bool) -> Table:
    """The entries that were merged into this one; undone where that is still possible."""
    columns = [Column(_("Name"), at=1), Column(_("Credit code"), soft=True, nowrap=True, at=3), Column(_("Reason"), soft=True, text=True, at=6), Column(_("By"), soft=True, at=4), Column(_("When"), soft=True, nowrap=True, at=5), Column("", at=2)]  # fmt: skip
    made = [
        [
            link(row.gone.name, row.gone.get_absolute_url()), row.gone.uscc, row.reason, row.by.name, moment_words(row.at),
            link(_("Undo"), reverse("unions:employer_part", args=[row.gone.uuid])) if may else "",
        ]
        for row in rows
    ]  # fmt: skip
    return Table(columns, made, label=_("Entries merged into this one"), id="mergers")
