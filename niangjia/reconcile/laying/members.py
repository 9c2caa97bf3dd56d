"""A list of members beside our register: staged by COPY, compared in the database, all of it for the day for which the list speaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from niangjia.kit import crypt
from niangjia.kit.errors import RuleBroken
from niangjia.members.api import COLUMNS, ID, NEW_FORMS, PHONE, Seen, ground_of, people
from niangjia.reconcile.enums import KEY, ROW
from niangjia.reconcile.laying.merging import Found, Say
from niangjia.reconcile.models import Comparison

TEXT = ("name", "sex", "union_said", "work", "change")
PIECE = 2000
DROP = "DROP TABLE IF EXISTS pg_temp.reconcile_theirs, pg_temp.reconcile_ours, pg_temp.reconcile_pair, pg_temp.reconcile_found"
MAKE = """
CREATE TEMP TABLE reconcile_theirs (
    n bigint GENERATED ALWAYS AS IDENTITY, sheet int NOT NULL, "row" int NOT NULL, name text NOT NULL, id_hash bytea, tail_hash bytea, born_on date,
    sex text NOT NULL, phone_hash bytea, union_said text NOT NULL, union_id bigint, joined_on date, migrant boolean, work text NOT NULL,
    change text NOT NULL, line_sealed bytea NOT NULL, turn int NOT NULL DEFAULT 1
)"""
# A number that stands twice counts where it stands first; a row that says that she has left is no row of theirs, only a reason.
TURN = """
UPDATE reconcile_theirs t SET turn = g.turn FROM (
    SELECT n, row_number() OVER (PARTITION BY id_hash ORDER BY change = 'OUT', n) AS turn FROM reconcile_theirs WHERE id_hash IS NOT NULL) g
 WHERE g.n = t.n AND g.turn > 1"""
# Of each person the spell that was in force on the day, else the one that runs now.
OURS = """
CREATE TEMP TABLE reconcile_ours AS
SELECT DISTINCT ON (m.person_id) m.id, m.person_id, m.union_id, p.id_hash, p.id_tail_hash, p.name, p.born_on, p.sex, p.phone_hash, m.joined_on,
    m.left_on, m.migrant, m.work, m.standing, m."primary",
    m.joined_on <= %(on)s AND m.standing = 'ACTIVE' AND m."primary" AS counts
