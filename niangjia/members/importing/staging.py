"""The table in which an import is worked out: the session's own, never in the log of the disk, gone with the session.

What is written to the register is decided here, by one statement over all rows: who is new, who is known, who
changes, who stays as she is, and who cannot be taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from niangjia.members.importing.prepare import COLUMNS

TEXT = ("name", "name_py", "tokens", "sex", "paper", "work", "job", "department")
MAKE = """
CREATE TEMP TABLE members_staging (
    n bigint GENERATED ALWAYS AS IDENTITY, sheet int NOT NULL, "row" int NOT NULL, union_id bigint NOT NULL, employer_id bigint,
    name text NOT NULL, name_py text NOT NULL, tokens text[] NOT NULL, sex text NOT NULL, born_on date, paper text NOT NULL,
    id_sealed bytea NOT NULL, id_hash bytea NOT NULL, id_tail_hash bytea NOT NULL, phone_sealed bytea, phone_hash bytea, phone_tail_hash bytea,
    joined_on date NOT NULL, work text NOT NULL, migrant boolean, job text NOT NULL, department text NOT NULL, shade boolean NOT NULL DEFAULT false
)"""
# One line a row. A number that stands twice in the file counts where it stands first; rows that were corrected stand behind all others.
# A shade is a row of the file of which only the number is known here: it is there, and nothing is done with it.
DECIDE = """
CREATE TEMP TABLE members_verdict AS
SELECT s.n, s.sheet, s."row", p.id AS person_id, m.id AS membership_id, again.first_row, o.union_id AS elsewhere,
    CASE
        WHEN again.n IS NOT NULL THEN 'again'
        WHEN p.id IS NULL THEN 'new'
        WHEN p.name <> s.name THEN 'other-name'
        WHEN m.state = 'APPLIED' THEN 'applied'
        WHEN m.standing = 'RETAINED' THEN 'retained'
        WHEN m.id IS NOT NULL AND (
            (s.phone_hash IS NOT NULL AND s.phone_hash IS DISTINCT FROM p.phone_hash) OR (s.work <> '' AND s.work <> m.work)
            OR (s.migrant IS NOT NULL AND s.migrant <> m.migrant) OR (s.job <> '' AND s.job <> m.job)
            OR (s.department <> '' AND s.department <> m.department)
            OR (s.employer_id IS NOT NULL AND s.employer_id IS DISTINCT FROM m.employer_id)) THEN 'change'
        WHEN m.id IS NOT NULL THEN 'same'
        WHEN o.id IS NOT NULL AND o.state = 'LEAVING' AND o.to_union_id = s.union_id THEN 'coming'
        WHEN o.id IS NOT NULL AND %(second)s THEN 'second'
        WHEN o.id IS NOT NULL THEN 'elsewhere'
        ELSE 'join'
    END AS verdict
FROM members_staging s
LEFT JOIN (
    SELECT t.n, f."row" AS first_row FROM members_staging t
    JOIN (SELECT id_hash, min(n) AS n FROM members_staging GROUP BY id_hash HAVING count(*) > 1) g ON g.id_hash = t.id_hash AND g.n < t.n
    JOIN members_staging f ON f.n = g.n
) again ON again.n = s.n
LEFT JOIN members_person p ON p.id_hash = s.id_hash
LEFT JOIN members_membership m ON m.person_id = p.id AND m.union_id = s.union_id AND m.left_on IS NULL AND m.state <> 'REFUSED'
LEFT JOIN members_membership o ON o.person_id = p.id AND o.union_id <> s.union_id AND o.left_on IS NULL AND o."primary" AND o.state IN ('MEMBER', 'LEAVING')
WHERE NOT s.shade
"""
REFUSING = ("again", "other-name", "applied", "retained", "coming", "elsewhere")
TAKEN = ("new", "join", "second", "change")


def open_table() -> None:
    """A fresh staging table; an older one of the same session is thrown away."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.members_staging, pg_temp.members_verdict")
        cursor.execute(MAKE)


