"""Many workers by a table: read, judged, mended, taken, undone; many employers by a list."""

from __future__ import annotations

import io
import time
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from niangjia.kit.errors import Overtaken, RuleBroken
from niangjia.rights import actions
from niangjia.rights.models import Claim, SheetRow
from niangjia.rights.sheets import template
from niangjia.rights.sheets.heads import kind_of
from niangjia.rights.tests.conftest import credit, number

pytestmark = pytest.mark.django_db
LETTERS = "甲乙丙丁戊己庚辛壬癸"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    settings.FILES = tmp_path


def table(*rows, head=("序号", "姓名", "身份证号码", "联系电话", "欠薪金额（元）", "加班费", "合计")):
    text = "\n".join(",".join(map(str, row)) for row in (("职工欠薪名单",), head, *rows, ("合计", "", "", "", "", "", "99999")))
    return SimpleUploadedFile("名单.csv", text.encode("gb18030"))


def worker(n, *, pay="3000", more="", phone="10000000001"):
    return (n, f"王小{LETTERS[n % 10]}", number(n), phone, pay, more, "")


def read(town, dispute, file):
    return actions.read_sheet(dispute, file, name="名单.csv", by=town.township_rights)


def test_heads_name_kinds():
    assert [kind_of(one) for one in ("拖欠工资", "加班费（元）", "经济补偿金", "金额", "合计", "月工资标准", "姓名")] == [
        "012",
        "011",
        "031",
        "",
        None,
        None,
        None,
    ]


def test_good_rows_are_named_with_their_lines(town, dispute):
    sheet = read(town, dispute, table(worker(11, more="200"), worker(12)))
    assert dispute.claimants.count() == 2
    actions.take_sheet(sheet, whole=True, by=town.township_rights)
    dispute.refresh_from_db()
    assert (dispute.claimants.count(), dispute.claimed) == (4, Decimal(16200))
    assert sorted(Claim.objects.filter(claimant__sheet=sheet).values_list("kind", "claimed")) == [
        ("011", Decimal(200)),
        ("012", Decimal(3000)),
        ("012", Decimal(3000)),
    ]
    assert not SheetRow.objects.exists()


def test_numbers_are_never_guessed_and_bad_cells_say_why(town, dispute):
    rows = [
        worker(11),
        worker(11),
        (3, "王小丙", "3.30599E+17", "", "1000", "", ""),
        (4, "", number(14), "", "1000", "", ""),
        worker(15, pay="约三千"),
        worker(1),
    ]
    sheet = read(town, dispute, table(*rows))
    faults = {code for row in sheet.rows.all() for _column, code in row.faults}
    assert faults == {"again", "ruined", "name-missing", "amount", "stands"}
    with pytest.raises(RuleBroken):
        actions.take_sheet(sheet, whole=True, by=town.township_rights)
    actions.take_sheet(sheet, whole=False, by=town.township_rights)
    assert (sheet.taken, sheet.state) == (1, "READ")


def test_a_row_is_mended_and_taken(town, dispute):
    sheet = read(town, dispute, table((1, "王小丙", "3.30599E+17", "", "1000", "", "")))
    row = sheet.rows.get()
    assert number(13).encode() not in bytes(row.cells_sealed)
    actions.mend_row(row, name="王小丁", number=number(13), phone="", amounts={"012": "1000"}, by=town.township_rights)
    assert row.faults == []
    actions.take_sheet(sheet, whole=True, by=town.township_rights)
    assert sheet.state == "TAKEN"


def test_a_table_is_undone_while_nothing_hangs_on_it(town, dispute):
    sheet = read(town, dispute, table(worker(11), worker(12)))
    actions.take_sheet(sheet, whole=True, by=town.township_rights)
    actions.undo_sheet(sheet, by=town.township_rights)
    dispute.refresh_from_db()
    assert (dispute.claimants.count(), dispute.claimed, sheet.state) == (2, Decimal(10000), "UNDONE")
    with pytest.raises(Overtaken):
        actions.undo_sheet(sheet, by=town.township_rights)


