"""A value is proposed by one person and signed by another; it holds from its day on, at its place, and the past stays as it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from niangjia.access.models import SeenLog
from niangjia.flow.api import mark_days, ring
from niangjia.flow.models import Clock, Move
from niangjia.kit.answer import answer, asking, book
from niangjia.kit.dates import CHINA, moved_to, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.parameter import PARAMETERS
from niangjia.kit.spans import Span, days, hours, working_days
from niangjia.members import api as members
from niangjia.members.parameters import JOIN, YOUNGEST
from niangjia.notices.models import Message
from niangjia.rights import api as rights
from niangjia.rights.models import Event, FollowUp
from niangjia.rights.parameters import AT_ONCE, MEDIATE, REPORT, TOGETHER, YELLOW_FROM
from niangjia.rulebook import actions
from niangjia.rulebook.actions import Said
from niangjia.rulebook.models import Setting
from niangjia.rulebook.queries import forecast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAPER = {"basis": "长总工〔2016〕3号", "reason": "县域小，十天足够。"}


def proposed(what, union, value, by, since=None, **facts):
    return actions.propose(what, union, Said(value, since or today(), **(PAPER | facts)), by=by)


def set_(town, what, value, *, at="north", since=None, by="north_org", **facts):
    """Set a value, with both persons."""
    made = proposed(what, town.unions[at], value, town.people[by], since, **facts)
    return actions.sign(made, by=town.people["leader"])


def here(what, union, on=None):
    return asking(union, on or today())(what)


def test_a_value_holds_at_its_place_and_below_from_its_day_on(town):
    set_(town, JOIN, days(10), since=today() + 3 * DAY)
    later = today() + 3 * DAY
    for union in (town.north, town.hill, town.fort, town.firm, town.mill):
        assert here(JOIN, union, later) == days(10)
        assert here(JOIN, union, later - DAY) == days(15)
    for union in (town.city, town.south, town.market, town.shop):
        assert here(JOIN, union, later) == days(15)


def test_the_nearest_place_counts_and_it_may_follow_again(town):
    set_(town, JOIN, days(12), at="city", by="city_org")
    set_(town, JOIN, days(10))
    set_(town, JOIN, days(7), at="hill", by="hill_chair")
    assert [here(JOIN, one).count for one in (town.firm, town.fort, town.shop)] == [7, 10, 12]
    set_(town, JOIN, None, since=today() + DAY)
    assert [here(JOIN, one, today() + DAY).count for one in (town.firm, town.fort, town.shop)] == [7, 12, 12]
    assert here(JOIN, town.fort) == days(10)


def test_a_change_of_the_law_holds_everywhere_but_where_a_place_has_its_own(town):
    set_(town, JOIN, days(10))
    set_(town, JOIN, days(30), at="city", by="city_org", everywhere=True)
    assert [here(JOIN, one).count for one in (town.firm, town.shop)] == [10, 30]
    set_(town, YOUNGEST, 18, at="city", by="city_org", everywhere=True)
    assert here(YOUNGEST, town.firm) == 18


@pytest.mark.parametrize(
    ("who", "what", "at"),
    [
        ("firm_chair", JOIN, "firm"), ("north_rights", JOIN, "north"), ("north_org", JOIN, "south"), ("north_org", JOIN, "city"), ("north_org", MEDIATE, "north"),
        ("south_org", JOIN, "hill"), ("nobody", JOIN, "north"), ("security", JOIN, "city"), ("auditlog", JOIN, "city"),
    ],
)  # fmt: skip
def test_other_offices_and_other_places_propose_nothing(town, who, what, at):
    with pytest.raises((Refused, RuleBroken)):
        proposed(what, town.unions[at], days(10), town.people[who])
    assert not Setting.objects.exists()


@pytest.mark.parametrize(
    ("who", "at"), [("north_org", "north"), ("north_chair", "hill"), ("city_org", "south"), ("system", "south"), ("city_office", "north")]
)
def test_the_office_whose_matter_it_is_proposes_there_and_below(town, who, at):
    assert proposed(JOIN, town.unions[at], days(10), town.people[who]).state == "DRAFT"


def test_the_proposer_never_signs(town):
    """The chair of a county holds every office there: she proposes, and another person signs."""
    made = proposed(JOIN, town.north, days(10), town.north_chair)
    with pytest.raises(Refused):
        actions.sign(made, by=town.north_chair)
    assert here(JOIN, town.firm) == days(15)
    actions.sign(made, by=town.leader)
    assert here(JOIN, town.firm) == days(10)


@pytest.mark.parametrize("who", ["north_org", "north_rights", "city_org", "system", "security", "hill_chair", "south_rights", "nobody"])
def test_only_a_leader_there_or_above_signs(town, who):
    made = proposed(JOIN, town.north, days(10), town.city_office)
    with pytest.raises(Refused):
        actions.sign(made, by=town.people[who])
    assert Setting.objects.get().state == "DRAFT"


@pytest.mark.parametrize(
    ("what", "value", "facts"),
    [
        (YOUNGEST, 15, {}),  # only the law
        (JOIN, days(90), {}), (JOIN, hours(2), {}),  # out of bounds
        (JOIN, None, {}),  # nothing of its own to end
        (JOIN, days(10), {"since": date(2020, 1, 1)}),  # reaches back
        (JOIN, days(10), {"basis": " "}), (JOIN, days(10), {"reason": ""}),
    ],
)  # fmt: skip
def test_what_may_not_be_set_is_refused_with_a_sentence(town, what, value, facts):
    with pytest.raises(RuleBroken, match=r"\w"):
        proposed(what, town.north, value, town.north_org, **facts)


def test_one_proposal_waits_at_a_time_and_a_newer_value_begins_later(town):
    proposed(JOIN, town.north, days(10), town.north_org)
    with pytest.raises(RuleBroken):
        proposed(JOIN, town.north, days(9), town.north_org)
    actions.sign(Setting.objects.get(), by=town.leader)
    with pytest.raises(RuleBroken):
        proposed(JOIN, town.north, days(9), town.north_org)
    assert proposed(JOIN, town.north, days(9), town.north_org, today() + DAY).state == "DRAFT"


def test_what_waited_beyond_its_first_day_is_not_signed(town):
    made = proposed(JOIN, town.north, days(10), town.north_org)
    with moved_to(datetime.now(CHINA) + 2 * DAY), pytest.raises(RuleBroken):
        actions.sign(made, by=town.leader)


def test_what_was_signed_is_withdrawn_only_before_its_day(town):
    made = set_(town, JOIN, days(10), since=today() + 5 * DAY)
    assert made.state == "SIGNED"
    actions.withdraw(made, reason="文件另发", by=town.leader)
    assert here(JOIN, town.firm, today() + 6 * DAY) == days(15)
    held = set_(town, JOIN, days(10))
    with pytest.raises((RuleBroken, IllegalStep)):
        actions.withdraw(held, reason="不要了", by=town.leader)
    assert here(JOIN, town.firm) == days(10)


def test_its_day_comes_by_itself(town):
    made = set_(town, JOIN, days(10), since=today() + 5 * DAY)
    with moved_to(datetime.now(CHINA) + 5 * DAY):
        ring()
        made.refresh_from_db()
        assert made.state == "IN_FORCE"
    assert [move.verb for move in Move.objects.filter(kind="rulebook.setting", thing_id=made.pk).order_by("pk")] == [
        "start",
        "sign",
        "begin",
    ]


def test_every_step_is_in_the_log_and_people_are_told(town):
    set_(town, JOIN, days(10))
    lines = list(SeenLog.objects.filter(kind="rulebook.setting").order_by("pk").values_list("act", "user__username"))
    assert lines == [("value proposed", "north-org"), ("value put in force", "leader")]
    assert Message.objects.filter(what="setting-proposed", to=town.north_chair).count() == 1  # no leader there: the chair is asked
    assert set(Message.objects.filter(what="setting-signed").values_list("to__username", flat=True)) == {"north-org"}


# ---------- the database refuses what must never be ----------


@pytest.mark.parametrize(
    "facts",
    [
        {"value": "9 d"},
        {"since": date(2030, 1, 1)},
        {"basis": "x"},
        {"code": "x"},
        {"division": None},
        {"state": "WITHDRAWN"},
        {"state": "DRAFT"},
    ],
)
def test_what_held_is_never_changed(town, facts):
    made = set_(town, JOIN, days(10))
    with pytest.raises(DatabaseError), transaction.atomic():
        Setting.objects.filter(pk=made.pk).update(**facts)
    with pytest.raises(DatabaseError), transaction.atomic():
        Setting.objects.filter(pk=made.pk).delete()


def test_the_database_itself_wants_a_second_person_and_one_value_a_day(town):
    made = proposed(JOIN, town.north, days(10), town.north_org)
    with pytest.raises(IntegrityError), transaction.atomic():
        Setting.objects.filter(pk=made.pk).update(state="SIGNED")
    with pytest.raises(IntegrityError), transaction.atomic():
        Setting.objects.filter(pk=made.pk).update(state="SIGNED", signed_by=town.north_org)
    actions.sign(made, by=town.leader)
    again = {
        name: getattr(made, name)
        for name in ("code", "division_id", "union_id", "value", "since", "basis", "reason", "made_by_id", "made_at")
    }
    for division in (made.division_id, None):  # everywhere is a place like any other: none is not distinct from none
        facts = again | {"division_id": division, "state": "SIGNED", "signed_by": town.leader}
        if division is None:
            Setting.objects.create(**facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            Setting.objects.create(**facts)


def test_a_setting_by_which_a_clock_runs_is_not_withdrawn_even_by_raw_sql(town):
    made = set_(town, JOIN, days(10), since=today() + DAY)
    Clock.objects.create(
        code="MB-D1", kind="members.membership", thing_id=1, union_id=town.firm.pk, duty="chair", started_at=datetime.now(CHINA), due_at=datetime.now(CHINA), setting=made.pk,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="is not withdrawn"), transaction.atomic():
        Setting.objects.filter(pk=made.pk).update(state="WITHDRAWN")


# ---------- clocks ----------


def application(town, n, by="firm_chair", at="firm"):
    from niangjia.kit.ids import identity_check

    head = f"33059919900101{n:03d}"
    return members.apply(town.unions[at], members.Facts(name="钟试用", number=head + identity_check(head)), by=town.people[by])


def clock(thing, code):
    return Clock.objects.get(kind=thing._meta.label_lower, thing_id=thing.pk, code=code, stopped_at=None)


def test_a_clock_keeps_the_rule_under_which_it_began_and_names_it(town):
    before = application(town, 1)
    made = set_(town, JOIN, days(10))
    after, far = application(town, 2), application(town, 3, "shop_chair", "shop")
    old, new, other = (clock(one, "MB-D1") for one in (before, after, far))
    assert [(one.rule, one.span, one.setting, one.division) for one in (old, new, other)] == [
        (JOIN.code, "15 d", None, town.hill.division_id), (JOIN.code, "10 d", made.pk, town.hill.division_id), (JOIN.code, "15 d", None, town.market.division_id),
    ]  # fmt: skip
    assert new.due_at == days(10).after(new.started_at)
    from niangjia.flow.api import wind

    wind(before)
    assert (clock(before, "MB-D1").due_at, clock(before, "MB-D1").span) == (old.due_at, "15 d")


def test_it_is_restated_only_if_so_chosen_in_one_action_with_its_count(town):
    there, elsewhere_ = application(town, 1), application(town, 2, "shop_chair", "shop")
    seen = forecast(JOIN, days(10), town.north.division_id, today())
    assert (seen.running, seen.where, seen.late) == (1, [("煤山镇", 1)], 0)
    made = set_(town, JOIN, days(10), restates=True)
    assert made.restated == 1
    assert clock(there, "MB-D1").span == "10 d"
    assert clock(there, "MB-D1").setting == made.pk
    assert clock(there, "MB-D1").due_at == days(10).after(clock(there, "MB-D1").started_at)
    assert clock(elsewhere_, "MB-D1").span == "15 d"


def test_a_nearer_value_shields_what_runs_below_it(town):
    set_(town, JOIN, days(7), at="hill", by="hill_chair")
    application(town, 1)
    assert forecast(JOIN, days(10), town.north.division_id, today()).own == ["煤山镇"]
    assert set_(town, JOIN, days(10), restates=True).restated == 0
    assert Clock.objects.get(code="MB-D1").span == "7 d"


def test_following_the_place_above_again_restates_to_what_holds_there(town):
    first = set_(town, JOIN, days(10))
    one = application(town, 1)
    assert clock(one, "MB-D1").setting == first.pk
    with moved_to(datetime.now(CHINA) + DAY):
        assert set_(town, JOIN, None, restates=True).restated == 1
    assert (clock(one, "MB-D1").span, clock(one, "MB-D1").setting) == ("15 d", None)


def test_how_many_would_be_late_at_once_is_said_before(town):
    application(town, 1)
    with moved_to(datetime.now(CHINA) + 12 * DAY):
        assert forecast(JOIN, days(10), town.north.division_id, today()).late == 1
        assert forecast(JOIN, days(14), town.north.division_id, today()).late == 0


def reported(town, affected=40, **facts):
    return rights.report(town.firm, rights.Facts("煤山青禾电池有限公司", "E06", affected, **facts), by=town.firm_chair)


def test_an_event_climbs_by_the_clock_of_the_place_that_must_act(town):
    cell = REPORT.cells["ORANGE", "4"]
    made = set_(town, cell, hours(2), at="hill", by="hill_chair")
    event = reported(town)
    running = clock(event, "EV-D1")
    assert (running.rule, running.span, running.setting) == (cell.code, "2 h", made.pk)
    assert event.report_by == hours(2).after(event.reported_at)
    rights.climb(event, by=town.firm_chair)
    running = clock(event, "EV-D1")
    assert (running.rule, running.span, running.setting) == (REPORT.cells["ORANGE", "3"].code, "2 h", None)


def test_the_end_that_an_event_keeps_is_restated_with_its_rung(town):
    event = reported(town)
    cell = REPORT.cells["ORANGE", "4"]
    assert set_(town, cell, hours(3), by="north_rights", restates=True).restated == 1
    event.refresh_from_db()
    standing = event.reports.get(rung="4")
    assert event.report_by == standing.due_at == clock(event, "EV-D1").due_at == hours(3).after(standing.arrived_at)
    assert clock(event, "EV-D1").span == "3 h"


def test_the_scale_of_severity_is_the_places_and_its_answer_keeps_its_trace(town):
    first = reported(town, 12)
    made = set_(town, YELLOW_FROM, 15, by="north_rights")
    second = reported(town, 12)
    assert (first.severity, second.severity) == ("YELLOW", "BLUE")
    trace = FollowUp.objects.get(event=second).trace
    assert trace["inputs"]["affected"] == 12
    assert trace["rules"][YELLOW_FROM.code] == {"value": 15, "row": made.pk, "division": made.division_id}
    assert (trace["answer"], trace["steps"], trace["version"]) == ("BLUE", [], 2)
    assert FollowUp.objects.get(event=first).trace["steps"] == [["affected", "12", "10", "YELLOW"]]
    rights.follow_up(first, text="人数没有变", by=town.firm_chair)
    assert Event.objects.get(pk=first.pk).suggested == "BLUE"
    assert Event.objects.get(pk=first.pk).severity == "YELLOW"  # set is set: only an office lowers it


def test_a_yes_and_a_choice_change_what_the_house_does(town):
    set_(town, TOGETHER, False, by="north_rights")
    set_(town, AT_ONCE, "ORANGE", by="north_rights")
    event = reported(town, 150)
    assert not event.tasks.exists()
    assert reported(town, 40).rung == "3"
    assert rights.report(town.shop, rights.Facts("新市长桥竹业有限公司", "E06", 40), by=town.shop_chair).rung == "4"


def test_the_answer_names_the_row_that_gave_it(town):
    made = set_(town, JOIN, days(10))
    said = answer(JOIN, today(), book().chain(town.hill.division_id))
    assert (said.row.pk, said.row.basis, said.row.at) == (made.pk, PAPER["basis"], town.north.division_id)
    assert isinstance(said.value, Span)


def anew_book():
    """Something else changes, so that the book is loaded anew."""
    mark_days({date(2026, 10, 9): (False, "试")})


def test_a_parameter_that_no_longer_exists_answers_nothing_and_breaks_nothing(town, as_):
    made = set_(town, JOIN, working_days(8))
    waits = proposed(JOIN, town.south, days(9), town.south_org)
    held = dict(PARAMETERS)
    PARAMETERS.pop(JOIN.code)
    try:
        anew_book()
        assert Setting.objects.get(pk=made.pk).parameter is None
        assert as_(town.city_org).get(made.get_absolute_url()).status_code == 200
        assert as_(town.city_org).get("/settings/").status_code == 200
        with pytest.raises(RuleBroken):
            actions.sign(waits, by=town.leader)
        actions.withdraw(waits, reason="没有这一项了", by=town.leader)
    finally:
        PARAMETERS.clear()
        PARAMETERS.update(held)
