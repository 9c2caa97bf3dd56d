"""Posting: the one act that numbers what was committed; and the names by which a state of knowledge is found again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from threading import Event

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from niangjia.worklog.db import fetch, only

LATE = 60.0  # seconds that a line may wait before somebody is told


def post() -> int:
    """Post what is committed and answer with the number that names this state of knowledge."""
    number: int = only("SELECT books_post()")
    return number


def latest() -> int:
    """The last posting; 0 before the first."""
    number: int = only("SELECT coalesce(max(number), 0) FROM books_posting")
    return number


def known_at(moment: date | datetime) -> int:
    """The last posting at or before a moment, or by the end of a day: what was known then, or declared to have been."""
    if isinstance(moment, datetime):
        when, day = "%(m)s", "(%(m)s AT TIME ZONE 'Asia/Shanghai')::date - 1"
    else:
        when, day = "(%(m)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'", "%(m)s::date"
    told = f"CASE WHEN known_on IS NULL THEN at <= {when} ELSE known_on <= {day} END"
    number: int = only(f"SELECT coalesce(max(number), 0) FROM books_posting WHERE {told}", {"m": moment})
    return number


def begun_on() -> date | None:
    """The first day of which anything is known; None before the first posting."""
    day: date | None = only("SELECT min(coalesce(known_on, (at AT TIME ZONE 'Asia/Shanghai')::date)) FROM books_posting")
    return day


def declared_on(posting: int) -> date | None:
    """The day on which a posting's facts were declared to have been known; None if they were recorded as they came."""
    known_on: date | None = only("SELECT known_on FROM books_posting WHERE number = %(p)s", {"p": posting})
    return known_on


def day_of_posting(posting: int) -> date | None:
    """The day on which a posting became known, by declaration or by the clock; None before the first."""
    day: date | None = only(
        "SELECT max(coalesce(known_on, (at AT TIME ZONE 'Asia/Shanghai')::date)) FROM books_posting WHERE number = %(p)s", {"p": posting}
    )
    return day


def keep_posting(stop: Event, every: float = 1.0) -> None:
    """The clerk's whole day: post, wait, post. A database that goes away is waited for; nothing is lost meanwhile."""
    patience = every
    while not stop.wait(patience):
        try:
            post()
            patience = every
        except DatabaseError:
            connection.close()
            patience = min(patience * 2, 60.0)
            logging.getLogger(__name__).exception("the clerk could not post; the next attempt is in %s s", patience)


@dataclass(frozen=True)
class Lag:
    """How far the clerk is behind: lines that wait, and since when the first of them does."""

    lines: int
    seconds: float


def lag() -> Lag:
    """What waits in the daybook. A long transaction's lines began to wait when they were written; a clerk who posted since is not late."""
    rows = fetch(
        "SELECT count(*), extract(epoch FROM clock_timestamp() - greatest(min(noted_at), (SELECT at FROM books_posting ORDER BY number DESC LIMIT 1))) "
        "FROM books_daybook"
    )
    [(lines, seconds)] = rows
    return Lag(lines, max(0.0, float(seconds)) if lines else 0.0)


def well() -> tuple[bool, str]:
    """The answer to the question of health: whether the clerk keeps up."""
    now = lag()
    return now.seconds < LATE, _("%(lines)d lines, %(seconds).0f s") % {"lines": now.lines, "seconds": now.seconds}


@contextmanager
def history() -> Iterator[Callable[[date], int]]:
    """Load what was known before: one transaction, in which other writers wait and only the owner may write.

    ::

        with history() as known_on:
            load(rows_of_2011)
            known_on(date(2011, 12, 31))
            load(rows_of_2012)
            known_on(date(2012, 12, 31))
    """

    def known_on(day: date) -> int:
        number: int = only("SELECT books_post_as(%(day)s)", {"day": day})
        return number

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE books_tree, books_daybook IN SHARE ROW EXCLUSIVE MODE")
        if only("SELECT EXISTS (SELECT FROM books_daybook)"):
            raise ValueError("what is in the daybook was not declared: post it first")
        yield known_on
