"""The pages: who opens them, what stands on them, in how many queries, and that buttons do what they say."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.exports import api as exports
from niangjia.kit.exportable import EXPORTABLES
from niangjia.kit.ids import credit_check
from niangjia.members.tests.rosters import name, number
from niangjia.reconcile import actions
from niangjia.reconcile.models import Comparison, Difference
from niangjia.reconcile.tests.conftest import MILL, province, theirs
from niangjia.reconcile.tests.test_laying import every
from niangjia.unions.tests.sheeted import exported, rows_of


@pytest.fixture
def laid(register, lay):
    return lay(
        theirs(1, phone="10000000991"),
        theirs(2, phone=""),
        theirs(3, name="赵子函"),
        theirs(20),
        theirs(9),
        theirs(4, union=MILL),
        *every(1, 2, 3, 4, 5),
    )


def test_the_page_shows_both_sides_covered_but_for_what_tells_them_apart(town, laid, as_):
    text = as_(town.north_org).get(laid.get_absolute_url()).content.decode()
    assert "n-parts" in text
    assert "100****0001" in text
    assert "100****0991" in text
    assert number(1) not in text
    assert "10000000991" not in text
    assert 'name="way-' in text


@pytest.mark.parametrize("who", ["north_rights", "south_org", "hill_chair", "firm_chair", "nobody", "security"])
def test_to_others_a_list_does_not_exist(town, laid, as_, who):
    client, one = as_(town.people[who]), laid.differences.first()
    for url in (
        laid.get_absolute_url(),
        one.get_absolute_url(),
        f"{laid.get_absolute_url()}bad/",
        f"{laid.get_absolute_url()}rules/unknown/",
    ):
        assert client.get(url).status_code == 404
    assert laid.reference not in client.get("/reconcile/?view=all").content.decode()


def test_a_difference_shows_both_records_and_is_decided_there(town, laid, as_):
    client, one = as_(town.north_org), laid.differences.get(field="name")
    text = client.get(one.get_absolute_url()).content.decode()
    assert name(3) in text
    assert "赵子函" in text
    assert number(3) not in text
    answer = client.post(f"{one.get_absolute_url()}decision/", {"way": "OURS"})
    assert answer.status_code == 303
    one.refresh_from_db()
    assert one.state == "OURS"


def test_several_are_decided_at_once_and_who_came_first_is_told(town, laid, as_):
    client = as_(town.north_org)
    first, second = laid.differences.filter(field="phone").order_by("pk")
    actions.decide(second, "OURS", by=town.city_org)
    said = {f"way-{first.uuid}": "THEIRS", f"way-{second.uuid}": "OURS", "way-x": "OURS", "query": "kind=FIELD"}
    answer = client.post(f"{laid.get_absolute_url()}chosen/", said, follow=True)
    text = answer.content.decode()
    first.refresh_from_db()
    assert first.state == "THEIRS"
    assert "已由他人先定下" in text


def test_a_rule_is_rehearsed_done_and_taken_back(town, laid, as_):
    client = as_(town.north_org)
    url = f"{laid.get_absolute_url()}rules/phone-theirs-empty/"
    assert 'name="seen" value="1"' in client.get(url).content.decode()
    assert client.post(url, {"seen": "7"}).status_code == 422
    assert client.post(url, {"seen": "1"}).status_code == 303
    decision = laid.decisions.get()
    assert decision.done == 1
    assert client.post(f"{laid.get_absolute_url()}decisions/{decision.uuid}/back/").status_code == 303
    assert laid.differences.get(cause="EMPTY_THEIRS").state == "OPEN"
    assert client.get(f"{laid.get_absolute_url()}rules/x/").status_code == 404


def test_a_decision_on_last_month_s_list_is_taken_back_on_this_month_s(town, register, lay, as_):
    first = lay(theirs(1, phone=""), *every(1))
    actions.decide(first.differences.get(), "OURS", by=town.north_org)
    second = lay(theirs(1, phone=""), *every(1))
    client = as_(town.north_org)
    back = f"{second.get_absolute_url()}decisions/{first.decisions.get().uuid}/back/"
    assert back in client.get(second.get_absolute_url()).content.decode()
    assert client.post(back).status_code == 303
    assert second.differences.get().state == "OPEN"


def test_a_list_is_laid_on_the_page(town, register, as_, tmp_path):
    client = as_(town.north_org)
    assert town.north.code in client.get("/reconcile/new/").content.decode()
    file = tmp_path / "省.csv"
    file.write_bytes(province(*every(1), "9,,,,abc,,,,,"))
    with file.open("rb") as sent:
        said = {"union": town.north.code, "of": "MEMBERS", "whence": "PROVINCE", "as_of": "2026-11-01", "file": sent}
        answer = client.post("/reconcile/new/", said)
    made = Comparison.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, made.get_absolute_url())
    assert "6" in client.get(f"{made.get_absolute_url()}bad/").content.decode()
    assert client.post("/reconcile/new/", {"union": town.north.code}).status_code == 422


def test_a_page_costs_the_same_queries_for_one_difference_as_for_many(town, register, lay, as_):
    client = as_(town.north_org)

    def cost(comparison):
        client.get(comparison.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            client.get(comparison.get_absolute_url())
        return len(seen)

    few = cost(lay(theirs(1, phone=""), *every(1)))
    many = cost(lay(*(theirs(n, phone="", name="赵子函") for n in range(1, 9)), *map(theirs, range(20, 30))))
    assert many <= few + 1  # the clock is there in both


def test_what_is_to_go_up_is_made_by_two_persons_in_their_layout(town, laid, settings, tmp_path):
    settings.EXPORTS = tmp_path / "exports"
    what = EXPORTABLES["reconcile.upward"]
    assert [one.head for one in what.fields][:4] == ["序号", "姓名", "性别", "出生日期"]
    assert len(what.fields) == 20
    for one in laid.differences.filter(field__in=["phone", "name"]):
        actions.decide(one, "OURS", by=town.north_org)
    said = exports.Asking({"comparison": str(laid.uuid)}, [one.code for one in what.fields], "更正省平台", ["id"], "省平台按证件匹配")
    asked = exports.ask(what, town.north, said, by=town.north_org)
    assert asked.rows == 3
    lines = list(
        what.lines(
            what.rows(town.north_org, town.north, {"comparison": str(laid.uuid)}),
            ["n", "name", "id", "phone", "change", "employer"],
            frozenset({"id"}),
        )
    )
    assert sorted(cells[2] for _union, _pk, cells in lines) == [number(1), number(2), number(3)]
    assert {cells[3] for _union, _pk, cells in lines} == {f"100****000{n}" for n in (1, 2, 3)}
    assert {cells[5] for _union, _pk, cells in lines} == {
        town.firm_unit.name
    }  # nobody entered where they work: at the only unit of their union
    assert what.rows(town.south_org, town.south, {"comparison": str(laid.uuid)}).count() == 0


# ---------- unions and returns ----------


def sheet(*lines: str, head: str) -> bytes:
    return "\n".join(["报表", head, *lines, "合计,9", "填表人：某", ""]).encode("gb18030")


def test_unions_are_known_by_code_or_name_and_each_kind_is_told(town, lay, as_):
    town.firm.uscc = "81330599MC0000001" + credit_check("81330599MC0000001")
    town.firm.save(update_fields=["uscc"])
    town.mill.uscc = ""
    town.mill.save(update_fields=["uscc"])
    other = "81330599MC0000002" + credit_check("81330599MC0000002")
    data = sheet(
        f"煤山青禾电池股份有限公司工会,{town.firm.uscc},煤山镇总工会", f"煤山云锦纺织有限公司工会委员会,{other},泗安镇总工会", "没有听说过的工会,,煤山镇总工会",
        "没有听说过的工会,,煤山镇总工会", head="工会名称,统一社会信用代码,上级工会",
    )  # fmt: skip
    made = lay(of="UNIONS", data=data)
    found = sorted(made.differences.values_list("kind", "field", "cause"))
    assert found == [
        ("DUPLICATE", "", "TWICE_THEIRS"),
        ("FIELD", "name", ""),
        ("FIELD", "uscc", "EMPTY_OURS"),
        ("ONLY_THEIRS", "", "UNKNOWN"),
        ("WRONG_PARENT", "", "PLACE"),
    ]
    client = as_(town.north_org)
    for one in made.differences.all():
        assert client.get(one.get_absolute_url()).status_code == 200
    actions.decide(made.differences.get(field="uscc"), "THEIRS", by=town.north_org)
    town.mill.refresh_from_db()
    assert town.mill.uscc == other
    actions.decide(made.differences.get(field="name"), "OURS", by=town.north_org)
    answer = client.get(f"{made.get_absolute_url()}upward/")
    assert answer.status_code == 200
    head, row = rows_of(exported(answer))[:2]
    said = dict(zip(head, row, strict=True))
    assert (said["变动"], said["工会名称"], said["基层工会类型"], said["单位名称"]) == (
        "更正",
        town.firm.name,
        "20 单独基层工会",
        town.firm_unit.name,
    )
    assert (said["单位统一社会信用代码"], said["国民经济行业分类"], said["单位类别"], said["职工人数"]) == (
        town.firm_unit.uscc,
        "C 制造业",
        "170 私营企业",
        120,
    )
    empty = lay(of="UNIONS", data=sheet("煤山青禾电池有限公司工会,", head="工会名称,统一社会信用代码"))
    assert list(empty.differences.filter(state="OPEN").values_list("kind", "union__code")) == [("ONLY_OURS", town.mill.code)]


def test_a_told_total_is_explained_record_by_record(town, register, lay, as_):
    told = sheet("煤山青禾电池有限公司工会,9,4", "从来没有的工会,3,1", "煤山云锦纺织有限公司工会,约五人,", head="工会名称,会员数,女会员")
    made = lay(of="TOTALS", whence="OLD", data=told)
    assert (made.rows, made.bad, [one["code"] for one in made.found["bad"]]) == (3, 2, ["union-unknown", "no-number"])
    client = as_(town.north_org)
    assert "whence=OLD" in client.get(made.get_absolute_url()).content.decode()
    old = lay(*every(8), theirs(3), theirs(30), whence="OLD")  # nine rows: one missing, one twice, one that nobody knows
    text = client.get(made.get_absolute_url()).content.decode()
    assert f"{old.get_absolute_url()}?state=ALL&amp;under={town.firm.code}" in text
    assert sum(old.differences.filter(union=town.firm).values_list("weight", flat=True)) == 8 - 9
    assert not Difference.objects.filter(comparison=made).exists()
    assert client.get(f"{made.get_absolute_url()}bad/").status_code == 200
