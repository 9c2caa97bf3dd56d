"""The published figures: every printed form is reached, and its interval is the one of the outside table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from niangjia.reports.prose.read import read_zh
from niangjia.reports.tests.stub import CATALOGUE, PUBLISHED, Stub, sample

D = Decimal

ROWS = [r for r in PUBLISHED.values() if r["low"] and r["kind"] != "text"]
PHRASES = {
    "圆满完成",
    "连续3年",
    "十大",
    "十件",
    "全部",
    "全覆盖",
    "同步",
    "均",
    "每年",
    "连续三年",
    "连续11年",
    "连续2年",
    "三年任务两年完成",
    "4例",
}
WORDED = {"F005", "F063", "F064", "F076", "F042"}  # told in words: a title, a period
UNITS = ("人次", "人", "元", "件（次）", "件", "家", "户", "项", "个", "名", "期", "场", "册", "张", "种", "年")


@pytest.fixture(scope="module", params=["zh", "en"])
def out(request):
    return Stub.load().review(sample(request.param))


def test_nothing_forbids_publication(out):
    assert not out.held, [f.say("zh") for f in out.held]


def test_every_figure_of_the_table_stands_in_the_text(out):
    used = {f.code for c in out.chips() for f in c.facts}
    assert {c["code"] for c in CATALOGUE} - used == set()
    assert len({c["ref"] for c in CATALOGUE}) == len(PUBLISHED)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["ref"])
def test_printed_as_published(row):
    review = Stub.load().review(sample("zh"))
    forms = {c.zh for c in review.chips() for f in c.facts if row["ref"] in f.ref.split("/")}
    if row["ref"] in WORDED or row["printed"] in PHRASES:
        assert forms
        return
    bare = {form.removeprefix("各").removeprefix("达") for form in forms}
    cut = {next((b.removesuffix(u) for u in UNITS if b.endswith(u)), b) for b in bare} | {b.removesuffix("%") for b in bare}
    assert {"F001": "五", "F109": "三", "F019": "1000"}.get(row["ref"], row["printed"]) in cut, forms


@pytest.mark.parametrize("row", [r for r in ROWS if any(c in r["printed"] for c in "余多近万亿.")], ids=lambda r: r["ref"])
def test_interval_is_the_table_s(row):
    unit = {"元": "元", "%": "%"}.get(row["unit"], "人")
    grain = D("0.01") if unit == "元" and "." in row["high"] else D("0.0001") if unit == "%" else D(1)
    low, high = read_zh(row["printed"] + unit).ends(grain)
    assert high == D(row["high"])
    assert D(row["low"]) - low < 1  # 余 of money: the table counts whole yuan