FROM members_membership m JOIN members_person p ON p.id = m.person_id
WHERE {scope} AND m.state IN ('MEMBER', 'LEAVING', 'ENDED') AND m.ending <> 'UNDONE' AND (m.left_on IS NULL OR m.left_on > %(on)s)
ORDER BY m.person_id, m.joined_on <= %(on)s DESC, m."primary" DESC, m.left_on DESC NULLS FIRST, m.id"""
PAIR = """
CREATE TEMP TABLE reconcile_pair AS
SELECT t.n, o.id, false AS likely FROM reconcile_theirs t JOIN reconcile_ours o ON o.id_hash = t.id_hash WHERE t.turn = 1 AND t.change <> 'OUT'"""
# Without a number that the register knows: the same name and day of birth, and the same last four where theirs says them; one on either side.
LIKELY = """
INSERT INTO reconcile_pair
SELECT n, id, true FROM (
    SELECT t.n, o.id, count(*) OVER (PARTITION BY t.n) AS here, count(*) OVER (PARTITION BY o.id) AS there
      FROM reconcile_theirs t JOIN reconcile_ours o ON o.name = t.name AND o.born_on = t.born_on
     WHERE t.turn = 1 AND t.change <> 'OUT' AND (t.id_hash IS NOT NULL OR t.tail_hash IS NULL OR t.tail_hash = o.id_tail_hash)
       AND NOT EXISTS (SELECT FROM reconcile_pair p WHERE p.n = t.n) AND NOT EXISTS (SELECT FROM reconcile_pair p WHERE p.id = o.id)
       AND NOT EXISTS (SELECT FROM members_person p WHERE p.id_hash = t.id_hash)) c
 WHERE here = 1 AND there = 1"""
FIELD = """
SELECT p.n, p.id AS m, 'FIELD' AS kind, '{field}' AS field, {cause} AS cause, o.union_id, NULL::bigint AS their_union, 0 AS weight
  FROM reconcile_pair p JOIN reconcile_theirs t ON t.n = p.n JOIN reconcile_ours o ON o.id = p.id WHERE {differs}"""
FIELDS = {  # field: when it differs, and what the house makes of it
    "name": ("t.name <> o.name", "''"),
    "id": ("p.likely", "'NUMBER'"),
    "sex": ("t.sex <> '' AND t.sex <> o.sex", "''"),
    "born": ("t.born_on <> o.born_on", "''"),
    "phone": (
        "t.phone_hash IS DISTINCT FROM o.phone_hash",
        "CASE WHEN o.phone_hash IS NULL THEN 'EMPTY_OURS' WHEN t.phone_hash IS NULL THEN 'EMPTY_THEIRS' ELSE '' END",
    ),
    "joined": (
        "t.joined_on IS DISTINCT FROM o.joined_on AND o.joined_on <= %(on)s AND o.standing = 'ACTIVE'",
        "CASE WHEN t.joined_on IS NULL THEN 'EMPTY_THEIRS' WHEN o.joined_on < t.joined_on THEN 'EARLIER_OURS' ELSE 'EARLIER_THEIRS' END",
    ),
    "migrant": ("t.migrant <> o.migrant", "''"),
}
ALWAYS = ("name", "id")
PLACE = """
SELECT p.n, p.id, 'WRONG_PARENT', '', CASE WHEN t.union_id IS NULL THEN 'UNIT' ELSE 'PLACE' END, o.union_id, t.union_id, 0
  FROM reconcile_pair p JOIN reconcile_theirs t ON t.n = p.n JOIN reconcile_ours o ON o.id = p.id
 WHERE t.union_id <> o.union_id OR (t.union_id IS NULL AND t.union_said <> '')"""
# One side counts her on the day and the other does not.
COUNTED = """
SELECT p.n, p.id, CASE WHEN o.joined_on > %(on)s THEN 'LATE' ELSE 'DEFINITION' END, '',
    CASE WHEN o.joined_on > %(on)s THEN 'AFTER' WHEN NOT o."primary" THEN 'SECOND' ELSE 'RETAINED' END, o.union_id, NULL::bigint,
    o.counts::int - (t.change = '')::int
  FROM reconcile_pair p JOIN reconcile_theirs t ON t.n = p.n JOIN reconcile_ours o ON o.id = p.id WHERE o.counts <> (t.change = '')"""
ONLY_OURS = """
SELECT left_.n, o.id,
    CASE WHEN o.joined_on > %(on)s OR o.left_on IS NOT NULL THEN 'LATE' WHEN left_.n IS NULL AND o.work = ANY (%(outside)s) THEN 'DEFINITION' ELSE 'ONLY_OURS' END,
    '',
    CASE WHEN o.joined_on > %(on)s THEN 'AFTER' WHEN o.left_on IS NOT NULL THEN 'BEFORE' WHEN left_.n IS NOT NULL THEN 'THEIRS_LEFT'
        WHEN o.work = 'DISPATCH' THEN 'DISPATCH' WHEN o.work = ANY (%(outside)s) THEN 'NEW_FORM' WHEN o.joined_on > %(lately)s THEN 'NEW' ELSE '' END,
    o.union_id, NULL::bigint, o.counts::int
  FROM reconcile_ours o LEFT JOIN reconcile_theirs left_ ON left_.id_hash = o.id_hash AND left_.turn = 1 AND left_.change = 'OUT'
 WHERE o.standing = 'ACTIVE' AND o."primary" AND NOT EXISTS (SELECT FROM reconcile_pair p WHERE p.id = o.id)"""
ONLY_THEIRS = """
SELECT t.n, CASE WHEN away.id IS NULL THEN gone.id END, CASE WHEN away.id IS NULL THEN 'ONLY_THEIRS' ELSE 'WRONG_PARENT' END, '',
    CASE WHEN away.id IS NOT NULL THEN 'ELSEWHERE' WHEN gone.id IS NOT NULL THEN 'LEFT' ELSE 'UNKNOWN' END,
    coalesce(gone.union_id, t.union_id, %(top)s), t.union_id, -(t.change = '')::int
  FROM reconcile_theirs t LEFT JOIN members_person p ON p.id_hash = t.id_hash
  LEFT JOIN LATERAL (SELECT m.id FROM members_membership m WHERE m.person_id = p.id AND m.left_on IS NULL AND m.state IN ('MEMBER', 'LEAVING')
        AND NOT ({scope}) LIMIT 1) away ON true
  LEFT JOIN LATERAL (SELECT m.id, m.union_id FROM members_membership m WHERE m.person_id = p.id AND m.left_on <= %(on)s AND m.ending <> 'UNDONE'
        AND {scope} ORDER BY m.left_on DESC, m.id DESC LIMIT 1) gone ON true
 WHERE t.turn = 1 AND t.change <> 'OUT' AND NOT EXISTS (SELECT FROM reconcile_pair p WHERE p.n = t.n)"""
TWICE_THEIRS = """
SELECT t.n, o.id, 'DUPLICATE', '', 'TWICE_THEIRS', coalesce(o.union_id, t.union_id, %(top)s), t.union_id, -(t.change = '')::int
  FROM reconcile_theirs t LEFT JOIN reconcile_ours o ON o.id_hash = t.id_hash WHERE t.turn > 1 AND t.change <> 'OUT'"""
TWICE_OURS = """
SELECT NULL::bigint, id, 'DUPLICATE', '', 'TWICE_OURS', union_id, NULL::bigint, 0 FROM (
    SELECT o.id, o.union_id, row_number() OVER (PARTITION BY o.name, o.born_on, o.phone_hash ORDER BY o.id) AS turn
      FROM reconcile_ours o WHERE o.phone_hash IS NOT NULL AND o.born_on IS NOT NULL) d WHERE turn > 1"""
READ = """
SELECT f.kind, f.field, f.cause, f.union_id, f.their_union, f.weight, f.m, o.person_id, t."row", t.sheet, t.turn, t.line_sealed,
    coalesce(p.id_hash, t.id_hash), t.name, t.born_on::text, p.name, p.id_sealed, p.phone_sealed, p.sex, p.born_on::text, o.joined_on::text,
    o.left_on::text, o.migrant, u.name, e.name, o.work
  FROM reconcile_found f LEFT JOIN reconcile_theirs t ON t.n = f.n LEFT JOIN members_membership o ON o.id = f.m
  LEFT JOIN members_person p ON p.id = o.person_id LEFT JOIN unions_union u ON u.id = o.union_id LEFT JOIN unions_employer e ON e.id = o.employer_id
 WHERE f.nr > %(last)s ORDER BY f.nr LIMIT %(most)s"""


def scope_of(level: int) -> str:
    """The memberships under the union whose register it is."""
    return {1: "true", 2: "m.county_id = %(top)s", 3: "m.township_id = %(top)s"}[level]


def stage(comparison: Comparison, path: Path, say: Say) -> Seen:
    """Read the list into the session's own table; a sentence if nobody stands in it."""
    seen = Seen()
    columns, said = ", ".join(f'"{c}"' for c in COLUMNS), ", ".join(TEXT)
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        cursor.execute(MAKE)
    for piece in people(
        path, ground_of(comparison.union), ROW, seen, say
    ):  # read before it is copied: one connection does one thing at a time
        with (
            connection.cursor() as cursor,
            cursor.cursor.copy(f"COPY reconcile_theirs ({columns}) FROM STDIN (FORMAT csv, NULL '', FORCE_NOT_NULL ({said}))") as copy,
        ):
            copy.write(piece)
    if not seen.sheets:
        raise RuleBroken(
            _("No sheet has a head with a name and an identity number. Look whether the columns are named, or use the template.")
        )
    return seen


