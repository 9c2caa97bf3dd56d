"""Lists as workbooks against COPY of the same rows to CSV, and the review in Word.

Each workbook is written by a process of its own (`python -m bench.exports NAME`), so that its memory is its own; it only reads.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.measure import Result, at_most, clock, measure, times
from bench.register import high_water

# The same columns as the workbook, by the database alone.
COPIES = {
    "unions": (
        "SELECT u.code, u.name, u.kind, u.state, p.name, u.founded_on, u.term_end, u.uscc FROM unions_union u LEFT JOIN unions_union p ON p.id = u.parent_id"
        " WHERE u.state <> 'ABOLISHED' ORDER BY u.name_py, u.id"
    ),
    "disputes": """
SELECT d.reference, d.applied_on, d.accepted_on, d.cause, r.firm, r.firms, h.short_name, coalesce(c.short_name, h.short_name), d.state, d.outcome, w.workers,
    d.claimed, d.agreed, m.received, d.closed_on
FROM rights_dispute d JOIN unions_union h ON h.id = d.handled_by_id LEFT JOIN unions_union c ON c.id = d.county_id
LEFT JOIN LATERAL (SELECT min(e.name) AS firm, count(*) AS firms FROM rights_respondent x JOIN unions_employer e ON e.id = x.employer_id WHERE x.dispute_id = d.id) r ON true
LEFT JOIN LATERAL (SELECT count(*) AS workers FROM rights_claimant x WHERE x.dispute_id = d.id) w ON true
LEFT JOIN LATERAL (SELECT sum(x.amount) AS received FROM rights_receipt x WHERE x.dispute_id = d.id AND NOT x.void) m ON true
ORDER BY d.applied_on DESC, d.id DESC""",
}
ROSTER = """
SELECT m.name, p.id_sealed, p.phone_sealed, m.sex, u.code, u.name, e.name, m.joined_on, m.work, m.migrant, m.job, m.department
FROM members_membership m JOIN members_person p ON p.id = m.person_id JOIN unions_union u ON u.id = m.union_id LEFT JOIN unions_employer e ON e.id = m.employer_id
WHERE m.left_on IS NULL AND m.state IN ('MEMBER', 'LEAVING') ORDER BY m.name_py, m.id"""
PATHS = {"unions": "/unions/export/", "disputes": "/rights/disputes/export/"}


def answered(name: str, username: str) -> dict[str, Any]:
    """The workbook as the page answers it, for one reader: seconds, bytes, and the memory that it took."""
    from django.test import RequestFactory
    from django.urls import resolve

    from niangjia.access.models import User

    request: Any = RequestFactory().get(PATHS[name])
    request.user = User.objects.get(username=username)
    match, held = resolve(PATHS[name]), high_water()
    for _ in range(2):  # the first time imports what a served house has imported long ago
        begun = time.perf_counter()
        answer = match.func(request, *match.args, **match.kwargs)
        size = sum(map(len, answer)) if answer.streaming else len(answer.content)
        took = time.perf_counter() - begun
    return {"seconds": took, "bytes": size, "megabytes": high_water() - held}


def roster(username: str) -> dict[str, Any]:
    """The whole register as an export is written: read, opened, covered, packed and sealed; nothing is recorded."""
    import tempfile

    from niangjia.access.models import User
    from niangjia.kit.exportable import EXPORTABLES
    from niangjia.kit.vault import Vault, new_key
    from niangjia.kit.workbook import Book, Col
    from niangjia.unions.models import Union

    what, user = EXPORTABLES["members.register"], User.objects.get(username=username)
    fields = [one for one in what.fields if one.always or one.chosen]
    held, begun = high_water(), time.perf_counter()
    with tempfile.TemporaryFile() as file:
        with Vault(file, new_key(), "bench") as vault, Book(vault) as book:
            rows = what.rows(user, Union.objects.get(level=1), {})
            lines = (cells for _union, _pk, cells in what.lines(rows, [one.code for one in fields], frozenset()))
            book.sheet(str(what.title), [Col(one.head, one.width) for one in fields], lines)
        return {"seconds": time.perf_counter() - begun, "bytes": vault.size, "megabytes": high_water() - held}


def to_csv(name: str) -> tuple[float, int]:
    """The same rows by COPY: seconds, and how many."""
    from django.db import connection

    with connection.cursor() as cursor:
        begun = time.perf_counter()
        with cursor.cursor.copy(f"COPY ({COPIES.get(name, ROSTER)}) TO STDOUT (FORMAT csv, HEADER)") as out:
            rows = sum(bytes(piece).count(b"\n") for piece in out) - 1
        return time.perf_counter() - begun, rows


@measure
def exports() -> list[Result]:
    """Each list that can be taken away whole, for who reads the whole city."""
    from bench.pages import readers

    out = []
    for name in (*COPIES, "members"):
        for username in readers(1)[:1]:
            to_csv(name)
            baseline, rows = to_csv(name)
            command = [sys.executable, "-m", "bench.exports", name, username]
            done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
            if done.returncode:
                raise SystemExit(f"{name} were not written: {done.stderr[-1000:]}")
            found = json.loads(done.stdout)
            out.append(times(f"export of all {rows:,} {name} to a workbook", found["seconds"] * 1000, "ms", 8, baseline * 1000))
            out.append(
                at_most(f"export of all {name} to a workbook: memory beyond what the process held before", found["megabytes"], "MB", 200)
            )
    return out


@measure
def word() -> list[Result]:
    """The last review in Word, figures and all, and whether it is the same again, to the byte."""
    from niangjia.reports.api import names, read
    from niangjia.reports.api import word as written
    from niangjia.reports.models import Review

    out = []
    for name in names()[:1]:
        review = Review.objects.get(name=name)
        made: list[bytes] = []

        def write(review: Any = review, made: list[bytes] = made) -> None:
            found = read(review, "zh")
            assert found is not None
            made.append(written(found))

        took = clock(write, 3)
        if len(set(made)) != 1:
            raise SystemExit(f"{name}: {len(set(made))} different documents from the same text and figures")
        out.append(at_most(f"{name} in Word, its figures asked for anew, the same bytes {len(made)} times", took / 1000, "s", 2))
    return out


def main() -> None:
    """The child: one workbook, measured."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
    django.setup()
    name, username = sys.argv[1:3]
    print(json.dumps(roster(username) if name == "members" else answered(name, username)))


if __name__ == "__main__":
    main()
