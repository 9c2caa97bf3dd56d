"""The notation: 【figure words】, the only thing beside Markdown's #, ##, ### and empty lines.

A Chinese keyboard gives 【 on the key [, official prose never uses it, and the picker inserts the same
text that the clerk may type. Nothing is evaluated: operations and words are closed lists, a figure is a
code, a name, or either with @period. An author without a Chinese keyboard types [[ and ]].
"""

from __future__ import annotations

import contextlib
import difflib
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from niangjia.kit.periods import Period
from niangjia.kit.periods import parse as parse_period
from niangjia.reports.prose.numbers import Style
from niangjia.reports.prose.tree import Block, Call, Part, Ref, Review, Text
from niangjia.reports.prose.units import SCALES, UNITS
from niangjia.reports.prose.untrue import Untrue
from niangjia.reports.prose.words import BY_ALIAS, BY_ZH, PLAIN

HEAD = ("标题", "机关标志", "文号", "机关", "日期", "语言", "时期", "所知", "说明", "空缺", "附件", "印发机关", "印发日期")
ENGLISH_HEAD = dict(
    zip(
        (
            "Title",
            "Mark",
            "Number",
            "Office",
            "Date",
            "Language",
            "Periods",
            "Known on",
            "Reasons",
            "Gaps",
            "Annex",
            "Printed by",
            "Printed on",
        ),
        HEAD,
        strict=True,
    )
)
OPERATIONS = {
    "和": 2,
    "各": 2,
    "占": 2,
    "倍": 2,
    "增": 2,
    "点": 2,
    "均": 2,
    "完成": 2,
    "各占": 2,
    "翻番": 2,
    "全": 1,
    "有": 1,
    "期": 1,
    "净增": 1,
    "连续": 1,
    "位次": 1,
}  # and their fewest figures
ENGLISH_OPERATIONS = {
    "sum": "和",
    "each": "各",
    "share": "占",
    "times": "倍",
    "growth": "增",
    "points": "点",
    "per": "均",
    "done": "完成",
    "shares": "各占",
    "doubled": "翻番",
    "cover": "全",
    "has": "有",
    "span": "期",
    "rise": "净增",
    "running": "连续",
    "rank": "位次",
}
STEPS = {"到十": "10", "到百": "100", "到千": "1000", "整": "1", "1位": "0.1", "2位": "0.01", "3位": "0.001"}
ENGLISH_STEPS = {
    f"to-{n}": Decimal(v)
    for n, v in (("10", 10), ("100", 100), ("1k", 1000), ("10k", 10**4), ("100k", 10**5), ("1m", 10**6), ("10m", 10**7))
}
SHAPES = ("汉字", "只数", "in-words", "bare")
FREE = ("有", "位次")  # what follows the figure is not of the lists
COVER: dict[str, tuple[str, str, int]] = {  # word: Chinese, English, the least share in thousandths
    "全部": ("全部", "all", 1000), "全覆盖": ("全覆盖", "all", 1000), "均": ("均", "all", 1000), "圆满": ("圆满", "in full", 1000),
    "每年": ("每年", "every year", 1000), "同步": ("同步", "in step", 995),
    "all": ("全部", "all", 1000), "fully": ("圆满", "in full", 1000), "every-year": ("每年", "every year", 1000),
    "in-step": ("同步", "in step", 995),
}  # fmt: skip
DONE = {  # what may be said of a task: Chinese, English
    "全面": ("全面完成", "wholly fulfilled"), "圆满": ("圆满完成", "fulfilled in full"), "超额": ("超额完成", "more than fulfilled"),
    "提前": ("提前完成", "fulfilled ahead of time"), "wholly": ("全面完成", "wholly fulfilled"), "fully": ("圆满完成", "fulfilled in full"),
    "beyond": ("超额完成", "more than fulfilled"), "early": ("提前完成", "fulfilled ahead of time"),
}  # fmt: skip
CALL = re.compile(r"【([^【】\n]*)】")
LONE = re.compile(r"【[^\n]{0,20}|[^\n]{0,20}】")  # what is left of a call that was not closed, or not opened


def words() -> list[str]:
    """Every word of style."""
    return [
        *STEPS,
        *ENGLISH_STEPS,
        "万",
        "亿",
        "全数",
        "in-full",
        *BY_ZH,
        *BY_ALIAS,
        *SHAPES,
        *COVER,
        *(word for word in DONE if word not in COVER),
        *UNITS,
    ]


def near(word: str, among: Iterable[str]) -> str:
    """The known word most like one that nobody knows."""
    known = list(among)
    return (difflib.get_close_matches(word, known, 1, 0.3) or known[:1] or [""])[0]


