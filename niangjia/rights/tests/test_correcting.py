"""What was written wrongly is put right: the old value stays in the story, the severity is judged anew."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import Period
from niangjia.rights import actions
from niangjia.rights.actions import Right
from niangjia.rights.models import Event
from niangjia.rights.queries.same import merged_in
from niangjia.rights.shown.events import story
from niangjia.unions.models import Employer
from niangjia.worklog.api import Asked, audit, evaluate, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def mistyped(town):
    """460 for 46: it is red, and went up at once."""
    facts = actions.Facts("甲织造有限公司（示例）", "E06", 460, employer=town.employer)
    return actions.report(town.firm, facts, by=town.grassroots_chair)


def test_the_severity_comes_down_where_whoever_leads_corrects_it(town, mistyped):
    assert (mistyped.severity, mistyped.rung) == ("RED", "3")
    due = mistyped.report_by
    actions.correct_event(mistyped, Right(affected=46), why="多打了一个零。", by=town.township_rights)
    assert (mistyped.affected, mistyped.severity, mistyped.suggested) == (46, "ORANGE", "ORANGE")
    assert mistyped.report_by > due
    line = mistyped.followups.latest("pk")
    assert (line.was, line.affected) == ({"affected": ["460", "46"]}, 46)
    assert "更正：受影响职工 460 → 46" in [one.did for one in story(mistyped)]
    with translation.override("en"):
        assert "corrected: Workers affected 460 → 46" in [one.did for one in story(mistyped)]


def test_what_was_set_above_stays_and_so_does_what_a_person_chose(town, mistyped):
    actions.climb(mistyped, by=town.township_rights)
    actions.confirm(mistyped, severity="RED", why="核实。", by=town.city_rights)
    actions.correct_event(mistyped, Right(affected=46), why="多打了一个零。", by=town.county_rights)
    assert (mistyped.severity, mistyped.suggested) == ("RED", "ORANGE")  # the city has set it
    other = actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E06", 46), by=town.township_rights)
    actions.confirm(other, severity="RED", why="网上传开。", by=town.township_rights)
    actions.correct_event(other, Right(affected=12), why="数错。", by=town.township_rights)
    assert (other.severity, other.suggested) == ("RED", "YELLOW")  # it never rested on the number


def test_the_reporter_corrects_until_it_is_confirmed_and_lowers_nothing(town):
    facts = actions.Facts("甲织造有限公司（示例）", "E06", 36, employer=town.employer)
    event = actions.report(town.firm, facts, by=town.firm_informant)
    actions.correct_event(event, Right(affected=6), why="点错了。", by=town.firm_informant)
    assert (event.affected, event.severity, event.suggested) == (6, "ORANGE", "BLUE")
    actions.confirm(event, severity="BLUE", why="核实六人。", by=town.township_rights)
    with pytest.raises(Refused):
        actions.correct_event(event, Right(affected=7), why="又错。", by=town.firm_informant)


def test_all_facts_and_the_place_are_corrected(town, arrears):
    other = town.other_employer
    right = Right(50, 9, "PETITION", Decimal(600000), Decimal("3.5"), "E14", "食堂承包人欠薪。", other.name, other, town.firm)
    line = actions.correct_event(arrears, right, why="弄错了单位。", by=town.grassroots_chair)
    assert (arrears.employer, arrears.employer_name, arrears.type, arrears.behaviour) == (other, other.name, "E14", "PETITION")
    assert "union" not in line.was
    assert line.was["owed"] == ["318000", "600000"]
    with pytest.raises(RuleBroken):
        actions.correct_event(arrears, Right(type="E14", detail=" "), why="无。", by=town.grassroots_chair)
    with pytest.raises(RuleBroken):
        actions.correct_event(arrears, right, why="再来一次。", by=town.grassroots_chair)  # nothing differs
    with pytest.raises(RuleBroken):
        actions.correct_event(arrears, Right(affected=51), why=" ", by=town.grassroots_chair)
    with pytest.raises(Refused):
        actions.correct_event(arrears, Right(union=town.far_firm), why="换地方。", by=town.grassroots_chair)


def test_it_moves_under_the_office_where_it_lies_and_no_further(town, mistyped):
    from niangjia.rights.tests.conftest import union

    second = union("甲印染工会", "20", 4, town.township)
    actions.correct_event(mistyped, Right(union=second), why="是隔壁的厂。", by=town.township_rights)
    assert (mistyped.union, mistyped.township, mistyped.desk) == (second, town.township, town.township)
    with pytest.raises(RuleBroken):
        actions.correct_event(mistyped, Right(union=town.far_firm), why="在乙县。", by=town.city_rights)


def test_what_is_over_is_corrected_no_more(town, arrears):
    actions.dismiss(arrears, reason="不属实。", by=town.township_rights)
    with pytest.raises(IllegalStep):
        actions.correct_event(arrears, Right(affected=3), why="数错。", by=town.township_rights)


def test_the_page_fills_in_what_stands_there_and_finds_the_firm_by_its_code(town, arrears, client):
    client.force_login(town.township_rights)
    url = reverse("rights:event_correct", args=[arrears.uuid])
    form = client.get(url).context["form"]
    assert form["affected"].value() == 46
    said = {name: form[name].value() for name in form.fields if name != "why"} | {
        "why": "抄错名单。",
        "affected": "12",
        "firm": town.other_employer.uscc,
    }
    client.post(url, said)
    arrears.refresh_from_db()
    assert (arrears.affected, arrears.employer, arrears.employer_name, arrears.owed) == (
        12,
        town.other_employer,
        town.other_employer.name,
        318000,
    )
    client.force_login(town.county_office)
    assert client.get(url).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_books_follow_the_correction(town, mistyped, owner):
    def value():
        post()
        return evaluate(
            FIGURES["rights.affected"].plan, Asked(Period(date(today().year, 1, 1), date(today().year + 1, 12, 31)), town.city.pk)
        )

    assert value() == 460
    actions.correct_event(mistyped, Right(affected=46), why="多打了一个零。", by=town.township_rights)
    assert value() == 46
    with owner():
        assert audit() == []


def test_what_a_person_lowered_is_not_lifted_by_a_word_that_changes_nothing(town, arrears):
    actions.confirm(arrears, severity="YELLOW", why="实际只有12人。", by=town.township_rights)
    actions.follow_up(arrears, text="情况没有变化。", by=town.grassroots_chair)
    assert arrears.severity == "YELLOW"
    actions.follow_up(arrears, text="一百二十人。", affected=120, by=town.grassroots_chair)
    assert arrears.severity == "RED"


# ---------- two that become one ----------


def test_what_two_reports_say_together_lifts_the_one_that_goes_on_and_parting_lowers_it_again(town):
    first = actions.report(town.firm, actions.Facts("甲织造有限公司（示例）", "E01", 20, employer=town.employer), by=town.grassroots_chair)
    second = actions.report(town.firm, actions.Facts("甲织造厂", "E06", 120), by=town.township_rights)
    kept = actions.merge(first, second, by=town.county_rights)
    assert kept == second
    third = actions.report(town.firm, actions.Facts("甲织造厂", "E06", 130), by=town.grassroots_chair)
    low = actions.report(town.firm, actions.Facts("甲织造厂", "E06", 12), by=town.township_rights)
    Event.objects.filter(pk=low.pk).update(rung="2", desk=town.county)
    low.reports.update(rung="2", union=town.county)
    low.refresh_from_db()
    kept = actions.merge(third, low, by=town.county_rights)
    assert (kept, kept.severity, kept.affected) == (low, "RED", 130)
    assert kept.tasks.filter(auto=True).count() == 3
    actions.unmerge(merged_in(Event.objects.get(pk=third.pk)), by=town.county_rights)
    low.refresh_from_db()
    assert (low.severity, low.affected) == ("YELLOW", 12)


def test_what_was_corrected_since_stays_when_they_are_parted(town):
    first = actions.report(town.firm, actions.Facts("甲织造厂", "E06", 460), by=town.township_rights)
    second = actions.report(town.firm, actions.Facts("甲织造厂", "E01", 40), by=town.township_rights)
    kept = actions.merge(first, second, by=town.county_rights)
    gone = second if kept == first else first
    actions.correct_event(kept, Right(affected=46), why="多打了一个零。", by=town.county_rights)
    actions.unmerge(merged_in(Event.objects.get(pk=gone.pk)), by=town.county_rights)
    kept.refresh_from_db()
    assert kept.affected == 46


def test_the_firm_is_found_by_code_and_by_the_nearest_of_its_name(town):
    from niangjia.rights.queries import employer_named, employers_like
    from niangjia.rights.tests.conftest import credit

    assert employer_named(town.employer.uscc, town.township) == town.employer
    assert employer_named(town.employer.name, town.township) == town.employer
    twin = Employer.objects.create(
        name=town.employer.name,
        uscc=credit(9),
        category="170",
        industry="C",
        employees=9,
        county=town.far_county,
        township=town.far_township,
    )
    assert employer_named(town.employer.name, town.far_township) == twin
    assert employer_named(town.employer.name, town.city) is None  # two have that name
    assert employer_named("没有的厂", town.township) is None
    assert employers_like("织造", town.township) == [town.employer]


def test_a_report_at_a_township_keeps_the_employer(town, client):
    client.force_login(town.township_rights)
    said = {"kind": "E06", "affected": "12", "behaviour": "NONE", "channel": "HOTLINE", "firm": town.employer.uscc}
    client.post(f"{reverse('rights:report')}?union={town.township.code}", said)
    event = Event.objects.get()
    assert (event.employer, event.employer_name) == (town.employer, town.employer.name)
