"""What differs now, merged into what was known: the same pair and field with the same values stays decided; other values are asked anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection

from niangjia.kit.dates import today
from niangjia.reconcile.models import Comparison

Say = Callable[[int], None]
PIECE = 2000


@dataclass(frozen=True)
class Found:
    """One difference as it was found: hashes, what it is, whose it is, and both rows sealed."""

    key: bytes
    digest: bytes
    kind: str
    union: int
    field: str = ""
    cause: str = ""
    their_union: int | None = None
    weight: int = 0
    membership: int | None = None
    person: int | None = None
    subject: int | None = None
    row: int | None = None
    sheet: str = ""
    ours: bytes | None = None
    theirs: bytes | None = None


FACTS = (
    "kind",
    "field",
    "cause",
    "union_id",
    "their_union_id",
    "weight",
    "membership_id",
    "person_id",
    "subject_id",
    "row",
    "sheet",
    "ours_sealed",
    "theirs_sealed",
)
MAKE = """
CREATE TEMP TABLE reconcile_new (key bytea PRIMARY KEY, digest bytea NOT NULL, kind text, field text, cause text, union_id bigint, their_union_id bigint,
    weight int, membership_id bigint, person_id bigint, subject_id bigint, "row" int, sheet text, ours_sealed bytea, theirs_sealed bytea)"""
AGAIN = """
UPDATE reconcile_difference d SET comparison_id = %(comparison)s, digest = n.digest, cause = n.cause, union_id = n.union_id, county_id = u.county_id,
    township_id = u.township_id, their_union_id = n.their_union_id, weight = n.weight, membership_id = n.membership_id, person_id = n.person_id,
    subject_id = n.subject_id, "row" = n."row", sheet = n.sheet, ours_sealed = n.ours_sealed, theirs_sealed = n.theirs_sealed,
    found_on = CASE WHEN {anew} THEN %(on)s ELSE d.found_on END, settled_on = CASE WHEN {anew} THEN NULL ELSE d.settled_on END,
    decision_id = CASE WHEN {anew} THEN NULL ELSE d.decision_id END, said = CASE WHEN {anew} THEN '' ELSE d.said END,
    state = CASE WHEN {anew} THEN 'OPEN' ELSE d.state END
  FROM reconcile_new n JOIN unions_union u ON u.id = n.union_id
 WHERE d.top_id = %(top)s AND d.of = %(of)s AND d.source = %(source)s AND d.key = n.key""".format(
    anew="d.state = 'GONE' OR (d.state <> 'OPEN' AND d.digest <> n.digest)"
)
ADD = """
INSERT INTO reconcile_difference (uuid, comparison_id, first_id, top_id, of, source, key, digest, kind, field, cause, union_id, county_id, township_id,
    their_union_id, weight, membership_id, person_id, subject_id, "row", sheet, ours_sealed, theirs_sealed, state, found_on, said)
SELECT gen_random_uuid(), %(comparison)s, %(comparison)s, %(top)s, %(of)s, %(source)s, n.key, n.digest, n.kind, n.field, n.cause, n.union_id, u.county_id,
    u.township_id, n.their_union_id, n.weight, n.membership_id, n.person_id, n.subject_id, n."row", n.sheet, n.ours_sealed, n.theirs_sealed, 'OPEN',
    %(on)s, ''
  FROM reconcile_new n JOIN unions_union u ON u.id = n.union_id
 WHERE NOT EXISTS (SELECT FROM reconcile_difference d WHERE d.top_id = %(top)s AND d.of = %(of)s AND d.source = %(source)s AND d.key = n.key)"""
GONE = """
UPDATE reconcile_difference d SET state = 'GONE', settled_on = greatest(%(on)s, d.found_on)
 WHERE d.top_id = %(top)s AND d.of = %(of)s AND d.source = %(source)s AND d.comparison_id <> %(comparison)s AND d.state = 'OPEN'"""


def merge(comparison: Comparison, found: Iterable[Found]) -> int:
    """Write what differs, in the caller's transaction; what no longer differs is marked so. Answers how many differ."""
    said: dict[str, Any] = {
        "comparison": comparison.pk,
        "top": comparison.union_id,
        "of": comparison.of,
        "source": comparison.source,
        "on": today(),
    }
    columns = ", ".join(f'"{name}"' for name in ("key", "digest", *FACTS))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.reconcile_new")
        cursor.execute(MAKE)
        known: set[bytes] = set()
        rest = iter(found)
        while block := list(islice(rest, PIECE)):  # read before it is copied: one connection does one thing at a time
            with cursor.cursor.copy(f"COPY reconcile_new ({columns}) FROM STDIN") as copy:
                for one in block:
                    if one.key not in known:  # two rows that nobody tells apart are one question
                        known.add(one.key)
                        copy.write_row(
                            (one.key, one.digest, one.kind, one.field, one.cause, one.union, one.their_union, one.weight, one.membership, one.person,
                             one.subject, one.row, one.sheet[:60], one.ours, one.theirs)
                        )  # fmt: skip
        cursor.execute("ANALYZE reconcile_new")
        for statement in (AGAIN, ADD, GONE):
            cursor.execute(statement, said)
        cursor.execute("DROP TABLE reconcile_new")
    return len(known)
