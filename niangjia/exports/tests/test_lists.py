"""The other lists: taken at once and noted, the workers of disputes by two persons, and no names out of a figure."""

from __future__ import annotations

import fastexcel
import pytest
from django.utils import translation

from niangjia.access.models import SeenLog
from niangjia.desk.mine import card_of
from niangjia.desk.tests.world import cases  # noqa: F401 - a fixture
from niangjia.exports import actions, queries
from niangjia.exports.enums import May
from niangjia.kit.errors import Refused
from niangjia.kit.exportable import EXPORTABLES
from niangjia.kit.who import permitted
from niangjia.members.models import Membership
from niangjia.members.tests.rosters import name
from niangjia.worklog.api import post

pytestmark = pytest.mark.django_db


def rows(data: bytes, sheet: int = 0) -> list[tuple]:
    return fastexcel.read_excel(data).load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()


@pytest.mark.parametrize(
    ("who", "path", "kind"),
    [
        ("system", "/access/accounts/export/?q=north", "access.user"), ("security", "/access/accounts/export/", "access.user"),
        ("auditlog", "/access/log/export/", "access.seenlog"), ("north_org", "/members/imports/export/", "members.batch"),
        ("firm_chair", "/unions/export/", "unions.union"), ("north_rights", "/rights/events/export/", "rights.event"),
        ("north_rights", "/rights/disputes/export/", "rights.dispute"), ("leader", "/figures/?format=xlsx", "worklog.figures"),
    ],
)  # fmt: skip
def test_a_list_without_people_is_taken_at_once_and_noted(town, as_, who, path, kind):
    answer = as_(town.people[who]).get(path)
    assert answer.status_code == 200
    assert rows(answer.getvalue())
    line = SeenLog.objects.latest("pk")
    assert (line.user, line.act, line.kind) == (town.people[who], "exported", kind)


@pytest.mark.parametrize(
    ("who", "path"), [("leader", "/access/accounts/export/"), ("security", "/access/log/export/"), ("leader", "/access/log/export/")]
)
def test_a_list_of_another_office_is_not_taken(town, as_, who, path):
    assert as_(town.people[who]).get(path).status_code == 403
    assert not SeenLog.objects.filter(act="exported").exists()


def test_nobodys_name_leaves_with_a_figure(town, as_, members):
    post()
    answer = as_(town.north_org).get(f"/figures/members.people/?format=xlsx&union={town.north.code}")
    said = str(rows(answer.getvalue(), 1))
    one = Membership.objects.get(name=name(1))
    assert name(1) not in said
    assert f"{one.name[0]}*{one.name[-1]}" in said


def test_the_workers_of_disputes_leave_by_the_rights_office_and_she_can_see_it(cases):  # noqa: F811
    town, what = cases, EXPORTABLES["rights.claimants"]
    said = actions.Asking({"state": "APPLIED"}, ("reference", "name", "id", "phone", "claimed"), "向劳动监察移送")
    with pytest.raises(Refused):
        actions.ask(what, town.north, said, by=town.north_org)
    export = actions.ask(what, town.north, said, by=town.north_rights)
    assert (export.duty, export.rows) == ("rights", 1)
    assert not permitted(town.city_org, May.APPROVE).exists()  # another office
    assert queries.listed(town.north_chair, "waiting").get() == export
    assert not queries.listed(town.city_rights, "waiting").exists()  # she may, and is not the one who is asked
    actions.make(actions.approve(export, by=town.city_rights))
    table = rows(b"".join(actions.hand_out(export, by=town.north_rights)[1]), 1)
    assert table[-1][:2] == (town.dispute.reference, "周敏华")
    assert table[-1][2] == "330599********0027"
    with translation.override("en"):
        looked = card_of(town.membership.person).looked
    assert any("向劳动监察移送" in paper.label and town.north_rights.name in paper.label for paper in looked)


def test_a_dispute_that_the_list_does_not_show_is_in_no_export(cases):  # noqa: F811
    what = EXPORTABLES["rights.claimants"]
    assert what.rows(cases.north_rights, cases.north, {}).count() == 1
    assert what.rows(cases.north_rights, cases.north, {"state": "CLOSED"}).count() == 0
    assert what.rows(cases.south_rights, cases.south, {}).count() == 0
    assert what.rows(cases.north_org, cases.north, {}).count() == 0
