"""Unions of several units, of a village, an area, a trade, a project, of workers of new forms: from the clue to units that come and go."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from niangjia.flow.api import story
from niangjia.kit.dates import moved_to, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.unions.actions import founding, results, units
from niangjia.unions.actions.units import Unit
from niangjia.unions.enums import Ticked, Way
from niangjia.unions.models import Cover, Employer, Founding, Union
from niangjia.unions.papers import application
from niangjia.unions.rules import ENDINGS, named
from niangjia.unions.tests.electing import reported
from niangjia.worklog.api import Asked, evaluate, post
from tests.town import credit

VILLAGE = "示例村"
KINDS = [
    ("21", "北塘大厦", "北塘大厦联合工会委员会"), ("22", "北塘园区", "北塘园区工会联合会"), ("23", "煤山铝材", "煤山铝材行业工会联合会"),
    ("24", VILLAGE, f"{VILLAGE}联合工会委员会"), ("26", "煤山快递", "煤山快递联合工会委员会"),
]  # fmt: skip


def fresh(one):
    return Founding.objects.get(pk=one.pk)


def clue(town, kind="24", subject=VILLAGE, **facts):
    return founding.follow(town.hill, founding.Clue(kind=kind, subject=subject, source="TOWNSHIP", **facts), by=town.hill_chair)


def unit(n, **facts):
    return Unit(credit(810 + n), **{"name": f"{VILLAGE}示例{n}号厂", "employees": 10 * n} | facts)


def grouped(town, one):
    founding.join_group(one, name="苏筹备", job="村委会", speaks="PARTY", head=True, by=town.hill_chair)
    founding.join_group(one, name="潘代表", job="车间", by=town.hill_chair)


def wanted(kind="24", name=f"{VILLAGE}联合工会委员会", **facts):
    said = {
        "employees": 60,
        "applicant": "苏筹备",
        "willing": 40,
        "founder": "PLACE",
        "founder_name": f"{VILLAGE}村民委员会",
        "term_years": 3,
    }
    return founding.Wanted(name=name, kind=kind, **said | facts)


def applied(town, kind="24", subject=VILLAGE, name=f"{VILLAGE}联合工会委员会", n=2, **facts):
    one = clue(town, kind, subject, **facts)
    founding.add_units(one, [unit(i) for i in range(1, n + 1)], by=town.hill_chair)
    grouped(town, one)
    return fresh(founding.apply(one, wanted(kind, name), by=town.hill_chair))


def granted(town, **facts):
    return fresh(founding.grant(applied(town, **facts), on=today(), grant_no="煤总工〔2026〕3号", by=town.hill_chair))


def founded(town):
    one = granted(town)
    election, moment = reported(town, union=one.union, by=town.hill_chair, above=town.north_org)
    with moved_to(moment):
        results.confirm(election, on=today(), approval_no="煤总工〔2026〕8号", by=town.hill_chair)
    return fresh(one), moment


def names(union, **facts):
    return sorted(Cover.objects.filter(union=union, **facts).values_list("employer__name", flat=True))


# ---------- from the clue to the legal person ----------


def test_a_clue_names_an_employer_or_what_it_is_for(town):
    with pytest.raises(RuleBroken):
        clue(town, subject=" ")
    with pytest.raises(RuleBroken):
        clue(town, kind="20", subject="")
    one = clue(town)
    assert (one.employer, one.whose) == (None, VILLAGE)
    with pytest.raises(RuleBroken, match=VILLAGE):
        clue(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Founding.objects.create(reference="JH-x", at=town.hill, source="TAX", made_by=town.hill_chair, made_at=one.made_at)


@pytest.mark.parametrize(("kind", "subject", "name"), KINDS)
def test_each_type_goes_from_the_clue_to_a_union_that_covers_its_units(town, kind, subject, name):
    union = granted(town, kind=kind, subject=subject, name=name).union
    assert (union.kind, union.state, union.employer, union.parent) == (kind, "PREPARING", None, town.hill)
    assert names(union, until=None, since=today()) == [f"{VILLAGE}示例1号厂", f"{VILLAGE}示例2号厂"]


def test_a_project_union_has_its_contractor_and_the_units_that_work_there(town):
    one = clue(town, "25", "示例大桥", uscc=credit(830), name="煤山示例建工有限公司")
    founding.add_units(one, [unit(1)], by=town.hill_chair)
    grouped(town, one)
    founding.apply(one, wanted("25", "示例大桥项目工会委员会", founder="LEAD"), by=town.hill_chair)
    union = fresh(founding.grant(fresh(one), on=today(), grant_no="3号", by=town.hill_chair)).union
    assert (union.employer.uscc, union.covers.count(), fresh(one).whose) == (credit(830), 2, "示例大桥")


@pytest.mark.django_db(transaction=True)
def test_it_is_elected_approved_and_registered_like_any_other(town):
    one, moment = founded(town)
    with moved_to(moment):
        facts = founding.Registered(today(), credit(702, "81"), "浙E0599001", one.union.term_end, Ticked.values)
        founding.register(one, facts, by=town.hill_chair)
        assert (fresh(one).state, Union.objects.get(pk=one.union_id).state) == (Way.REGISTERED, "NORMAL")
        post()
        there = set(Cover.objects.exclude(union=one.union).filter(union__township=town.hill, until=None).values_list("employer", flat=True))
        assert evaluate(FIGURES["unions.units"].plan, Asked(until(today()), town.hill.pk)) == 2 + len(there)


@pytest.mark.parametrize(("kind", "facts"), [("24", {"n": 1}), ("24", {"name": f"{VILLAGE}工会委员会"}), ("21", {"name": "北塘大厦工会"})])
def test_what_has_too_few_units_or_another_name_is_not_applied_for(town, kind, facts):
    with pytest.raises(RuleBroken):
        applied(town, kind=kind, **facts)
    assert Founding.objects.get().state == Way.CLUE


def test_who_founds_it_is_said_and_a_type_for_one_employer_has_one(town):
    one = clue(town)
    founding.add_units(one, [unit(1), unit(2)], by=town.hill_chair)
    grouped(town, one)
    with pytest.raises(RuleBroken):
        founding.apply(one, wanted(founder=""), by=town.hill_chair)
    with pytest.raises(RuleBroken):
        founding.apply(one, wanted("20", f"{VILLAGE}工会委员会"), by=town.hill_chair)


def test_workers_of_a_new_form_need_no_units(town):
    union = granted(town, kind="26", subject="煤山外卖", name="煤山外卖联合工会", n=0).union
    assert union.covers.count() == 0


def test_a_joint_union_may_begin_with_one_employers_clue(town):
    one = founding.follow(town.hill, founding.Clue(uscc=credit(831), name="北塘示例物业有限公司"), by=town.hill_chair)
    founding.add_units(one, [unit(1)], by=town.hill_chair)
    grouped(town, one)
    founding.apply(one, wanted("21", "北塘片区企业联合工会委员会", founder="UNITS"), by=town.hill_chair)
    union = fresh(founding.grant(fresh(one), on=today(), grant_no="3号", by=town.hill_chair)).union
    assert (union.employer, names(union)) == (None, ["北塘示例物业有限公司", f"{VILLAGE}示例1号厂"])


def test_a_union_of_one_employer_takes_no_units(town):
    one = founding.follow(town.hill, founding.Clue(uscc=credit(831), name="北塘示例物业有限公司", kind="20"), by=town.hill_chair)
    founding.add_units(one, [unit(1)], by=town.hill_chair)
    grouped(town, one)
    with pytest.raises(RuleBroken):
        founding.apply(one, wanted("20", "北塘示例物业有限公司工会委员会", founder=""), by=town.hill_chair)
    founding.drop_unit(one, credit(811), by=town.hill_chair)
    assert founding.apply(fresh(one), wanted("20", "北塘示例物业有限公司工会委员会", founder=""), by=town.hill_chair).state == Way.APPLIED


def test_units_are_written_once_and_only_while_the_application_is(town):
    one = clue(town)
    assert founding.add_units(one, [unit(1), unit(2)], by=town.hill_chair) == 2
    assert founding.add_units(one, [unit(2), unit(3)], by=town.hill_chair) == 1
    founding.drop_unit(one, credit(812), by=town.hill_chair)
    assert one.units.count() == 2
    for who in (town.fort_chair, town.firm_chair):
        with pytest.raises(Refused):
            founding.add_units(one, [unit(4)], by=who)
    grouped(town, one)
    founding.apply(one, wanted(), by=town.hill_chair)
    with pytest.raises((IllegalStep, Overtaken)):
        founding.add_units(fresh(one), [unit(4)], by=town.hill_chair)


def test_the_application_names_the_units_and_who_founds_it(town):
    from docx import Document

    paper = Document(BytesIO(application(applied(town))))
    text = "\n".join(
        [one.text for one in paper.paragraphs] + [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    )
    assert f"{VILLAGE}村民委员会牵头" in text
    assert f"{VILLAGE}示例2号厂" in text


def test_names_end_as_their_types_do():
    assert {kind for kind in ENDINGS if named(kind, "示例联合工会委员会")} == {"20", "21", "22", "24", "26", "27"}
    assert not named("23", "示例联合工会委员会")


# ---------- units come and go ----------


def test_units_come_and_go_each_an_act_of_its_own(town):
    one, moment = founded(town)
    with moved_to(moment + timedelta(days=30)):
        assert units.cover_all(one.union, [unit(1), unit(5), unit(6)], since=today(), by=town.hill_chair) == 2
        with pytest.raises(Refused):
            units.cover_all(one.union, [unit(7)], since=today(), by=town.fort_chair)
        gone = Cover.objects.get(union=one.union, employer__uscc=credit(811))
        units.uncover(gone, on=today(), by=town.hill_chair)
        with pytest.raises(RuleBroken):
            units.cover(one.union, name="", uscc=credit(811), category="170", industry="C", employees=0, since=today() - timedelta(days=1), by=town.hill_chair)  # fmt: skip
    told = [(line.verb, line.reason.split("，")[0].split(",")[0]) for line in story(one.union)][-2:]
    assert told == [("cover", f"{VILLAGE}示例5号厂、{VILLAGE}示例6号厂"), ("uncover", f"{VILLAGE}示例1号厂")]
    assert Cover.objects.filter(union=one.union, until=None).count() == 3


def test_a_union_of_one_unit_takes_no_list(town):
    with pytest.raises(RuleBroken):
        units.cover_all(town.firm, [unit(1)], since=today(), by=town.firm_chair)


def test_a_list_brings_good_rows_and_tells_the_others(town, client):
    one = clue(town)
    client.force_login(town.hill_chair)
    text = f"{VILLAGE}单位名单\n单位名称,统一社会信用代码,单位类别,行业,职工人数\n甲厂,{credit(811)},170,C,30人\n乙厂,91330522000,170,C,3\n丙厂,{credit(812)},170 私营企业,F,8\n丙厂,{credit(812)},,,8\n合计,,,,41\n"
    url = reverse("unions:founding_units", args=[one.uuid, "list"])
    got = client.post(url, {"file": SimpleUploadedFile("名单.csv", text.encode("gb18030"))}, follow=True)
    assert got.status_code == 200
    assert [(row.employer.name, row.employer.employees, row.employer.industry) for row in one.units.select_related("employer").order_by("pk")] == [("甲厂", 30, "C"), ("丙厂", 8, "F")]  # fmt: skip
    page = got.content.decode()
    assert "乙厂" in page
    wrong = client.post(url, {"file": SimpleUploadedFile("名单.csv", b"a,b\n1,2\n")})
    assert wrong.status_code == 422


def test_what_is_exported_comes_in_again(town, client):
    one, moment = founded(town)
    client.force_login(town.hill_chair)
    with moved_to(moment):
        got = client.get(reverse("unions:covers_export", args=[one.union.code]))
    data = b"".join(got.streaming_content)
    assert load_workbook(BytesIO(data)).active is not None
    other = clue(town, subject="另一村")
    sent = {"file": SimpleUploadedFile("units.xlsx", data)}
    assert client.post(reverse("unions:founding_units", args=[other.uuid, "list"]), sent).status_code == 303
    assert other.units.count() == 2


def test_employers_that_no_union_covers_are_offered(town, client):
    one = clue(town)
    lone = Employer.objects.create(
        name="煤山孤厂", uscc=credit(832), category="170", industry="C", employees=40, township=town.hill, county=town.north
    )
    client.force_login(town.hill_chair)
    url = reverse("unions:founding_units", args=[one.uuid, "pick"])
    page = client.get(url).content.decode()
    assert "煤山孤厂" in page
    assert town.firm_unit.name not in page
    assert "煤山孤厂" in client.get(f"{url}?q=孤").content.decode()
    assert "煤山孤厂" in client.get(f"{url}?q={lone.uscc.lower()}").content.decode()
    assert "煤山孤厂" not in client.get(f"{url}?q=云锦").content.decode()
    assert client.post(f"{url}?q=云锦", {"picked": [lone.uscc]}).status_code == 303
    assert [row.employer for row in one.units.all()] == [lone]


def test_the_list_of_units_shows_those_that_left_with_their_days(town, client, django_assert_max_num_queries):
    one, moment = founded(town)
    with moved_to(moment + timedelta(days=9)):
        units.uncover(Cover.objects.get(union=one.union, employer__uscc=credit(811)), on=today(), by=town.hill_chair)
        client.force_login(town.hill_chair)
        url = reverse("unions:covers", args=[one.union.code])
        assert f"{VILLAGE}示例1号厂" not in client.get(url).content.decode()
        with django_assert_max_num_queries(20):
            past = client.get(url, {"view": "past"}).content.decode()
    assert f"{VILLAGE}示例1号厂" in past


def test_the_clue_is_taken_in_the_browser_for_a_village(town, client):
    client.force_login(town.hill_chair)
    said = {"at": town.hill.code, "kind": "24", "subject": VILLAGE, "category": "170", "industry": "C", "source": "TOWNSHIP"}
    got = client.post(reverse("unions:follow"), said)
    assert got.status_code == 303
    one = Founding.objects.get()
    page = client.get(one.get_absolute_url()).content.decode()
    assert reverse("unions:founding_units", args=[one.uuid, "one"]) in page
    assert VILLAGE in client.get(reverse("unions:foundings"), {"q": VILLAGE}).content.decode()
    assert f"{VILLAGE}联合工会委员会" in client.get(reverse("unions:founding_apply", args=[one.uuid])).content.decode()


def test_no_day_before_the_founding(town):
    one, _moment = founded(town)
    with pytest.raises(RuleBroken):
        units.cover_all(one.union, [unit(9)], since=date(2001, 1, 1), by=town.hill_chair)
