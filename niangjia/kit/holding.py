"""Who works on a thing just now: one at a time, and a worker that was killed lets go by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils.translation import gettext as _

from niangjia.kit.errors import RuleBroken


@contextmanager
def holding(kind: int, key: int) -> Iterator[None]:
    """Hold a thing of a kind while it is worked on; the sentence is for whoever comes second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, key])
        if not cursor.fetchone()[0]:
            raise RuleBroken(_("This is being worked on just now; look again in a moment."))
    try:
        yield
    finally:
        if connection.is_usable() and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, key])


def held(kind: int, key: int) -> bool:
    """Whether somebody holds it; what says that it is being worked on and is not held was cut off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND objsubid = 2"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [kind, key],
        )
        return bool(cursor.fetchone()[0])
