"""The roster of the provincial systems: four rows above the people, twenty columns, a note below that is one cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from niangjia.members.tests.nasty.making import FIRM_UNIT, Pen, name, nasty, number, phone

COLUMNS = [
    "序号", "姓名", "性别", "出生日期", "民族", "就业状况", "有效证件类别", "证件号码", "学历", "技能等级", "移动电话", "户籍类型", "户籍所在地", "会籍变化类型",
    "会籍变化日期", "会籍变化原因", "政治面貌", "工作单位", "籍贯", "是否农民工",
]  # fmt: skip
NOTE = "填表说明：1.姓名、证件号码、移动电话为必填项；2.日期按yyyyMMdd填写；3.除标题外不得合并单元格。"
PLAIN = {"job": ""}


def line(n: int, **other: Any) -> list[Any]:
    """One row in words."""
    facts = {
        "no": str(n), "name": name(n), "sex": "男性" if n % 2 else "女性", "born": "19850312", "people": "汉族", "status": "在岗", "paper": "身份证", "id": number(n),
        "school": "大学本科", "skill": "三级(高级)", "phone": phone(n), "home": "农业家庭户口", "place": "浙江省湖州市", "change": "入会", "joined": "20150601",
        "why": "", "party": "群众", "unit": FIRM_UNIT, "native": "浙江湖州", "migrant": "是",
    }  # fmt: skip
    return list((facts | other).values())


def official(path: Path, *rows: list[Any], note: bool = True) -> None:
    """The table as it is handed out; the first row of people is the fifth."""
    with Pen(path) as pen:
        made = pen.sheet([[], [], [], COLUMNS, *rows])
        made.merge_range("A1:T1", "工会会员实名制信息采集表（合成）", pen.title)
        made.merge_range("A2:J2", "填报工会：煤山青禾电池有限公司工会", pen.title)
        made.merge_range("K2:T2", "填报日期：2015年6月30日", pen.title)
        made.merge_range("A3:T3", "带＊的为必填项，请勿增删列", pen.note)
        if note:
            last = 4 + len(rows)
            made.merge_range(last, 0, last + 2, 19, NOTE, pen.note)


M = PLAIN | {"migrant": True}


@nasty(
    "The official roster of twenty columns, four rows above the people and a merged note below.", good={1: M, 2: M, 3: PLAIN}, office=True
)
def the_official_roster(path: Path) -> None:
    official(path, line(1), line(2), line(3, migrant="否"))


@nasty(
    "The official roster with numbers of the code lists instead of words.",
    good={1: M, 2: PLAIN, 4: PLAIN},
    bad={7: "paper-unknown", 9: "says-left"},
)
def the_official_roster_in_codes(path: Path) -> None:
    codes = {"sex": "1", "status": "1", "paper": "1", "change": "1", "migrant": "1", "people": "01", "school": "20", "party": "13"}
    official(
        path, line(1, **codes), line(2, **codes | {"sex": "2", "migrant": "0", "change": "2"}), line(3, **codes | {"paper": "8"}),
        line(4, **codes | {"sex": "9", "migrant": "0"}), line(5, **codes | {"change": "6"}),
    )  # fmt: skip


@nasty(
    "Rows that say that somebody is retained, has gone elsewhere, was expelled or has left.",
    good={1: M, 2: M},
    bad={7: "says-retained", 8: "says-left", 9: "says-left", 10: "says-left", 11: "change-unknown"},
)
def people_who_have_left(path: Path) -> None:
    changes = {3: "保留", 4: "转出", 5: "除名", 6: "退会", 7: "观察"}
    official(path, line(1), line(2, change="转入"), *(line(n, change=word) for n, word in changes.items()))


@nasty(
    "Retired people past the age, and one who retired early: only the first are refused.",
    good={3: PLAIN | {"id": number(3, "19900312")}},
    bad={5: "retired", 6: "retired"},
)
def people_who_have_retired(path: Path) -> None:
    official(
        path, line(1, id=number(1, "19550312"), born="19550312", status="退休"), line(2, id=number(2, "19700312"), born="19700312", status="4"),
        line(3, id=number(3, "19900312"), born="19900312", status="退休", migrant="否"),
    )  # fmt: skip


@nasty(
    "The official roster with empty rows, empty dates of birth, and officers' cards and passports.",
    good={1: M, 2: M, 3: M | {"id": "1234567", "paper": "OFFICER"}, 4: M | {"id": "E12345678", "paper": "PASSPORT"}},
)
def other_papers(path: Path) -> None:
    official(
        path, line(1, born=""), [], [], line(2, born=""), line(3, paper="军官证", id="1234567"), line(4, paper="2", id="E12345678"),
        ["5"], ["6"],
    )  # fmt: skip


@nasty("What came back from such a system: whether each row was taken, and why not, in two columns more.", good={1: M, 2: M})
def the_receipt_of_another_system(path: Path) -> None:
    with Pen(path) as pen:
        made = pen.sheet(
            [[], [], [], [*COLUMNS, "是否导入成功", "错误原因"], [*line(1), "是", ""], [*line(2), "否", "错误信息:-手机号码重复"]]
        )
        made.merge_range("A1:T1", "工会会员实名制信息采集表（合成）", pen.title)
