"""An import taken back: what it changed is as it was, what it made is gone; refused where somebody has built on it since."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Model

from niangjia.kit.pointing import pointing
from niangjia.members.models import Before, Kept, Membership, Person

AGAIN = """
SELECT count(*) FROM (
    SELECT m.id FROM members_membership m WHERE m.batch_id = %(batch)s AND EXISTS (SELECT FROM members_before b WHERE b.membership_id = m.id AND b.batch_id <> m.batch_id)
    UNION
    SELECT b.membership_id FROM members_before b WHERE b.batch_id = %(batch)s
        AND EXISTS (SELECT FROM members_before l WHERE l.membership_id = b.membership_id AND l.id > b.id AND l.batch_id <> b.batch_id)) found"""
# What people have worked on since stays as it is, and is listed: by the memberships that the import made, and by those that it changed. Whoever
# is carried into another union has a second row of the same import; the two stay together.
KEEP = """
INSERT INTO members_kept (batch_id, membership_id, why)
SELECT %(batch)s, id, why FROM (
    SELECT m.id, CASE WHEN m.state <> 'MEMBER' OR m.left_on IS NOT NULL OR m.standing <> 'ACTIVE' THEN 'MOVED'
        WHEN m.edited_at > %(taken)s THEN 'EDITED' WHEN {built} THEN 'BUILT' ELSE '' END AS why
      FROM members_membership m WHERE m.batch_id = %(batch)s
    UNION ALL
    SELECT m.id, CASE WHEN m.edited_at > %(taken)s OR jsonb_build_object('phone_hash', encode(p.phone_hash, 'hex'), 'work', m.work, 'migrant', m.migrant,
        'job', m.job, 'department', m.department, 'employer_id', m.employer_id) <> b.facts->'now' THEN 'EDITED' ELSE '' END
      FROM members_before b JOIN members_person p ON p.id = b.person_id JOIN members_membership m ON m.id = b.membership_id WHERE b.batch_id = %(batch)s
) found WHERE why <> '' ON CONFLICT DO NOTHING"""
KEEP_TOGETHER = """
INSERT INTO members_kept (batch_id, membership_id, why)
SELECT %(batch)s, m.id, 'MOVED' FROM members_membership m WHERE m.batch_id = %(batch)s AND m.person_id IN (
    SELECT o.person_id FROM members_kept k JOIN members_membership o ON o.id = k.membership_id WHERE k.batch_id = %(batch)s AND k.why = 'MOVED')
ON CONFLICT DO NOTHING"""
NOT_KEPT = " AND NOT EXISTS (SELECT FROM members_kept k WHERE k.batch_id = %(batch)s AND k.membership_id = "
RESTORE_PEOPLE = (
    """
UPDATE members_person p SET phone_sealed = decode(b.facts->'was'->>'phone_sealed', 'hex'), phone_hash = decode(b.facts->'was'->>'phone_hash', 'hex'),
    phone_tail_hash = decode(b.facts->'was'->>'phone_tail_hash', 'hex')
FROM members_before b WHERE b.batch_id = %(batch)s AND p.id = b.person_id"""
    + NOT_KEPT
    + "b.membership_id)"
)
RESTORE_MEMBERSHIPS = (
    """
UPDATE members_membership m SET work = b.facts->'was'->>'work', migrant = (b.facts->'was'->>'migrant')::boolean, job = b.facts->'was'->>'job',
    department = b.facts->'was'->>'department', employer_id = (b.facts->'was'->>'employer_id')::bigint
FROM members_before b WHERE b.batch_id = %(batch)s AND m.id = b.membership_id"""
    + NOT_KEPT
    + "m.id)"
)


def _pointing(model: type[Model], *but: type[Model], along: bool = False) -> list[tuple[str, str]]:
    """The tables and columns that point at rows of a model."""
    return [(other._meta.db_table, str(field.column)) for other, field in pointing(model, *but, along=along)]


def changed_again(batch: int) -> int:
    """How many memberships of an import a later one has changed: that one is taken back first, else what was before would be lost."""
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, {"batch": batch})
        return int(cursor.fetchone()[0])


def undo(batch: int, taken: datetime) -> int:
    """Take back what an import made and changed, but for what people have worked on since; called inside a transaction. Answers how many memberships went.

    `taken`: when its good rows came in.
    """
    kept = " OR ".join(f'EXISTS (SELECT FROM "{table}" x WHERE x."{column}" = p.id)' for table, column in _pointing(Person)) or "false"
    built = (
        " OR ".join(f'EXISTS (SELECT FROM "{table}" x WHERE x."{column}" = m.id)' for table, column in _pointing(Membership, Before, Kept))
        or "false"
    )
    facts: dict[str, int | datetime] = {"batch": batch, "taken": taken}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute("DROP TABLE IF EXISTS pg_temp.members_gone")
        cursor.execute(KEEP.format(built=built), facts)
        cursor.execute(KEEP_TOGETHER, facts)
        cursor.execute(RESTORE_PEOPLE, facts)
        cursor.execute(RESTORE_MEMBERSHIPS, facts)
        cursor.execute(
            f"CREATE TEMP TABLE members_gone ON COMMIT DROP AS SELECT m.id, m.person_id FROM members_membership m WHERE m.batch_id = %(batch)s{NOT_KEPT}m.id)",
            facts,
        )
        for table, column in _pointing(Membership, along=True):
            cursor.execute(f'DELETE FROM "{table}" x USING members_gone g WHERE x."{column}" = g.id')
        cursor.execute("DELETE FROM members_membership m USING members_gone g WHERE m.id = g.id")
        gone = int(cursor.rowcount)
        # Whoever was made by this import, and on whom nothing else stands, is forgotten with it.
        cursor.execute(
            f"DELETE FROM members_person p USING members_gone g WHERE p.id = g.person_id AND p.batch_id = %(batch)s AND NOT ({kept})",
            facts,
        )
        cursor.execute("DELETE FROM members_before WHERE batch_id = %(batch)s", facts)
        return gone
