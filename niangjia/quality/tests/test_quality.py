"""What the register lacks: found, counted by the books, closed when put right, and shown to whoever keeps it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.members import actions as members
from niangjia.members.models import Batch, Membership, Person
from niangjia.members.tests.rosters import line, roster
from niangjia.quality import actions, queries
from niangjia.quality.checks import CHECKS
from niangjia.quality.models import Confirmation, Gap
from niangjia.unions.models import Body, Office, Staffing, Union
from niangjia.worklog.api import Asked, evaluate, post


@pytest.fixture
def rostered(town: Any, tmp_path: Any) -> Any:
    """A firm with twelve members, entered whole."""
    members.import_roster(roster(tmp_path / "名册.csv", *map(line, range(1, 13))), town.firm, by=town.firm_chair)
    return town


def open_(code: str, **where: Any) -> int:
    return Gap.objects.filter(check_code=code, until=None, **where).count()


def first() -> Membership:
    return Membership.objects.select_related("person").order_by("pk")[0]


def test_every_check_is_a_question_that_runs_and_a_sentence(rostered: Any) -> None:
    assert len(CHECKS) >= 15
    for one in CHECKS.values():
        assert one.rows().count() >= 0
        assert "7" in one.words % {"n": 7}
    actions.look()
    assert set(Gap.objects.values_list("check_code", flat=True)) <= set(CHECKS)


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("phone", lambda one: Person.objects.filter(pk=one.person_id).update(phone_sealed=None, phone_hash=None)),
        ("born", lambda one: Person.objects.filter(pk=one.person_id).update(born_on=None)),
        ("young", lambda one: Person.objects.filter(pk=one.person_id).update(born_on=one.joined_on - timedelta(days=365 * 15))),
        ("old", lambda one: Person.objects.filter(pk=one.person_id).update(born_on=date(1930, 1, 1))),
        ("early", lambda one: Membership.objects.filter(pk=one.pk).update(joined_on=date(2009, 1, 1), how="PAPER")),
        ("unit", lambda one: (Union.objects.filter(pk=one.union_id).update(kind="21"), Membership.objects.exclude(pk=one.pk).update(employer=Union.objects.get(pk=one.union_id).employer or one.union.covers.first().employer), Membership.objects.filter(pk=one.pk).update(employer=None))),
    ],
)  # fmt: skip
def test_it_is_found_once_and_closed_when_put_right(rostered: Any, code: str, spoil: Any) -> None:
    actions.look()
    before = open_(code)
    one = first()
    kept = (Person.objects.filter(pk=one.person_id).values().get(), Membership.objects.filter(pk=one.pk).values().get())
    spoil(one)
    actions.look()
    actions.look()
    assert open_(code) == before + 1
    assert open_(code, membership=one) == 1
    with moved_to(now() + timedelta(days=3)):
        Person.objects.filter(pk=one.person_id).update(**{k: v for k, v in kept[0].items() if k != "id"})
        Membership.objects.filter(pk=one.pk).update(**{k: v for k, v in kept[1].items() if k != "id"})
        if code == "unit":
            Union.objects.filter(pk=one.union_id).update(kind="20")
        actions.look()
        assert open_(code, membership=one) == 0
        assert Gap.objects.get(check_code=code, membership=one).until == today()


def test_what_is_put_right_on_the_day_was_never_counted(rostered: Any) -> None:
    Body.objects.filter(union=rostered.firm, kind="AUDIT").delete()
    actions.look(rostered.firm)
    assert open_("audit", union=rostered.firm) == 1
    Body.objects.create(union=rostered.firm, kind="AUDIT", since=today())
    actions.look(rostered.firm)
    assert not Gap.objects.filter(check_code="audit", union=rostered.firm).exists()


def test_looking_at_one_union_leaves_the_others_as_they_are(rostered: Any) -> None:
    actions.look()
    there = Gap.objects.exclude(union=rostered.firm).filter(until=None).count()
    assert there
    actions.look(rostered.firm)
    assert Gap.objects.exclude(union=rostered.firm).filter(until=None).count() == there


def test_a_mobile_of_three_is_doubtful_one_of_two_is_a_family(rostered: Any) -> None:
    three = list(Person.objects.order_by("pk")[:3])
    for n, person in enumerate(three):
        Person.objects.filter(pk=person.pk).update(phone_hash=three[0].phone_hash)
        actions.look()
        assert open_("shared") == (3 if n == 2 else 0)
        for union in (rostered.firm, rostered.mill):
            assert set(queries.rows_of(CHECKS["shared"], union)) == set(CHECKS["shared"].rows().filter(union=union))


def test_namesakes_of_one_day_are_shown_to_a_person_and_nothing_is_joined(rostered: Any) -> None:
    one, other = Membership.objects.order_by("pk")[:2]
    Membership.objects.filter(pk=other.pk).update(name=one.name)
    Person.objects.filter(pk=other.person_id).update(born_on=one.person.born_on)
    actions.look()
    assert open_("namesakes") == 2
    assert Person.objects.count() == 12


def test_the_books_count_them_at_every_level_and_on_every_day(rostered: Any) -> None:
    Person.objects.filter(pk__in=Person.objects.order_by("pk").values("pk")[:4]).update(phone_sealed=None)
    actions.look()
    post()
    plan = FIGURES["quality.phones"].plan
    for union in (rostered.firm, rostered.hill, rostered.north, rostered.city):
        assert evaluate(plan, Asked(until(today()), union.pk)) == 4
    assert evaluate(plan, Asked(until(today()), rostered.south.pk)) == 0
    assert evaluate(plan, Asked(until(today() - timedelta(days=1)), rostered.city.pk)) == 0


def test_a_roster_that_is_confirmed_is_fresh_for_a_year(rostered: Any) -> None:
    assert "unseen" not in {one.check.code for one in queries.work_of(rostered.firm)}  # it was imported today
    assert "unseen" in {one.check.code for one in queries.work_of(rostered.mill)}
    actions.confirm(rostered.mill, by=rostered.mill_chair)
    assert "unseen" not in {one.check.code for one in queries.work_of(rostered.mill)}
    with pytest.raises(RuleBroken):
        actions.confirm(rostered.mill, by=rostered.mill_chair)
    with pytest.raises(Refused):
        actions.confirm(rostered.mill, by=rostered.firm_chair)
    with moved_to(now() + timedelta(days=366)):
        assert "unseen" in {one.check.code for one in queries.work_of(rostered.mill)}
    assert Confirmation.objects.count() == 1


def test_an_undone_import_takes_its_gaps_along(rostered: Any) -> None:
    Person.objects.update(phone_sealed=None)
    actions.look()
    assert open_("phone") == 12
    members.undo(Batch.objects.get(), by=rostered.firm_chair)
    assert open_("phone") == 0


def test_the_chair_reads_her_work_list_and_others_do_not(rostered: Any, as_: Any) -> None:
    Person.objects.filter(pk=first().person_id).update(phone_sealed=None)
    page = as_(rostered.firm_chair).get(f"/quality/{rostered.firm.code}/")
    said = page.content.decode()
    assert page.status_code == 200
    assert first().name in said
    assert reverse("members:code", args=[rostered.firm.code]) in said
    rows = as_(rostered.firm_chair).get(f"/quality/{rostered.firm.code}/phone/").content.decode()
    assert first().name in rows
    assert as_(rostered.firm_chair).get(f"/quality/{rostered.firm.code}/nothing/").status_code == 404
    assert as_(rostered.mill_chair).get(f"/quality/{rostered.firm.code}/").status_code == 404
    assert as_(rostered.south_org).get(f"/quality/{rostered.firm.code}/").status_code == 404
    assert as_(rostered.system).get("/quality/").status_code in (403, 404, 200)


def test_side_by_side_costs_the_same_however_many(rostered: Any, as_: Any, django_assert_max_num_queries: Any) -> None:
    actions.look()
    post()
    client = as_(rostered.north_org)
    client.get("/quality/")
    with django_assert_max_num_queries(49):
        page = client.get("/quality/").content.decode()
    assert "煤山镇" in page
    assert "新市镇" not in page
    with django_assert_max_num_queries(68):
        client.get(f"/quality/{rostered.firm.code}/")


def test_a_staffing_that_nobody_confirms_for_a_year_and_the_grace_is_out_of_date(town: Any) -> None:
    def stale() -> set[int]:
        return set(CHECKS["staffing"].rows().values_list("pk", flat=True))

    assert stale() == {town.hill.pk, town.fort.pk, town.market.pk}
    Staffing.objects.create(union=town.hill, since=today(), chair=True, staff=True, evidence="长编〔2026〕3号")
    assert stale() == {town.fort.pk, town.market.pk}
    with moved_to(now() + timedelta(days=365 + 50)):
        assert town.hill.pk not in stale()
    with moved_to(now() + timedelta(days=365 + 70)):
        assert town.hill.pk in stale()


def test_a_vacant_chair_and_one_who_cannot_sign_in_are_two_things(town: Any) -> None:
    Office.objects.filter(union=town.firm, duty="chair").update(user=None)
    Office.objects.filter(union=town.mill, duty="chair").update(until=today())
    found = {code: set(CHECKS[code].rows().values_list("pk", flat=True)) for code in ("chair", "vacant")}
    assert found == {"chair": {town.firm.pk}, "vacant": {town.mill.pk}}


def test_a_roster_is_fresh_then_ageing_then_unseen_and_never_two_of_them(rostered: Any) -> None:
    def found() -> set[str]:
        return {code for code in ("ageing", "unseen") if CHECKS[code].rows().filter(pk=rostered.firm.pk).exists()}

    assert found() == set()
    for days, code in ((184, "ageing"), (364, "ageing"), (366, "unseen")):
        with moved_to(now() + timedelta(days=days)):
            assert found() == {code}
