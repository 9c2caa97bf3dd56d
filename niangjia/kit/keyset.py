"""Pages of a long list without counting it: each page begins where the last one ended, by the columns that order it.

The cursor in the address is those columns' values of one row; a forged one only moves the window within what the reader may see anyway.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from niangjia.kit.components import Keyset

SIZE = 50


@dataclass(frozen=True)
class Paged:
    """One page of a list, and the ways on."""

    rows: list[Any]
    keyset: Keyset


def page(request: HttpRequest, rows: QuerySet[Any], order: Sequence[str], *, size: int = SIZE, text: Any = "") -> Paged:
    """The page that the address asks for: `after` or `before` a row. `order` names columns, a minus for downward; the last is unique."""
    after, before = _read(request.GET.get("after", ""), order), _read(request.GET.get("before", ""), order)
    if before is not None:
        turned = [one.removeprefix("-") if one.startswith("-") else f"-{one}" for one in order]
        found = list(_cut(rows, turned, before).order_by(*turned)[: size + 1])
        more = len(found) > size
        found = found[:size][::-1]
        newer, older = more, True
    else:
        found = list((rows if after is None else _cut(rows, order, after)).order_by(*order)[: size + 1])
        newer, older = after is not None, len(found) > size
        found = found[:size]
    return Paged(
        found,
        Keyset(
            text,
            newer=_link(request, "before", found[0], order) if newer and found else "",
            older=_link(request, "after", found[-1], order) if older and found else "",
            newer_label=_("Back"),
            older_label=_("On"),
        ),
    )


def onward(rows: QuerySet[Any], order: Sequence[str], cursor: str, *, size: int) -> tuple[list[Any], str]:
    """The rows after a cursor and the cursor to go on with, empty at the end; for machines. ValueError if the cursor is none of ours."""
    values = _read(cursor, order)
    if cursor and values is None:
        raise ValueError(cursor)
    found = list((rows if values is None else _cut(rows, order, values)).order_by(*order)[: size + 1])
    return found[:size], packed(_value(found[size - 1], name) for name in order) if len(found) > size else ""


def packed(values: Iterable[Any]) -> str:
    """Values as one opaque word that an address can carry."""
    said = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(said.encode()).decode().rstrip("=")


def unpacked(cursor: str, many: int) -> list[Any] | None:
    """The values again; none if they are not as many, or it is not a word of ours."""
    return _read(cursor, [""] * many)


def _cut(rows: QuerySet[Any], order: Sequence[str], values: Sequence[Any]) -> QuerySet[Any]:
    """The rows beyond a point in the order. What is said of the first column alone lets its index begin there, however deep the page lies."""
    beyond, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.removeprefix("-")
        beyond |= same & Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        same &= Q(**{field: value})
    first = order[0].removeprefix("-")
    try:
        return rows.filter(Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": values[0]}) & beyond)
    except (ValidationError, ValueError, TypeError):  # a forged cursor may hold anything
        return rows


def _value(row: Model, name: str) -> Any:
    value: Any = row
    for part in name.removeprefix("-").split("__"):
        value = getattr(value, part)
    return value if isinstance(value, (int, str)) else value.isoformat()


def _link(request: HttpRequest, way: str, row: Model, order: Sequence[str]) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[way] = packed(_value(row, name) for name in order)
    return f"?{query.urlencode()}"


def _read(cursor: str, order: Sequence[str]) -> list[Any] | None:
    """The values of a cursor; none if it is not one of ours."""
    if not cursor:
        return None
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, Error):
        return None
    right = (
        isinstance(values, list)
        and len(values) == len(order)
        and all(isinstance(one, (int, str)) and "\x00" not in str(one) for one in values)
    )
    return values if right else None
