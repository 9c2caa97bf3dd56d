"""Names and values as people write them, made comparable: what is said of them is judged by the rules.

>>> key("Number of employees (2026)"), key("请填写本单位职工总人数"), stem("会员人数")
('employees', '职工人数', '会员')
>>> read("NUMBER", "１，２００人"), read("YUAN", "31.8万元"), read("DAY", "2026年9月30日"), read("YESNO", "有"), read("NUMBER", "很多")
(('1200', ''), ('318000.00', ''), ('2026-09-30', ''), ('YES', ''), ('', 'number'))
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

UNITS = re.compile(r"[(\[](单位[::])?(人|人次|件|家|家次|元|万元|个|次|项|份|张|名|%|是/否|必填|选填)[)\]]")
DATES = re.compile(
    r"(截至|截止到?|到)?((19|20)\d\d[年.\-/]?(\d{1,2}月)?(\d{1,2}日)?|\d{1,2}月(份|末|底)?|第?[一二三四1-4]季度|本季度|本年度?|今年|当年|本月|年末|年底|季末|月末|期末)(末|底|以来|止)?"
)
FILLERS = re.compile(
    r"其中|请?(填写|填报|填)|[本贵你我](单位|企业|公司|工会|会)|所在单位|目前|现有|实有|共有|全部|全体|的|总(?=人数|数)|合计|\b(please|the|your|of|in|number|total|how many|are|is|at|present|current)\b"
)
MARKS = re.compile(r"[\s,.;:、,。;:?!()\[\]{}\"'“”‘’《》<>/\\_*#\-—·]+")
COUNTS = re.compile(r"(人数|数量|总数|件数|户数|家数|个数|次数|数)$")
# What changes the meaning however few letters it takes: where only one of two names has it, they are not the same.
TELLING = (
    "女", "男", "农民工", "派遣", "新就业", "新业态", "困难", "退休", "离职", "新增", "新建", "减少", "净增", "增加", "未", "非", "无", "不", "党", "团员", "残疾", "少数民族",
    "外来", "技能", "培训", "参加", "参与", "参保", "首次", "累计", "拟", "计划", "目标", "应", "去年", "上年", "上半年", "下半年", "同比", "占比", "比例", "率", "金额", "平均", "人均",
    "国家", "全国", "省", "市", "县", "镇", "村", "兼职", "专职", "挂职", "直选", "死亡", "工伤", "患病", "住院", "生日", "孕", "子女", "配偶", "家庭", "姓名", "电话", "身份证", "银行",
    "年龄", "学历", "工资", "工龄", "撤", "退会", "入会", "转入", "转出", "保留", "欠", "已", "老", "副", "时间", "日期", "地址",
)  # fmt: skip
TELLING_WORDS = frozenset(
    [
        "women",
        "female",
        "male",
        "men",
        "new",
        "former",
        "retired",
        "migrant",
        "dispatched",
        "not",
        "without",
        "no",
        "last",
        "average",
        "share",
        "rate",
        "amount",
        "name",
        "phone",
        "age",
        "wage",
        "training",
        "vice",
    ]
)
NUMBERED = re.compile(r"\d+")
AROUND = re.compile(r"[¥￥\s]*(?P<number>-?[\d,]+(?:\.\d+)?)\s*(?P<many>万)?\s*(?:元|人次|人|件|家|个|次|项|份|张|名|yuan)?")
DAYS = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ t]0{1,2}:00(?::00)?(?:\.0+)?)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
YES = frozenset({"是", "有", "已", "y", "yes", "true", "1", "√", "对"})
NO = frozenset({"否", "无", "没有", "未", "n", "no", "false", "0", "×", "x"})
LONGEST = 200
MOST = Decimal(10) ** 12
SHORTEST = 5  # letters of a name in which one may be written otherwise


@lru_cache(8192)
def key(text: str) -> str:
    """A name as it is compared: one width and case, without units, dates, courtesies and marks."""
    said = unicodedata.normalize("NFKC", text).lower().strip()
    said = FILLERS.sub("", DATES.sub("", UNITS.sub("", said)))
    return MARKS.sub("", said)[:60]


def stem(said: str) -> str:
    """What is counted, without the word that it is a count."""
    return COUNTS.sub("", said) or said


@lru_cache(8192)
def telling(text: str) -> frozenset[str]:
    """The words of a name that change what it means."""
    said = unicodedata.normalize("NFKC", text).lower()
    marks = {mark for mark in TELLING if mark in key(text)}
    return frozenset(marks | (TELLING_WORDS & set(re.findall(r"[a-z]+", said))) | set(NUMBERED.findall(key(text))))


def read(kind: str, said: str, choices: Sequence[str] = ()) -> tuple[str, str]:
    """A value as it is kept, and what is wrong with it: nothing, or number, below, large, day, yesno, choice, long."""
    text = unicodedata.normalize("NFKC", said).strip()
    if not text:
        return "", ""
    match kind:
        case "NUMBER" | "YUAN":
            return _number(text, yuan=kind == "YUAN")
        case "DAY":
            return _day(text)
        case "YESNO":
            low = text.lower()
            return ("YES", "") if low in YES else ("NO", "") if low in NO else ("", "yesno")
        case "CHOICE":
            found = next((one for one in choices if unicodedata.normalize("NFKC", one).strip() == text), None)
            return (found, "") if found is not None else ("", "choice")
        case _words:
            return (said.strip(), "") if len(said.strip()) <= LONGEST else ("", "long")


def _number(text: str, *, yuan: bool) -> tuple[str, str]:
    found = AROUND.fullmatch(text)
    try:
        value = Decimal(found["number"].replace(",", "")) if found else None
    except InvalidOperation:
        value = None
    if found is None or value is None:
        return "", "number"
    value = value * 10_000 if found["many"] else value
    if value < 0:
        return "", "below"
    if value >= MOST:
        return "", "large"
    if yuan:
        return (f"{value:.2f}", "") if value == round(value, 2) else ("", "number")
    return (f"{value.normalize():f}", "") if value == round(value, 2) else ("", "number")


def _day(text: str) -> tuple[str, str]:
    found = COMPACT.fullmatch(text) or DAYS.fullmatch(text.lower())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else "", "" if found else "day"
    except ValueError:
        return "", "day"