def test_money_that_came_holds_the_workers(town, dispute):
    sheet = read(town, dispute, table(worker(11)))
    actions.take_sheet(sheet, whole=True, by=town.township_rights)
    actions.accept(dispute, by=town.township_rights)
    from niangjia.kit.dates import today

    actions.receive(dispute, amount=Decimal(900), on=today(), evidence="回单", by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.undo_sheet(sheet, by=town.township_rights)


def test_the_empty_table_is_read_as_it_stands(town, dispute):
    file = SimpleUploadedFile("空表.xlsx", template("甲织造有限公司（示例）"))
    with pytest.raises(RuleBroken):  # only the example stands in it
        read(town, dispute, file)


def test_six_thousand_rows_are_read_and_taken_in_seconds(town, dispute):
    from niangjia.kit.ids import identity_check

    def long(n):
        head = f"3305991990{1 + n // 1000:02d}{1 + n % 28:02d}{n % 1000:03d}"
        return head + identity_check(head)

    rows = [(n, f"王小{LETTERS[n % 10]}", long(n), "", "100", "", "") for n in range(6000)]
    begun = time.monotonic()
    sheet = read(town, dispute, table(*rows))
    assert sheet.rows.filter(faults=[]).count() == 6000
    actions.take_sheet(sheet, whole=True, by=town.township_rights)
    assert dispute.claimants.count() == 6002
    assert time.monotonic() - begun < 60


def test_many_employers_are_named_at_once_or_none(town, dispute):
    good = f"{credit(2)}\n{credit(8)}，丁印染有限公司（示例）"
    with pytest.raises(RuleBroken):
        actions.add_respondents(dispute, good + "\n没有代码的公司", by=town.township_rights)
    assert dispute.respondents.count() == 1
    assert actions.add_respondents(dispute, good, by=town.township_rights) == 2
    assert dispute.respondents.count() == 3


def test_the_pages_of_a_table(town, client, dispute):
    client.force_login(town.township_rights)
    url = reverse("rights:sheets", args=[dispute.uuid])
    assert client.get(url).status_code == 200
    assert client.get(reverse("rights:sheet_template", args=[dispute.uuid])).status_code == 200
    there = client.post(url, {"file": table(worker(11), worker(12, pay="约三千"))})
    assert there.status_code == 303
    page = client.get(there.url).content.decode()
    assert number(12) not in page
    row = SheetRow.objects.exclude(faults=[]).get()
    mend = reverse("rights:sheet_row", args=[dispute.uuid, row.sheet.uuid, row.pk])
    assert client.get(mend).status_code == 200
    assert client.post(mend, {"name": "王小丙", "number": number(12), "phone": "", "sum0": "3000"}).status_code == 303
    step = reverse("rights:sheet_step", args=[dispute.uuid, row.sheet.uuid])
    client.post(step, {"verb": "whole"})
    assert dispute.claimants.count() == 4
    client.post(step, {"verb": "undo"})
    assert dispute.claimants.count() == 2
    client.force_login(town.county_leader)
    assert client.get(url).status_code == 403


def test_a_list_divides_a_payment(town, client, dispute):
    actions.accept(dispute, by=town.township_rights)
    client.force_login(town.township_rights)
    text = f"姓名,身份证号,金额\n示例工乙,{number(1)},70\n示例工丙,,30\n合计,,100"
    facts = {"on": "", "amount": "100", "evidence": "发放表1", "split": "LIST", "parts": io.BytesIO(text.encode())}
    from niangjia.kit.dates import today

    facts["on"] = today().isoformat()
    assert client.post(reverse("rights:receipts", args=[dispute.uuid]), facts).status_code == 303
    from niangjia.rights.queries import account_of

    assert sorted(one.received for one in account_of(dispute).workers.values()) == [Decimal(30), Decimal(70)]
