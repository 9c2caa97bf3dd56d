"""From a draft to what stands published for good."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils.html import strip_tags
from django.utils.translation import override

from niangjia.access.models import User
from niangjia.flow.models import Move
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.reports import actions, api, prints, queries
from niangjia.reports.models import Publication, Review, ReviewEdit
from niangjia.reports.prose.numbers import form
from niangjia.reports.shown import compared
from niangjia.unions.models import Office, Union
from niangjia.worklog.api import post
from tests.town import union

TEXT = """标题：一年小结
机关：湖州市总工会
日期：2026年11月20日
时期：年底=..2025-12-31
附件：数字表

# 组织

全市基层工会【unions.grassroots】，乡镇总工会【unions.townships 汉字】；年底基层工会【unions.grassroots@年底】。
"""


@pytest.fixture
def review(town):
    post()
    made = actions.begin(town.city, name="year-2026", title_zh="小结", period="2025-12..2026-11", by=town.city_office)
    actions.save_draft(made, TEXT, language="zh", after=0, by=town.city_office)
    return made


def signed(review, town):
    actions.check(review, seen=api.seen(review), by=town.city_office)
    actions.sign(review, seen=api.seen(review), by=town.leader)
    return review


def published(review, town):
    return actions.publish(signed(review, town), seen=api.seen(review), by=town.leader)


def test_a_review_is_written_checked_signed_and_published(town, review):
    made = published(review, town)
    assert review.state == "PUBLISHED"
    assert [m.verb for m in Move.objects.filter(kind="reports.review", thing_id=review.pk)] == ["start", "check", "sign", "publish"]
    assert len(made.freezes) == 3
    assert len(made.root) == len(made.digest) == 64
    values = {f["code"] + f["period"]: f["value"] for f in made.documents["zh"]["figures"]}
    assert values["unions.townships..2026-11-30"] == "3"
    assert api.stands(made)


def test_what_was_published_stays_and_the_live_figure_moves(town, review):
    made = published(review, town)
    before = prints.word(queries.read(review))
    union("U33052200119", "煤山新雁电源有限公司工会", "20", 4, Union.objects.get(pk=town.hill.pk))
    post()
    found = queries.read(review)
    assert {f.value for f in found.out.facts() if f.code == "unions.grassroots"} == {3}
    assert prints.word(found) == before
    assert api.stands(made)
    body, differ = compared(found)
    assert differ == 2
    assert {strip_tags(str(row[-1].value)) for row in body} == {"+1", "相同"}


def test_a_later_version_that_would_print_otherwise_leaves_what_was_published_to_the_letter(town, review, monkeypatch):
    published(review, town)
    before = prints.word(queries.read(review)), prints.text(queries.read(review))
    monkeypatch.setattr("niangjia.reports.prose.compile.numbered", lambda *_args, **_more: "№ ")
    monkeypatch.setattr("niangjia.reports.prose.fill.form", lambda value, unit, style: form(value + 1, unit, style))
    found = queries.read(review)
    assert (prints.word(found), prints.text(found)) == before
    assert [fact.value for fact in found.out.facts()] == [3, 3, 3]
    [one] = api.proofs()
    assert (one["kept"], one["document"], one["books"]) == (True, False, True)


def test_the_same_records_give_the_same_document_and_the_same_paper(town, review):
    first = published(review, town)
    paper = prints.word(queries.read(review))
    actions.withdraw(review, reason="再走一遍", by=town.city_office)
    other = actions.begin(town.city, name="again", title_zh="小结", period="2025-12..2026-11", by=town.city_office)
    actions.save_draft(other, TEXT.replace("\n\n", "\n\n\n"), language="zh", after=0, by=town.city_office)
    union("U33052200120", "late", "20", 4, town.hill, founded_on=date(2027, 1, 1))
    post()
    second = published(other, town)
    assert second.posting > first.posting
    assert second.documents == first.documents
    assert second.digest == first.digest
    assert prints.word(queries.read(other)) == paper


def test_records_that_come_in_after_the_signature_stop_the_publication(town, review):
    signed(review, town)
    union("U33052200121", "煤山新雁电源有限公司工会", "20", 4, town.hill)
    with pytest.raises(RuleBroken), transaction.atomic():
        actions.publish(review, seen=api.seen(review), by=town.leader)
    assert not Publication.objects.exists()


def test_two_people_sign(town, review):
    actions.check(review, seen=api.seen(review), by=town.city_office)
    with pytest.raises(Refused), transaction.atomic():
        actions.sign(review, seen=api.seen(review), by=town.city_rights)
    with pytest.raises(Refused), transaction.atomic():
        actions.sign(review, seen=api.seen(review), by=town.city_office)
    Office.objects.create(union=town.city, user=town.city_office, name="孙市办", duty="leader", post="", since=date(2010, 1, 1))
    with pytest.raises(RuleBroken, match="另一位领导"), transaction.atomic():
        actions.sign(review, seen=api.seen(review), by=User.objects.get(pk=town.city_office.pk))
    actions.sign(review, seen=api.seen(review), by=town.leader)
    with pytest.raises(Refused), transaction.atomic():
        actions.publish(review, seen=api.seen(review), by=town.city_office)


def test_a_false_word_holds_the_review_up(town, review):
    actions.save_draft(
        review, TEXT.replace("【unions.grassroots】", "【unions.grassroots 余】"), language="zh", after=1, by=town.city_office
    )
    with pytest.raises(RuleBroken, match="余"), transaction.atomic():
        actions.check(review, seen=api.seen(review), by=town.city_office)


FALSE = [  # a sentence, and what is said of it in Chinese and in English before anything is signed
    (
        "共【和 unions.joint unions.joint.units unions.grassroots】。",
        "分项之和是3，总数是0，差3",
        "The parts sum to 3, the whole is 0: 3 apart",
    ),
    ("基层工会【unions.grassroots 余】。", "后面没有余地", "Nothing is left over"),
    ("基层工会【unions.grassroots 到十 多】。", "取位太粗", "Too coarse"),
    ("基层工会【unions.grassroots 到十 近】。", "离10太远", "too far from 10"),
    ("基层工会【净增 unions.grassroots@2026】。", "没有净增", "no net rise"),
    ("基层工会【连续 unions.founded@2024-01..2025-12】。", "不能说“连续2年”", "not “2 years running”"),
    ("长兴县居【位次 unions.grassroots 长兴县总工会】。", "会让人认出", "give people away"),
    ("长兴县居【位次 unions.grassroots 不存在总工会】。", "没有名为“不存在总工会”的下级工会", "No union below is called"),
    ("全市居【位次 unions.grassroots】。", "没有同级的工会", "no union of the same rank"),
]


@pytest.mark.parametrize(("sentence", "zh", "en"), FALSE)
def test_what_would_be_false_is_named_in_both_languages_and_cannot_be_sent(town, review, sentence, zh, en):
    actions.save_draft(review, f"{TEXT}\n{sentence}\n", language="zh", after=1, by=town.city_office)
    for language, said in (("zh-hans", zh), ("en", en)):
        with override(language), pytest.raises(RuleBroken, match=re.escape(said)), transaction.atomic():
            actions.check(review, seen=api.seen(review), by=town.city_office)
    assert not review.signatures.exists()


TWIN = """Title: A Year
Office: Huzhou Federation of Trade Unions
Date: 20 November 2026
Language: en
Annex: Table of figures

