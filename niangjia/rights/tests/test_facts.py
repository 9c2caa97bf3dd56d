"""What is known of an event beside its severity: casualties, sums, the building site, when it was first known, and who told of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from niangjia.files.models import Paper as Filed
from niangjia.kit.dates import moved_to, now
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.rights import actions
from niangjia.rights import lists as listing
from niangjia.rights.actions.forgetting import forget_told
from niangjia.rights.drawn import DRAWN
from niangjia.rights.models import Event
from niangjia.rights.queries.same import by_site

HALF = timedelta(minutes=30)


def site(town, name="甲织造有限公司（示例）", **more):
    facts = {"builder_name": "示例建工集团有限公司", "project": "示例新城一期", **more}
    return actions.report(town.firm, actions.Facts(name, "E06", 46, **facts), by=town.grassroots_chair)


def test_the_time_upward_runs_from_when_it_was_first_known(town):
    late, fresh = site(town, known_at=now() - HALF), site(town, name="乙厂")
    assert fresh.report_by - late.report_by == pytest.approx(HALF, abs=timedelta(seconds=5))
    assert (late.known_at, late.reports.get().arrived_at) == (late.occurred_at, late.known_at)
    assert late.reported_at - late.known_at >= HALF


def test_moments_that_cannot_be_are_refused(town):
    with pytest.raises(RuleBroken, match="获知时间不能早于发生时间"):
        site(town, known_at=now() - 2 * HALF, occurred_at=now() - HALF)
    with pytest.raises(RuleBroken, match="还没有到"):
        site(town, known_at=now() + HALF)


def test_a_follow_up_writes_over_sums_and_casualties_and_a_correction_tells_both(town):
    event = site(town, injured=2, insurance=Decimal(9000))
    actions.follow_up(event, text="一人伤重不治。", injured=1, dead=1, compensation=Decimal(50000), by=town.grassroots_chair)
    assert (event.dead, event.injured, event.compensation, event.insurance) == (1, 1, 50000, 9000)
    right = actions.Right(dead=0, builder_name="乙建设有限公司")
    line = actions.correct_event(event, right, why="经医院核实。", by=town.grassroots_chair)
    assert line.was == {"dead": ["1", "0"], "builder_name": ["示例建工集团有限公司", "乙建设有限公司"]}
    with pytest.raises(TypeError):
        actions.follow_up(event, text="x", deaths=1, by=town.grassroots_chair)


def test_a_builder_and_a_project_come_again_with_their_events_behind(town, client):
    for name in ("甲劳务队", "乙劳务队"):
        site(town, name=name)
    actions.report(town.far_firm, actions.Facts("丙劳务队", "E06", 9, builder_name="示例建工集团有限公司"), by=town.far_chair)
    builders, projects = by_site(town.city_rights)
    assert [(one.label, one.n) for one in builders] == [("示例建工集团有限公司", 3)]
    assert [(one.label, one.n, one.meta) for one in projects] == [("示例新城一期", 2, "乙劳务队、甲劳务队")]
    builders, _projects = by_site(town.grassroots_chair)
    assert [one.n for one in builders] == [2]  # what lies in another county is not hers
    client.force_login(town.city_rights)
    page = client.get(reverse("rights:patterns")).content.decode()
    assert "示例建工集团有限公司" in page
    found = client.get(reverse("rights:events"), builders[0].query).content.decode()
    assert all(name in found for name in ("甲劳务队", "乙劳务队", "丙劳务队"))


@pytest.mark.parametrize(
    ("said", "many"),
    [
        ({"builder": "示例建工"}, 1),
        ({"project": "新城一期"}, 1),
        ({"project": "二期"}, 0),
        ({"handler": "甲织造"}, 2),
        ({"channel": "HOTLINE"}, 0),
    ],
)
def test_the_list_is_narrowed_by_site_handler_and_channel(town, said, many):
    site(town)
    actions.report(town.firm, actions.Facts("乙厂", "E06", 3), by=town.grassroots_chair)
    assert listing.events(town.city_rights, listing.Ask(**said)).count() == many


def test_disputes_are_narrowed_by_mediator_handler_and_the_site_of_their_event(town, dispute):
    actions.accept(dispute, by=town.township_rights)
    dispute.refresh_from_db()
    name = dispute.mediator_name or dispute.handled_by.name

    def found(**said):
        return listing.disputes(town.county_rights, listing.Ask(**said)).count()

    assert dispute.mediator_name == "" or found(mediator=name) == 1
    assert (found(mediator="没有这个人"), found(handler="甲镇"), found(handler="乙镇"), found(builder="示例建工")) == (0, 1, 0, 0)
    dispute.event = site(town)
    dispute.save(update_fields=["event"])
    assert (found(builder="示例建工"), found(project="新城")) == (1, 1)


def test_who_told_is_kept_sealed_shown_to_an_office_above_that_says_why_and_erased(town, client):
    event = site(town, teller="示例工甲", teller_contact="10000000001")
    assert b"10000000001" not in bytes(event.teller_sealed)
    with pytest.raises(Refused):
        actions.disclose_reporter(event, why="想知道", by=town.grassroots_chair)
    assert "示例工甲" in actions.disclose_reporter(event, why="联系核实", by=town.township_rights)
    client.force_login(town.township_rights)
    page = client.get(event.get_absolute_url()).content.decode()
    assert "示例工甲" not in page
    assert reverse("rights:reporter", args=[event.uuid]) in page
    actions.dismiss(event, reason="没有此事。", by=town.township_rights)
    assert forget_told() == 0
    with moved_to(now() + timedelta(days=4 * 366)):
        assert (forget_told(), forget_told()) == (1, 0)
    event.refresh_from_db()
    assert event.teller_sealed is None


def test_two_reports_that_become_one_keep_what_either_knew_and_part_with_it_again(town):
    first = actions.report(town.firm, actions.Facts("甲劳务队", "E06", 46, dead=1), by=town.grassroots_chair)
    second = actions.report(town.firm, actions.Facts("甲劳务队", "E06", 46, injured=3, project="示例新城一期"), by=town.township_rights)
    kept = actions.merge(first, second, by=town.county_rights)
    gone = first if kept.pk == second.pk else second
    assert (kept.dead, kept.injured, kept.project) == (1, 3, "示例新城一期")
    actions.unmerge(kept.merges.get(), by=town.county_rights)
    one, other = Event.objects.get(pk=kept.pk), Event.objects.get(pk=gone.pk)
    assert sorted([(one.dead, one.injured, one.project), (other.dead, other.injured, other.project)]) == [
        (0, 3, "示例新城一期"),
        (1, 0, ""),
    ]


def test_the_paper_of_a_report_says_what_is_known(town):
    event = site(town, injured=2, measures="已到场，已通知劳动监察。", spot="三号楼工地")
    text = str(DRAWN["event_first"].form(event, "权警首〔2026〕1号", None).parts)
    for said in ("示例新城一期", "示例建工集团有限公司", "受伤2人", "已通知劳动监察", "三号楼工地", "首次获知"):
        assert said in text


def test_the_workbook_of_events_says_it_too(town, client):
    site(town)
    client.force_login(town.county_rights)
    assert client.get(reverse("rights:events_export"), {"builder": "示例建工"}).status_code == 200
    assert not Filed.objects.exists()
