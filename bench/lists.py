"""A list of the whole city laid beside the register: read, sealed, compared, its differences kept; against COPY of the finished rows.

Everything happens in one transaction that is taken back: the city that is measured stays as it was.
"""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Result, measure, times

if TYPE_CHECKING:
    from niangjia.reconcile.models import Comparison

LIMIT = 20  # times that COPY: each row is read, judged, hashed three times and sealed, and then found in the register
LEAST = 100_000  # members of a city below which the fixed cost is all that would be measured
EVERY = 200  # one row in so many says another phone


def _written(path: Path) -> int:
    """The register as the province would send it, one row in two hundred otherwise."""
    from niangjia.kit.dates import today
    from niangjia.scenario.provincial import HEADS, register

    rows = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADS + "\n")
        for rows, cells in enumerate(register({}, today()), start=1):
            if rows % EVERY == 0:
                cells[6] = f"100{rows:08d}"
            file.write(",".join([str(rows), *cells[1:]]) + "\n")
    return rows


def _copied(made: Comparison, path: Path) -> float:
    """How long the database takes to take the finished rows, judged and sealed beforehand."""
    from django.db import connection

    from niangjia.members.api import COLUMNS, Seen, ground_of, people
    from niangjia.reconcile.enums import ROW
    from niangjia.reconcile.laying import members

    pieces = list(people(path, ground_of(made.union), ROW, Seen(), lambda _rows: None))
    columns, text = ", ".join(f'"{c}"' for c in COLUMNS), ", ".join(members.TEXT)
    with connection.cursor() as cursor:
        cursor.execute(members.MAKE)
        begun = time.perf_counter()
        with cursor.cursor.copy(f"COPY reconcile_theirs ({columns}) FROM STDIN (FORMAT csv, NULL '', FORCE_NOT_NULL ({text}))") as copy:
            for piece in pieces:
                copy.write(piece)
        return time.perf_counter() - begun


@measure
def list_of_the_city() -> Result | None:
    """The whole city's list beside its register."""
    from django.db import transaction

    from niangjia.access.models import User
    from niangjia.kit.dates import now, today
    from niangjia.reconcile.laying import members
    from niangjia.reconcile.laying.merging import merge
    from niangjia.reconcile.models import Comparison
    from niangjia.unions.models import Union

    city, by = Union.objects.filter(level=1).first(), User.objects.order_by("pk").first()
    if city is None or by is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "省.csv"
        rows = _written(path)
        if rows < LEAST:
            return None
        with transaction.atomic():
            made = Comparison.objects.create(
                reference="BENCH",
                union=city,
                of="MEMBERS",
                source="PROVINCE",
                as_of=today(),
                by=by,
                made_at=now(),
                file_name="",
                file_digest="",
            )
            base = _copied(made, path)
            begun = time.perf_counter()
            seen = members.stage(made, path, lambda _rows: None)
            counts = members.compare(made, seen.columns, today() - timedelta(days=45))
            differ = merge(made, members.found({}))
            took = time.perf_counter() - begun
            members.close()
            transaction.set_rollback(True)
    assert seen.rows == rows, (seen.rows, rows)
    assert counts["same"] + differ >= rows - seen.bad, (counts, differ, rows)
    return times(f"list of {rows:,} members beside the register, {differ:,} differ", took, "s", LIMIT, base)
