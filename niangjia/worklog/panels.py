"""What the books show on a union's page: the figures that its people ask first, each opening to its records."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from niangjia.kit.components import fig
from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.panels import panel
from niangjia.kit.periods import until, year
from niangjia.kit.tables import Column, Row, Table
from niangjia.worklog.evaluate import Asked, grid
from niangjia.worklog.frames import records_url
from niangjia.worklog.wording import cell, unit_words

STOCKS = ("members.people", "unions.grassroots", "unions.units")
FLOWS = ("rights.events", "rights.disputes.cases", "rights.recovered")


@panel("unions.union", title=_("Figures"), order=5)
def figures(_request: HttpRequest, union: Any) -> tuple[str, dict[str, Any]] | None:
    """Stocks today and a year ago, flows this year and the last."""
    day = today()
    now = {**{name: until(day) for name in STOCKS}, **{name: year(day.year) for name in FLOWS}}
    shown = [(FIGURES[name], period) for name, period in now.items() if name in FIGURES]
    values = {one.name: grid(one.plan, Asked(period, union.pk), [union.pk], [period, period.before()]) for one, period in shown}
    language, rows = get_language() or "", []
    for one, period in shown:
        here, before = values[one.name][union.pk, 0], values[one.name][union.pk, 1]
        rows.append(
            Row(
                [
                    one.words(language),
                    unit_words(one.unit),
                    fig(cell(one, here), records_url(one, period, union.code)),
                    fig(cell(one, before), records_url(one, period.before(), union.code)),
                ]
            )
        )
    if not any(value for found in values.values() for value in found.values()):
        return None
    columns = [
        Column(_("Figure"), at=1),
        Column(_("Unit of measure"), soft=True, at=6),
        Column(_("Now, or this year"), num=True, at=2),
        Column(_("A year before"), num=True),
    ]
    return "worklog/panel.html", {"table": Table(columns, rows, label=_("Figures"), id="figures", dense=False)}
