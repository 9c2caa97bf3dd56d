"""Rosters of a whole city into the register: against COPY of the finished rows, the same indexes and keys rebuilt after, no triggers.

Each roster is read in by a process of its own on a copy of the city (`python -m bench.register FILE [FILE WITH FAULTS]`), as the owner of the tables.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.measure import Result, at_most, measure, times
from bench.rosters import FIRST, HEADS, person

ROWS = int(os.environ.get("NIANGJIA_BENCH_ROWS", "855000"))
FEW, EVERY = 10_000, 20  # the workbook that is only checked: so many rows, and one in so many is wrong
TABLES = ("members_person", "members_membership")
Row = tuple[str, ...]


# ---------- the rosters ----------


def people(rows: int, *, beyond: int = 0) -> Iterator[Row]:
    """Nobody of whom the city knows: all are born before its oldest person, and before so many others. Each row names its union."""
    from django.db.models import Min

    from niangjia.members.models import Person
    from niangjia.unions.models import Union

    oldest = Person.objects.aggregate(day=Min("born_on"))["day"] or FIRST
    start = (oldest - timedelta(days=rows // 999 + beyond // 999 + 4 + bool(beyond)) - FIRST).days * 999
    codes = list(Union.objects.filter(level__gt=3, state="NORMAL").order_by("pk").values_list("code", flat=True))
    return ((*person(start + i), codes[i % len(codes)]) for i in range(rows))


def wrong(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, one in twenty with a number that cannot be."""
    for i, (name, number, *rest) in enumerate(rows):
        yield (name, number[:-1] + ("1" if number[-1] != "1" else "2"), *rest) if i % EVERY == 0 else (name, number, *rest)


