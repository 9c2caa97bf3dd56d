"""Values as pages and files show them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kit.components import english
from niangjia.kit.figure import Figure
from niangjia.worklog.suppress import Hidden

MONEY = {"元", "yuan"}
UNITS_EN = {
    "人": "people", "人次": "times", "件": "cases", "家": "", "家次": "times", "元": "yuan", "个": "", "项": "", "场": "sessions",
    "户": "households", "户次": "times", "年": "years", "名": "people", "册": "copies", "张": "cards", "支": "teams", "期": "classes",
    "次": "times", "件次": "cases",
}  # fmt: skip


def unit_words(unit: str) -> str:
    """A unit as the page's language says it; of bodies English says none, since the label says which they are."""
    return UNITS_EN.get(unit, unit) if english() else unit


def measured(said: str, unit: str) -> str:
    """A number with its unit behind it: English leaves a gap, Chinese does not."""
    unit = unit_words(unit)
    return f"{said} {unit}" if english() and unit else f"{said}{unit}"


def number(value: Decimal, places: int | None = None) -> int | Decimal:
    """A whole number where it is whole, else two places; as many as said where they are said."""
    if places is None and value == value.to_integral_value():
        return int(value)
    return value.quantize(Decimal(1).scaleb(-(2 if places is None else places)), ROUND_HALF_UP)


def cell(figure: Figure, value: Any) -> Any:
    """A value for a cell of a table: numbers stay numbers, what is hidden says so, nothing to divide by is a dash."""
    if isinstance(value, Hidden):
        return _("under 3") if value is Hidden.SMALL else _("hidden")
    if value is None:
        return "—"
    if isinstance(value, list):
        return _("%(n)s of %(of)s") % {"n": f"{value[0]:,}", "of": f"{value[1]:,}"}
    return number(value, 2 if figure.unit in MONEY else None)


def shown(figure: Figure, value: Any) -> str:
    """A value as text, grouped."""
    said = cell(figure, value)
    if isinstance(said, str):
        return said
    return (f"{said:,.2f}" if isinstance(said, Decimal) else f"{said:,}").replace("-", "−")


def signed(figure: Figure, value: Decimal) -> str:
    """A difference, with its sign."""
    return ("+" if value > 0 else "") + shown(figure, value)
