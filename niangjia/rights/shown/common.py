"""What pages of events and of disputes share: chips, addresses, figures that count a thing, and the workbook of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.access.api import User, openings
from niangjia.files.api import papers
from niangjia.kit.components import Chip, Entry, Paper, day_words, shown_number
from niangjia.kit.dates import at as moment_at
from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.tables import Cell

PHASES = {"RED": "red", "ORANGE": "orange", "YELLOW": "yellow", "BLUE": "blue"}


def address(name: str, *args: Any) -> str:
    """Where a page of another floor lies; nothing where it does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def chips(form: Form, request: HttpRequest, names: Sequence[str]) -> list[Chip]:
    """The filters; what is set is shown with the way to take it away."""
    made = []
    for name in names:
        value = form.cleaned_data.get(name)
        rest = request.GET.copy()
        for gone in (name, "after", "before"):
            rest.pop(gone, None)
        words = dict(getattr(form.fields[name], "choices", ()))
        label = form.fields[name].label
        made.append(Chip(label, words.get(value, value), clear=f"?{rest.urlencode()}") if value else Chip(label, field=form[name]))
    return made


def kept(request: HttpRequest, names: Iterable[str]) -> list[tuple[str, str]]:
    """What a form of filters carries on, besides its own fields."""
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]


def counts_in(measures: Mapping[str, Mapping[str, Decimal | int]], thing: Any) -> list[Paper]:
    """The figures that count a thing, each a link to it: declared conditions are asked of the thing itself."""
    found = []
    for figure in FIGURES.values():
        plan = figure.plan
        value = measures.get(plan["series"], {}).get(plan["measure"]) if plan["op"] == "count" else None
        if value is None or not _narrowed(plan, thing):
            continue
        unit = figure.unit if (get_language() or "zh").startswith("zh") else ""
        found.append(Paper(figure.words(get_language() or "zh"), f"{shown_text(value)}{unit}", address("worklog:figure", figure.name)))
    return found


def _narrowed(plan: Mapping[str, Any], thing: Any) -> bool:
    def holds(name: str, values: Sequence[str | None]) -> bool:
        return str(getattr(thing, name.removeprefix("dispute__"))) in values

    return all(holds(n, v) for n, v in plan["only"].items()) and not any(holds(n, v) for n, v in plan["without"].items())


def shown_text(value: Decimal | int) -> str:
    """A number in running text."""
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"


def money(value: Decimal | None) -> Any:
    """Yuan in a cell; what was not agreed says so."""
    return Cell(_("not agreed"), "faint") if value is None else shown_number(Decimal(value))


def paper_rows(thing: Any) -> list[Paper]:
    """The papers that lie on a thing."""
    return [Paper(one.name, one.purpose or day_words(one.at), one.get_absolute_url()) for one in papers(thing)]


def seen_by(thing: Any, reader: User) -> list[Paper]:
    """Who else opened a thing lately."""
    lines = [one for one in openings(thing)[:20] if one.user_id != reader.pk]
    return [Paper(one.user.name if one.user else "", day_words(one.at)) for one in lines[:5]]


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """A story in order, whether its lines have an hour or only a day."""
    return sorted(entries, key=lambda one: one.at if isinstance(one.at, datetime) else moment_at(one.at), reverse=True)


def workbook(title: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A list as a workbook; what begins like a formula is text, and numbers are numbers."""
    from xlsxwriter import Workbook

    file = BytesIO()
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    yuan = book.add_format({"num_format": "#,##0.00"})
    for at, head in enumerate(heads):
        sheet.write_string(0, at, str(head), bold)
    for line, cells in enumerate(rows, start=1):
        for at, cell in enumerate(cells):
            if isinstance(cell, Decimal):
                sheet.write_number(line, at, float(cell), yuan)
            elif isinstance(cell, int):
                sheet.write_number(line, at, cell)
            elif isinstance(cell, (date, datetime)):
                sheet.write_string(line, at, cell.isoformat()[:16])
            else:
                sheet.write_string(line, at, "" if cell is None else str(cell))
    sheet.set_column(0, len(heads), 18)
    book.close()
    answer = HttpResponse(file.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="{title}-{today():%Y%m%d}.xlsx"'
    return answer