def close_table() -> None:
    """Let the tables go."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.members_staging, pg_temp.members_verdict")


def fill(pieces: Iterable[bytes]) -> None:
    """Copy good rows in."""
    columns = ", ".join(f'"{c}"' for c in COLUMNS)
    said = ", ".join(TEXT)
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY members_staging ({columns}) FROM STDIN (FORMAT csv, NULL '', FORCE_NOT_NULL ({said}))") as copy,
    ):
        for piece in pieces:
            copy.write(piece)


def decide(*, second: bool) -> dict[str, int]:
    """Say of every row what is to be done with it; how many of each."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.members_verdict")
        cursor.execute("ANALYZE members_staging")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(DECIDE, {"second": second})
        cursor.execute("ANALYZE members_verdict")
        cursor.execute("SELECT verdict, count(*) FROM members_verdict GROUP BY verdict")
        return {str(verdict): int(n) for verdict, n in cursor.fetchall()}


def refused() -> list[tuple[int, int, str, str]]:
    """The rows that the register does not take: sheet, row, code, what is shown (a row number, the name of a union)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT v.sheet, v."row", v.verdict, CASE v.verdict WHEN 'again' THEN v.first_row::text ELSE coalesce(u.short_name, '') END
                 FROM members_verdict v LEFT JOIN unions_union u ON u.id = v.elsewhere WHERE v.verdict = ANY (%s) ORDER BY v.n""",
            [list(REFUSING)],
        )
        return [(int(a), int(b), str(c), str(d)) for a, b, c, d in cursor.fetchall()]


def cast_shades(places: Iterable[tuple[bytes, int, int]]) -> None:
    """Say of numbers that they stand elsewhere in the file: hash, sheet and row of each."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO members_staging (id_hash, sheet, "row", union_id, name, name_py, tokens, sex, paper, id_sealed, id_tail_hash, joined_on, work, job,
                   department, shade) VALUES (%s, %s, %s, 0, '', '', '{}', '', '', '', '', 'epoch', '', '', '', true)""",
            list(places),
        )


def mark(batch: int) -> None:
    """Note on the kept rows of an import what was decided of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE members_line l SET id_hash = s.id_hash, codes = CASE WHEN v.verdict = ANY (%(no)s) THEN ARRAY[v.verdict]::varchar[] ELSE '{}' END,
                   verdict = CASE WHEN v.verdict = ANY (%(no)s) THEN '' ELSE v.verdict END
                 FROM members_verdict v JOIN members_staging s ON s.n = v.n WHERE l.batch_id = %(batch)s AND l.sheet = v.sheet AND l."row" = v."row" """,
            {"no": list(REFUSING), "batch": batch},
        )


KEPT = (
    "sheet",
    "row",
    "name",
    "id",
    "phone",
    "paper",
    "sex",
    "born_on",
    "joined_on",
    "work",
    "migrant",
    "job",
    "department",
    "union_id",
    "union_name",
    "union_code",
    "employer",
)


def refused_cells() -> list[dict[str, Any]]:
    """What is known of the rows that the register does not take, as texts; number and phone as they were sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.sheet, s."row", s.name, s.id_sealed, s.phone_sealed, s.paper, s.sex, coalesce(s.born_on::text, ''), s.joined_on::text, s.work,
                   CASE s.migrant WHEN true THEN '是' WHEN false THEN '否' ELSE '' END, s.job, s.department, s.union_id::text, u.short_name, u.code,
                   coalesce(e.name, '')
                 FROM members_verdict v JOIN members_staging s ON s.n = v.n JOIN unions_union u ON u.id = s.union_id
                 LEFT JOIN unions_employer e ON e.id = s.employer_id WHERE v.verdict = ANY (%s) ORDER BY v.n""",
            [list(REFUSING)],
        )
        return [dict(zip(KEPT, line, strict=True)) for line in cursor.fetchall()]


def first_rows(limit: int = 5) -> list[dict[str, Any]]:
    """The first rows that would be taken, for the page: sealed as they are, so that the page masks them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.sheet, s."row", s.name, s.id_sealed, u.short_name, s.joined_on, v.verdict FROM members_verdict v JOIN members_staging s ON s.n = v.n
                 JOIN unions_union u ON u.id = s.union_id WHERE v.verdict <> ALL (%s) ORDER BY v.n LIMIT %s""",
            [list(REFUSING), limit],
        )
        keys = ("sheet", "row", "name", "id", "union", "joined", "verdict")
        return [dict(zip(keys, line, strict=True)) for line in cursor.fetchall()]
