"""When unions move, what runs there goes on the desks that now stand above it; what was reported and counted stays where it was."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from niangjia.rights.actions.telling import drop, ring_up
from niangjia.rights.enums import Occasion, TellingState
from niangjia.rights.models import Event, Telling

# Of the unions above the place (or the place itself) that exist, the one at the rung that the event has reached, else the next above.
DESK = """
UPDATE rights_event e SET desk_id = coalesce((
    SELECT a.id FROM unions_union a WHERE a.id = ANY (string_to_array(trim(BOTH '/' FROM u.path), '/')::bigint[]) AND a.state <> 'ABOLISHED'
       AND a.level <= greatest(e.rung::int, 1) ORDER BY a.level DESC, length(a.path) DESC LIMIT 1), e.desk_id)
  FROM unions_union u, unions_union d
 WHERE u.id = e.union_id AND d.id = e.desk_id AND e.state <> ALL (%(over)s) AND e.union_id = ANY (%(unions)s)
   AND (d.state = 'ABOLISHED' OR NOT d.id = ANY (string_to_array(trim(BOTH '/' FROM u.path), '/')::bigint[]))
RETURNING e.id"""
OVER = ["CLOSED", "VISITED", "FALSE", "REFERRED", "MERGED"]


def follow(unions: Sequence[int]) -> list[int]:
    """Lay the events that run at some unions on the desks of those who now lead them, and tell these. Answers which events changed desks."""
    with connection.cursor() as cursor:
        cursor.execute(DESK, {"unions": list(unions), "over": OVER})
        found = [pk for (pk,) in cursor.fetchall()]
    drop(Telling.objects.filter(event__in=found, state=TellingState.WAITING))
    for event in Event.objects.filter(pk__in=found).select_related("desk", "union").order_by("pk"):
        ring_up(event, occasion=Occasion.MOVED.value)
    return found
