"""Firms from the tax side: a list is looked through and taken in, firms are followed or excused, and the rate is right on any day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from niangjia.access.models import SeenLog
from niangjia.kit.dates import at, moved_to, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.unions.actions import ending, founding, spells, taxpayers, units
from niangjia.unions.enums import Way
from niangjia.unions.jobs import read_tax_list
from niangjia.unions.models import Cover, Employer, Founding, Spell, TaxList, Taxpayer, Union
from niangjia.unions.rules.taxpayers import turn
from niangjia.unions.shown_taxpayers import said
from niangjia.worklog.api import Asked, audit, evaluate, post
from tests.town import credit

HEADS = "登记序号,纳税人名称,统一社会信用代码,纳税人状态,主管税务机关,税务登记职工人数,街道乡镇代码,成立工会标记,税务数据同步时间,开业日期"
DAY = "2026-03-01"


def row(n, **facts):
    """A line of a list: a firm of 煤山 without a union, unless told otherwise."""
    cells = {
        "number": f"1013{n:06d}", "name": f"煤山示例{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}有限公司", "uscc": credit(800 + n), "state": "正常", "office": "长兴县税务局",
        "employees": str(30 + n), "place": "330522112000", "mark": "N", "synced": DAY, "opened": "2020-05-01",
    } | facts  # fmt: skip
    return ",".join(cells.values())


def sent(*rows, head=HEADS, encoding="gb18030"):
    return "\n".join(["应建会单位名单（合成）", head, *rows, "合计,,,,,,,,,", ""]).encode(encoding)


def laid(town, *rows, by=None, at=None):
    return taxpayers.begin(taxpayers.lay(at or town.north, sent(*rows), name="名单.csv", by=by or town.north_org))


def taken(town, *rows, **facts):
    one = laid(town, *rows, **facts)
    return taxpayers.begin(taxpayers.take(one, by=one.by))


def firm(n=1):
    return Taxpayer.objects.get(number=f"1013{n:06d}")


def spans(one):
    return [(str(since), str(until) if until else "", united) for since, until, united in one.spells.order_by("since").values_list("since", "until", "united")]  # fmt: skip


@pytest.fixture
def ours(town):
    """A list with a firm that has a union, one that has none, one too small and one that is gone."""
    taken(
        town, row(1), row(2, name=town.firm_unit.name, uscc=town.firm_unit.uscc, employees="118", mark="Y"), row(3, employees="24"), row(4, state="注销")
    )  # fmt: skip
    return town


# ---------- a list ----------


@pytest.mark.django_db
def test_a_list_is_looked_through_before_anything_is_written(town):
    one = laid(town, row(1), row(2, employees="三十"), row(3, uscc="913305220000000000"), row(4, state="糊涂"), row(5, place="330521102000"), row(1), row(6, place="990000"), row(7, synced="2999-01-01"))  # fmt: skip
    assert (one.state, one.rows, one.fresh, one.bad) == ("CHECKED", 1, 1, 7)
    assert [(fault["row"], fault["field"], fault["fault"]) for fault in one.told] == [
        (4, "employees", "number"), (5, "uscc", "credit"), (6, "state", "unknown"), (7, "place", "elsewhere"), (8, "number", "twice"), (9, "place", "unknown"), (10, "synced", "ahead"),
    ]  # fmt: skip
    assert all(said(fault["field"], fault["fault"]) for fault in one.told)
    assert not Taxpayer.objects.exists()


@pytest.mark.django_db
def test_the_same_list_twice_does_nothing_twice(town):
    first = taken(town, row(1), row(2))
    before = list(Taxpayer.objects.values())
    again = taken(town, row(1), row(2))
    assert (first.fresh, again.fresh, again.changed, again.same) == (2, 0, 0, 2)
    assert (list(Taxpayer.objects.values()), Spell.objects.count()) == (before, 2)


@pytest.mark.django_db
def test_what_is_older_than_ours_is_left(town):
    taken(town, row(1, employees="60"))
    again = taken(town, row(1, employees="40", synced="2026-02-01"))
    assert (again.older, again.changed, firm().employees) == (1, 0, 60)


@pytest.mark.django_db
def test_a_list_is_taken_in_once_and_by_the_county_or_the_city(town):
    one = laid(town, row(1))
    with pytest.raises(Refused):
        taxpayers.take(one, by=town.south_org)
    taxpayers.run(taxpayers.take(one, by=town.city_org))
    with pytest.raises(Overtaken):
        taxpayers.drop(one, by=town.north_org)
    for who, where in ((town.hill_chair, town.hill), (town.north_rights, town.north), (town.south_org, town.north)):
        with pytest.raises(Refused):
            laid(town, row(2), by=who, at=where)
    assert [line.act for line in SeenLog.objects.order_by("pk")] == ["list laid", "list taken in"]
    with pytest.raises(IntegrityError), transaction.atomic():
        TaxList.objects.update(taken_at=None)


@pytest.mark.django_db
def test_a_file_that_is_no_such_list_is_refused_with_what_is_needed(town):
    one = taxpayers.begin(taxpayers.lay(town.north, "姓名,证件号码\n某某,1\n".encode(), name="x.csv", by=town.north_org))
    assert (one.state, "登记序号" in one.said) == ("FAILED", True)
    with pytest.raises(Overtaken):
        taxpayers.take(one, by=town.north_org)


@pytest.mark.django_db
def test_a_large_list_is_read_and_taken_in_by_the_worker(town, as_, monkeypatch):
    from procrastinate.contrib.django.models import ProcrastinateJob

    monkeypatch.setattr(taxpayers, "INLINE", 10)
    one = laid(town, row(1))
    page = as_(town.north_org).get(one.get_absolute_url()).content.decode()
    assert (one.state, "n-progress" in page, Taxpayer.objects.count()) == ("READING", True, 0)
    job = ProcrastinateJob.objects.get(task_name="unions.tax_list")
    assert (job.args, job.lock) == ({"taxlist": one.pk}, "unions.tax_list")
    read_tax_list(one.pk)
    one.refresh_from_db()
    assert (one.state, one.fresh) == ("CHECKED", 1)
    assert as_(town.north_org).post(f"{one.get_absolute_url()}step/", {"verb": "take"}).status_code == 303
    one.refresh_from_db()
    assert (one.state, Taxpayer.objects.count()) == ("TAKING", 0)
    read_tax_list(one.pk)
    read_tax_list(one.pk)  # killed after it was done, and begun again
    one.refresh_from_db()
    assert (one.state, Taxpayer.objects.count()) == ("TAKEN", 1)


@pytest.mark.django_db
def test_a_firm_stands_at_the_federation_of_its_place(town):
    taken(town, row(1), row(2, place="330522999000"), row(3, place=""), row(4, place="330521102001"), at=town.city, by=town.city_org)
    assert [firm(n).at for n in (1, 2, 3, 4)] == [town.hill, town.north, town.city, town.market]
    assert (firm().township, firm().county) == (town.hill, town.north)


@pytest.mark.django_db
def test_many_firms_take_as_many_questions_as_few(town):
    def asked(*rows):
        one = laid(town, *rows)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            taxpayers.run(taxpayers.take(one, by=town.north_org))
        return len(seen)

    few = asked(*(row(n) for n in range(3)))
    assert asked(*(row(n) for n in range(10, 90))) <= few + 2


# ---------- which employer ----------


@pytest.mark.django_db
def test_by_credit_code_it_is_known_by_name_somebody_says_so(town):
    taken(town, row(1, name=town.mill_unit.name, uscc=""), row(2, uscc=town.firm_unit.uscc))
    assert (firm(2).employer, firm(2).owes) == (town.firm_unit, "UNITED")
    assert (firm().employer, firm().likely, firm().owes) == (None, town.mill_unit, "UNION")
    with pytest.raises(RuleBroken):
        taxpayers.follow(firm(), by=town.hill_chair)
    with pytest.raises(Refused):
        taxpayers.confirm(firm(), same=True, by=town.fort_chair)
    taxpayers.confirm(firm(), same=True, by=town.hill_chair)
    assert (firm().employer, firm().owes) == (town.mill_unit, "UNITED")


@pytest.mark.django_db
def test_what_is_another_is_not_asked_again(town):
    taken(town, row(1, name=town.mill_unit.name, uscc=""))
    taxpayers.confirm(firm(), same=False, by=town.hill_chair)
    taken(town, row(1, name=town.mill_unit.name, uscc="", employees="50"))
    assert (firm().likely, firm().owes, firm().employees) == (None, "UNION", 50)


# ---------- what it owes ----------


@pytest.mark.parametrize(
    ("spell", "facts", "begins", "ends", "undo"),
    [
        (None, {"owes": False}, (), None, False),
        (None, {}, ((date(2026, 3, 1), False),), None, False),
        (None, {"united_since": date(2020, 1, 1)}, ((date(2026, 3, 1), True),), None, False),
        (None, {"united_since": date(2026, 3, 9)}, ((date(2026, 3, 1), False), (date(2026, 3, 9), True)), None, False),
        (None, {"floor": date(2026, 3, 5)}, ((date(2026, 3, 5), False),), None, False),
        ((date(2026, 1, 1), False), {}, (), None, False),
        ((date(2026, 1, 1), False), {"united_since": date(2026, 2, 2)}, ((date(2026, 2, 2), True),), date(2026, 2, 2), False),
        ((date(2026, 2, 2), False), {"united_since": date(2026, 1, 1)}, ((date(2026, 2, 2), True),), None, True),
        ((date(2026, 1, 1), True), {"parted_on": date(2026, 2, 1)}, ((date(2026, 2, 1), False),), date(2026, 2, 1), False),
        ((date(2026, 1, 1), True), {"owes": False}, (), date(2026, 3, 1), False),
        ((date(2026, 3, 1), False), {"owes": False}, (), None, True),
    ],
)
def test_how_spells_go_on(spell, facts, begins, ends, undo):
    said = turn(spell, **{"owes": True, "united_since": None, "parted_on": None, "on": date(2026, 3, 1), "floor": None} | facts)
    assert (said.begins, said.ends, said.undo) == (begins, ends, undo)


@pytest.mark.django_db
def test_who_is_small_or_gone_owes_nothing(ours):
    assert [firm(n).owes for n in (1, 2, 3, 4)] == ["UNION", "UNITED", "NOTHING", "NOTHING"]
    assert [spans(firm(n)) for n in (1, 2, 3)] == [[(DAY, "", False)], [(DAY, "", True)], []]
    taken(ours, row(1, employees="20", synced="2026-04-01"), row(3, employees="25", synced="2026-04-01"))
    assert [firm(n).owes for n in (1, 3)] == ["NOTHING", "UNION"]
    assert [spans(firm(n)) for n in (1, 3)] == [[(DAY, "2026-04-01", False)], [("2026-04-01", "", False)]]


@pytest.mark.django_db
def test_a_union_that_comes_and_goes_turns_the_firm_on_the_day_of_the_fact(ours):
    one, since = firm(), today() - timedelta(days=3)
    employer = Employer.objects.create(name=one.name, uscc=one.uscc, category="170", industry="C", township=ours.hill, county=ours.north)
    assert spells.settle_all() == 0
    cover = units.cover(
        ours.mill, name=one.name, uscc=one.uscc, category="170", industry="C", employees=30, since=since, by=ours.hill_chair
    )
    assert (firm().employer, firm().owes, spans(firm())) == (employer, "UNITED", [(DAY, str(since), False), (str(since), "", True)])
    units.uncover(cover, on=today(), by=ours.hill_chair)
    assert (firm().owes, spans(firm())[-1]) == ("UNION", (str(today()), "", False))


@pytest.mark.django_db
def test_a_union_that_is_abolished_leaves_the_firm_without(ours):
    ending.abolish(ours.firm, on=today(), reason="长总工〔2026〕9号", by=ours.north_org)
    assert firm(2).owes == "UNION"


@pytest.mark.django_db
def test_a_cover_that_ends_by_its_day_is_seen_at_night(ours):
    Cover.objects.filter(employer=ours.firm_unit).update(until=today() + timedelta(days=5))
    assert spells.settle_all() == 0
    with moved_to(at(today() + timedelta(days=6), 4)):
        assert spells.settle_all() == 1
        assert spans(firm(2))[-1] == (str(today() - timedelta(days=1)), "", False)
        assert spells.settle_all() == 0


# ---------- what is done with a firm ----------


@pytest.mark.django_db
def test_a_firm_is_followed_as_a_clue_from_the_tax_side(ours):
    with pytest.raises(Refused):
        taxpayers.follow(firm(), by=ours.fort_chair)
    made = taxpayers.follow(firm(), by=ours.hill_chair)
    assert (made.state, made.source, made.at, made.employer.uscc, made.employer.opened_on) == (
        Way.CLUE,
        "TAX",
        ours.hill,
        firm().uscc,
        date(2020, 5, 1),
    )
    assert firm().employer == made.employer
    with pytest.raises(RuleBroken):
        taxpayers.follow(firm(), by=ours.hill_chair)
    with pytest.raises(RuleBroken):
        taxpayers.spare(firm(), reason="EXEMPT", why="已停产。", by=ours.hill_chair)
    assert Founding.objects.count() == 1


@pytest.mark.django_db
def test_where_the_township_has_ended_who_goes_on_with_its_work_follows(ours):
    Union.objects.filter(pk=ours.hill.pk).update(state="ABOLISHED", closed_on=today())
    assert taxpayers.follow(firm(), by=ours.north_org).at == ours.north


@pytest.mark.django_db
def test_another_threshold_holds_from_the_day_on_which_it_is_set(ours, monkeypatch):
    monkeypatch.setattr(spells._Least, "at", lambda _least, _one: 20)
    assert spells.settle_all() == 1
    assert spans(firm(3)) == [(str(today()), "", False)]


@pytest.mark.django_db
def test_a_firm_with_a_union_is_not_followed(ours):
    with pytest.raises(RuleBroken, match=ours.firm.code):
        taxpayers.follow(firm(2), by=ours.hill_chair)


@pytest.mark.django_db
def test_a_firm_is_excused_with_a_reason_and_owes_again(ours):
    with pytest.raises(RuleBroken):
        taxpayers.spare(firm(), reason="EXEMPT", why=" ", by=ours.hill_chair)
    taxpayers.spare(firm(), reason="ELSEWHERE", why="由省直企业工会涵盖。", by=ours.hill_chair)
    assert (firm().owes, spans(firm())) == ("NOTHING", [(DAY, str(today()), False)])
    taken(ours, row(1, employees="90"))
    assert (firm().owes, firm().spared) == ("NOTHING", "ELSEWHERE")
    taxpayers.need(firm(), by=ours.hill_chair)
    assert (firm().owes, spans(firm())[-1]) == ("UNION", (str(today()), "", False))
    with pytest.raises(Overtaken):
        taxpayers.need(firm(), by=ours.hill_chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        Taxpayer.objects.filter(pk=firm().pk).update(spared="EXEMPT")


# ---------- the figures ----------


@pytest.mark.django_db(transaction=True)
def test_the_rate_is_counted_on_any_day(ours, owner):
    one, since = firm(), today() - timedelta(days=3)

    def rate(day, union):
        post()
        return tuple(
            evaluate(FIGURES[code].plan, Asked(until(day), union.pk)) for code in ("unions.should", "unions.should.united", "unions.rate")
        )

    assert rate(today(), ours.north) == (2, 1, Decimal(50))
    founding.employer_for(name=one.name, uscc=one.uscc, near=ours.hill)
    units.cover(ours.mill, name=one.name, uscc=one.uscc, category="170", industry="C", employees=30, since=since, by=ours.hill_chair)
    spells.settle_all()
    assert rate(today(), ours.hill) == (2, 2, Decimal(100))
    assert rate(since - timedelta(days=1), ours.north) == (2, 1, Decimal(50))
    assert rate(today(), ours.south)[0] == 0
    with owner():
        assert audit() == []


# ---------- pages ----------


@pytest.mark.django_db
def test_the_list_shows_what_each_view_asks(ours, as_):
    page = lambda who, query="": as_(who).get(f"/unions/taxpayers/{query}").content.decode()  # noqa: E731
    taken(ours, row(5, name=ours.mill_unit.name, uscc=""), row(6, employees="1200", place="330522111000"))
    said = page(ours.north_org)
    assert said.index(firm(6).name) < said.index(firm(5).name)
    assert firm(2).name not in said
    assert firm(6).name not in page(ours.north_org, "?size=small")
    assert firm(6).name not in page(ours.north_org, f"?under={ours.hill.code}")
    assert firm(6).name not in page(ours.hill_chair)
    assert firm(2).name in page(ours.north_org, "?view=united")
    assert firm(2).name in page(ours.north_org, "?view=differing")
    assert firm(5).name in page(ours.north_org, "?view=likely")
    assert firm(4).name in page(ours.north_org, "?view=all&state=CLOSED")
    assert firm(6).name not in page(ours.firm_chair)
    assert as_(ours.south_org).get(firm().get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_the_list_asks_as_often_for_many_as_for_few(town, as_):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/unions/taxpayers/").status_code == 200
        return len(seen)

    client = as_(town.north_org)
    taken(town, row(1), row(2))
    asked()
    few = asked()
    taken(town, *(row(n) for n in range(10, 60)))
    assert asked() == few


@pytest.mark.django_db
def test_the_workbook_has_what_the_list_shows(ours, as_):
    answer = as_(ours.north_org).get("/unions/taxpayers/export/")
    assert answer.status_code == 200
    assert SeenLog.objects.filter(act="exported", kind="unions.taxpayer").exists()
