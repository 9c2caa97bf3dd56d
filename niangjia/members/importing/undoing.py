"""An import taken back: what it changed is as it was, what it made is gone; refused where somebody has built on it since."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model

from niangjia.members.models import Before, Membership, Person

AGAIN = """
SELECT count(*) FROM members_membership m WHERE m.batch_id = %(batch)s
AND EXISTS (SELECT FROM members_before b WHERE b.membership_id = m.id AND b.batch_id <> m.batch_id)"""
MOVED = """
SELECT count(*) FROM members_membership m WHERE m.batch_id = %(batch)s
AND (m.state <> 'MEMBER' OR m.left_on IS NOT NULL OR m.standing <> 'ACTIVE')"""
EDITED = """
SELECT count(*) FROM members_before b JOIN members_person p ON p.id = b.person_id JOIN members_membership m ON m.id = b.membership_id
WHERE b.batch_id = %(batch)s AND jsonb_build_object('phone_hash', encode(p.phone_hash, 'hex'), 'work', m.work, 'migrant', m.migrant, 'job', m.job,
    'department', m.department, 'employer_id', m.employer_id) <> b.facts->'now'"""
RESTORE_PEOPLE = """
UPDATE members_person p SET phone_sealed = decode(b.facts->'was'->>'phone_sealed', 'hex'), phone_hash = decode(b.facts->'was'->>'phone_hash', 'hex'),
    phone_tail_hash = decode(b.facts->'was'->>'phone_tail_hash', 'hex')
FROM members_before b WHERE b.batch_id = %(batch)s AND p.id = b.person_id"""
RESTORE_MEMBERSHIPS = """
UPDATE members_membership m SET work = b.facts->'was'->>'work', migrant = (b.facts->'was'->>'migrant')::boolean, job = b.facts->'was'->>'job',
    department = b.facts->'was'->>'department', employer_id = (b.facts->'was'->>'employer_id')::bigint
FROM members_before b WHERE b.batch_id = %(batch)s AND m.id = b.membership_id"""


def _pointing(model: type[Model], *but: type[Model]) -> list[tuple[str, str]]:
    """The tables and columns, anywhere in the house, that point at rows of a model."""
    return [
        (relation.related_model._meta.db_table, str(relation.field.column))
        for relation in model._meta.related_objects
        if relation.related_model not in but and hasattr(relation.field, "column")
    ]


def hindrances(batch: int) -> dict[str, int]:
    """What forbids to take an import back: memberships that moved on, rows edited since, things elsewhere that stand on them."""
    built = (
        " OR ".join(f'EXISTS (SELECT FROM "{table}" x WHERE x."{column}" = m.id)' for table, column in _pointing(Membership, Before))
        or "false"
    )
    with connection.cursor() as cursor:
        found = {}
        for name, statement in (
            ("moved", MOVED),
            ("edited", EDITED),
            ("again", AGAIN),
            ("built", f"SELECT count(*) FROM members_membership m WHERE m.batch_id = %(batch)s AND ({built})"),
        ):
            cursor.execute(statement, {"batch": batch})
            if n := cursor.fetchone()[0]:
                found[name] = int(n)
        return found


def undo(batch: int) -> int:
    """Take the import back; called inside a transaction, after `hindrances` said nothing. Answers how many memberships went."""
    kept = " OR ".join(f'EXISTS (SELECT FROM "{table}" x WHERE x."{column}" = p.id)' for table, column in _pointing(Person)) or "false"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute("DROP TABLE IF EXISTS pg_temp.members_gone")
        cursor.execute(RESTORE_PEOPLE, {"batch": batch})
        cursor.execute(RESTORE_MEMBERSHIPS, {"batch": batch})
        cursor.execute(
            "CREATE TEMP TABLE members_gone ON COMMIT DROP AS SELECT person_id FROM members_membership WHERE batch_id = %(batch)s",
            {"batch": batch},
        )
        cursor.execute("DELETE FROM members_membership WHERE batch_id = %(batch)s", {"batch": batch})
        gone = int(cursor.rowcount)
        # Whoever was made by this import, and on whom nothing else stands, is forgotten with it.
        cursor.execute(
            f"DELETE FROM members_person p USING members_gone g WHERE p.id = g.person_id AND p.batch_id = %(batch)s AND NOT ({kept})",
            {"batch": batch},
        )
        cursor.execute("DELETE FROM members_before WHERE batch_id = %(batch)s", {"batch": batch})
        return gone
