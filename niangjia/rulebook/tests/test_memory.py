"""Processes remember what is set, and none of them believes what is no longer so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from niangjia.flow.api import mark_days, works
from niangjia.flow.models import Edition
from niangjia.kit.answer import asking, book
from niangjia.kit.dates import today
from niangjia.kit.memory import once
from niangjia.kit.spans import days
from niangjia.members.parameters import JOIN
from niangjia.rulebook import actions
from niangjia.rulebook.actions import Said
from niangjia.rulebook.queries import kept


def set_(town, value, **facts):
    said = Said(value, today(), "长总工〔2016〕3号", "够用。", **facts)
    return actions.sign(actions.propose(JOIN, town.north, said, by=town.north_org), by=town.leader)


@pytest.mark.django_db
def test_a_request_asks_the_database_once(town, django_assert_num_queries):
    set_(town, days(10))
    book()
    with once(), django_assert_num_queries(1):
        assert {asking(town.firm, today())(JOIN) for _ in range(50)} == {days(10)}
        works()


@pytest.mark.django_db
def test_what_was_rolled_back_was_never_true(town):
    class Back(Exception):
        pass

    before = book()

    def half_done():
        with transaction.atomic():
            set_(town, days(10))
            assert asking(town.firm, today())(JOIN) == days(10)
            raise Back

    with pytest.raises(Back):
        half_done()
    assert asking(town.firm, today())(JOIN) == days(15)
    assert book().rows == before.rows
    set_(town, days(9))
    assert asking(town.firm, today())(JOIN) == days(9)


@pytest.mark.django_db
def test_every_table_that_is_remembered_renews_the_mark(town):
    marks = [Edition.objects.get().mark]

    def renewed():
        marks.append(Edition.objects.get().mark)
        return marks[-1] != marks[-2]

    type(town.city.division).objects.filter(pk=town.hill.division_id).update(name="煤山")
    assert renewed()
    type(town.hill).objects.filter(pk=town.hill.pk).update(division=town.fort.division)
    assert renewed()
    mark_days({date(2026, 10, 9): (False, "试")})
    assert renewed()
    set_(town, days(10))
    assert renewed()
    type(town.firm).objects.filter(pk=town.firm.pk).update(contact="某")  # 8,200 of them: they lead no place
    assert not renewed()


@pytest.mark.django_db(transaction=True)
def test_within_a_request_the_answer_stands_though_another_connection_writes(town):
    with once():
        assert asking(town.firm, today())(JOIN) == days(15)

        def elsewhere():
            try:
                set_(town, days(10))
            finally:
                connection.close()

        other = Thread(target=elsewhere)
        other.start()
        other.join()
        assert asking(town.firm, today())(JOIN) == days(15)
    with once():
        assert asking(town.firm, today())(JOIN) == days(10)


OTHER = """
import json, sys
import django
django.setup()
from django.db import connection
connection.settings_dict.update(json.loads(sys.stdin.readline()))
from niangjia.kit.answer import book, value
from niangjia.kit.dates import today
from niangjia.kit.memory import once
for line in sys.stdin:
    with once():
        print(value("members.joining.decide", on=today(), place=book().chain(int(line))), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_another_process_hears_of_it_at_its_next_request(town):
    link = {name: connection.settings_dict[name] for name in ("NAME", "USER", "HOST", "PORT", "OPTIONS")}
    made = subprocess.Popen(
        [sys.executable, "-c", OTHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "niangjia.config.settings"},
    )  # fmt: skip
    with made as other:

        def ask() -> str:
            other.stdin.write(f"{town.hill.division_id}\n")
            other.stdin.flush()
            return other.stdout.readline().strip()

        other.stdin.write(json.dumps(link) + "\n")
        other.stdin.flush()
        assert (ask(), ask()) == ("15 d", "15 d")
        set_(town, days(10))
        assert ask() == "10 d"
        other.stdin.close()
    assert made.returncode == 0


@pytest.mark.django_db
def test_the_book_is_loaded_with_three_questions(town, django_assert_num_queries):
    set_(town, days(10))
    with django_assert_num_queries(4):  # the mark, and the three
        kept()
    with django_assert_num_queries(1):
        kept()
