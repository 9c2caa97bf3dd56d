"""Who reads a figure: where she sits, which unions are hers, and which of the records behind it she may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from niangjia.kit import nav, who
from niangjia.kit.series import TREE
from niangjia.worklog.db import NEVER, fetch

VIEWING = ("view", "see", "read", "open")
TOPS = (
    "SELECT descendant FROM books_lineage WHERE struck = %(never)s AND since <= books_today() AND books_today() < until "
    "GROUP BY descendant HAVING count(*) = 1 ORDER BY (SELECT count(*) FROM books_rollup r WHERE r.ancestor = descendant) DESC, 1 LIMIT 1"
)
LEADER = (  # of those above it, the one with the most above herself
    "WITH now AS (SELECT ancestor, descendant FROM books_lineage WHERE struck = %(never)s AND since <= books_today() AND books_today() < until) "
    "SELECT ancestor FROM now WHERE descendant = %(union)s AND ancestor <> descendant "
    "ORDER BY (SELECT count(*) FROM now up WHERE up.descendant = now.ancestor) DESC LIMIT 1"
)
UNDER = (
    "SELECT DISTINCT descendant FROM books_lineage WHERE struck = %(never)s AND since <= books_today() AND books_today() < until "
    "AND ancestor = ANY (%(mine)s::bigint[]) AND descendant = ANY (%(asked)s::bigint[])"
)


def union_model() -> type[Model]:
    """The model of the tree's nodes, whatever app it lives in."""
    [tree] = TREE
    related = tree.model._meta.get_field(tree.child).related_model
    assert isinstance(related, type)
    return related


@dataclass(frozen=True)
class Called:
    """What a union is called, and the code by which addresses name it."""

    name: str
    code: str


def called(unions: Iterable[int]) -> dict[int, Called]:
    """What unions are called, short where they have a short name."""
    found: dict[int, Any] = union_model()._default_manager.in_bulk(list(unions))
    return {key: Called(str(getattr(union, "short_name", "") or union.name), str(union.code)) for key, union in found.items()}


def union_at(code: str) -> int | None:
    """The union of a code."""
    key: int | None = union_model()._default_manager.filter(code=code).values_list("pk", flat=True).first()
    return key


def seats(user: Any) -> list[int]:
    """The unions in which a person sits."""
    found = [getattr(seat, "union_id", None) or getattr(getattr(seat, "union", None), "pk", None) for seat in nav.seats(user)]
    return list(dict.fromkeys(int(union) for union in found if union))


def top() -> int:
    """The uppermost union: of several trees, the largest."""
    rows = fetch(TOPS, {"never": NEVER})
    return int(rows[0][0]) if rows else 0


def home(user: Any) -> int:
    """The union about which a person asks unless she says another: where she sits, else the uppermost."""
    mine = seats(user)
    return mine[0] if mine else top()


def above(union: int) -> int | None:
    """The union that leads another today."""
    rows = fetch(LEADER, {"never": NEVER, "union": union})
    return int(rows[0][0]) if rows else None


def hers(user: Any, unions: Iterable[int]) -> set[int]:
    """Those of some unions that stand under a seat of hers: their small numbers are not hidden from her."""
    mine = seats(user)
    return {u for (u,) in fetch(UNDER, {"never": NEVER, "mine": mine, "asked": list(unions)})} if mine else set()


def may_view(model: type[Model]) -> str:
    """The permission that opens a row of a model; empty where nobody declared one."""
    codes = [code for code, line in who.GRANTS.items() if line.model is model]
    return next((code for code in codes if code.rpartition(".")[2].lower().partition("_")[0] in VIEWING), "")


def visible(user: Any, model: type[Model], keys: Iterable[int]) -> QuerySet[Model]:
    """Those rows of a model, among some keys, that a person may open."""
    rows: QuerySet[Model] = model._default_manager.filter(pk__in=list(keys))
    may = may_view(model)
    return who.permitted(user, may, rows) if may else rows.none()
