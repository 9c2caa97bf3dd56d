"""When a union merges into another, or ends, its members go along: one spell ends and the next begins on the day, a statement for all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import ngettext

from niangjia.access.models import User
from niangjia.flow.api import move, record
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.members.enums import Asked, How, Lapsing, State, Wanted
from niangjia.members.models import Application, JoinCode, Lapse, Membership, Request
from niangjia.notices.api import tell
from niangjia.unions.api import answerable
from niangjia.unions.models import Union

LEADS = 3  # the lowest level that leads, and keeps a pool
END = """
UPDATE members_membership SET state = 'ENDED', left_on = greatest(joined_on, %(on)s),
    ending = CASE WHEN %(retained)s AND standing = 'ACTIVE' THEN 'RETAINED' ELSE 'TRANSFER' END
 WHERE union_id = %(old)s AND left_on IS NULL AND state = 'MEMBER' AND (%(those)s::bigint[] IS NULL OR id = ANY (%(those)s::bigint[])) RETURNING id"""
BEGIN = """
INSERT INTO members_membership (uuid, person_id, union_id, township_id, county_id, state, standing, "primary", joined_on, ending, how, work, migrant,
    sex, employer_id, job, department, name, name_py, tokens, batch_id, dues_until,
    active_on, lapses_on, confirmed_on)
SELECT gen_random_uuid(), m.person_id, u.id, u.township_id, u.county_id, 'MEMBER', CASE WHEN %(retained)s THEN 'RETAINED' ELSE m.standing END, m."primary", m.left_on, '', %(how)s, m.work, m.migrant,
    m.sex, m.employer_id, m.job, m.department, m.name, m.name_py, m.tokens, m.batch_id, CASE WHEN %(retained)s THEN NULL ELSE m.dues_until END,
    CASE WHEN %(retained)s THEN NULL ELSE m.active_on END, CASE WHEN %(retained)s THEN NULL ELSE m.lapses_on END, m.confirmed_on
  FROM members_membership m JOIN unions_union u ON u.id = %(new)s
 WHERE m.id = ANY (%(ended)s) AND NOT EXISTS (
    SELECT FROM members_membership n WHERE n.person_id = m.person_id AND n.union_id = u.id AND n.left_on IS NULL AND n.state <> 'REFUSED')"""
FIRST = """
UPDATE members_membership n SET "primary" = true FROM members_membership m
 WHERE m.id = ANY (%(ended)s) AND m."primary" AND n.person_id = m.person_id AND n.union_id = %(new)s AND n.left_on IS NULL AND n.state IN ('MEMBER', 'LEAVING')
   AND NOT n."primary" """


def carry(
    old: Union,
    new: Union,
    on: date,
    *,
    reason: str,
    by: User | None,
    how: str = How.TRANSFER,
    retained: bool = False,
    those: list[int] | None = None,
) -> int:
    """Carry the members of a union over to another, all or some; who stands there already, in a second membership, has it as her first. Answers how many.

    `retained`: they go on without dues and vote. What was asked of a membership that ends by this is overtaken.
    """
    facts: dict[str, Any] = {"old": old.pk, "new": new.pk, "on": on, "how": how, "retained": retained, "those": those}
    with connection.cursor() as cursor:
        cursor.execute(END, facts)
        facts["ended"] = ended = [int(pk) for (pk,) in cursor.fetchall()]
        for statement in (FIRST, BEGIN):
            cursor.execute(statement, facts)
    record("members.membership", ended, "carry", was="MEMBER", by=by, reason=reason)
    for affair in (
        *Request.objects.filter(membership__in=ended, state=Wanted.ASKED).order_by("pk"),
        *Lapse.objects.filter(membership__in=ended, state__in=[Lapsing.FOUND, Lapsing.TALKED]).order_by("pk"),
    ):
        move(affair, "over", by=None)
    return len(ended)


def end_code(union: Union, *, by: User | None) -> None:
    """Nobody joins a union by its code any more."""
    JoinCode.objects.filter(union=union, closed_at=None).update(closed_at=now(), closed_by=by)


def nobody_between(old: Union) -> None:
    """RuleBroken while somebody is neither in nor out of a union that is to end."""
    between = Membership.objects.filter(
        Q(union=old, state__in=[State.APPLIED, State.LEAVING], left_on=None) | Q(to_union=old, state=State.LEAVING)
    ).count()
    waiting = between + Application.objects.filter(union=old, state=Asked.SENT).count()
    if waiting:
        raise RuleBroken(
            ngettext(
                "%(n)d person asks to join %(union)s, or moves from or to it. Decide on that first.",
                "%(n)d people ask to join %(union)s, or move from or to it. Decide on them first.", waiting,
            ) % {"n": waiting, "union": old.short_name}
        )  # fmt: skip


def hand_on(old: Union, heir: Union, on: date, *, retained: bool, reason: str, by: User | None) -> int:
    """Nobody is stranded at a union that ends: its members go on in its heir, and no count of who joined or left has them.

    RuleBroken while somebody is neither in nor out of it; its code for joining and what it asked of others end with it.
    """
    nobody_between(old)
    end_code(old, by=by)
    for asked in Request.objects.filter(union=old, state=Wanted.ASKED).order_by("pk"):
        move(asked, "over", by=None)
    many = carry(old, heir, on, reason=reason, by=by, how=How.POOL if heir.level <= LEADS else How.TRANSFER, retained=retained)
    if many:
        tell(
            answerable(heir, "organisation"),
            "members-came",
            facts={"n": many, "union": old.short_name, "heir": heir.short_name},
            url=heir.get_absolute_url(),
        )
    return many
