"""Two trees, one difference: the moves of unions explain it exactly. And what became of a published value, day by day."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.db.models import Q

from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import months, until, year
from niangjia.kit.series import SERIES
from niangjia.worklog import board
from niangjia.worklog.api import Asked, changed_since, evaluate, freeze, post, reconcile
from niangjia.worklog.install import install
from niangjia.worklog.tests.town import operations, oracle
from niangjia.worklog.tests.town.models import Dispute, Membership, Parentage, Person, Union

pytestmark = pytest.mark.django_db(transaction=True)
DAY = until(date(2014, 6, 30))


@pytest.fixture
def town():
    operations.clear()
    operations.build()
    return list(Union.objects.order_by("pk"))


def dispute(union, day, **more):
    return Dispute.objects.create(handled_by=union, accepted_on=day, cause="pay", **more)


def test_a_township_moved_and_its_cases_with_it(town):
    """Worked by hand: county 1 leads townships 4, 7 (1 + i % 3); firm 10 stands under township 8, firm 12 under 4."""
    assert Parentage.objects.get(union=town[12]).parent == town[4]
    assert Parentage.objects.get(union=town[4]).parent == town[2]
    for day in (date(2013, 2, 1), date(2013, 8, 1), date(2013, 9, 1)):
        dispute(town[12], day)
    dispute(town[4], date(2013, 3, 1))
    dispute(town[3], date(2013, 3, 2))
    Parentage.objects.create(union=town[4], parent=town[3], since=date(2013, 7, 1))
    post()
    figure = FIGURES["rights.disputes.cases"]
    there = reconcile(figure, year(2013), town[3].pk)
    assert (there.today, there.then) == (5, 3)  # today's tree takes the whole year along
    assert [(m.union, m.since, m.came_from, m.to, m.amount) for m in there.moved] == [
        (town[4].pk, date(2013, 7, 1), town[2].pk, town[3].pk, 2)
    ]
    here = reconcile(figure, year(2013), town[2].pk)
    assert (here.today, here.then, [m.amount for m in here.moved]) == (0, 2, [-2])
    assert reconcile(figure, year(2013), town[0].pk).moved == []


def test_a_member_of_two_unions_moves_once(town):
    """Distinct: who is a member elsewhere in the county already is not gained by the move."""
    ann, bo = Person.objects.all()[:2]
    for person, union in ((ann, 12), (bo, 12), (ann, 6)):
        Membership.objects.create(person=person, union=town[union], sex="F", kind="a", joined_on=date(2012, 1, 1))
    over = Parentage.objects.get(union=town[6]).parent
    Parentage.objects.create(union=town[4], parent=over, since=date(2015, 1, 1))
    post()
    found = reconcile(FIGURES["members.people"], DAY, over.pk)
    assert (found.today, found.then, [m.amount for m in found.moved]) == (2, 1, [1])
    assert reconcile(FIGURES["members.memberships"], DAY, over.pk).difference == 2


@pytest.mark.parametrize("seed", range(3))
def test_the_moves_are_the_difference(town, seed):
    r = random.Random(seed)
    for _ in range(50):
        operations.bulk_create(r)
        operations.new_parent(r)
        with suppress(IntegrityError):
            operations.mend_parent(r)
    post()
    facts, tree, moves = oracle.facts(), oracle.Tree(), 0
    for name, figure in FIGURES.items():
        if figure.plan["op"] not in ("count", "sum") or figure.plan.get("only") or figure.plan.get("without"):
            continue
        period = DAY if figure.stock else months("2011-02", "2015-06")
        for union in town[:8]:
            found = reconcile(figure, period, union.pk)
            assert found.then + sum(m.amount for m in found.moved) == found.today, name
            moves += len(found.moved)
            if figure.plan["op"] == "count":
                s = SERIES[figure.plan["series"]]
                said = {"measure": figure.plan["measure"], "period": period, "union": union.pk, "only": {}, "by": (), "names": list(s.by)}
                told = [oracle.value(facts[s.name], tree, today(), which=which, **said).get((), 0) for which in ("today", "then")]
                assert [found.today, found.then] == told, name
    assert moves > 50


def test_a_ratio_has_no_moves_of_its_own(town):
    with pytest.raises(ValueError, match="reconcile its parts"):
        reconcile(FIGURES["members.women.rate"], DAY, town[0].pk)


# Since publication ---------------------------------------------------------------------------------------------------


def test_a_late_case_is_a_dated_difference(town):
    dispute(town[12], date(2013, 2, 1))
    number = freeze(FIGURES["rights.disputes.cases"], Asked(year(2013), town[0].pk))
    late = [dispute(town[12], date(2013, 5, 1)), dispute(town[14], date(2013, 6, 1))]
    dispute(town[12], date(2014, 5, 1))  # another year: nothing to do with it
    post()
    since = changed_since(number)
    assert (since.was, since.now, since.difference) == (1, 3, 2)
    [change] = since.changes
    assert (change.day, change.delta, change.kind, change.how_many) == (today(), 2, "lines", 2)
    assert set(change.sources) == {d.pk for d in late}


@pytest.mark.parametrize("seed", range(2))
def test_the_changes_are_the_difference(town, seed):
    r = random.Random(seed)
    for _ in range(40):
        operations.bulk_create(r)
    frozen = {}
    for name, figure in FIGURES.items():
        for which in ("today", "then"):
            period = DAY if figure.stock and name != "members.rise" else months("2011-02", "2015-06")
            frozen[freeze(figure, Asked(period, town[2].pk, which))] = name
    for step in range(60):
        with suppress(IntegrityError):
            r.choice([o for o in operations.OPERATIONS if o is not operations.truncate])(r)
        if step % 4 == 0:
            post()
    post()
    kinds = set()
    for number, name in frozen.items():
        since = changed_since(number)
        assert abs(since.was + sum(change.delta for change in since.changes) - since.now) < Decimal("1e-20"), (
            name
        )  # a ratio has no last digit
        kinds |= {change.kind for change in since.changes}
    assert kinds == {"lines", "tree"}


def test_another_definition_is_named_as_such(town):
    dispute(town[12], date(2013, 2, 1), status="OPEN")
    dispute(town[12], date(2013, 2, 1))
    number = freeze(FIGURES["rights.disputes.cases"], Asked(year(2013), town[0].pk))
    before = dict(SERIES)
    SERIES["rights.disputes"] = replace(SERIES["rights.disputes"], if_=Q(status="OPEN"))
    try:
        install()
        [change] = changed_since(number).changes
        assert (change.kind, change.delta) == ("definition", -1)
    finally:
        SERIES.clear()
        SERIES.update(before)
        install()


# Narrowed figures, and tables for a page -----------------------------------------------------------------------------


def test_narrowed_figures_are_what_they_say(town):
    r = random.Random(4)
    Dispute.objects.bulk_create(operations.fresh(r, Dispute) for _ in range(120))
    post()
    counting = [d for d in Dispute.objects.all() if d.status != "WITHDRAWN" and d.accepted_on and 2011 <= d.accepted_on.year <= 2014]
    asked = Asked(months("2011-01", "2014-12"), town[0].pk)
    said = {name: evaluate(FIGURES[f"rights.cases.{name}"].plan, asked) for name in ("ended", "open", "other", "both", "peak")}
    assert said["ended"] == sum(d.outcome in ("won", "%lost") for d in counting) > 0
    assert said["open"] == sum(d.outcome is None for d in counting) > 0
    assert said["other"] == sum(d.cause != "pay" and d.outcome not in (None, "won") for d in counting) > 0
    assert said["both"] == len(counting)
    assert said["peak"] == max(sum(d.accepted_on.year == y for d in counting) for y in range(2011, 2015))
    for tree in ("today", "then"):  # by the tally, and by the ledger
        assert evaluate(FIGURES["rights.cases.other"].plan, replace(asked, tree=tree)) == said["other"]


def test_a_net_rise_and_a_list_that_is_covered(town):
    facts = operations.START
    for i, person in enumerate(Person.objects.all()[:10]):
        left = date(2014, 3, 1) if i < 2 else None
        Membership.objects.create(
            person=person, union=town[12], sex="F", kind="a", joined_on=facts.replace(year=2010 + i // 2), left_on=left
        )
    station = operations.Station.objects.create(union=town[12], name="s")
    other = operations.Station.objects.create(union=town[13], name="s")
    for each in (station, other):
        operations.Opening.objects.create(station=each, opened_on=date(2012, 1, 1))
    dispute(town[12], date(2014, 5, 5))
    post()
    assert evaluate(FIGURES["members.rise"].plan, Asked(year(2014), town[0].pk)) == 0  # two joined, two left
    assert evaluate(FIGURES["members.rise"].plan, Asked(months("2012-01", "2013-12"), town[0].pk)) == 4
    assert evaluate(FIGURES["care.stations.busy"].plan, Asked(year(2014), town[0].pk)) == [1, 2]


def test_tables_of_a_figure_add_up(town):
    r = random.Random(9)
    for _ in range(30):
        operations.bulk_create(r)
    post()
    figure = FIGURES["rights.disputes.cases"]
    asked = Asked(months("2011-01", "2014-12"), town[0].pk)
    whole = evaluate(figure.plan, asked)
    assert sum(value for _, value in board.by_year(figure, asked)) == whole > 0
    made = board.board(figure, asked, board.years_of(figure, asked.period))
    assert [sum(values[i] for _, values in made.rows) + made.own[i] for i in range(4)] == made.total
    assert len(made.rows) == 3
    assert sum(value for _, value in board.by_breakdown(figure, asked, "cause")) == whole
    people = board.board(FIGURES["members.people"], Asked(DAY, town[0].pk))
    assert people.own is None  # who is in two counties counts in both, and once in the city
    assert isinstance(people.total[0], Decimal)