def compare(comparison: Comparison, columns: set[str], lately: date) -> dict[str, int]:
    """Lay both beside each other inside the caller's transaction; answers how many stand on our side, and how many agree in all."""
    scope = scope_of(comparison.union.level)
    said: dict[str, Any] = {"on": comparison.as_of, "top": comparison.union_id, "lately": lately, "outside": ["DISPATCH", *NEW_FORMS]}
    asked = [
        FIELD.format(field=code, cause=cause, differs=differs) for code, (differs, cause) in FIELDS.items() if code in {*columns, *ALWAYS}
    ]
    parts = [*asked, PLACE, COUNTED, ONLY_OURS, ONLY_THEIRS.format(scope=scope), TWICE_THEIRS, TWICE_OURS]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(TURN)
        cursor.execute(OURS.format(scope=scope), said)
        cursor.execute("ANALYZE reconcile_theirs")
        cursor.execute("ANALYZE reconcile_ours")
        cursor.execute(PAIR)
        cursor.execute("ANALYZE reconcile_pair")
        cursor.execute(LIKELY)
        cursor.execute(
            f"CREATE TEMP TABLE reconcile_found AS SELECT row_number() OVER () AS nr, a.* FROM ({' UNION ALL '.join(parts)}) a", said
        )
        cursor.execute("CREATE INDEX ON pg_temp.reconcile_found (nr)")
        cursor.execute("SELECT count(*) FROM reconcile_ours WHERE counts")
        ours = int(cursor.fetchone()[0])
        cursor.execute("SELECT count(*) FROM reconcile_pair p WHERE NOT EXISTS (SELECT FROM reconcile_found f WHERE f.m = p.id)")
        return {"ours": ours, "same": int(cursor.fetchone()[0])}


