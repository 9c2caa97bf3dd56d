"""An export of people: two persons, one file for one person, gone after a week, and the record that stays."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.access.api import SeenLog, broken_at
from niangjia.exports import actions, queries
from niangjia.exports.models import Export, Held
from niangjia.exports.tests.reading import bytes_of, told
from niangjia.flow.actions import ring
from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import moved_to, now
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.members import actions as members_
from niangjia.members.models import Membership
from niangjia.members.tests.rosters import line, name, roster
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db
PEOPLE = (
    "firm_chair", "mill_chair", "shop_chair", "hill_chair", "fort_chair", "north_chair", "north_org", "north_rights", "south_org", "city_org", "city_rights",
    "city_office", "leader", "system", "security", "auditlog", "nobody",
)  # fmt: skip


# ---------- two persons ----------


def test_the_one_asks_and_the_other_decides(town, asked):
    export = asked()
    assert (export.state, export.rows, export.reference[:3]) == ("ASKED", 3, "DC-")
    assert (export.asked_of, export.asked_duty) == (town.north, "chair")
    clock = Clock.objects.get(kind="exports.export")
    assert (clock.code, clock.union_id, clock.duty) == ("EX-D1", town.north.pk, "chair")
    assert told(town.north_chair) == ["export-asked"]
    with pytest.raises(Refused):
        actions.approve(export, by=town.north_org)
    actions.make(actions.approve(export, by=town.north_chair))
    export.refresh_from_db()
    assert (export.state, export.written, export.decided_by) == ("READY", 3, town.north_chair)
    assert told(town.north_org) == ["export-approved", "export-ready"]
    assert Clock.objects.get(kind="exports.export").stopped_at is not None


def test_nobody_lets_out_her_own_whatever_the_code_says(town, asked, owner):
    export = asked()
    with pytest.raises(IntegrityError, match="nobody_lets_out_her_own_export"), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(decided_by=town.north_org)
    with pytest.raises(IntegrityError, match="an_export_is_let_out_by_somebody"), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(state="READY", key_sealed=b"x", keep_until=now())


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("north_chair", 303), ("city_org", 303), ("leader", 303),
        ("north_org", 403),  # her own
        ("security", 403), ("auditlog", 403),  # they watch
        ("hill_chair", 404), ("firm_chair", 404), ("north_rights", 404), ("south_org", 404), ("city_rights", 404), ("city_office", 404), ("system", 404), ("nobody", 404),
    ],
)  # fmt: skip
def test_who_may_approve(town, as_, asked, who, answer):
    export = asked()
    assert as_(town.people[who]).post(f"{export.get_absolute_url()}step/", {"verb": "approve"}).status_code == answer
    export.refresh_from_db()
    assert export.state == ("MAKING" if answer == 303 else "ASKED")


def test_who_may_ask(town, as_, members):
    opened = {one for one in PEOPLE if as_(town.people[one]).get("/exports/new/?what=members.register").status_code == 200}
    keepers = {"firm_chair", "mill_chair", "shop_chair", "hill_chair", "fort_chair", "north_chair", "north_org", "south_org", "city_org"}
    assert opened == keepers
    assert as_(town.north_org).get("/exports/new/?what=nothing").status_code == 404


@pytest.mark.parametrize(
    ("who", "told_", "never"),
    [
        ("north_org", "Register of members", "Workers"),
        ("north_chair", "Workers in disputes, Members to be sent up, Differences with another list", "no list"),
        ("auditlog", "no list of people", "Register of members,"),
    ],
)
def test_who_asks_for_an_export_of_nothing_is_led_to_where_it_begins(town, as_, who, told_, never):
    client = as_(town.people[who])
    client.cookies["django_language"] = "en"
    answer = client.get("/exports/new/", follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([("/exports/", 303)], 200)
    said = " ".join(str(one) for one in answer.context["messages"])
    assert told_ in said
    assert never not in said
    assert said.split(":")[0] in html.unescape(answer.content.decode())


def test_of_two_who_decide_at_once_the_second_is_told(town, asked):
    one = asked()
    two = Export.objects.get(pk=one.pk)
    actions.approve(one, by=town.north_chair)
    with pytest.raises(Overtaken), transaction.atomic():
        actions.refuse(two, reason="太多", by=town.city_org)
    two.refresh_from_db()
    assert (two.state, two.decided_by) == ("MAKING", town.north_chair)


def test_the_same_is_asked_for_once(town, asked):
    export = asked()
    with pytest.raises(RuleBroken), transaction.atomic():
        asked()
    actions.withdraw(export, by=town.north_org)
    assert asked().state == "ASKED"


def test_a_refusal_needs_a_reason_and_is_told(town, asked):
    export = asked()
    with pytest.raises(RuleBroken), transaction.atomic():
        actions.refuse(export, reason=" ", by=town.north_chair)
    actions.refuse(export, reason="用途不明", by=town.north_chair)
    assert export.state == "REFUSED"
    assert told(town.north_org) == ["export-refused"]
    assert Move.objects.get(kind="exports.export", verb="refuse").reason == "用途不明"
    with pytest.raises(RuleBroken):
        bytes_of(export, town.north_org)


def test_where_nobody_else_holds_the_office_nothing_leaves(town, asked):
    Office.objects.filter(union__in=[town.north, town.city], duty__in=["chair", "organisation", "leader"]).exclude(
        user=town.north_org
    ).delete()
    with pytest.raises(RuleBroken):
        asked()


def test_a_grassroots_chair_is_answered_by_the_office_above(town, asked):
    export = asked(union=town.firm, by=town.firm_chair)
    assert (export.asked_of, export.asked_duty) == (town.hill, "chair")
    assert not queries.listed(town.firm_chair, "waiting").exists()
    assert queries.listed(town.hill_chair, "waiting").get() == export


def test_an_answer_is_due_in_two_working_days_and_lapses_after_two_weeks(town, asked):
    export = asked()
    with moved_to(now() + timedelta(days=6)):
        ring()
        assert told(town.north_chair) == ["export-asked", "export-late"]
        assert told(town.north_org) == ["export-late"]
        assert actions.sweep() == 0
    with moved_to(now() + timedelta(days=15)):
        assert actions.sweep() == 1
    export.refresh_from_db()
    assert export.state == "LAPSED"
    assert told(town.north_org)[-1] == "export-lapsed"


# ---------- who takes it, and for how long ----------


def test_only_the_asker_takes_it_and_each_time_is_written_down(town, as_, ready):
    export = ready()
    url = f"{export.get_absolute_url()}file/"
    answer = as_(town.north_org).get(url)
    assert answer.getvalue().startswith(b"PK")
    assert int(answer["Content-Length"]) == export.size
    assert as_(town.north_org).get(url).status_code == 200
    lines = SeenLog.objects.filter(act="downloaded", kind="exports.export", thing_id=export.pk)
    assert [one.user for one in lines] == [town.north_org] * 2
    assert broken_at() is None
    for other in ("north_chair", "city_org", "leader", "security", "auditlog"):
        assert as_(town.people[other]).get(export.get_absolute_url()).status_code == 200
        assert as_(town.people[other]).get(url).status_code == 403
    for stranger in ("hill_chair", "south_org", "north_rights", "nobody"):
        assert as_(town.people[stranger]).get(url).status_code == 404
    assert lines.count() == 2


def test_who_has_left_the_office_takes_nothing_away(town, as_, ready):
    export = ready()
    Office.objects.filter(user=town.north_org).delete()
    assert as_(town.north_org).get(f"{export.get_absolute_url()}file/").status_code == 403


def test_after_a_week_the_file_is_gone_and_the_record_stays(town, as_, ready, folder, django_capture_on_commit_callbacks):
    export = ready()
    with moved_to(now() + timedelta(days=6)):
        assert actions.sweep() == 0
    with moved_to(now() + timedelta(days=7, minutes=1)):
        with pytest.raises(RuleBroken):  # over, even before the job has come by
            bytes_of(export, town.north_org)
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.sweep() == 1
    export.refresh_from_db()
    assert (export.state, export.key_sealed, export.written) == ("GONE", None, 3)
    assert list(folder.iterdir()) == []
    assert Held.objects.get(export=export).union_id == town.firm.pk
    page = as_(town.north_org).get(export.get_absolute_url())
    assert page.status_code == 200
    assert as_(town.north_org).get(f"{export.get_absolute_url()}file/").status_code == 422


def test_it_can_be_deleted_before(town, ready, folder, django_capture_on_commit_callbacks):
    export = ready()
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop(export, by=town.north_chair)
    assert (export.state, list(folder.iterdir())) == ("GONE", [])


def test_whoever_was_in_it_can_be_told(town, as_, ready):
    export = ready({"sex": "2"})
    inside, outside = Membership.objects.get(name=name(2)), Membership.objects.get(name=name(1))
    assert [one.pk for one in queries.that_held([("members.membership", inside.union_id, inside.pk)])] == [export.pk]
    assert not queries.that_held([("members.membership", outside.union_id, outside.pk)]).exists()
    assert export.purpose in as_(town.firm_chair).get(inside.get_absolute_url()).content.decode()
    assert export.purpose not in as_(town.firm_chair).get(outside.get_absolute_url()).content.decode()


# ---------- pages ----------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_asked_for_and_decided_in_the_browser(town, as_, members, language):
    client = as_(town.north_org)
    client.cookies["django_language"] = language
    assert "/exports/new/?sex=2&amp;what=members.register" in client.get("/members/?sex=2&after=x").content.decode()
    url = "/exports/new/?sex=2&what=members.register"
    assert client.get(url).status_code == 200
    said = {"union": str(town.north.pk), "purpose": "年度核验", "id": "full", "phone": "out", "columns": ["job", "union"], "why_full": ""}
    assert client.post(url, said).status_code == 422
    assert client.post(url, said | {"why_full": "逐人核对证件", "purpose": " "}).status_code == 422
    assert client.post(url, said | {"why_full": "逐人核对证件", "union": str(town.south.pk)}).status_code == 422
    assert client.post(url, said | {"why_full": "逐人核对证件"}).status_code == 303
    export = Export.objects.get()
    assert (export.columns, export.full, export.rows) == (["name", "id", "union", "job"], ["id"], 1)
    assert client.post(url, said | {"why_full": "逐人核对证件"}).status_code == 422  # it waits already
    for user in (town.north_org, town.north_chair, town.security):
        client = as_(user)
        client.cookies["django_language"] = language
        for page in ("/exports/", "/exports/?view=waiting", "/exports/?view=mine", export.get_absolute_url()):
            assert client.get(page).status_code == 200
    as_(town.north_chair).post(f"{export.get_absolute_url()}step/", {"verb": "approve"})
    assert "hx-trigger" in as_(town.north_org).get(export.get_absolute_url()).content.decode()
    actions.make(export)
    assert "/file/" in as_(town.north_org).get(export.get_absolute_url()).content.decode()
    assert "/file/" not in as_(town.north_chair).get(export.get_absolute_url()).content.decode()
    assert as_(town.north_org).get("/exports/export/").getvalue().startswith(b"PK")


def test_what_was_searched_for_stands_nowhere_in_the_clear(town, asked):
    export = asked({"q": name(1)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e)::text FROM exports_export e")
        row = cursor.fetchone()[0]
    assert name(1) not in row
    assert queries.query_of(export) == {"q": name(1)}
    assert name(1) not in str(list(SeenLog.objects.values_list("why", flat=True)))


def test_the_list_costs_the_same_however_long_it_is(town, as_, asked, django_assert_max_num_queries):
    for sex in ("1", "2", ""):
        asked({"sex": sex})
    client = as_(town.north_chair)
    with django_assert_max_num_queries(19):
        client.get("/exports/")


def test_rows_of_a_roster_are_written_by_one_question(town, register, members, tmp_path, django_assert_num_queries):
    members_.import_roster(roster(tmp_path / "c.csv", *map(line, range(10, 60))), town.firm, dry_run=False, by=town.north_org)
    rows = register.rows(town.north_org, town.north, {})
    with django_assert_num_queries(1):
        assert len(list(register.lines(rows, ["name", "id", "phone", "union_name", "employer"], frozenset()))) == 53
