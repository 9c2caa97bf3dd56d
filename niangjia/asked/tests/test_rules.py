"""When two questions are the same, and what an answer must look like."""

from __future__ import annotations

from decimal import Decimal

import pytest

from niangjia.asked import reading, rules
from niangjia.asked.checking import FIGURE, _held
from niangjia.kit.held import HELD

T = Decimal("0.80")


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("职工人数", "unions.employees"), ("在册职工数（人）", "unions.employees"), ("请填写本单位职工总人数", "unions.employees"), ("截至2026年9月末在岗职工人数", "unions.employees"),
        ("员工总数", "unions.employees"), ("Number of employees", "unions.employees"), ("会员人数", "members.people"), ("工会会员总数", "members.people"), ("女会员数", "members.women"),
        ("其中：女会员人数", "members.women"), ("农民工会员", "members.migrants"), ("持卡会员数", "members.cards"), ("新就业形态劳动者入会人数", "members.newforms"), ("劳动争议案件数", "rights.disputes"),
    ],
)  # fmt: skip
def test_what_the_house_holds_is_found_however_it_is_called(said: str, holds: str) -> None:
    found = rules.nearest(said, ((name, words) for name, words in _held("NUMBER") if not name.startswith(FIGURE)), T, number=True)
    assert found == holds


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("统一社会信用代码", "unions.uscc"), ("工会主席姓名", "unions.chair"), ("联系人电话", "unions.phone"), ("单位地址", "unions.address"), ("所属行业", "unions.industry"),
        ("企业性质", "unions.category"), ("任期届满日期", "unions.term"), ("法人资格证书有效期至", "unions.legal"), ("劳动争义调解委员会", "unions.body.mediation"), ("是否建立职代会", "unions.body.congress"),
    ],
)  # fmt: skip
def test_words_are_found_too(said: str, holds: str) -> None:
    assert rules.nearest(said, _held("TEXT"), T) == holds


@pytest.mark.parametrize(
    "said",
    [
        "女职工人数", "困难职工人数", "退休职工人数", "参赛职工人数", "体检职工人数", "新增会员数", "职工食堂数", "职工书屋数", "高温作业班组数", "防暑降温支出", "慰问职工人数", "职工平均工资",
        "技能培训人次", "会员活动次数", "工会经费支出", "主席联系电话", "非会员职工", "劳模人数", "职工子女人数", "农民工人数", "Women employees", "爱心驿站数",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it_is_not_refused(said: str) -> None:
    assert rules.nearest(said, ((name, words) for name, words in _held("NUMBER") if not name.startswith(FIGURE)), T, number=True) == ""


def test_figures_are_held_too_and_only_by_numbers() -> None:
    assert rules.nearest("协调劳动争议件数", _held("NUMBER"), T, number=True)
    assert rules.nearest("挽回经济损失（元）", _held("YUAN"), T, number=True) == f"{FIGURE}rights.recovered"
    assert not rules.nearest("挽回经济损失", _held("TEXT"), T)


def test_no_two_things_that_are_held_go_by_the_same_word() -> None:
    seen: dict[str, str] = {}
    for one in HELD.values():
        for word in one.words:
            assert seen.setdefault(reading.key(word), one.name) == one.name, word
            assert reading.key(word)


@pytest.mark.parametrize(
    ("kind", "said", "kept", "fault"),
    [
        ("NUMBER", " 1,200 ", "1200", ""), ("NUMBER", "120.0", "120", ""), ("NUMBER", "35 人", "35", ""), ("NUMBER", "-3", "", "below"), ("NUMBER", "约30", "", "number"),
        ("NUMBER", "1.234", "", "number"), ("YUAN", "￥3,180.5", "3180.50", ""), ("YUAN", "31.8万", "318000.00", ""), ("YUAN", "9999999999999", "", "large"),
        ("DAY", "2026-09-30 00:00:00", "2026-09-30", ""), ("DAY", "2026/9/3", "2026-09-03", ""), ("DAY", "20260930", "2026-09-30", ""), ("DAY", "2026-02-30", "", "day"), ("DAY", "月底", "", "day"),
        ("YESNO", "否", "NO", ""), ("YESNO", "YES", "YES", ""), ("YESNO", "也许", "", "yesno"), ("CHOICE", "甲", "甲", ""), ("CHOICE", "丙", "", "choice"), ("TEXT", "三班", "三班", ""),
        ("TEXT", "字" * 201, "", "long"), ("TEXT", "", "", ""),
    ],
)  # fmt: skip
def test_values_are_read_as_people_write_them(kind: str, said: str, kept: str, fault: str) -> None:
    assert reading.read(kind, said, ("甲", "乙")) == (kept, fault)
