"""Standing in: who may ask, for how long, what the other may do meanwhile, and that it ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.access.models import SeenLog, User
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.unions import actions
from niangjia.unions.actions import standing
from niangjia.unions.models import Office
from niangjia.unions.queries import hearing, may_stand_in


def office_of(user):
    return Office.objects.get(user=user, delegated_by=None, until=None)


def lent(town, **facts):
    """The chair of the township is away for ten days; the county's organisation office stands in."""
    said = {"to": town.north_org, "since": today(), "last": today() + timedelta(days=9), "by": town.hill_chair} | facts
    return standing.stand_in(office_of(town.hill_chair), **said)


def test_who_stands_in_sees_and_does_what_the_office_may_until_the_last_day(town, as_):
    url = f"/unions/{town.hill.code}/offices/"
    assert as_(town.north_rights).get(url).status_code == 403
    lent(town, to=town.north_rights)
    assert as_(town.north_rights).get(url).status_code == 200
    assert as_(town.hill_chair).get(url).status_code == 200
    with moved_to(now() + timedelta(days=10)):
        assert as_(User.objects.get(pk=town.north_rights.pk)).get(url).status_code == 403


def test_from_a_day_ahead_it_begins_by_itself(town, as_):
    lent(town, to=town.north_rights, since=today() + timedelta(days=3))
    url = f"/unions/{town.hill.code}/offices/"
    assert as_(town.north_rights).get(url).status_code == 403
    with moved_to(now() + timedelta(days=4)):
        assert as_(User.objects.get(pk=town.north_rights.pk)).get(url).status_code == 200


def test_clocks_tell_both(town):
    lent(town)
    assert set(hearing([(town.hill.pk, "chair")])[town.hill.pk, "chair"]) == {town.hill_chair, town.north_org}


def test_both_are_told_and_it_is_written_down(town):
    lent(town, by=town.north_chair)
    assert set(Message.objects.filter(what="stands-in").values_list("to__username", flat=True)) == {
        town.north_org.username,
        town.hill_chair.username,
    }
    assert SeenLog.objects.filter(act="office given", thing_id=town.hill.pk).exists()


def test_called_back_she_may_nothing_more_at_once(town, as_):
    made = lent(town, to=town.north_rights)
    url = f"/unions/{town.hill.code}/offices/"
    assert as_(town.hill_chair).post(f"/unions/away/{made.uuid}/end/").status_code == 303
    assert as_(User.objects.get(pk=town.north_rights.pk)).get(url).status_code == 403
    with pytest.raises(Overtaken):
        standing.call_back(made, by=town.hill_chair)
    later = lent(town, since=today() + timedelta(days=20), last=today() + timedelta(days=25))
    standing.call_back(later, by=town.hill_chair)
    assert lent(town).pk


def test_with_the_office_ends_who_stands_in(town):
    made = lent(town)
    ahead = lent(town, to=town.north_rights, since=today() + timedelta(days=20), last=today() + timedelta(days=25))
    actions.dismiss(office_of(town.hill_chair), on=today() + timedelta(days=1), by=town.north_org)
    made.refresh_from_db()
    ahead.refresh_from_db()
    assert (made.until, ahead.until) == (today() + timedelta(days=1), ahead.since)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"since": -1}, "已过"),
        ({"last": -1}, "首日"),
        ({"last": 60}, "60"),
        ({"to": "hill_chair"}, "本人"),
        ({"to": "south_org"}, "上级"),
        ({"to": "firm_chair"}, "上级"),
    ],
)
def test_what_cannot_be_is_said(town, facts, word):
    said = {name: today() + timedelta(days=value) if name != "to" else getattr(town, value) for name, value in facts.items()}
    with pytest.raises(RuleBroken, match=word):
        lent(town, **said)
    assert not Office.objects.filter(delegated_by__isnull=False).exists()


def test_two_do_not_stand_in_at_once_nor_does_it_go_on(town):
    made = lent(town)
    with pytest.raises(RuleBroken, match="召回"):
        lent(town, to=town.north_rights, last=today())
    with pytest.raises(RuleBroken, match="代理"):
        standing.stand_in(made, to=town.north_chair, since=today(), last=today(), by=town.north_org)


def test_administrators_are_three_persons(town):
    with pytest.raises(RuleBroken, match="管理员"):
        standing.stand_in(office_of(town.security), to=town.city_org, since=today(), last=today(), by=town.security)
    assert not {town.system, town.security, town.auditlog} & set(may_stand_in(office_of(town.hill_chair)))


def test_who_may_ask(town, as_):
    mine = office_of(town.hill_chair)
    doors = {one: as_(user).get(f"/unions/away/{mine.uuid}/").status_code for one, user in town.people.items()}
    may = {"hill_chair", "north_chair", "north_org", "city_org", "security"}
    assert {one for one, status in doors.items() if status == 200} >= {"hill_chair", "north_chair", "north_org"}
    assert {one for one, status in doors.items() if status != 404} <= may
    with pytest.raises(Refused):
        lent(town, by=town.south_org)


def test_she_chooses_somebody_in_the_browser(town, as_):
    mine, client = office_of(town.hill_chair), as_(town.hill_chair)
    assert town.hill.short_name in client.get("/unions/away/").content.decode()
    facts = {"to": town.north_org.pk, "since": str(today()), "last": str(today() + timedelta(days=2))}
    assert client.post(f"/unions/away/{mine.uuid}/", facts | {"to": ""}).status_code == 422
    assert client.post(f"/unions/away/{mine.uuid}/", facts | {"last": str(today() - timedelta(days=2))}).status_code == 422
    assert client.post(f"/unions/away/{mine.uuid}/", facts).status_code == 303
    assert town.north_org.name in client.get("/unions/away/").content.decode()
    assert town.north_org.name in client.get(f"/unions/away/{mine.uuid}/").content.decode()
    assert "代理" in as_(town.north_chair).get(f"/unions/{town.hill.code}/").content.decode()
    assert town.hill_chair.name in as_(town.north_org).get("/unions/away/").content.decode()
    assert as_(town.nobody).get("/unions/away/").status_code == 200


def test_who_takes_over_has_the_desk_from_that_day_and_is_told(town, as_):
    office, client = office_of(town.hill_chair), as_(town.north_org)
    made = lent(town, to=town.north_rights)
    url, facts = f"/unions/{town.hill.code}/offices/{office.uuid}/", {"on": str(today()), "username": town.nobody.username}
    assert client.post(url, facts | {"username": "unknown"}).status_code == 422
    assert client.post(url, facts).status_code == 303
    assert as_(User.objects.get(pk=town.nobody.pk)).get(f"/unions/{town.hill.code}/offices/").status_code == 200
    for gone in (town.hill_chair, town.north_rights):
        assert as_(User.objects.get(pk=gone.pk)).get(f"/unions/{town.hill.code}/offices/").status_code in (403, 404)
    office.refresh_from_db()
    made.refresh_from_db()
    heir = Office.objects.get(union=town.hill, user=town.nobody)
    assert (office.until, made.until, heir.since, heir.post) == (today(), today(), today(), office.post)
    assert Message.objects.filter(what="office-taken-over", to=town.nobody).exists()


def test_without_an_heir_the_post_is_vacant(town, as_):
    office = office_of(town.hill_chair)
    assert as_(town.north_org).post(f"/unions/{town.hill.code}/offices/{office.uuid}/", {"on": str(today())}).status_code == 303
    assert not Office.objects.filter(union=town.hill, duty="chair", until=None).exists()
