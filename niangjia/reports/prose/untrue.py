"""What may not be said: each reason is one sentence that says what is wrong and what would be right, in both languages.

A `refused` fault stops publication; an `answer` fault wants one line of reason in the head of the review; a
`note` only informs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["refused", "answer", "note"]
Language = Literal["zh", "en"]

SENTENCES: dict[str, tuple[str, str]] = {
    "exact": ("实数正好是{face}，不能写“{word}”。", "The value is exactly {face}; “{word}” is false."),
    "far": ("实数{value}离{face}太远，不能写“{word}”；可写{better}。", "{value} is too far from {face} for “{word}”; write {better}."),
    "coarse": ("取位太粗：{value}不足一个单位，请取细一些。", "Too coarse: {value} is less than one step; take a finer one."),
    "bare": (
        "{value}不是整{step}数，取整要带“余、近、约”等字，或写全数。",
        "{value} is not a multiple of {step}: rounding needs a word, or print it in full.",
    ),
    "fine": (
        "“{word}”后面没有余地：{value}已写到最末一位，去掉“{word}”。",
        "Nothing is left over: {value} is printed to its last digit; drop “{word}”.",
    ),
    "round": ("“突破”要说整数关口，{face}不是。", "“Passed” wants a round threshold; {face} is none."),
    "idiom": ("“{word}”不与“{unit}”连用，请写“超过”。", "“{word}” does not go with “{unit}”; write “over”."),
    "hanzi": ("汉字数字只用于10以内的整数，这里是{value}。", "Words for numbers only up to ten; this is {value}."),
    "negative": ("{value}是负数，请改说减少、下降。", "{value} is negative; say that it fell."),
    "zero": ("实数是0，不能带“{word}”；请写“没有”或“未发生”。", "The value is 0; say “none”."),
    "missing": ("“{name}”尚未记录，不能当作0。", "“{name}” is not yet recorded; it is not 0."),
    "unrecorded": (
        "有{n}个数（{names}等）还没有台账可数，文中写“尚未记录”；确要公布，请在文头写“空缺：理由”。",
        "{n} figures ({names} …) are not counted by anything yet, and the text says so; to publish, give the reason in the head: “Gaps: …”.",
    ),
    "gaps": (
        "有{n}个数（{names}等）还没有台账可数，文中写“尚未记录”，理由已写在文头。",
        "{n} figures ({names} …) are not counted by anything yet; the text says so, and the head says why.",
    ),
    "period": (
        "时期“{name}”没有说明；请在文头“时期：”里写清起止，如 {name}=2012-01..2015-06。",
        "The period “{name}” is not explained; say its days in the head, as in 时期：{name}=2012-01..2015-06.",
    ),
    "days": ("“{name}”是存量，只有截止日，不能用起止两端的时期。", "“{name}” stands on a day; it has no span."),
    "unknown": ("没有“{name}”这个数；是不是“{near}”？", "There is no figure “{name}”; did you mean “{near}”?"),
    "word": ("不认识“{word}”；是不是“{near}”？", "Unknown word “{word}”; did you mean “{near}”?"),
    "twice": ("“{first}”与“{second}”不能同用。", "“{first}” and “{second}” exclude each other."),
    "unit": ("“{name}”的单位是{units}，不能写“{unit}”。", "“{name}” is counted in {units}, not in “{unit}”."),
    "units": ("{units}不是同一单位，不能{verb}。", "{units} are different units; they cannot be compared or added."),
    "sum": ("分项之和是{sum}，总数是{total}，差{gap}。", "The parts sum to {sum}, the whole is {total}: {gap} apart."),
    "printed": (
        "各数属实，但写出来相加是{sum}，不是{total}；请多取一位，或加注“因四舍五入，分项合计与总数略有出入”。",
        "True, but as printed the parts add to {sum}, not {total}; take a digit more or add the rounding note.",
    ),
    "distinct": ("“{name}”是去重的数，不能相加。", "“{name}” counts distinct subjects and cannot be added up."),
    "each": ("“各”要求数数相等，这里是{values}。", "“Each” wants equal values; these are {values}."),
    "arity": ("“分别”前有{names}项，后有{figures}个数。", "“Respectively”: {names} names, {figures} figures."),
    "typed": ("“{text}”是手写的数，请从数字库选取。", "“{text}” was typed by hand; pick the figure."),
    "outside": (
        "“{word}”写在数字外面，无从核对，请放进数字里。",
        "“{word}” stands outside the figure and cannot be checked; put it inside.",
    ),
    "double": ("单位“{unit}”重了。", "The unit “{unit}” is there twice."),
    "fewer": ("减少不能说“倍”，请用百分数或几分之几。", "A fall is not told in multiples; use a percentage."),
    "similar": ("“{a}”与“{b}”相近而口径不同，请说明。", "“{a}” and “{b}” look alike but are defined differently; say why both."),
    "stale": (
        "“{name}”是{day}的数，到成文日已过{days}天，不能说“目前”。",
        "“{name}” dates from {day}, {days} days before this document; it is not current.",
    ),
    "changed": ("“{name}”：公布时{then}，今天再数是{now}。", "“{name}”: {then} when published, {now} if counted today."),
    "mixed": ("“{a}”与“{b}”是同类的数，汉字、阿拉伯数字要统一。", "“{a}” and “{b}” are of one sort: words or digits, not both."),
    "repeat": ("“{name}”在文中写了{forms}，都属实，请看是否统一。", "“{name}” appears as {forms}; all true, but should they agree?"),
    "base": ("基数{then}不是正数，不能算增长率。", "The base {then} is not positive; growth has no rate."),
    "restated": (
        "上年数已由{old}修正为{new}，请写“按可比口径”。",
        "Last year was restated from {old} to {new}; say “on a comparable basis”.",
    ),
    "gap": ("{years}年没有，不能说“连续{n}年”。", "There is none in {years}: not “{n} years running”."),
    "years": ("“连续”要数整年，{span}不是整年。", "“Running” counts whole years; {span} is none."),
    "rise": (
        "“{name}”净增要有起止两端，请写明时期，如 @2014。",
        "The net rise of “{name}” wants a span with two ends, such as @2014.",
    ),
    "flow": (
        "“{name}”不是存量，没有净增；一段时间里新来的，请写“新增”。",
        "“{name}” is no stock and has no net rise; say how many are new.",
    ),
    "fell": ("“{name}”期初是{then}，期末是{now}，没有净增。", "“{name}” was {then} and is {now}: no net rise."),
    "doubled": ("由{then}到{now}，不到{twice}，不能说“翻番”。", "From {then} to {now} is less than {twice}: not doubled."),
    "early": ("{day}完成，限期是{due}，不能说“提前”。", "Done by {day}, due on {due}: not ahead of time."),
    "alone": ("没有同级的工会可比，不能排位次。", "There is no union of the same rank to be placed among."),
    "place": ("没有名为“{name}”的下级工会。", "No union below is called “{name}”."),
    "few": ("有的工会不足{n}，排出位次会让人认出当事人。", "Some unions count fewer than {n}: a table of places would give people away."),
    "asof": (
        "“所知：{text}”不是已经过去、有过记录的一天；请写成 所知：2013-12-31。",
        "“Known on: {text}” is no past day of which anything was known; write it as in Known on: 2013-12-31.",
    ),
    "asof_two": (
        "这一文本写“所知：{own}”，原文写“{other}”；一篇综述只能按同一天所知。",
        "This text says known on “{own}”, the original says “{other}”; one review has one day of knowledge.",
    ),
    "cover": ("应有{whole}个，实有{part}个，不是全覆盖，缺{gap}个。", "{part} of {whole}: {gap} missing, so not all."),
    "shares": ("各占比相加是{sum}%，不是100%。", "The shares add to {sum}%, not 100%."),
    "target": ("完成{done}%，不能说“{word}”。", "{done}% done; “{word}” is false."),
    "bracket": (
        "“{text}”的方括号不成对，数字要写在【】里。",
        "The brackets of “{text}” are not a pair: a figure stands between 【 and 】.",
    ),
    "syntax": ("“{text}”写法不对：{why}", "“{text}” is not well formed: {why}"),
}


Said = tuple[str, str]  # Chinese, English


class Untrue(Exception):
    """A form of words that would not be true. A value that is a pair is a name in both languages."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(say(key, "zh", **values))

    def say(self, language: Language) -> str:
        """The sentence in the reader's language."""
        return say(self.key, language, **self.values)


def say(key: str, language: Language, **values: object) -> str:
    """The sentence of a reason, its holes filled."""
    at = language == "en"
    said = {name: value[at] if isinstance(value, tuple) else value for name, value in values.items()}
    return SENTENCES[key][at].format(**said)


@dataclass(frozen=True)
class Fault:
    """A fault at a place in the text."""

    line: int
    level: Level
    why: Untrue

    @property
    def key(self) -> str:
        return self.why.key

    def say(self, language: Language) -> str:
        """The sentence in the reader's language."""
        return self.why.say(language)
