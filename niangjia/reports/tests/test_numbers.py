"""Whatever is printed is true; whatever is refused would be false, or says nothing."""

from __future__ import annotations

import os
import string
from decimal import Decimal

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from niangjia.reports.prose.numbers import Style, form
from niangjia.reports.prose.read import read_en, read_zh
from niangjia.reports.prose.units import SCALES, UNITS
from niangjia.reports.prose.untrue import SENTENCES, Untrue
from niangjia.reports.prose.words import BY_ZH, PLAIN, WORDS

D = Decimal

sizes = st.integers(0, 11).flatmap(lambda n: st.integers(0, 10**n))
values = st.one_of(
    sizes.map(D),
    st.tuples(sizes, st.integers(0, 99)).map(lambda p: D(p[0]) + D(p[1]) / 100),
    st.tuples(st.integers(1, 99), st.integers(0, 8), st.integers(-2, 2)).map(lambda p: abs(D(p[0]) * 10 ** p[1] + p[2])),
)
words = st.sampled_from((PLAIN, *WORDS))
MANY = int(os.environ.get("PROSE_LONG", "2000"))


@settings(max_examples=MANY)
@given(
    values,
    words,
    st.sampled_from(list(SCALES)),
    st.integers(-3, 3),
    st.sampled_from(UNITS),
    st.sampled_from(["auto", "fixed", "lead", "lead"]),
)
def test_printed_and_read_back_contains_the_value(value, word, scale, power, unit, how):
    if unit not in ("元", "%", "年"):
        value = value.to_integral_value()
    step = D(1).scaleb(value.adjusted() - abs(power)) if how == "lead" else SCALES[scale].scaleb(power)
    style = Style(word=word) if how == "auto" else Style(scale, step, word)
    try:
        shown = form(value, unit, style)
    except Untrue as refused:
        event(refused.key)
        return
    for text, read in ((shown.zh(), read_zh), (shown.zh(group=True), read_zh), (shown.en(), read_en), (shown.en(short=True), read_en)):
        assert value in read(text), (value, text)


CASES = [  # value, unit, scale, step, word, printed zh, en
    (185_500, "人次", "万", 1000, "余", "18.5万余人次", "more than 185,000"),
    (1_450, "人次", "", 100, "余", "1400余人次", "more than 1,400"),
    (150, "场", "", 100, "多", "100多场", "more than 100"),
    (15_000, "人次", "万", 10_000, "多", "1万多人次", "more than 10,000"),
    (34_750_000, "元", "万", 10**6, "近", "近3500万元", "nearly 35 million yuan"),
    (34_250_000, "元", "万", 10**6, "余", "3400余万元", "more than 34 million yuan"),
    (205_000, "人", "万", 10**5, "余", "20余万人", "more than 200,000"),
    (205_000, "人", "万", 10**4, "余", "20万余人", "more than 200,000"),
    (181_000_000, "元", "亿", 10**6, "", "1.81亿元", "181 million yuan"),
    (34_998_000, "元", "万", 10**4, "", "3500万元", "35.00 million yuan"),  # the zeros carry the step
    (3_012, "人", "", 1000, "以上", "3000人以上", "3,000 or more"),
    (298, "人", "", 100, "左右", "300人左右", "around 300"),
    (9_870, "家", "", 1000, "不到", "不到10000家", "under 10,000"),
    (1_003_000, "人", "万", 10**6, "突破", "突破100万人", "past 1 million"),
]


@pytest.mark.parametrize(("value", "unit", "scale", "step", "word", "zh", "en"), CASES)
def test_forms(value, unit, scale, step, word, zh, en):
    shown = form(D(value), unit, Style(scale, D(step), BY_ZH.get(word, PLAIN)))
    assert (shown.zh(), shown.en()) == (zh, en)


REFUSED = [  # value, unit, scale, step, word, key
    (185_000, "人次", "万", 1000, "余", "exact"),  # nothing over
    (6_266, "件", "", 1, "余", "fine"),  # printed to its last digit
    (34_250_000, "元", "万", 10**6, "近", "far"),  # 75 万 short
    (51, "家", "", 100, "近", "far"),  # half a step, but not a twentieth
    (45, "家", "", 100, "余", "coarse"),
    (8_213, "家", "", 100, "", "bare"),  # 8200 without a word is a false count
    (0, "件", "", 1, "余", "zero"),
    (-1, "件", "", 1, "", "negative"),
    (936, "%", "", 1, "余", "idiom"),
    (1_234_000, "人", "万", 1000, "突破", "exact"),
    (1_234_500, "人", "万", 1000, "突破", "round"),
]


@pytest.mark.parametrize(("value", "unit", "scale", "step", "word", "key"), REFUSED)
def test_refusals(value, unit, scale, step, word, key):
    with pytest.raises(Untrue) as caught:
        form(D(value), unit, Style(scale, D(step), BY_ZH.get(word, PLAIN)))
    assert caught.value.key == key


@pytest.mark.parametrize("word", WORDS, ids=lambda w: w.zh)
def test_edges(word):
    """Below, at and above the face: 超过 and 余 exclude it, 以上 and 达 include it (Civil Code, art. 1259)."""
    at = read_zh({"before": f"{word.zh}1000家", "inside": f"1000{word.zh}家", "after": f"1000家{word.zh}"}[word.side])
    inside = {"over": (0, 0, 1), "above": (0, 0, 1), "reached": (0, 1, 1), "nearly": (1, 0, 0), "under": (1, 0, 0), "about": (1, 1, 1)}
    assert tuple(int(D(v) in at) for v in (999, 1000, 1001)) == inside[word.sense]


def test_every_sentence_has_the_same_holes_in_both_languages():
    for zh, en in SENTENCES.values():
        holes = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (zh, en)]
        assert holes[0] == holes[1] or holes[1] < holes[0], zh
