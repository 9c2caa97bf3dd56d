"""How the units that a union covers stand on pages and in workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import link
from niangjia.kit.export import Sheet
from niangjia.kit.tables import Column, Table
from niangjia.kit.workbook import Col
from niangjia.unions.enums import Category, Industry
from niangjia.unions.models import Cover, Founding, FoundingUnit

SLICE = 2000


def views() -> list[tuple[str, Any]]:
    """The saved questions over the list."""
    return [("", pgettext("units", "Covered")), ("past", pgettext("units", "Left")), ("all", _("All"))]


def table(rows: Sequence[Cover], *, editing: bool) -> Table:
    """The units of a union, each with its days."""
    columns = [
        Column(_("Unit"), at=1), Column(_("Credit code"), soft=True, nowrap=True, at=3), Column(_("Industry"), soft=True, at=6), Column(_("Employees"), unit=_("people"), num=True, at=4),
        Column(_("Since"), nowrap=True, at=5), Column(_("Until"), nowrap=True), Column("", at=2),
    ]  # fmt: skip
    made = []
    for one in rows:
        end = link(_("End"), reverse("unions:unit", args=[one.union.code, one.employer.uscc])) if editing and one.until is None else ""
        employer = one.employer
        made.append([employer.name, employer.uscc, employer.get_industry_display(), employer.employees, one.since, one.until or "", end])
    return Table(columns, made, label=_("Units covered"), id="units")


def sheet(rows: QuerySet[Cover]) -> Sheet:
    """The units as a workbook: the heads are those by which a list comes in."""
    columns = [
        Col("单位名称", 36),
        Col("统一社会信用代码", 22),
        Col("单位类别", 18),
        Col("行业", 24),
        Col("职工人数", 10),
        Col("起", 12),
        Col("止", 12),
    ]
    read = rows.values_list(
        "employer__name", "employer__uscc", "employer__category", "employer__industry", "employer__employees", "since", "until"
    )
    categories, industries = dict(Category.choices), dict(Industry.choices)
    lines = (
        (name, uscc, f"{category} {categories.get(category, '')}", f"{industry} {industries.get(industry, '')}", heads, since, until)
        for name, uscc, category, industry, heads, since, until in read.iterator(chunk_size=SLICE)
    )
    return _("Units covered"), columns, lines


def written(one: Founding, those: Iterable[FoundingUnit], *, editing: bool) -> Table:
    """The units that a union is to cover."""
    columns = [
        Column(_("Unit"), at=1), Column(_("Credit code"), soft=True, nowrap=True, at=3), Column(_("Industry"), soft=True, at=5), Column(_("Employees"), unit=_("people"), num=True, at=4),
        *([Column("", at=2)] if editing else []),
    ]  # fmt: skip
    rows = []
    for unit in those:
        employer = unit.employer
        cells: list[Any] = [employer.name, employer.uscc, employer.get_industry_display(), employer.employees]
        if editing:
            off = reverse("unions:founding_unit", args=[one.uuid, employer.uscc])
            cells.append(
                format_html(
                    '<button class="btn btn-link btn-sm" type="submit" form="group" formaction="{}">{}</button>', off, _("Take off")
                )
            )
        rows.append(cells)
    return Table(columns, rows, label=_("Units to be covered"), id="units")
