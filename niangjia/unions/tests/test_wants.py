"""How a union's page begins: its sentence, and what is missing, with the button of whoever may settle it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from niangjia.flow.api import wind
from niangjia.flow.models import Clock
from niangjia.kit.dates import today
from niangjia.unions.models import Body, Office


def begins(client, union):
    """The head of the page and the list of what is missing."""
    said = client.get(union.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    missing = said.partition('<ul class="n-todo">')[2].partition("</ul>")[0] if '<ul class="n-todo">' in said else ""
    return said.partition('<div class="n-head">')[2].partition("</div>")[0], missing


@pytest.fixture
def speaks(as_):
    """A reader whose pages are English."""

    def sign_in(user):
        client = as_(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


def test_what_is_missing_stands_first_with_the_button_that_settles_it(town, speaks):
    town.mill.uscc = ""
    town.mill.save()
    Body.objects.create(union=town.mill, kind="AUDIT", since=date(2020, 1, 1))
    head, missing = begins(speaks(town.north_org), town.mill)
    assert "Women workers&#x27; committee" in missing
    assert "Audit committee" not in missing
    assert f'href="/unions/{town.mill.code}/bodies/?kind=WOMEN"' in missing
    assert f'href="/unions/{town.mill.code}/facts/"' in missing
    assert missing.count("no time limit") == missing.count("<li>") == 2
    assert "2 things are missing here, none of them late." in head
    assert 'value="WOMEN" selected' in speaks(town.north_org).get(f"/unions/{town.mill.code}/bodies/?kind=WOMEN").content.decode()


def test_who_may_not_settle_it_reads_it_without_a_button(town, speaks):
    _head, missing = begins(speaks(town.north_rights), town.firm)
    assert "Women workers&#x27; committee" in missing
    assert 'class="btn' not in missing


def test_a_vacant_chair_is_missing_even_where_others_hold_office(town, speaks):
    Office.objects.filter(union=town.firm).delete()
    Office.objects.create(union=town.firm, name="沈阿明", duty="finance", post="财务", since=date(2020, 1, 1))
    _head, missing = begins(speaks(town.north_org), town.firm)
    assert "Appoint the chair" in missing
    assert f'href="/unions/{town.firm.code}/offices/?duty=chair"' in missing


@pytest.mark.parametrize("clocked", [True, False])
def test_a_term_that_ran_out_is_late_and_comes_first(town, speaks, clocked):
    town.firm.term_end = today() - timedelta(days=12)
    town.firm.save()
    wind(town.firm)
    if not clocked:
        Clock.objects.all().delete()
    head, missing = begins(speaks(town.north_org), town.firm)
    first = missing.partition("</li>")[0]
    assert "12 days late" in first
    assert "Hold the election" in first
    assert f'href="/unions/{town.firm.code}/elections/"' in first
    assert "12 days late" in head
    assert "1 of them late." in head
    assert "Prepare it" in begins(speaks(town.firm_chair), town.firm)[1].partition("</li>")[0]  # the chair prepares it herself
    assert "Prepare it" not in begins(speaks(town.north_rights), town.firm)[1].partition("</li>")[0]


def test_a_federation_is_told_who_below_it_is_late(town, speaks):
    town.firm.term_end, town.mill.uscc = today() - timedelta(days=3), ""
    town.firm.save()
    town.mill.save()
    head, missing = begins(speaks(town.north_org), town.hill)
    assert "3 days late" in missing
    assert town.firm.short_name in missing
    assert f"view=term&amp;under={town.hill.code}" in missing
    assert f"view=unregistered&amp;under={town.hill.code}" in missing
    assert "3 days late" not in head  # it is not its own clock
    assert town.mill.short_name not in begins(speaks(town.city_org), town.market)[1]


def test_nothing_missing_is_said_and_no_list_is_shown(town, speaks):
    for kind in ("WOMEN", "AUDIT"):
        Body.objects.create(union=town.firm, kind=kind, since=date(2020, 1, 1))
    head, missing = begins(speaks(town.north_org), town.firm)
    assert missing == ""
    assert "Nothing is missing here." in head
    assert "120 employees" in head
    assert re.search(r"chair: \S+, part-time", head)


def test_a_union_that_ended_lacks_nothing(town, speaks):
    town.firm.state, town.firm.closed_on = "ABOLISHED", date(2026, 1, 31)
    town.firm.save()
    head, missing = begins(speaks(town.north_org), town.firm)
    assert missing == ""
    assert "It ended on 2026-01-31." in head
