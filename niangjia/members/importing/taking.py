"""The good rows into the register: one transaction, so that a kill in the middle leaves nothing half-written.

Nothing here speaks to the books: their triggers see every row, however it is written.
"""

from __future__ import annotations

from django.db import connection

from niangjia.members.importing.swapping import set_aside

NEW_PEOPLE = """
INSERT INTO members_person (uuid, name, sex, born_on, paper, id_sealed, id_hash, id_tail_hash, phone_sealed, phone_hash, phone_tail_hash, batch_id)
SELECT gen_random_uuid(), s.name, s.sex, s.born_on, s.paper, s.id_sealed, s.id_hash, s.id_tail_hash, s.phone_sealed, s.phone_hash, s.phone_tail_hash, %(batch)s
FROM members_verdict v JOIN members_staging s ON s.n = v.n WHERE v.verdict = 'new' ORDER BY s.n"""
NEW_MEMBERSHIPS = """
INSERT INTO members_membership (uuid, person_id, union_id, township_id, county_id, state, standing, "primary", joined_on, ending, how, work, migrant,
    sex, employer_id, job, department, name, name_py, tokens, batch_id)
SELECT gen_random_uuid(), p.id, s.union_id, u.township_id, u.county_id, 'MEMBER', 'ACTIVE', v.verdict <> 'second', s.joined_on, '', 'ROSTER',
    coalesce(nullif(s.work, ''), 'CONTRACT'), coalesce(s.migrant, false), s.sex, coalesce(s.employer_id, u.employer_id), s.job, s.department,
    s.name, s.name_py, s.tokens, %(batch)s
FROM members_verdict v JOIN members_staging s ON s.n = v.n JOIN members_person p ON p.id_hash = s.id_hash JOIN unions_union u ON u.id = s.union_id
WHERE v.verdict IN ('new', 'join', 'second') ORDER BY s.union_id, s.name_py"""
# What was, and what the import makes of it: undoing asks whether it still stands.
BEFORE = """
INSERT INTO members_before (batch_id, person_id, membership_id, made, facts)
SELECT %(batch)s, p.id, m.id, false, jsonb_build_object(
    'was', jsonb_build_object('phone_sealed', encode(p.phone_sealed, 'hex'), 'phone_hash', encode(p.phone_hash, 'hex'),
        'phone_tail_hash', encode(p.phone_tail_hash, 'hex'), 'work', m.work, 'migrant', m.migrant, 'job', m.job, 'department', m.department,
        'employer_id', m.employer_id),
    'now', jsonb_build_object('phone_hash', encode(coalesce(s.phone_hash, p.phone_hash), 'hex'), 'work', coalesce(nullif(s.work, ''), m.work),
        'migrant', coalesce(s.migrant, m.migrant), 'job', coalesce(nullif(s.job, ''), m.job),
        'department', coalesce(nullif(s.department, ''), m.department), 'employer_id', coalesce(s.employer_id, m.employer_id)))
FROM members_verdict v JOIN members_staging s ON s.n = v.n JOIN members_person p ON p.id = v.person_id JOIN members_membership m ON m.id = v.membership_id
WHERE v.verdict = 'change'"""
CHANGE_PEOPLE = """
UPDATE members_person p SET phone_sealed = s.phone_sealed, phone_hash = s.phone_hash, phone_tail_hash = s.phone_tail_hash
FROM members_verdict v JOIN members_staging s ON s.n = v.n
WHERE v.verdict = 'change' AND p.id = v.person_id AND s.phone_hash IS NOT NULL AND s.phone_hash IS DISTINCT FROM p.phone_hash"""
CHANGE_MEMBERSHIPS = """
UPDATE members_membership m SET work = coalesce(nullif(s.work, ''), m.work), migrant = coalesce(s.migrant, m.migrant),
    job = coalesce(nullif(s.job, ''), m.job), department = coalesce(nullif(s.department, ''), m.department), employer_id = coalesce(s.employer_id, m.employer_id)
FROM members_verdict v JOIN members_staging s ON s.n = v.n WHERE v.verdict = 'change' AND m.id = v.membership_id"""


def take(batch: int, rows: int) -> None:
    """Write what was decided, about so many rows; called inside the transaction in which it was decided."""
    with connection.cursor() as cursor, set_aside(rows):
        for statement in (NEW_PEOPLE, NEW_MEMBERSHIPS, BEFORE, CHANGE_PEOPLE, CHANGE_MEMBERSHIPS):
            cursor.execute(statement, {"batch": batch})
