"""Judging rows: identity numbers of a whole roster judged like one alone, days as people write them, faults with row and column."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.kit.days import day
from niangjia.kit.ids import identity_check, identity_fault
from niangjia.kit.names import ODD, odd
from niangjia.members.importing import checks, numbers
from niangjia.members.importing.checks import Ground, clean, judge

TODAY = dt.date(2026, 11, 25)
GROUND = Ground(
    on=TODAY, demo=True, union=7, youngest=16, unions={"恒泰": 7, "U330599": 7, "同名": None}, employers={"恒泰织造有限公司": (3, 7)}
)


def made(born: str = "19900101", number: str = "001", area: str = "330599") -> str:
    first = area + born + number
    return first + identity_check(first)


likely = st.one_of(
    st.text(max_size=20),
    st.from_regex(r"[0-9]{17}[0-9Xx]", fullmatch=True),
    st.builds(
        lambda area, born, seq: made(born.strftime("%Y%m%d"), f"{seq:03d}", f"{area:06d}"),
        st.integers(100000, 999999), st.dates(dt.date(1850, 1, 1), dt.date(2040, 1, 1)), st.integers(0, 999),
    ),
    st.builds(lambda born, seq: made(born.strftime("%Y%m%d"), f"{seq:03d}"), st.dates(dt.date(1900, 1, 1), TODAY), st.integers(0, 999)),
    st.builds(lambda seq: made("19900230", f"{seq:03d}"), st.integers(0, 999)),
    st.floats(1e17, 9e17).map(lambda x: f"{x:.2E}"),
    st.integers(10**14, 10**15 - 1).map(lambda n: f"{n}000"),
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(likely, min_size=1, max_size=30), st.booleans())
def test_a_whole_roster_is_judged_like_each_number_alone(those: list[str], demo: bool) -> None:
    assert numbers.faults(pl.Series("id", those, dtype=pl.String), on=TODAY, demo=demo).to_list() == [
        identity_fault(one, on=TODAY, demo=demo) for one in those
    ]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_a_day_is_read_however_it_is_written(when: dt.date) -> None:
    y, m, d = when.year, when.month, when.day
    serial = (when - dt.date(1899, 12, 30)).days
    forms = [f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}年{m}月{d}日", f"{y}{m:02}{d:02}", f"{y}-{m:02}-{d:02} 00:00:00"]
    if serial >= 10000:
        forms.append(str(serial))
    assert {day(form) for form in forms} == {when}


@given(st.text(max_size=30))
def test_no_text_upsets_the_reader_of_days(text: str) -> None:
    assert day(text) is None or isinstance(day(text), dt.date)


def judged(*lines: dict[str, str], ground: Ground = GROUND) -> checks.Judged:
    columns = {key for line in lines for key in line}
    frame = pl.DataFrame([{key: line.get(key, "") for key in columns} for line in lines], schema=dict.fromkeys(columns, pl.String))
    return judge(clean(frame.with_row_index("row", 2).with_columns(pl.col("row").cast(pl.Int32))), {"id": "身份证号"}, ground)


def faults(*lines: dict[str, str], ground: Ground = GROUND) -> list[tuple[int, str]]:
    return [(row, code) for row, code in judged(*lines, ground=ground).faults.select("row", "code").iter_rows()]


GOOD = {"name": "张三", "id": made(), "phone": "10000000001"}


def test_a_good_row_goes_on_with_what_its_number_says() -> None:
    done = judged(GOOD | {"joined": "2015.6", "work": "劳务派遣", "migrant": "是", "employer": "恒泰织造有限公司", "sex": ""})
    assert done.bad == 0
    (row,) = done.good.to_dicts()
    assert (row["sex"], row["born_on"], row["union_id"]) == ("1", dt.date(1990, 1, 1), 7)
    assert (row["joined_on"], row["work"], row["migrant"]) == (dt.date(2015, 6, 1), "DISPATCH", True)


def test_each_fault_has_its_code() -> None:
    assert faults({"name": "", "id": made()}) == [(2, "name-missing")]
    assert faults({"name": "张三", "id": ""}) == [(2, "id-missing")]
    assert faults({"name": "张三", "id": "3.30502E+17"}) == [(2, "ruined")]
    assert faults({"name": "张三", "id": "330502199001010"}) == [(2, "length")]
    assert faults({"name": "张三", "id": "330502199001010015"}) == [(2, "check")]
    assert faults({"name": "张三", "id": made("20150101")}) == [(2, "young")]
    assert faults(GOOD | {"phone": "13812345678、13912345678"}) == [(2, "two")]
    assert faults(GOOD | {"phone": "1381234567"}) == [(2, "shape")]
    assert faults(GOOD | {"joined": "6月"}) == [(2, "date")]
    assert faults(GOOD | {"joined": "2099-01-01"}) == [(2, "future")]
    assert faults(GOOD | {"sex": "女"}) == [(2, "sex-differs")]
    assert faults(GOOD | {"work": "半仙"}) == [(2, "work-unknown")]
    assert faults(GOOD | {"union": "没有的工会"}) == [(2, "union-unknown")]
    assert faults(GOOD | {"union": "同名工会"}) == [(2, "union-many")]
    assert faults(GOOD, ground=Ground(on=TODAY, demo=True, union=None, youngest=16)) == [(2, "union-missing")]
    assert faults(GOOD, ground=Ground(on=TODAY, demo=False, union=7, youngest=16)) == [(2, "made-up"), (2, "made-up")]


def test_where_one_number_was_rounded_all_that_end_in_zeros_are_doubted() -> None:
    fits = next(n for n in (made(number=f"{i}00")[:17] + "0" for i in range(1, 10)) if n == made(number=n[14:17]))
    assert faults({"name": "张三", "id": fits}) == []
    assert faults({"name": "张三", "id": fits}, {"name": "李四", "id": "330502199001015000"}) == [(2, "ruined"), (3, "ruined")]


def test_a_fault_shows_no_whole_number() -> None:
    wrong = made()[:17] + ("0" if made()[17] != "0" else "1")
    done = judged({"name": "张三", "id": wrong, "phone": "1381234567"})
    assert wrong not in str(done.faults.to_dicts())
    assert "1381234567" not in str(done.faults.to_dicts())


def test_dittos_and_words_for_nothing_are_understood() -> None:
    done = judged(
        GOOD | {"employer": "恒泰织造有限公司", "job": "车工", "phone": "无"}, GOOD | {"employer": "同上", "job": "〃", "phone": "—"}
    )
    assert done.bad == 0
    assert done.good["employer_id"].to_list() == [3, 3]
    assert done.good["job"].to_list() == ["车工", "车工"]
    assert done.good["phone"].to_list() == ["", ""]


def test_full_width_digits_and_blanks_in_numbers_are_no_fault() -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in made())
    done = judged({"name": "张　三", "id": f" {wide} ", "phone": "+86 138-1234-5678"})
    assert done.good.select("name", "id", "phone").row(0) == ("张三", made(), "13812345678")


def test_a_passport_needs_no_check_digit_but_a_sex() -> None:
    assert faults({"name": "JOHN SMITH", "id": "E12345678", "paper": "护照", "sex": "男"}) == []
    assert faults({"name": "JOHN SMITH", "id": "E12345678", "paper": "护照"}) == [(2, "sex-missing")]


@pytest.mark.parametrize(
    "said",
    [
        "沈小芳",
        "阿不都·买买提",
        "O'Neil-Smith Jr.",
        "=cmd|x",
        "王芳（退休）",
        "李2",
        "+张三",
        "@sum",
        "张\u0301",
        "〇三",
        "a\tb",
        "张,三",
        "é",
    ],
)
def test_a_column_of_names_is_judged_like_one_name(said):
    assert pl.Series([said]).str.contains(ODD)[0] == odd(said)
