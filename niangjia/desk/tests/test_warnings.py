"""Whoever holds the duty is told once at each warning: not twice, not of what is long past, and not by a worker that died on the way."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.desk.queries import work_of
from niangjia.flow.api import clocks, running, warn, wind
from niangjia.flow.models import Clock
from niangjia.kit import warned
from niangjia.kit.dates import CHINA, moved_to, today
from niangjia.notices.models import Message
from niangjia.notices.wording import words_of
from niangjia.unions import actions
from niangjia.unions.models import Office, Union

pytestmark = pytest.mark.django_db
END = date(2028, 12, 31)  # of every term in the town
HALF_YEAR, QUARTER, MONTH = (END - timedelta(days=n) for n in (180, 90, 30))


def on(day, hour=9):
    """The morning after a day, whose last minute a warning is."""
    return moved_to(datetime(day.year, day.month, day.day, hour, tzinfo=CHINA) + timedelta(days=1))


def told(user):
    return Message.objects.filter(what="clock-warns", to=user).count()


def test_each_warning_is_told_once(town):
    with on(HALF_YEAR - timedelta(days=1)):
        assert warn() == 0
    for many, day in enumerate((HALF_YEAR, QUARTER, MONTH), start=1):
        with on(day):
            assert warn() == 9
            assert warn() == 0
        assert told(town.firm_chair) == many
    assert not Clock.objects.filter(code="UN-D1", remind_at__isnull=False).exists()


def test_the_message_says_what_and_by_when_and_asks_for_a_receipt(town):
    with on(QUARTER):
        warn()
    [one] = Message.objects.filter(to=town.firm_chair)
    assert (one.receipt, one.url) == (True, town.firm.get_absolute_url())
    assert "2028" in words_of(one).title
    assert town.firm.short_name in words_of(one).text
    assert town.firm.short_name not in words_of(one).title


def test_a_worker_that_was_down_tells_only_the_last(town):
    with on(MONTH):
        assert warn() == 9
        assert warn() == 0
    assert told(town.firm_chair) == 1


def test_when_the_end_itself_has_come_there_is_nothing_to_warn_of(town):
    with on(END):
        assert warn() == 0
        assert not Clock.objects.filter(code="UN-D1", remind_at__isnull=False).exists()
    assert not Message.objects.exists()


def test_a_register_that_is_entered_in_one_go_says_nothing_of_what_lies_behind(town):
    """A city is loaded, a roster of unions entered: thousands of terms are near already, and nobody wants thousands of letters."""
    Clock.objects.all().delete()
    with on(QUARTER):
        for union in Union.objects.all():
            wind(union)
        assert warn() == 0
    with on(MONTH):
        assert warn() == 9
    assert told(town.firm_chair) == 1


def test_a_new_term_is_warned_of_anew(town):
    with on(MONTH):
        warn()
        actions.re_elect(Union.objects.get(pk=town.firm.pk), on=today(), approval_no="3号", by=town.hill_chair)
        assert warn() == 0
    term = Clock.objects.get(code="UN-D1", thing_id=town.firm.pk, stopped_at=None)
    assert term.remind_at == term.due_at - timedelta(days=180)


@pytest.mark.parametrize("vacant", ["ended", "no account", "account closed"])
def test_for_a_vacant_post_the_union_above_is_told(town, vacant):
    held = Office.objects.filter(union=town.firm, duty="chair")
    if vacant == "ended":
        held.update(until=date(2026, 1, 1))
    elif vacant == "no account":
        held.update(user=None)
    else:
        town.firm_chair.is_active = False
        town.firm_chair.save()
    with on(QUARTER):
        warn()
    assert (told(town.firm_chair), told(town.hill_chair), told(town.north_chair)) == (0, 2, 1)


def test_nobody_hears_of_it_twice_steps_up(town):
    """A county would hear of every firm whose township has nobody: the clock stands in its list instead."""
    Office.objects.filter(union__in=[town.firm, town.hill], duty="chair").update(until=date(2026, 1, 1))
    with on(QUARTER):
        warn()
    assert set(Message.objects.filter(to=town.north_chair).values_list("url", flat=True)) == {
        town.north.get_absolute_url(),
        town.hill.get_absolute_url(),
    }


def test_half_a_year_ahead_the_clock_is_not_yellow_and_not_on_the_desk(town, as_):
    with on(HALF_YEAR):
        [term] = [one for one in clocks(town.firm) if one.code == "UN-D1"]
        assert running(term, town.firm).face.kind == ""
        assert work_of(town.firm_chair).total == 0
        listed = as_(town.city_org).get("/unions/?view=ahead").content.decode()
        assert town.firm.short_name in listed
    with on(QUARTER):
        assert running(term, town.firm).face.kind == "soon"
    assert town.firm.short_name not in as_(town.city_org).get("/unions/?view=ahead").content.decode()


def test_as_many_questions_for_nine_clocks_as_for_one(town):
    counts = []
    for unions in ([town.firm.pk], list(Union.objects.values_list("pk", flat=True))):
        Clock.objects.filter(code="UN-D1").exclude(thing_id__in=unions).update(remind_at=None)
        Clock.objects.filter(code="UN-D1", thing_id__in=unions).update(remind_at=datetime(2028, 7, 4, tzinfo=CHINA))
        with on(HALF_YEAR), CaptureQueriesContext(connection) as asked:
            assert warn() == len(unions)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14  # savepoints with them


def test_one_clock_that_cannot_be_told_holds_up_no_other(town, monkeypatch):
    def fails(dues):
        if any(due.thing.pk == town.firm.pk for due in dues):
            raise ValueError("no words for it")

    monkeypatch.setattr(warned, "TELLERS", [*warned.TELLERS, fails])
    with on(QUARTER):
        assert warn() == 8
        assert (told(town.firm_chair), told(town.mill_chair)) == (0, 1)
        monkeypatch.undo()
        assert warn() == 1
    assert told(town.firm_chair) == 1


def test_killed_in_the_middle_it_is_told_in_the_next_round(town, monkeypatch):
    def killed(_dues):
        raise SystemExit

    monkeypatch.setattr(warned, "TELLERS", [*warned.TELLERS, killed])
    with on(QUARTER):
        with pytest.raises(SystemExit):
            warn()
        assert told(town.firm_chair) == 0
        monkeypatch.undo()
        assert warn() == 9
    assert told(town.firm_chair) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(town, monkeypatch):
    """While the first one tells, a second one runs its whole round: it finds nothing that it could hold."""
    found = []

    def second(_dues):
        def run():
            with on(QUARTER):
                found.append(warn())
            connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()

    monkeypatch.setattr(warned, "TELLERS", [second, *warned.TELLERS])
    with on(QUARTER):
        assert warn() == 9
    assert found == [0]
    assert told(town.firm_chair) == 1
