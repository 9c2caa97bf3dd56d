"""The notation, the checks between figures and words, the canonical bytes, the outputs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from niangjia.kit.gongwen.ends import break_title
from niangjia.reports.prose import phrases
from niangjia.reports.prose.canonical import canonical, digest, document, sealed
from niangjia.reports.prose.checks import check
from niangjia.reports.prose.compile import compile_review, numbered
from niangjia.reports.prose.notation import parse, words
from niangjia.reports.prose.table import rows, text
from niangjia.reports.prose.untrue import Untrue
from niangjia.reports.prose.word import word
from niangjia.reports.tests.stub import HERE, Stub, sample

D = Decimal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def books() -> Stub:
    return Stub.load()


FAULTS = [  # a sentence, the key of its fault
    ("共【rights.disputes.cases 余】。", "fine"),
    ("财务连续【honours.finance.run】，经审连续【honours.audit.run 汉字】。", "mixed"),
    ("共【members.people 万 1位 余】。", "exact"),
    ("共【rights.disputes.casse】。", "unknown"),
    ("共【rights.disputes.cases 大约】。", "syntax"),
    ("共【rights.disputes.cases。", "bracket"),
    ("共【rights.disputes.cases】，又rights.events】。", "bracket"),
    ("共【rights.disputes.cases 约 近】。", "twice"),
    ("共【rights.disputes.cases 家】。", "unit"),
    ("共【rights.disputes.cases@那时】。", "period"),
    ("共协调争议6266件。", "typed"),
    ("惠及三十万人。", "typed"),
    ("共近【rights.disputes.cases】。", "outside"),
    ("共【growth.contestants 万 1位】余。", "outside"),
    ("共【rights.disputes.cases】件。", "double"),
    ("国家级、市级和区级分别为【honours.towns.national】、【honours.towns.city】。", "arity"),
    ("杰出、优秀职工【各 honours.outstanding honours.homes.province】。", "each"),
    ("共【和 rights.disputes.cases rights.recovered rights.events】。", "units"),
    ("共【和 honours.homes.city honours.homes.province honours.smallhomes】。", "sum"),
    ("会员【和 members.people mutualaid.inpatient mutualaid.critical】。", "distinct"),
    ("占【占 rights.disputes.cases rights.recovered】。", "units"),
    ("乡镇【全 unions.staffed care.stations.towns 均】达标，【全 relations.wage.rate 全覆盖】。", "cover"),
    ("有站的【care.stations.towns】，有工会的【unions.townships】。", "similar"),
    ("产业工会【unions.industry】。", "unrecorded"),
]


@pytest.mark.parametrize(("sentence", "key"), FAULTS)
def test_faults(sentence, key, books):
    faults = books.review(sentence).faults
    assert key in {f.key for f in faults}
    assert all(f.say("zh") and f.say("en") for f in faults)


def test_what_is_badly_written_is_told_in_the_readers_language(books):
    for sentence in (
        "共【】。",
        "共【rights.events 增长】。",
        "共【占 rights.events】。",
        "【全 unions.staffed 都】",
        "【完成 unions.grassroots unions.townships 万】",
        "共【rights.events",
    ):
        told = [fault.say("en") for fault in books.review(sentence).faults if fault.key in ("syntax", "bracket")]
        assert told, sentence
        assert not any(words in one for one in told for words in ("后面", "至少", "里面", "不是", "不成对")), told


def test_dates_and_slogans_are_no_figures(books):
    assert not books.review("2012年至2015年6月，“三年任务两年完成”，《2014年报告》。").faults


def test_near_equal_figures_want_a_reason(books):
    books.change("rights.workers.times", value=D(46_500))
    sentence = "预警涉及【rights.affected】，争议涉及【rights.workers.times】。"
    assert [(f.key, f.level) for f in books.review(sentence).faults] == [("similar", "answer")]
    assert not books.review("说明：rights.workers.times≠rights.affected：先报的不一定成案\n\n" + sentence).faults


def test_what_nothing_counts_is_said_to_be_so_and_wants_a_reason(books):
    out = books.review("产业工会【unions.industry】。")
    assert "〔尚未记录〕" in text(out)
    assert [f.level for f in out.faults] == ["answer"]
    assert [f.level for f in books.review("空缺：待补\n\n产业工会【unions.industry】。").faults] == ["note"]


def test_missing_is_not_zero(books):
    books.change("rights.disputes.cases", value=None)
    out = books.review("共【rights.disputes.cases】。")
    assert out.faults[0].key == "missing"
    assert out.held
    books.change("rights.disputes.cases", value=D(0))
    assert {f.key for f in books.review("共【rights.disputes.cases 近】。").faults} == {"zero"}


def test_stale_and_changed(books):
    books.change("members.people", day=date(2015, 3, 31), now=D(856_000))
    faults = {f.key: f.say("zh") for f in books.review("日期：2015年10月8日\n\n会员【members.people 万 1位】。").faults}
    assert faults["stale"].startswith("“工会会员”是2015-03-31的数")
    assert "856000" in faults["changed"]


def test_a_sum_that_does_not_add_as_printed(books):
    for code, value in (("honours.homes.city", 29_000), ("honours.homes.province", 14_500), ("honours.smallhomes", 14_500)):
        books.change(code, value=D(value))
    assert {f.key for f in books.review("共【和 honours.homes.city honours.homes.province honours.smallhomes 万】。").faults} == {"printed"}


def test_a_period_is_printed_by_its_days(books):
    out = books.review("时期：以来=2012-01..2015-06\n\n自【期 review.span@以来】。")
    assert "自2012年1月至2015年6月。" in text(out)


@pytest.mark.parametrize(
    "loose", ["共【协调劳动争议　件】 。", "\ufeff共[[rights.disputes.cases 件]] 。\r\n\r\n", "共【rights.disputes.cases   件】 。  "]
)
def test_one_review_one_sequence_of_bytes(loose, books):
    assert canonical(parse(loose)[0], books) == canonical(parse("共【rights.disputes.cases 件】 。")[0], books)


def test_words_in_any_order(books):
    assert digest(parse("【growth.contestants 余 1位 万】")[0], books) == digest(parse("【growth.contestants 万 1位 余】")[0], books)


def test_a_head_may_be_written_in_english(books):
    assert canonical(parse("Title: A\nLanguage: en\n\nB")[0], books) == canonical(parse("标题：A\n语言：en\n\nB")[0], books)


pieces = st.one_of(
    st.text(max_size=12), st.sampled_from(["【", "】", "\n\n", "# ", "【rights.disputes.cases】", "分别", "【和 ", "：", "期", *words()])
)


@settings(max_examples=300)
@example("\x85#0")  # a blank that only programs write
@given(st.lists(pieces, max_size=12).map("".join))
def test_anything_typed_is_read_and_canonical_is_stable(source):
    books = Stub.load()
    review, bad = parse(source)
    out = check(compile_review(review, bad, books))
    once = canonical(review, books)
    assert canonical(parse(once.decode())[0], books) == once
    assert sealed(document(out, books, "330500"))


def test_the_canonical_document_names_values_and_definitions(books):
    said = document(books.review(sample("zh")), books, "330500")
    [one] = [f for f in said["figures"] if f["code"] == "rights.disputes.cases"]
    assert (one["ref"], one["value"], one["period"]) == ("F045", "6266", "2012-01..2015-06")
    before = sealed(said)
    books.change("rights.disputes.cases", digest="counted otherwise")
    assert sealed(document(books.review(sample("zh")), books, "330500")) != before


def test_phrases():
    assert phrases.growth(D(112), D(100)) == "增长12%"
    assert phrases.growth(D(96), D(100), "en") == "down 4%"
    assert phrases.points(D("93.5"), D(91)) == "提高2.5个百分点"
    assert phrases.multiple(D(250), D(100)) == "2.5倍"
    assert phrases.run([(2012, D(1)), (2013, D(4)), (2014, D(1))]) == "连续3年"
    assert phrases.run([(2012, D(1)), (2013, D(4))], hanzi=True) == "连续两年"
    assert phrases.run([(2012, D(1)), (2013, D(4))], "en", hanzi=True) == "two years running"
    assert phrases.completion(D(9996), D(10000)) == "99.9%"
    assert [phrases.doubled(D(n), D(100)) for n in (200, 399, 400, 5000)] == ["翻一番", "翻一番", "翻两番", "翻四番"]
    assert phrases.doubled(D(400), D(100), "en") == "quadrupled"
    assert phrases.shares([D(1), D(1), D(2)]) == ["25%", "25%", "50%"]
    assert phrases.rank(D(7), [D(9), D(3)]) == "第2位"
    assert phrases.rank(D(7), [D(9), D(7)]) == "并列第2位"
    assert (phrases.rank(D(7), [D(9), D(7)], "en"), phrases.ordinal(11), phrases.ordinal(22)) == ("joint second", "11th", "22nd")
    assert phrases.rise(D(7), D(3), ("a", "b")) == 4


@pytest.mark.parametrize(("call", "key"), [
    (lambda: phrases.growth(D(1), D(0)), "base"), (lambda: phrases.growth(D(2), D(1), restated=D(3)), "restated"),
    (lambda: phrases.multiple(D(1), D(2)), "fewer"), (lambda: phrases.doubled(D(199), D(100)), "doubled"),
    (lambda: phrases.run([(2012, D(1)), (2013, D(0)), (2014, D(1))]), "gap"), (lambda: phrases.rise(D(3), D(3), ("a", "b")), "fell"),
    (lambda: phrases.completion(D(1), D(0)), "base"), (lambda: phrases.shares([D(0), D(0)]), "base"), (lambda: phrases.rank(D(1), []), "alone"),
    (lambda: phrases.ahead(date(2014, 9, 30), date(2014, 9, 30)), "early"), (lambda: phrases.doubled(D(1), D(0)), "doubled"),
    (lambda: phrases.shares([D(1), D(1), D(1)]), "shares"), (lambda: phrases.completion(D(99), D(100), "全面"), "target"),
])  # fmt: skip
def test_phrases_refuse(call, key):
    with pytest.raises(Untrue) as caught:
        call()
    assert caught.value.key == key


DERIVED = {  # code, period: what it comes to; a flow by year, a stock by day, the same at three unions
    "honours.hammer@2012": 4, "honours.hammer@2013": 1, "honours.hammer@2014": 2, "honours.hammer@2011": 0,
    "unions.grassroots@..2015-12-31": 8200, "unions.grassroots@..2010-12-31": 3950, "unions.grassroots@..2014-12-31": 8200, "unions.villages@..2015-12-31": 8200,
    "rights.events@2014#north": 9, "rights.events@2014#south": 12, "rights.events@2014#east": 9,
    "rights.events@2012#north": 9, "rights.events@2012#south": 1, "rights.events@2012#east": 0,
    "honours.homes.city@2014": 50, "honours.homes.province@2014": 30, "honours.smallhomes@2014": 20,
}  # fmt: skip
SAID = [  # the call, Chinese, English
    ("净增 unions.grassroots@2011-01..2015-12", "净增4250家", "a net 4,250"),
    ("净增 unions.grassroots@2011-01..2015-12 到百 余", "净增4200余家", "a net more than 4,200"),
    ("连续 honours.hammer@2012-01..2014-12", "连续3年", "3 years running"),
    ("连续 honours.hammer@2012-01..2014-12 汉字", "连续三年", "three years running"),
    ("翻番 unions.grassroots@..2015-12-31 unions.grassroots@..2010-12-31", "翻一番", "doubled"),
    ("完成 unions.grassroots@..2014-12-31 unions.villages@..2015-12-31", "100%", "100%"),
    ("完成 unions.grassroots@..2014-12-31 unions.villages@..2015-12-31 提前", "提前完成", "fulfilled ahead of time"),
    ("完成 unions.grassroots@..2014-12-31 unions.villages@..2015-12-31 全面", "全面完成", "wholly fulfilled"),
    ("完成 unions.grassroots@..2014-12-31 unions.grassroots@..2010-12-31 超额", "超额完成", "more than fulfilled"),
    ("各占 honours.homes.city@2014 honours.homes.province@2014 honours.smallhomes@2014 整", "50%、30%、20%", "50%, 30% and 20%"),
    ("位次 rights.events@2014 south", "第1位", "first"),
    ("位次 rights.events@2014 north", "并列第2位", "joint second"),
]
UNSAID = [  # the call, and why it would be false
    ("净增 unions.grassroots@2015", "fell"),
    ("净增 unions.grassroots@..2015-12-31", "rise"),
    ("净增 rights.events@2014", "flow"),
    ("连续 honours.hammer@2011-01..2014-12", "gap"),
    ("连续 honours.hammer@2012-02..2014-12", "years"),
    ("翻番 unions.grassroots@..2014-12-31 unions.villages@..2015-12-31", "doubled"),
    ("完成 unions.grassroots@..2010-12-31 unions.villages@..2015-12-31 全面", "target"),
    ("完成 unions.grassroots@..2014-12-31 unions.villages@..2015-12-31 超额", "target"),
    ("完成 unions.grassroots@..2015-12-31 unions.villages@..2015-12-31 提前", "early"),
    ("完成 unions.grassroots@..2015-12-31 unions.villages@..2015-12-31 万", "syntax"),
    ("各占 honours.homes.city@2014 honours.homes.province@2014 honours.smallhomes@2014 rights.disputes.cases", "units"),
    ("各占 rights.events@2014#north rights.events@2014#east rights.events@2014#north 整", "shares"),
    ("各占 members.people mutualaid.inpatient", "distinct"),
    ("位次 rights.events@2014 nowhere", "alone"),
    ("位次 rights.events@2012 north", "few"),
]


@pytest.fixture
def derived(books):
    for place, value in DERIVED.items():
        code = place.partition("@")[0]
        books.facts[place] = replace(
            books.facts[code], value=D(value), distinct=False, kind="stock" if code.startswith("unions.") else "flow", recorded=True
        )
        if code.startswith("unions."):
            books.facts[place] = replace(books.facts[place], units=("家",))
    return books


@pytest.mark.parametrize(("call", "zh", "en"), SAID)
def test_what_is_made_of_several_figures_is_proved_and_said(call, zh, en, derived):
    english = " ".join(
        {"净增": "rise", "连续": "running", "翻番": "doubled", "完成": "done", "各占": "shares", "位次": "rank"}.get(w, w)
        for w in call.split()
    )
    for language, text_, said in (("zh", f"【{call}】", zh), ("en", f"[[{english}]]", en)):
        out = derived.review(f"语言：{language}\n\n{text_}。")
        assert [c.text(english=out.english) for c in out.chips()] == [said], [f.say("zh") for f in out.faults]
        assert "refused" not in {f.level for f in out.faults}


@pytest.mark.parametrize(("call", "key"), UNSAID)
def test_what_is_made_of_several_figures_is_refused_where_it_would_be_false(call, key, derived):
    faults = derived.review(f"【{call}】。").faults
    assert key in {f.key for f in faults}, [f.say("zh") for f in faults]
    assert all(f.say("zh") and f.say("en") for f in faults)
    assert "refused" in {f.level for f in faults if f.key == key}


def test_a_place_is_proved_by_the_whole_field_and_the_table_tells_its_own_alone(derived):
    out = derived.review("【位次 rights.events@2014 south】。")
    assert len(out.facts()) == 3
    assert [row.name.endswith("（south）") for row in rows(out)] == [True]


def test_headings_are_numbered_as_the_standard_does():
    counts = [0, 0, 0]
    assert [numbered(1, counts, english=False) for _ in range(21)][9:] == [
        "十、", "十一、", "十二、", "十三、", "十四、", "十五、", "十六、", "十七、", "十八、", "十九、", "二十、", "二十一、",
    ]  # fmt: skip
    assert numbered(2, counts, english=False) == "（一）"
    assert numbered(3, counts, english=False) == "1. "


ELSEWHERE = """
import hashlib
from niangjia.reports.prose.word import word
from niangjia.reports.tests.stub import Stub, sample
print(hashlib.sha256(word(Stub.load().review(sample("zh")), "x")).hexdigest())
"""


def test_word_is_the_same_bytes_in_another_process(books):
    here = word(books.review(sample("zh")), "x")
    said = set()
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", ELSEWHERE], cwd=HERE.parents[2], env={"PYTHONHASHSEED": seed, "TZ": "Europe/Paris", "PATH": ""},
            capture_output=True, check=True, text=True,
        )  # fmt: skip
        said.add(run.stdout.strip())
    import hashlib

    assert said == {hashlib.sha256(here).hexdigest()}
    with zipfile.ZipFile(BytesIO(here)) as pack:
        assert {i.date_time for i in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_word_follows_the_layout(books, language):
    with zipfile.ZipFile(BytesIO(word(books.review(sample(language))))) as pack:
        tree = etree.fromstring(pack.read("word/document.xml"))
    grid, fonts = tree.find(f".//{W}docGrid"), {f.get(f"{W}eastAsia") for f in tree.iter(f"{W}rFonts")}
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")
    assert {"仿宋_GB2312", "黑体", "方正小标宋简体"} <= fonts
    order = ["rFonts", "b", "color", "spacing", "kern", "sz"]  # CT_RPr is a sequence: Word refuses another order
    for properties in tree.iter(f"{W}rPr"):
        tags = [order.index(etree.QName(e).localname) for e in properties if etree.QName(e).localname in order]
        assert tags == sorted(tags)


def test_a_long_title_tapers():
    assert break_title("情系职工办实事　建强组织促发展——湖州市总工会五年工作综述") == [
        "情系职工办实事　建强组织促发展",
        "——湖州市总工会五年工作综述",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_outputs_agree(books, language):
    out = books.review(sample(language))
    plain = text(out)
    assert all(c.text(english=out.english) in plain for c in out.chips())
    assert len(rows(out)) == len({fact.key for chip in out.chips() for fact in chip.facts})


@pytest.mark.parametrize("path", sorted((HERE.parent / "prose").glob("*.py")), ids=lambda p: p.name)
def test_the_compiler_knows_no_app_and_no_database(path: Path):
    source = path.read_text(encoding="utf-8")
    assert source.startswith('"""')
    assert "django" not in source
    assert "worklog" not in source