# Organisation

By 31 December 2025 the city had [[unions.grassroots@..2025-12-31]] unions, over which [[unions.townships]] federations stand; of the counties Changxing
is [[rank unions.townships@..2026-11-30 长兴县总工会]]. Workers' unions are [[share unions.grassroots unions.grassroots]] of all.
"""


def test_an_english_twin_is_signed_with_the_chinese_text_and_goes_out_beside_it(town, review):
    for n in range(4):  # a field in which nobody can be told apart
        union(f"U3305220016{n}", f"煤山第{n}镇总工会", "12", 3, town.north)
        union(f"U3305210016{n}", f"德清第{n}镇总工会", "12", 3, town.south)
    post()
    actions.save_draft(
        review, TEXT.replace("【unions.townships 汉字】", "【unions.townships】"), language="zh", after=1, by=town.city_office
    )
    actions.save_draft(review, TWIN, language="en", after=2, by=town.city_office)
    made = published(review, town)
    assert set(made.documents) == {"zh", "en"}
    words = "".join(line.text(english=True) for line in queries.read(review, "en").out.lines)
    assert "the city had 3 unions, over which" in words
    assert "Changxing" in words
    assert api.stands(made)
    kept = {f.get("union", ""): f["value"] for f in made.documents["en"]["figures"] if f["code"] == "unions.townships"}
    assert kept == {"": "11", "U33052200001": "6", "U33052100001": "5"}
    assert "is first." in words


def test_what_nothing_counts_goes_out_only_with_a_reason(town, review):
    text = TEXT + "\n劳动竞赛【growth.contests】。\n"
    actions.save_draft(review, text, language="zh", after=1, by=town.city_office)
    with pytest.raises(RuleBroken), transaction.atomic():
        actions.check(review, seen=api.seen(review), by=town.city_office)
    actions.save_draft(review, "空缺：待建账\n" + text, language="zh", after=2, by=town.city_office)
    made = published(review, town)
    assert "〔尚未记录〕" in str(made.documents["zh"])


def test_who_saves_second_is_told_and_a_sent_text_is_not_changed(town, review):
    with pytest.raises(Overtaken), transaction.atomic():
        actions.save_draft(review, "x", language="zh", after=0, by=town.city_office)
    actions.check(review, seen=api.seen(review), by=town.city_office)
    with pytest.raises(RuleBroken), transaction.atomic():
        actions.save_draft(review, "x", language="zh", after=1, by=town.city_office)
    actions.withdraw(review, reason="补一句", by=town.city_office)
    assert actions.save_draft(review, TEXT, language="zh", after=1, by=town.city_office).number == 2
    with pytest.raises(IllegalStep), transaction.atomic():
        actions.withdraw(review, reason="x", by=town.city_office)


@pytest.mark.parametrize("who", ["city_rights", "firm_chair", "north_rights", "nobody", "leader"])
def test_only_the_office_writes(town, review, who):
    with pytest.raises(Refused), transaction.atomic():
        actions.save_draft(review, "x", language="zh", after=1, by=town.people[who])
    with pytest.raises(Refused), transaction.atomic():
        actions.begin(town.city, name="mine", title_zh="x", period="2025", by=town.people[who])


def test_edits_signatures_and_publications_are_written_once(town, review):
    published(review, town)
    for model in (ReviewEdit, Publication):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(by=town.leader)
    with pytest.raises(DatabaseError), transaction.atomic():
        review.signatures.all().delete()


@pytest.mark.parametrize(("name", "period"), [("Größe", "2025"), ("x", "2025"), ("year-2026", "2025"), ("good", "letztes Jahr")])
def test_a_bad_name_or_period_is_refused_with_a_sentence(town, review, name, period):
    with pytest.raises(RuleBroken), transaction.atomic():
        actions.begin(town.city, name=name, title_zh="x", period=period, by=town.city_office)


def test_huzhou_is_loaded_whole_and_shown_to_programs(town):
    post()
    review = api.load_huzhou(town.city_office)
    assert api.load_huzhou(town.city_office) == review
    assert Review.objects.count() == 1
    rows = api.show("huzhou-2015")
    assert len([r for r in rows if r["ref"]]) == 103
    by_ref = {r["ref"]: r for r in rows}
    assert (by_ref["F107"]["value"], by_ref["F107"]["printed"], by_ref["F107"]["records"]) == (3, "3个", 3)
    assert by_ref["F107"]["url"].startswith("/figures/unions.townships/?period=")
    assert by_ref["F013"]["value"] is None
    assert (by_ref["F001"]["value"], by_ref["F001"]["printed"]) == (5, "五年")
    assert by_ref["F042"]["printed"] == "2012年1月至2015年6月"
    with pytest.raises(LookupError):
        api.show("nothing")


def test_huzhou_goes_out_with_its_gaps_named_and_comes_out_the_same(town):
    post()
    review = api.load_huzhou(town.city_office)
    made = published(review, town)
    assert set(made.documents) == {"zh", "en"}
    assert api.stands(made)
    values = {row["ref"]: row for row in api.show("huzhou-2015")}
    assert "freeze=" in values["F102"]["url"]
    assert values["F102"]["value"] == 3
    assert prints.word(queries.read(review, "en")) != prints.word(queries.read(review, "zh"))
