"""Changes are told to an address that listens: in order, at least once, signed, and on from where it was left, whatever happens meanwhile."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from time import sleep
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from niangjia.access.models import SeenLog
from niangjia.exchange import actions, queries
from niangjia.exchange.actions import telling
from niangjia.exchange.enums import KEPT, USES
from niangjia.exchange.models import Delivery, Hook, HookSecret
from niangjia.exchange.tests.receivers import Receiver
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.keyset import packed
from niangjia.members import actions as members
from niangjia.members.models import Membership
from niangjia.members.tests.rosters import line, roster
from niangjia.notices.models import Message
from niangjia.unions.models import Union

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def inward(settings):
    settings.HOOK_NETWORKS = ["127.0.0.0/8"]
    cache.clear()


@pytest.fixture
def receiver():
    one = Receiver()
    yield one
    one.stop()


@pytest.fixture
def system(town):
    one = actions.make_client("省会员系统", keeper="省总工会", by=town.system)
    return actions.grant_scope(one, town.north, list(USES), until=today() + timedelta(days=200), by=town.security)


@pytest.fixture
def hook(town, system, receiver):
    one = actions.make_hook(system, "union", receiver.url, by=town.system)
    actions.approve_hook(one, by=town.security)
    return one


@pytest.fixture
def secret(town, hook):
    return actions.make_secret(hook, by=town.system)


def renamed(town, *names):
    for name in names:
        Union.objects.filter(pk=town.firm.pk).update(short_name=name)


def told(receiver, many, rounds=600):
    """Rounds of the worker until so much has come: what is written waits while anybody on the server, a test beside this one too, began before it."""
    for _n in range(rounds):
        actions.tell_due()
        if len(receiver.got) >= many:
            break
        sleep(0.2)
    return receiver.got


def settled(hook, many):
    """What an address is to be told, as soon as it is decided."""
    for _n in range(600):
        hook.refresh_from_db()
        if len(queries.events(hook)[0]) >= many:
            return
        sleep(0.2)


def test_two_persons_let_an_address_be_told(town, system, receiver):
    one = actions.make_hook(system, "union", receiver.url, by=town.system)
    assert Message.objects.get().to == town.security
    with pytest.raises(Refused):
        actions.approve_hook(one, by=town.system)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hook.objects.filter(pk=one.pk).update(approved_at=now(), approved_by=town.system, cursor="x")
    actions.make_secret(one, by=town.system)
    renamed(town, "未批准时")
    assert actions.tell_due() == 0
    with pytest.raises(RuleBroken):
        actions.ask_test(one, by=town.system)
    actions.approve_hook(one, by=town.security)
    with pytest.raises(Overtaken):
        actions.approve_hook(one, by=town.security)
    with pytest.raises(RuleBroken):
        actions.make_hook(system, "union", receiver.url, by=town.system)
    assert {line.act for line in SeenLog.objects.filter(kind="exchange.hook")} == {"address entered", "address approved", "secret made"}


@pytest.mark.parametrize(
    "url", ["https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::1]/", "https://[fd00::1]/", "https://0.0.0.0/", "ftp://a.example/",
            "https://a:b@127.0.0.1/", "http://198.18.0.1/", "https://127.0.0.1/?key=1", "https://", "//127.0.0.1/"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_with_a_sentence(town, system, url, settings):
    settings.HOOK_NETWORKS = []
    with pytest.raises(RuleBroken):
        actions.make_hook(system, "union", url, by=town.system)


def test_nothing_is_told_of_what_the_scope_does_not_let_read(town, system, receiver):
    actions.grant_scope(system, town.north, ["unions.view"], until=today(), by=town.security)
    with pytest.raises(RuleBroken):
        actions.make_hook(system, "member", receiver.url, by=town.system)


def test_changes_are_told_in_order_without_a_word_about_anybody(town, system, receiver, tmp_path):
    one = actions.make_hook(system, "member", receiver.url, by=town.system)
    actions.approve_hook(one, by=town.security)
    actions.make_secret(one, by=town.system)
    members.import_roster(roster(tmp_path / "名册.csv", *map(line, range(1, 4))), town.firm, by=town.firm_chair)
    first = Membership.objects.filter(union=town.firm).order_by("pk")[0]
    members.end(first, ending="LEFT", on=today(), reason="离职", by=town.firm_chair)
    said = told(receiver, 4)
    assert [each["what"] for each in said] == ["JOINED"] * 3 + ["LEFT"]
    assert said[3]["id"] == str(first.uuid)
    assert set(said[0]) == {"event", "kind", "what", "at", "id", "cursor", "read"}
    assert not any(first.name.encode() in body or first.name in body.decode("unicode_escape") for body in receiver.bodies)
    assert Delivery.objects.filter(done_at__isnull=False, code=204, tries=1).count() == 4
    actions.tell_due()
    assert len(receiver.got) == 4


def test_a_cursor_that_came_with_an_event_is_good_to_ask_from(town, hook, secret, receiver, client):
    key = actions.make_key(hook.client, by=town.system)
    renamed(town, "甲", "乙")
    told(receiver, 2)
    ask = client.get("/api/unions/changes", {"since": receiver.got[0]["cursor"]}, headers={"Authorization": f"Bearer {key}"}).json()
    assert [one["union"]["short_name"] for one in ask["changes"]] == ["乙"]


def proved(secret, head, body):
    moment, _, rest = head.partition(",")
    mine = hmac.new(secret.encode(), moment.removeprefix("t=").encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"v1={mine}" in rest.split(",")


def test_posts_are_signed_by_both_secrets_while_one_follows_the_other(town, hook, secret, receiver):
    second = actions.make_secret(hook, by=town.system)
    with pytest.raises(RuleBroken):
        actions.make_secret(hook, by=town.system)
    renamed(town, "甲")
    told(receiver, 1)
    head, body = receiver.heads[0]["Niangjia-Signature"], receiver.bodies[0]
    assert proved(secret, head, body)
    assert proved(second, head, body)
    assert not proved(secret, head, body + b" ")
    old = HookSecret.objects.order_by("pk")[0]
    actions.end_secret(old, by=town.security)
    old.refresh_from_db()
    assert old.sealed is None
    renamed(town, "乙")
    told(receiver, 2)
    head, body = receiver.heads[1]["Niangjia-Signature"], receiver.bodies[1]
    assert not proved(secret, head, body)
    assert proved(second, head, body)


def test_nothing_is_posted_unsigned(town, hook, secret, receiver):
    actions.end_secret(HookSecret.objects.get(), by=town.system)
    renamed(town, "甲")
    settled(hook, 1)
    assert actions.tell_due() == 0
    assert receiver.got == []


@pytest.mark.parametrize("answers", [[500, 503], [404], [302], [200, 500]])
def test_what_is_not_taken_is_posted_again_before_what_follows(town, hook, secret, receiver, answers):
    receiver.answers = list(answers)
    renamed(town, "甲", "乙")
    settled(hook, 2)
    moment = now()
    for n in range(6):
        with moved_to(moment + timedelta(hours=n)):
            actions.tell_due()
    events = [one["event"] for one in receiver.got]
    once = list(dict.fromkeys(events))
    assert len(once) == 2
    assert events == sorted(events, key=once.index)  # never the second before the first was taken
    assert len(events) == 2 + sum(code >= 300 for code in answers)
    assert Delivery.objects.filter(done_at=None).count() == 0


def test_nobody_is_asked_again_before_the_wait_is_over(town, hook, secret, receiver):
    receiver.answers = [500]
    renamed(town, "甲")
    told(receiver, 1)
    assert actions.tell_due() == 0
    hook.refresh_from_db()
    assert hook.tries == 1
    assert hook.next_at > now() + timedelta(seconds=50)
    line = Delivery.objects.get()
    assert (line.code, line.done_at, line.tries) == (500, None, 1)
    with moved_to(now() + timedelta(minutes=2)):
        assert actions.tell_due() == 1
    line.refresh_from_db()
    assert (line.code, line.tries) == (204, 2)
    assert receiver.got[0]["event"] == receiver.got[1]["event"]


def test_a_receiver_that_is_down_is_told_when_it_is_back(town, hook, secret, receiver):
    receiver.stop()
    renamed(town, "甲", "乙")
    settled(hook, 2)
    assert actions.tell_due() == 0
    assert Delivery.objects.get().fault == "away"
    back = Receiver(receiver.server_port)
    try:
        with moved_to(now() + timedelta(minutes=2)):
            assert actions.tell_due() == 2
        assert len(back.got) == 2
    finally:
        back.stop()


def test_a_receiver_that_is_slow_is_not_waited_for(town, hook, secret, receiver, monkeypatch):
    monkeypatch.setattr(telling, "_set", lambda what, real=telling._set: 1 if what is telling.SECONDS else real(what))
    receiver.waits = 3
    renamed(town, "甲")
    settled(hook, 1)
    assert actions.tell_due() == 0
    assert Delivery.objects.get().fault == "slow"
    receiver.waits = 0
    with moved_to(now() + timedelta(minutes=2)):
        assert actions.tell_due() == 1
    assert receiver.got[0]["event"] == receiver.got[1]["event"]


def test_after_so_many_tries_it_stops_says_so_and_goes_on_where_it_was_left(town, hook, secret, receiver):
    receiver.answers = [500] * 12
    renamed(town, "甲", "乙")
    settled(hook, 2)
    Message.objects.all().delete()
    moment = now()
    for n in range(15):
        with moved_to(moment + timedelta(hours=7 * n)):
            actions.tell_due()
    hook.refresh_from_db()
    assert hook.stopped_at is not None
    assert len(receiver.got) == 12
    assert {one.to for one in Message.objects.all()} == {town.system, town.security}
    actions.resume(hook, by=town.system)
    told(receiver, 14)
    assert len({one["event"] for one in receiver.got}) == 2
    with pytest.raises(Overtaken):
        actions.resume(hook, by=town.system)


def test_what_happens_while_it_is_paused_is_told_afterwards(town, hook, secret, receiver):
    actions.pause(hook, by=town.security)
    renamed(town, "甲", "乙", "丙")
    settled(hook, 3)
    assert actions.tell_due() == 0
    actions.resume(hook, by=town.system)
    assert [one["what"] for one in told(receiver, 3)] == ["CHANGED"] * 3


def test_a_worker_that_dies_after_the_post_posts_again_and_loses_nothing(town, hook, secret, receiver, monkeypatch):
    renamed(town, "甲", "乙")
    settled(hook, 2)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(telling, "_taken", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.tell_due()
    Hook.objects.filter(pk=hook.pk).update(leased_until=now() + timedelta(seconds=90))  # a killed process gives nothing back
    assert actions.tell_due() == 0
    with moved_to(now() + timedelta(seconds=91)):
        assert actions.tell_due() == 2
    events = [one["event"] for one in receiver.got]
    assert (len(events), len(set(events)), events[0]) == (3, 2, events[1])


def test_a_second_worker_leaves_an_address_alone_that_the_first_one_tells(town, hook, secret, receiver):
    renamed(town, "甲")
    settled(hook, 1)
    assert telling._lease(hook)
    assert actions.tell_due() == 0
    assert not telling._lease(hook)
    Hook.objects.filter(pk=hook.pk).update(leased_until=None)
    assert actions.tell_due() == 1
    hook.refresh_from_db()
    event = queries.Event(UUID(receiver.got[0]["event"]), "CHANGED", None, now(), "elsewhere")
    Hook.objects.filter(pk=hook.pk).update(cursor="another worker was here")
    assert not telling._taken(hook, event, 200)


def test_a_test_is_posted_once_whatever_is_answered_and_past_a_pause(town, hook, secret, receiver):
    actions.pause(hook, by=town.system)
    receiver.answers = [500]
    actions.ask_test(hook, by=town.system)
    with pytest.raises(RuleBroken):
        actions.ask_test(hook, by=town.system)
    assert actions.tell_due() == 0
    assert actions.tell_due() == 0
    assert [one["what"] for one in receiver.got] == ["TEST"]
    assert Delivery.objects.get().code == 500
    assert Message.objects.filter(what="hook-stopped").count() == 0


def test_what_was_missed_for_too_long_is_one_event_begin_anew(town, hook, secret, receiver):
    Hook.objects.filter(pk=hook.pk).update(cursor=packed([1, 2, 3, int(now().timestamp())]))  # of another server
    receiver.answers = [500]
    actions.tell_due()
    with moved_to(now() + timedelta(minutes=2)):
        actions.tell_due()
    assert [one["what"] for one in receiver.got] == ["ANEW", "ANEW"]
    assert receiver.got[0]["event"] == receiver.got[1]["event"]
    renamed(town, "甲")
    assert told(receiver, 3)[2]["what"] == "CHANGED"
    with moved_to(now() + KEPT + timedelta(days=1)):
        actions.tell_due()
        assert receiver.got[3]["what"] == "ANEW"
        assert actions.forget_deliveries() == 2


@pytest.mark.parametrize("how", ["over", "closed", "away", "forbidden"])
def test_whoever_may_no_longer_read_is_told_no_longer(town, hook, secret, receiver, how):
    renamed(town, "甲")
    settled(hook, 1)
    moment = now()
    if how == "over":
        moment += timedelta(days=201)
    elif how == "closed":
        actions.close(hook.client, why="协议终止", by=town.security)
    elif how == "away":
        actions.close_hook(hook, why="换地址", by=town.security)
        assert HookSecret.objects.get().sealed is None
    else:
        actions.grant_scope(hook.client, town.north, ["members.list"], until=today() + timedelta(days=9), by=town.security)
    with moved_to(moment):
        assert actions.tell_due() == 0
    assert receiver.got == []


def test_an_address_that_leads_inward_later_is_not_posted_to(town, hook, secret, receiver, settings):
    settings.HOOK_NETWORKS = []
    renamed(town, "甲")
    settled(hook, 1)
    assert actions.tell_due() == 0
    assert receiver.got == []
    assert Delivery.objects.get().fault == "inward"


def test_what_breaks_at_one_address_does_not_keep_the_others(town, system, hook, secret, receiver, monkeypatch):
    other = actions.make_hook(system, "member", receiver.url, by=town.system)
    actions.approve_hook(other, by=town.security)
    actions.make_secret(other, by=town.system)
    renamed(town, "甲")
    settled(hook, 1)
    real = telling.events

    def breaks(one):
        if one.pk == other.pk:
            raise ZeroDivisionError
        return real(one)

    monkeypatch.setattr(telling, "events", breaks)
    assert actions.tell_due() == 1
    other.refresh_from_db()
    assert other.next_at is not None


def test_an_idle_address_writes_nothing_until_its_cursor_is_old(town, hook, secret):
    before = Hook.objects.get().cursor
    actions.tell_due()
    assert Hook.objects.get().cursor == before
    with moved_to(now() + timedelta(minutes=11)):
        actions.tell_due()
    assert Hook.objects.get().cursor != before
