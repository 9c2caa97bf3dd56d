"""The small city as it stands in the database: its figures, its shapes, what was known when, and what goes on today."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F

from niangjia.access.models import User
from niangjia.flow.api import waiting, warn, wind
from niangjia.flow.models import Clock, Move
from niangjia.kit import crypt, ids
from niangjia.kit.dates import at, day_of, moved_to, now
from niangjia.kit.errors import RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import Period, until
from niangjia.members.importing.prepare import ID, PHONE
from niangjia.members.models import Membership, Person
from niangjia.notices.models import Message
from niangjia.rights.models import Claimant, Dispute, Event, Mediator, Paper, Receipt, Redundancy, Supervision, Supervisor
from niangjia.scenario import targets
from niangjia.scenario.load import CASES, TREE, Half, load
from niangjia.scenario.models import Load
from niangjia.scenario.tests.asking import all_told, told
from niangjia.scenario.tests.conftest import SMALL, TODAY
from niangjia.scenario.tests.counting import counted
from niangjia.unions.models import Division, Employer, Office, Parentage, Union
from niangjia.worklog.api import Asked, audit, evaluate, known_at, post
from tests.pgfixtures import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

INTERVALS = {
    "F043": (730, 730), "F044": (46_894, 46_894), "F045": (6_266, 6_266), "F046": (6_273, 6_273), "F047": (38_123, 38_123),
    "F048": (Decimal(180_500_000), Decimal("181499999.99")), "F102": (8_200, 8_200), "F103": (854_500 * SMALL, 855_499 * SMALL),
    "F104": (Decimal("99.5"), 100), "F105": (Decimal("99.5"), 100), "F107": (76, 76), "F108": (76, 76),
}  # fmt: skip


def test_the_books_count_what_was_published() -> None:
    found = all_told()
    assert {ref: value for ref, value in found.items() if ref in INTERVALS and not INTERVALS[ref][0] <= value <= INTERVALS[ref][1]} == {}


def test_counting_the_rows_by_hand_comes_to_the_same() -> None:
    assert {ref: round(value, 9) for ref, value in all_told().items()} == {ref: round(value, 9) for ref, value in counted().items()}


def test_the_books_hold_what_the_tables_say() -> None:
    with as_owner():
        assert audit() == []


def test_no_record_makes_more_than_a_fiftieth_of_a_published_number() -> None:
    most = float(targets.MOST)
    assert max(Event.objects.values_list("affected", flat=True)) <= most * targets.AFFECTED
    assert max(Counter(Claimant.objects.values_list("dispute", flat=True)).values()) <= most * targets.CLAIMANTS
    assert max(Receipt.objects.values_list("amount", flat=True)) <= most * float(targets.RECOVERED[0])


def test_the_window_matters() -> None:
    days = [day for day in Dispute.objects.values_list("accepted_on", flat=True) if day and day <= targets.REVIEW]
    assert min(days).year == 2011
    assert sum(day > targets.WINDOW[1] for day in days) > 300
    assert sum(day < targets.WINDOW[0] for day in days) > 900


def test_wage_arrears_peak_from_november_to_february() -> None:
    months = Counter(
        day.month for day in Event.objects.filter(type="E06", reported_on__lte=targets.REVIEW).values_list("reported_on", flat=True)
    )
    winter, rest = sum(months[m] for m in (11, 12, 1, 2)) / 4, sum(months[m] for m in range(3, 11)) / 8
    assert winter > 1.8 * rest


def test_what_was_known_in_2013_is_another_city() -> None:
    known = known_at(date(2013, 12, 31))
    assert known_at(date(2014, 6, 1)) == known
    for ref in ("F043", "F045", "F048", "F102", "F103"):
        assert told(ref, day=date(2013, 12, 31), known=known) < told(ref), ref
    # Who left in 2014 was a member of whom nobody knew yet that she would leave.
    left = Membership.objects.filter(joined_on__lt=date(2013, 1, 1), left_on__year=2014, standing="ACTIVE", primary=True).count()
    people, day = FIGURES["members.people"].plan, until(date(2015, 1, 1))
    assert left > 20
    assert evaluate(people, Asked(day, 1, known=known)) == evaluate(people, Asked(until(date(2013, 12, 31)), 1, known=known))


def test_a_reorganisation_stands_between_the_years() -> None:
    gone = Division.objects.get(name="槐坎乡")
    assert (gone.until, gone.successor and gone.successor.name) == (targets.MERGED_ON, "煤山镇")
    old = Union.objects.get(name="槐坎乡总工会")
    assert (old.state, old.successor and old.successor.name) == ("ABOLISHED", "煤山镇总工会")
    moved = Parentage.objects.filter(parent=old).values_list("child", flat=True)
    assert len(moved) > 10
    living = Union.objects.filter(pk__in=moved).exclude(state="ABOLISHED")
    assert {union.parent and union.parent.name for union in living} == {"煤山镇总工会"}
    divisions = FIGURES["unions.divisions"].plan
    assert [evaluate(divisions, Asked(until(day), 1)) for day in (date(2013, 1, 1), targets.REVIEW)] == [77, 76]


def test_what_is_assumed_is_marked() -> None:
    assert Division.objects.filter(level=3, until=None).count() == 76
    assert Division.objects.filter(level=3, until=None, zone=False).count() == 68
    assert not Division.objects.filter(basis="").exists()
    assert Division.objects.filter(basis__startswith="推定").count() == 2


def test_people_and_firms_have_the_shapes_that_nobody_bears() -> None:
    for person in Person.objects.order_by("pk")[::211]:
        number = crypt.unseal(person.id_sealed, ID)
        assert ids.identity_fault(number, on=TODAY, demo=True) == ""
        assert number.startswith(ids.MADE_UP)
        assert (ids.birth_of(number), ids.sex_of(number)) == (person.born_on, person.sex)
        assert bytes(person.id_hash) == crypt.blind_one(number, ID)
        if person.phone_sealed:
            phone = crypt.unseal(person.phone_sealed, PHONE)
            assert ids.MADE_UP_MOBILE.fullmatch(phone)
            assert bytes(person.phone_hash or b"") == crypt.blind_one(phone, PHONE)
    for code in [
        *Employer.objects.values_list("uscc", flat=True)[::97],
        *Union.objects.exclude(uscc="").values_list("uscc", flat=True)[::97],
    ]:
        assert ids.credit_fault(code, demo=True) == ""
        assert ids.credit_fault(code) == "made-up"


def test_every_story_ends_in_the_state_that_stands_on_the_row() -> None:
    for model in (Event, Dispute, Union):
        last = dict(Move.objects.filter(kind=model._meta.label_lower).order_by("pk").values_list("thing_id", "now"))
        assert {pk: state for pk, state in model.objects.values_list("pk", "state") if last[pk] != state} == {}


def test_clocks_stand_as_the_flow_would_wind_them() -> None:
    facts = (
        "code",
        "thing_id",
        "union_id",
        "township_id",
        "county_id",
        "duty",
        "division",
        "due_at",
        "warn_at",
        "warns",
        "remind_at",
        "stopped_at",
    )
    for union in Union.objects.exclude(state="ABOLISHED").order_by("pk")[::401]:
        before = list(Clock.objects.filter(kind="unions.union", thing_id=union.pk).order_by("pk").values_list(*facts))
        wind(union)
        assert list(Clock.objects.filter(kind="unions.union", thing_id=union.pk).order_by("pk").values_list(*facts)) == before


def test_the_first_round_of_the_worker_tells_nobody_of_what_lay_behind_when_the_city_was_loaded() -> None:
    assert Clock.objects.filter(stopped_at=None, warn_at__lt=at(TODAY), due_at__gt=at(TODAY)).exists()
    with moved_to(at(TODAY, 10, 20)):  # the moment around which the living work stands
        assert warn() == 0
    assert not Message.objects.filter(what="clock-warns").exists()


@pytest.mark.parametrize(
    "who", ["demo-city-rights", "demo-changxing-rights", "demo-nanxun-rights", "demo-meishan-rights", "demo-firm-chair"]
)
def test_every_rights_desk_has_something_late_and_something_to_come(who: str) -> None:
    due = [one.clock.due_at for one in waiting(User.objects.get(username=who).seats, limit=500)]
    moment = now()
    assert [one for one in due if one < moment]
    assert [one for one in due if moment < one < moment + timedelta(days=20)]


def test_no_page_of_rights_stands_empty_in_the_demo() -> None:
    assert set(Supervision.objects.values_list("state", flat=True)) >= {
        "RECEIVED",
        "INQUIRY",
        "REMINDED",
        "SIGNING",
        "DEMANDED",
        "CLOSED",
        "OUT",
    }
    assert set(Redundancy.objects.values_list("state", flat=True)) == {"NOTIFIED", "REPLIED", "CARRIED"}
    assert Redundancy.objects.filter(planned__lt=20, reached=True).count() == 2  # two plans of one firm, added together
    assert Mediator.objects.filter(appointments__dispute__state="MEDIATING", appointments__ended_at=None).distinct().count() >= 6
    assert set(Paper.objects.values_list("kind", flat=True)) >= {"notice", "agreement", "ls_reminder", "ls_opinion", "ls_out"}
    assert Paper.objects.filter(void_at__isnull=False).exists()
    assert Dispute.objects.filter(entrance="MEMBER", claimants__person__user__username="demo-member").exists()
    for name, rows in (("长兴县总工会", Mediator), ("南浔区总工会", Supervisor), ("湖州市总工会", Mediator)):
        assert rows.objects.filter(union__name=name).exists(), name


def test_the_demo_has_its_people_and_none_of_them_a_password() -> None:
    people = User.objects.filter(username__startswith="demo-")
    assert {"demo-city-leader", "demo-city-system", "demo-city-security", "demo-city-auditlog", "demo-member"} <= {
        user.username for user in people
    }
    assert not [user for user in User.objects.all() if user.has_usable_password()]
    member = people.get(username="demo-member")
    assert Membership.objects.filter(person__user=member, union__name__contains="长兴", left_on=None).exists()


def test_what_comes_next_is_posted_after_history() -> None:
    before = known_at(date(2016, 7, 1))
    assert told("F102", known=before) == targets.UNIONS
    Event.objects.filter(reported_on__range=targets.WINDOW, state="CLOSED").order_by("pk")[:1].get().delete()
    assert post() > before
    assert (told("F043", known=before), told("F043")) == (730, 729)


YEARS = [Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in range(2016, 2026)]


@pytest.mark.parametrize(
    "code",
    ["members.joined", "members.left", "unions.founded", "unions.abolished", "rights.events", "rights.disputes.cases", "rights.recovered"],
)
def test_in_each_year_since_the_review_the_books_count_something(code: str) -> None:
    values = [evaluate(FIGURES[code].plan, Asked(year, 1)) for year in YEARS]
    assert min(values) > 0
    assert len(set(values)) > 5


def test_what_was_known_at_the_end_of_2019_is_no_later_city() -> None:
    known = known_at(date(2019, 12, 31))
    assert known_at(date(2020, 6, 1)) == known < known_at(date(2020, 12, 31))
    cases, year = FIGURES["rights.disputes.cases"].plan, Period(date(2020, 1, 1), date(2021, 1, 1))
    assert (evaluate(cases, Asked(year, 1, known=known)), evaluate(cases, Asked(year, 1)) > 300) == (0, True)
    assert told("F045", known=known) == told("F045")


def test_whoever_did_something_held_an_office_on_that_day() -> None:
    held: dict[int, list[tuple[date, date]]] = {}
    for user, since, until_ in Office.objects.filter(user__isnull=False).values_list("user", "since", "until"):
        held.setdefault(user, []).append((since, until_ or date.max))
    span = (at(targets.REVIEW, 0), at(TODAY - timedelta(days=60), 0))
    moves = Move.objects.filter(kind__in=["rights.event", "rights.dispute"], by__isnull=False, at__range=span)
    strange = {
        (by, day_of(moment)) for by, moment in moves.values_list("by", "at") if not any(a <= day_of(moment) < b for a, b in held[by])
    }
    assert strange == set()
    offices = Office.objects.filter(duty="rights", until=None).count()
    assert len(set(moves.values_list("by", flat=True))) > 2 * offices


def test_an_office_has_one_holder_at_a_time_and_who_left_it_signs_in_no_more() -> None:
    for seat in Office.objects.filter(union__level__lte=3).order_by("union", "duty", "since").values("union", "duty").distinct():
        days = list(Office.objects.filter(**seat).order_by("since").values_list("since", "until"))
        assert all(until_ == since for (_, until_), (since, _) in itertools.pairwise(days)), seat
    assert not User.objects.filter(is_active=True, kind="STAFF", offices__isnull=False).exclude(offices__until=None).exists()


def test_members_of_a_merged_union_went_over_on_the_day() -> None:
    merged = Union.objects.filter(successor__isnull=False, kind="20")
    assert merged.count() > 40
    went = Membership.objects.filter(union__in=merged, ending="TRANSFER", left_on=F("union__closed_on"))
    assert went.count() > 5
    for spell in went.select_related("union"):
        assert Membership.objects.filter(person=spell.person_id, union=spell.union.successor_id, joined_on=spell.left_on).exists()


def test_the_tables_have_their_keys_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text || '.' || a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
            "WHERE c.contype = 'f' AND c.convalidated AND c.condeferrable"
        )  # fmt: skip
        stands = {said for (said,) in cursor.fetchall()}
    for model in (Person, Membership, Move, *CASES, *TREE):
        wanted = {
            f"{model._meta.db_table}.{field.column}" for field in model._meta.concrete_fields if field.is_relation and field.db_constraint
        }
        assert wanted <= stands, model


def test_a_city_is_not_loaded_over_another() -> None:
    with as_owner(), pytest.raises(RuleBroken):
        load(scale=SMALL)
    Load.objects.update(done=False)
    with as_owner(), pytest.raises(Half):
        load(scale=SMALL)