def style(words_: Iterable[str]) -> tuple[Style, str]:
    """The words of a call as a style, and the unit asked for; one of each sort, in any order."""
    got: dict[str, str] = {}
    for name in words_:
        sort = ("scale" if name in ("万", "亿", "全数", "in-full") else "step" if name in STEPS or name in ENGLISH_STEPS
                else "word" if name in BY_ZH or name in BY_ALIAS else "shape" if name in SHAPES
                else "unit" if name in UNITS else "")  # fmt: skip
        if not sort:
            raise Untrue("word", word=name, near=near(name, words()))
        if sort in got:
            raise Untrue("twice", first=got[sort], second=name)
        got[sort] = name
    scale = got.get("scale")
    scale = "" if scale in ("全数", "in-full") else scale
    step = ENGLISH_STEPS.get(got.get("step", ""))
    if step is None and "step" in got:
        scale = scale or ""
        step = Decimal(STEPS[got["step"]]) * SCALES[scale]
    elif step is None and scale:
        step = SCALES[scale]
    elif step is not None:
        scale = "" if step < 1000 else "万" if step <= SCALES["万"] else "亿"  # how coarse it may be without a word
    word = BY_ZH.get(got.get("word", "")) or BY_ALIAS.get(got.get("word", "")) or PLAIN
    shape = got.get("shape", "")
    return Style(scale, step, word, shape in ("汉字", "in-words"), shape in ("只数", "bare")), got.get("unit", "")


def call(inner: str, line: int) -> Call:
    """`inner` of 【inner】 as a call; words are known by the lists, the rest are figures."""
    items, known = inner.replace("　", " ").split(), set(words())
    if items:
        items[0] = ENGLISH_OPERATIONS.get(items[0], items[0])
    op = items.pop(0) if items and items[0] in OPERATIONS else ""
    refs = []
    if op in FREE and len(items) > 1:  # the words of the link, or the name of the union, are the writer's
        name, _, period = items[0].partition("@")
        return Call(op, (Ref(name, period),), (" ".join(items[1:]),), line)
    while items and items[0] not in known:
        name, _, period = items.pop(0).partition("@")
        refs.append(Ref(name, period))
    if op == "有" or not refs or (op and len(refs) < OPERATIONS[op]) or (not op and len(refs) > 1):
        why = ("里面没有数", "there is no figure in it")
        if refs and not op:
            why = (f"“{refs[1].name}”不是可用的字", f"“{refs[1].name}” is not a word that can stand here")
        elif op:
            why = (f"“{op}”至少要{OPERATIONS[op]}个数", f"“{op}” wants {OPERATIONS[op]} figures at least")
        raise Untrue("syntax", text=f"【{inner}】", why=why)
    if op == "全" and (len(items) != 1 or items[0] not in COVER):
        raise Untrue(
            "syntax",
            text=f"【{inner}】",
            why=("“全”后面要写全部、全覆盖、均、圆满、每年或同步", "after “全” comes 全部, 全覆盖, 均, 圆满, 每年 or 同步"),
        )
    if op == "完成" and items:
        if len(items) != 1 or items[0] not in DONE:
            raise Untrue(
                "syntax",
                text=f"【{inner}】",
                why=("“完成”后面可写全面、圆满、超额或提前", "after “完成” may come 全面, 圆满, 超额 or 提前"),
            )
    elif op != "全":
        style(items)
    return Call(op, tuple(refs), tuple(items), line)


def head_of(line: str) -> tuple[str, str] | None:
    """A line of the head, under its Chinese key; None where it is none."""
    for mark, keys in (("：", {key: key for key in HEAD}), (":", ENGLISH_HEAD)):
        key, colon, value = line.partition(mark)
        if colon and key in keys:
            return keys[key], value.strip()
    return None


def periods_of(said: str) -> list[tuple[str, Period]]:
    """The named periods of a head: 时期：五年=2010-10..2015-09、目前=..2015-09-30. What cannot be read is left out."""
    found = []
    for pair in re.split("[、,，；;]", said):
        name, _, span = pair.partition("=")
        with contextlib.suppress(ValueError, OverflowError):
            found.append((name.strip(), parse_period(span.strip())))
    return found


def parse(source: str) -> tuple[Review, list[tuple[int, Untrue]]]:
    """The review, and what could not be read (left in the text as it was typed)."""
    review, bad = Review(), list[tuple[int, Untrue]]()
    whole = unicodedata.normalize("NFC", source.removeprefix("\ufeff"))
    head = True
    for number, raw in enumerate(whole.replace("\r\n", "\n").replace("[[", "【").replace("]]", "】").split("\n"), 1):
        line = raw.strip()  # of every kind of blank, also those that only programs write
        if head and (told := head_of(line)):
            review.head[told[0]] = told[1]
            continue
        head = head and not line
        if line:
            marks = len(line) - len(line.lstrip("#"))
            review.blocks.append(Block(min(marks, 3), parts_of(line[marks:].strip(), number, bad), number))
    return review, bad


def parts_of(body: str, number: int, bad: list[tuple[int, Untrue]]) -> tuple[Part, ...]:
    """Text and calls of one line."""
    parts, at = list[Part](), 0
    for found in CALL.finditer(body):
        try:
            one = call(found[1], number)
        except Untrue as why:
            bad.append((number, why))
            continue
        parts += [Text(body[at : found.start()], number)] * (found.start() > at) + [one]
        at = found.end()
    if lone := LONE.search(CALL.sub("", body)):
        bad.append((number, Untrue("bracket", text=lone[0])))
    return (*parts, *[Text(body[at:], number)] * (at < len(body)))