def found(names: dict[int, str]) -> Iterator[Found]:
    """What differs, with both sides sealed, some thousand at a time; `names` are those of the sheets."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(READ, {"last": last, "most": PIECE})
            block = cursor.fetchall()
        if not block:
            return
        last += len(block)
        yield from _sealed(block, names)


def _sealed(block: list[Any], names: dict[int, str]) -> Iterator[Found]:
    lines = crypt.unseal_many([one[11] for one in block], ROW)
    numbers, phones = crypt.unseal_many([one[16] for one in block], ID), crypt.unseal_many([one[17] for one in block], PHONE)
    ours, keys, values = [], [], []
    for one, line, number, phone in zip(block, lines, numbers, phones, strict=True):
        mine = {} if one[6] is None else {
            "name": one[15], "id": number, "phone": phone, "sex": one[18], "born": one[19] or "", "joined": one[20] or "", "left": one[21] or "",
            "migrant": "是" if one[22] else "否", "union": one[23], "employer": one[24] or "", "work": one[25],
        }  # fmt: skip
        theirs = json.loads(line) if line else {}
        ours.append(json.dumps(mine, ensure_ascii=False) if mine else "")
        pair = bytes(one[12]).hex() if one[12] is not None else f"{one[13]}|{one[14]}|{theirs.get('union', '')}"
        turn = one[10] if one[0] == "DUPLICATE" else ""
        keys.append(f"{one[0]}|{one[1]}|{pair}|{turn}")
        values.append(json.dumps([one[2], mine.get(one[1], ""), theirs.get(one[1], "")] if one[1] else [one[2], one[3], one[4]]))
    hashes, digests = crypt.blind(keys, KEY), crypt.blind(values, KEY)
    sealed = iter(crypt.seal([text for text in ours if text], ROW))
    for one, key, digest, text in zip(block, hashes, digests, ours, strict=True):
        yield Found(
            key=key, digest=digest, kind=one[0], field=one[1], cause=one[2], union=one[3], their_union=one[4], weight=one[5], membership=one[6], person=one[7],
            row=one[8], sheet=names.get(one[9], ""), theirs=one[11], ours=next(sealed) if text else None,
        )  # fmt: skip


def close() -> None:
    """Let the tables go."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)
