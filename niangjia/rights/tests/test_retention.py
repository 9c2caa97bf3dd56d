"""What rights forget of people: rows of tables that wait, and who complained."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.retention import RETENTIONS
from niangjia.rights import actions
from niangjia.rights.models import SheetRow, Supervision
from niangjia.rights.tests.conftest import number

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    settings.FILES = tmp_path


def test_rows_that_nobody_takes_are_erased_after_their_days(town, dispute):
    table = f"姓名,身份证号,欠薪金额\n王小工,{number(11)},900\n李小工,123,约三千\n"
    old = actions.read_sheet(dispute, ContentFile(table.encode(), "名单.csv"), name="名单.csv", by=town.township_rights)
    actions.take_sheet(old, whole=False, by=town.township_rights)
    assert old.rows.count() == 1, "the wrong row waits"
    erase = RETENTIONS["rights.sheetrow"].erase
    assert erase() == 0
    with moved_to(now() + timedelta(days=31)):
        new = actions.read_sheet(dispute, ContentFile(table.encode(), "又一张.csv"), name="又一张.csv", by=town.township_rights)
        assert (erase(), erase()) == (1, 0)
    old.refresh_from_db()
    assert (old.state, old.taken) == ("TAKEN", 1)
    assert set(SheetRow.objects.values_list("sheet", flat=True)) == {new.pk}
    with moved_to(now() + timedelta(days=62)):
        assert erase() == 2
    new.refresh_from_db()
    assert new.state == "DROPPED"
    assert dispute.claimants.count() == 3


def test_who_complained_is_forgotten_some_years_after_the_end(town):
    by = {"by": town.township_rights}
    facts = ("COMPLAINT", "PAY", "加班工资没有足额发。", today(), "示例工甲", "10000000001")
    ended, out, running = (actions.open_supervision(town.township, actions.Told(town.employer, *facts), **by) for _n in range(3))
    Supervision.objects.filter(pk=ended.pk).update(state="CLOSED", outcome="CLEAR", accepted_on=today(), closed_on=today())
    actions.decline(out, reason="不属于监督范围。", **by)
    erase = RETENTIONS["rights.supervision"].erase
    with moved_to(now() + timedelta(days=3 * 365 - 5)):
        assert erase() == 0
    with moved_to(now() + timedelta(days=3 * 366)):
        assert (erase(), erase()) == (2, 0)
        assert actions.disclose_complainant(running, why="电话核实", **by) == ("示例工甲", "10000000001")
        ended.refresh_from_db()
        assert (ended.state, ended.facts) == ("CLOSED", "加班工资没有足额发。")
        with pytest.raises(RuleBroken):
            actions.disclose_complainant(ended, why="电话核实", **by)
