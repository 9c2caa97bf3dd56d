"""When a union merges into another, its members go along: one spell ends and the next begins on the day, a statement for all of them."""

from __future__ import annotations

from datetime import date

from django.db import connection

from niangjia.access.models import User
from niangjia.flow.api import record
from niangjia.unions.models import Union

END = """
UPDATE members_membership SET state = 'ENDED', left_on = greatest(joined_on, %(on)s), ending = 'TRANSFER'
 WHERE union_id = %(old)s AND left_on IS NULL AND state = 'MEMBER' RETURNING id"""
BEGIN = """
INSERT INTO members_membership (uuid, person_id, union_id, township_id, county_id, state, standing, "primary", joined_on, ending, how, work, migrant,
    sex, employer_id, job, department, name, name_py, tokens, batch_id, dues_until,
    active_on, lapses_on, confirmed_on)
SELECT gen_random_uuid(), m.person_id, u.id, u.township_id, u.county_id, 'MEMBER', m.standing, m."primary", m.left_on, '', 'TRANSFER', m.work, m.migrant,
    m.sex, m.employer_id, m.job, m.department, m.name, m.name_py, m.tokens, m.batch_id, m.dues_until,
    m.active_on, m.lapses_on, m.confirmed_on
  FROM members_membership m JOIN unions_union u ON u.id = %(new)s
 WHERE m.id = ANY (%(ended)s) AND NOT EXISTS (
    SELECT FROM members_membership n WHERE n.person_id = m.person_id AND n.union_id = u.id AND n.left_on IS NULL AND n.state <> 'REFUSED')"""
FIRST = """
UPDATE members_membership n SET "primary" = true FROM members_membership m
 WHERE m.id = ANY (%(ended)s) AND m."primary" AND n.person_id = m.person_id AND n.union_id = %(new)s AND n.left_on IS NULL AND n.state IN ('MEMBER', 'LEAVING')
   AND NOT n."primary" """


def carry(old: Union, new: Union, on: date, *, reason: str, by: User | None) -> int:
    """Carry the members of a union over to another; who stands there already, in a second membership, has it as her first. Answers how many."""
    with connection.cursor() as cursor:
        cursor.execute(END, {"old": old.pk, "on": on})
        ended = [int(pk) for (pk,) in cursor.fetchall()]
        for statement in (FIRST, BEGIN):
            cursor.execute(statement, {"ended": ended, "new": new.pk})
    record("members.membership", ended, "carry", was="MEMBER", by=by, reason=reason)
    return len(ended)
