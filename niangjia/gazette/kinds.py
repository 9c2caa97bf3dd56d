"""What is put on show: each kind of notice is declared once, with its days and the office that answers objections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from niangjia.gazette.parameters import SHOWN
from niangjia.kit.parameter import Family, Parameter

_cells: dict[tuple[str, ...], Parameter] = {}
DAYS = Family("gazette.days", _cells)  # the parameter that says how long a kind hangs


@dataclass(frozen=True)
class Kind:
    """One kind of notice."""

    code: str
    label: Any
    duty: str  # the office on whose desk its end and its objections lie


KINDS: dict[str, Kind] = {}


def notice_kind(code: str, label: Any, *, duty: str, days: Parameter = SHOWN) -> Kind:
    """Declare a kind of notice: the parameter for its days, and the duty that answers for it. ValueError if the code is taken."""
    if code in KINDS:
        raise ValueError(f"{code} is declared twice")
    KINDS[code] = one = Kind(code, label, duty)
    _cells[(code,)] = days
    return one
