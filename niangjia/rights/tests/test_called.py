"""Whoever is called at night can act: on the desk where she stands on the roster, as long as she does, and on what she was told of there."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from niangjia.access.models import User
from niangjia.flow.api import clocks, ring, warn
from niangjia.kit.dates import CHINA, moved_to
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import which
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.actions import duty, telling
from niangjia.rights.enums import May
from niangjia.rights.models import Event, Roster, Turn
from niangjia.rights.tests.conftest import SINCE
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db
NIGHT, MORNING = datetime(2026, 12, 1, 23, tzinfo=CHINA), datetime(2026, 12, 2, 8, 29, tzinfo=CHINA)
DAY = datetime(2026, 12, 2, 9, tzinfo=CHINA)
ACTS = [May.RAISE_EVENT, May.FOLLOW_EVENT, May.CONFIRM_EVENT, May.DISMISS_EVENT, May.HANDLE_EVENT, May.CLOSE_EVENT]


@pytest.fixture
def night(town):
    """A member of the township's staff, who keeps the night from 1 to 2 December."""
    user = User.objects.create(username="t-night", name="夜班甲")
    Office.objects.create(union=town.township, user=user, name=user.name, duty="staff", post="干事", since=SINCE)
    Turn.objects.create(union=town.township, day=date(2026, 12, 1), part="NIGHT", user=user)
    return user


def red(town, affected=132):
    return actions.report(
        town.firm, actions.Facts("甲织造有限公司（示例）", "E06", affected, employer=town.employer), by=town.grassroots_chair
    )


def test_whoever_keeps_the_night_passes_on_follows_up_and_confirms(town, night, client):
    with moved_to(NIGHT):
        event = red(town)
        assert event.tellings.get().to == night
        assert which(night, ACTS, event) == {May.RAISE_EVENT, May.FOLLOW_EVENT, May.CONFIRM_EVENT}
        client.force_login(night)
        assert client.get(event.get_absolute_url()).status_code == 200
        client.post(reverse("rights:followups", args=[event.uuid]), {"text": "已到厂门口，一百三十多人。", "affected": "135"})
        with pytest.raises(RuleBroken):
            actions.confirm(event, severity="ORANGE", why="看着不多。", by=night)
        event.refresh_from_db()
        actions.confirm(event, severity="RED", why="到场核实。", by=night)
        client.post(reverse("rights:event_step", args=[event.uuid]), {"verb": "climb"})
    event.refresh_from_db()
    assert (event.affected, event.state, event.rung, event.desk) == (135, "CONFIRMED", "2", town.county)
    assert event.severities.get().level == 3
    with moved_to(MORNING):
        assert which(night, ACTS, event) == set()  # it lies with the county now


def again(user):
    """The same person at her next request."""
    return User.objects.get(pk=user.pk)


def test_after_her_shift_she_has_what_she_took_and_nothing_else(town, night):
    with moved_to(NIGHT):
        taken, other = red(town), red(town)
        telling.receive(taken.tellings.get(), by=night)
        telling.drop(other.tellings.filter(state="WAITING"))
    with moved_to(MORNING):
        assert May.RAISE_EVENT in which(night, ACTS, other)
    with moved_to(DAY):
        assert May.RAISE_EVENT in which(night, ACTS, taken)
        assert which(night, ACTS, other) == set()
        with pytest.raises(Refused):
            actions.climb(other, by=night)
        actions.climb(taken, by=night)


def test_whoever_is_called_reports_and_out_of_her_turn_does_not(town, night, client):
    client.force_login(night)
    url = f"{reverse('rights:report')}?union={town.firm.code}"
    with moved_to(NIGHT):
        assert client.get(url).status_code == 200
        made = actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E06", 5), by=night)
        assert (made.rung, made.desk) == ("3", town.township)
        with pytest.raises(Refused):
            actions.report(town.far_firm, actions.Facts("乙", "E06", 5), by=night)
    with moved_to(DAY):
        assert client.get(reverse("rights:report")).status_code == 403
        with pytest.raises(Refused):
            actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E06", 5), by=night)


def test_who_stands_in_for_an_unconfirmed_night_acts_there(town, night):
    keeper = User.objects.create(username="t-county-night", name="县夜班")
    Office.objects.create(union=town.county, user=keeper, name=keeper.name, duty="staff", post="干事", since=SINCE)
    Turn.objects.create(union=town.county, day=date(2026, 12, 1), part="NIGHT", user=keeper)
    with moved_to(NIGHT):
        event = red(town)
        telling.drop(event.tellings.filter(state="WAITING"))
        assert which(keeper, ACTS, event) == set()
        Turn.objects.filter(union=town.township).update(stood_in_at=NIGHT)
        assert May.RAISE_EVENT in which(again(keeper), ACTS, event)
        assert which(again(night), ACTS, event) == set()
        Turn.objects.filter(union=town.county).update(part="LEADER")
        assert which(again(keeper), ACTS, event) == set()


def test_a_lower_office_does_not_erase_what_stands_above_it(town):
    event = red(town)
    actions.climb(event, by=town.township_rights)
    for who in (town.township_rights, town.grassroots_chair):
        with pytest.raises(Refused):
            actions.dismiss(event, reason="没有此事。", by=who)
    assert Event.objects.get(pk=event.pk).state == "REPORTED"
    actions.dismiss(event, reason="没有此事。", by=town.county_rights)
    assert event.state == "FALSE"


def test_an_unconfirmed_night_is_warned_of_three_hours_before(town, night):
    with moved_to(datetime(2026, 12, 1, 9, tzinfo=CHINA)):
        duty.plan(town.township, 2026, 12, by=town.township_rights)
        one = clocks(Roster.objects.get())[0]
        assert one.due_at - one.warn_at == timedelta(hours=3)
    before = Message.objects.count()
    with moved_to(datetime(2026, 12, 1, 16, 59, tzinfo=CHINA)):
        assert warn() == 0
    with moved_to(datetime(2026, 12, 1, 17, 1, tzinfo=CHINA)):
        assert warn() == 1
        assert ring() == 0
    assert Message.objects.count() > before