def write_csv(path: Path, rows: Iterable[Row]) -> Path:
    """A roster as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([(*HEADS, "工会编码")])
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Iterable[Row]) -> Path:
    """A roster as a workbook."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("会员名册")
        for at, row in enumerate([(*HEADS, "工会编码"), *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return path


# ---------- the process that reads one in ----------


def read_in(roster: Path) -> dict[str, Any]:
    """A roster checked, encrypted, written, posted; and proved to be all of that."""
    from niangjia.config.cli_data import operator
    from niangjia.kit.dates import today
    from niangjia.kit.figure import FIGURES
    from niangjia.kit.periods import until
    from niangjia.members.actions import imports
    from niangjia.members.models import Membership
    from niangjia.members.queries import matching
    from niangjia.unions.models import Union
    from niangjia.worklog.api import Asked, evaluate, post

    city, by = Union.objects.get(level=1), operator()
    post()

    def counted() -> int:
        return int(evaluate(FIGURES["members.people"].plan, Asked(until(today()), city.pk)))

    before, held = counted(), high_water()
    begun = time.perf_counter()
    batch = imports.take(imports.receive(city, roster, name=roster.name, by=by))
    post()
    took = time.perf_counter() - begun
    assert (batch.state, batch.bad) == ("DONE", 0), (batch.state, batch.bad, batch.said)
    assert counted() == before + batch.good, "the books do not know of all of them"
    one = Membership.objects.filter(batch=batch).order_by("pk").first()
    phone = next(row for row in _rows_of(roster) if row[0] == one.name)[2] if one and roster.suffix == ".csv" else ""
    for text in filter(None, (one.name if one else "", phone)):
        assert Membership.objects.filter(matching(text), batch=batch).exists(), "they are not found"
    return {"batch": batch.pk, "rows": batch.rows, "seconds": took, "megabytes": high_water() - held}


def _rows_of(roster: Path) -> Iterator[list[str]]:
    with roster.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def read_through(roster: Path) -> dict[str, Any]:
    """A workbook checked, and given back with the faults beside the rows."""
    from niangjia.config.cli_data import operator
    from niangjia.kit.given_back import with_faults
    from niangjia.members import queries
    from niangjia.members.actions import imports
    from niangjia.members.importing.words import sentence
    from niangjia.unions.models import Union

    city, by = Union.objects.get(level=1), operator()
    back = io.BytesIO()
    begun = time.perf_counter()
    batch = imports.check(imports.receive(city, roster, name=roster.name, by=by))
    with_faults(
        roster,
        back,
        {one["name"]: (one["head_row"], one["heads"]) for one in batch.mapping["sheets"]},
        queries.faults_by_row(batch),
        sentence,
    )
    took = time.perf_counter() - begun
    assert (batch.state, batch.bad) == ("CHECKED", -(-batch.rows // EVERY)), (batch.state, batch.bad, queries.kinds(batch))
    return {"rows": batch.rows, "bad": batch.bad, "seconds": took, "bytes": len(back.getvalue())}


def high_water() -> int:
    """The most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def child(environment: dict[str, str], *files: Path) -> list[dict[str, Any]]:
    """Read rosters in, in a process of its own."""
    command = [sys.executable, "-m", "bench.register", *map(str, files)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    if done.returncode:
        raise SystemExit(f"the roster was not read in: {done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


# ---------- the baseline ----------


def bare(copy: Any, batch: int) -> float:
    """What the database alone needs, in seconds: the finished rows by COPY beside those that were there, then all indexes and keys."""
    with copy.connect() as link:
        files = {}
        for table in TABLES:
            files[table] = copy.folder / table
            with (
                files[table].open("wb") as file,
                link.cursor().copy(f"COPY (SELECT * FROM {table} WHERE batch_id = {batch}) TO STDOUT") as out,
            ):
                for piece in out:
                    file.write(piece)
            link.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
            link.execute(f"INSERT INTO bare_{table} SELECT * FROM {table} WHERE batch_id IS DISTINCT FROM {batch}")
        link.execute("ANALYZE bare_members_person, bare_members_membership")
        begun = time.perf_counter()
        with link.transaction():
            link.execute("SET LOCAL maintenance_work_mem = '512MB'")  # as the import has it
            for table, path in files.items():
                with path.open("rb") as file, link.cursor().copy(f"COPY bare_{table} FROM STDIN") as into:
                    while piece := file.read(2**20):
                        into.write(piece)
            for statement in _rebuilt(link):
                link.execute(statement)
        took = time.perf_counter() - begun
        rows = [link.execute(f"SELECT count(*) FROM {one}").fetchone() for one in (TABLES[1], f"bare_{TABLES[1]}")]
    assert rows[0] == rows[1], rows
    return took


def _rebuilt(link: Any) -> list[str]:
    """Every index and foreign key of the tables, as statements for the bare ones; the keys last."""
    indexes = link.execute(
        "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text = ANY (%s) ORDER BY indrelid, 1", [list(TABLES)]
    ).fetchall()
    keys = link.execute(
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s) ORDER BY oid",
        [list(TABLES)],
    ).fetchall()
    bared = re.compile(rf"\b(?:public\.)?({'|'.join(TABLES)})\b")
    made = [re.sub(r"INDEX \S+ ON", "INDEX ON", bared.sub(r"bare_\1", said)) for (said,) in indexes]
    return made + [f"ALTER TABLE bare_{table} ADD " + bared.sub(r"bare_\1", said) for table, said in keys]


# ---------- what is measured ----------


@measure
def rosters() -> list[Result]:
    """A roster of the whole city as CSV and as a workbook, each on a fresh copy; and ten thousand rows with faults, given back."""
    from bench.copies import copied

    out = []
    for kind, write, limit in (("CSV", write_csv, 3), ("workbook", write_xlsx, 4.5)):
        with copied() as copy:
            roster = write(copy.folder / f"roster.{'csv' if kind == 'CSV' else 'xlsx'}", people(ROWS))
            faulty = write_xlsx(copy.folder / "faulty.xlsx", wrong(people(FEW, beyond=ROWS))) if kind == "CSV" else None
            _let_go()
            found = child(copy.environment, roster, *filter(None, [faulty]))
            baseline = bare(copy, found[0]["batch"])
        out.append(
            times(
                f"roster of {ROWS:,} rows as {kind}: checked, encrypted, searchable, in the books",
                found[0]["seconds"],
                "s",
                limit,
                baseline,
            )
        )
        if kind == "workbook":
            out.append(
                at_most(
                    f"roster of {ROWS:,} rows as {kind}: memory of who reads it, beyond what it held before",
                    found[0]["megabytes"],
                    "MB",
                    1024,
                )
            )
        else:
            out.append(
                at_most(f"{FEW:,} rows as a workbook, one in {EVERY} wrong: the errors back beside the rows", found[1]["seconds"], "s", 3)
            )
    return out


def _let_go() -> None:
    from django.db import connection

    connection.close()


def main() -> None:
    """The child: the first file is read in, the others are read through."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
    django.setup()
    for at, path in enumerate(map(Path, sys.argv[1:])):
        print(json.dumps(read_through(path) if at else read_in(path)), flush=True)


if __name__ == "__main__":
    main()
