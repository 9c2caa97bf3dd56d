"""What is declared is whole; every kind has a worked example; the newest value of the nearest place is the answer, whatever was set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kit.answer import Asking, Book, Row, Succession, answer, set_book
from niangjia.kit.parameter import AREAS, PARAMETERS, Parameter, area_of, parameter
from niangjia.kit.said import value_words
from niangjia.kit.spans import Span, days, hours, months, years
from niangjia.kit.values import KINDS, in_bounds, kind_of, packed, unpacked

FIRST = date(2015, 1, 1)
DAY = date(2020, 7, 1)  # of a reorganisation
KIND_EXAMPLES = {
    # kind: a parameter, a value a place sets, how it is kept, how it is said in both languages
    "span": (Parameter("x.span", days(15), "", "", ""), Span(10, "wd"), "10 wd", "10个工作日", "10 working days"),
    "money": (Parameter("x.money", Decimal("500000.00"), "", "", "", kind="money"), Decimal("318000.00"), "318000.00", "318,000.00元", "318,000.00 yuan"),
    "percent": (Parameter("x.percent", Decimal("0.02"), "", "", "", kind="percent"), Decimal("0.005"), "0.005", "0.5%", "0.5%"),
    "number": (Parameter("x.number", 30, "", "", "", kind="number", unit="人"), 25, 25, "25人", "25 人"),
    "yesno": (Parameter("x.yesno", True, "", "", "", kind="yesno"), False, False, "否", "no"),
    "choice": (Parameter("x.choice", "RED", "", "", "", kind="choice", choices={"RED": "R", "ORANGE": "O"}), "ORANGE", "ORANGE", "O", "O"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_kept_answered_and_said(kind):
    what, value, kept, zh, en = KIND_EXAMPLES[kind]
    assert packed(value) == kept
    assert unpacked(kind, kept) == value
    book = Book({(what.code, 7): [Row(1, value, FIRST, 7, "x")]}, up={7: 1, 1: None})
    assert answer(what, FIRST, book.chain(7), book).value == value
    assert answer(what, FIRST - timedelta(days=1), book.chain(7), book).value == what.default
    for language, said in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            assert value_words(what, value) == said


@pytest.mark.parametrize(
    ("kind", "wrong"), [("number", "10"), ("number", True), ("yesno", 1), ("span", "10 w"), ("span", "x d"), ("money", "much")]
)
def test_a_value_of_another_kind_is_refused(kind, wrong):
    with pytest.raises(ValueError, match=r"."):
        unpacked(kind, wrong)


def test_what_is_declared_is_whole():
    assert len(PARAMETERS) > 50
    for code, one in PARAMETERS.items():
        assert one.zh, code
        assert one.en, code
        assert str(one.basis), code
        assert area_of(one) in AREAS, code
        assert one.kind in KINDS, code
        assert unpacked(one.kind, packed(one.default)) == one.default, code
        assert len(code) <= 60
        assert value_words(one, one.default)


def test_a_declaration_that_contradicts_itself_fails_at_once():
    for facts in ({"most": days(10)}, {"least": days(20)}, {"kind": "choice"}):
        with pytest.raises(ValueError, match=r"x\.wrong"):
            parameter("x.wrong", days(15), zh="", en="", basis="", **facts)


def test_spans_are_compared_by_their_length():
    assert in_bounds(hours(24), None, days(1))
    assert not in_bounds(years(1), None, months(11))
    assert kind_of(days(1)) == "span"


places = st.dictionaries(st.integers(2, 9), st.integers(1, 9), max_size=8)
set_rows = st.lists(
    st.tuples(st.none() | st.integers(1, 9), st.integers(0, 400), st.none() | st.integers(1, 99)),
    max_size=25,
    unique_by=lambda row: row[:2],
)


@given(rows=set_rows, up=places, at=st.integers(1, 9), on=st.integers(-5, 405))
def test_the_newest_of_the_nearest_place_is_the_answer(rows, up, at, on):
    """Against a slow reading of the rule: walk up from the place; at each take the last row that has begun; skip what follows the place above."""
    what = Parameter("x.oracle", 0, "", "", "", kind="number")
    tree = dict.fromkeys(range(1, 10)) | {child: parent for child, parent in up.items() if parent < child}
    made: dict[tuple[str, int | None], list[Row]] = {}
    for n, (where, day, value) in enumerate(sorted(rows, key=lambda row: row[1])):
        made.setdefault((what.code, where), []).append(Row(n + 1, value, FIRST + timedelta(days=day), where, "x"))
    book = Book(made, tree)
    expected, where = 0, at
    line: list[int | None] = []
    while where is not None:
        line.append(where)
        where = tree[where]
    for where in [*line, None]:
        begun = [row for row in rows if row[0] == where and row[1] <= on]
        if begun and (last := max(begun, key=lambda row: row[1]))[2] is not None:
            expected = last[2]
            break
    assert answer(what, FIRST + timedelta(days=on), book.chain(at), book).value == expected


@given(rows=set_rows, later=st.integers(401, 500), at=st.integers(1, 9), on=st.integers(0, 400))
def test_a_later_row_never_changes_an_earlier_answer(rows, later, at, on):
    what = Parameter("x.past", 0, "", "", "", kind="number")

    def ask(those):
        made: dict[tuple[str, int | None], list[Row]] = {}
        for n, (where, day, value) in enumerate(sorted(those, key=lambda row: row[1])):
            made.setdefault((what.code, where), []).append(Row(n + 1, value, FIRST + timedelta(days=day), where, "x"))
        book = Book(made, {pk: pk - 1 or None for pk in range(1, 10)})
        return answer(what, FIRST + timedelta(days=on), book.chain(at), book).value

    assert ask(rows) == ask([*rows, (at, later, 7)])


def test_a_ring_of_places_ends():
    assert Book({}, up={1: 2, 2: 1}).chain(1) == (1, 2)


def succeeded(*came, **rows):
    """Townships 7, 8 and 9 of one county; values of the code x by township."""
    held = {("x", int(at[1:])): [Row(int(at[1:]), value, FIRST, int(at[1:]), "x")] for at, value in rows.items()}
    return Book(held, up={7: 2, 8: 2, 9: 2, 2: 1, 1: None}, came={9: [Succession(on, was) for on, was in came]})


@pytest.mark.parametrize(
    ("came", "rows", "before", "then"),
    [
        ([(DAY, 7)], {"t7": 10}, 30, 10),  # it has none of its own
        ([(DAY, 7)], {"t7": 10, "t9": 20}, 20, 20),  # the place that stays wins
        ([(DAY, 7)], {"t7": 10, "t2": 25}, 25, 10),  # what was set for the place is nearer than the county's
        ([(DAY, 7)], {"t7": None, "t2": 25}, 25, 25),
        ([(DAY, 7)], {"t7": 10, "t9": None}, 30, 30),  # it follows the place above, and says so
        ([(DAY, 7), (DAY, 8)], {"t7": 10, "t8": 15}, 30, 10),  # two that merge: the one that came first
        ([(DAY, 7), (DAY, 8)], {"t8": 15}, 30, 15),
    ],
)  # fmt: skip
def test_a_successor_goes_on_with_what_was_set_from_the_day_of_the_act(came, rows, before, then):
    what, known = Parameter("x", 30, "", "", "", kind="number"), succeeded(*came, **rows)
    assert answer(what, DAY - timedelta(days=1), known.chain(9), known).value == before
    assert answer(what, DAY, known.chain(9), known).value == then
    assert known.chain(7, DAY - timedelta(days=1))[0] == 7
    assert known.chain(7, DAY)[0] == 9


def test_values_go_on_through_several_acts():
    known = replace(succeeded(t7=10), came={8: [Succession(DAY, 7)], 9: [Succession(DAY + timedelta(days=9), 8)]})
    what = Parameter("x", 30, "", "", "", kind="number")
    said = [answer(what, DAY + timedelta(days=n), known.chain(9), known) for n in (0, 8, 9)]
    assert [one.value for one in said] == [30, 30, 10]
    assert said[2].row is not None
    assert said[2].row.at == 7  # the trace names the place whose row it is
    assert known.before(9) == [8, 7]
    assert known.heir(7, DAY + timedelta(days=8)) == 8


def test_what_was_asked_is_its_trace():
    from niangjia.kit import answer as module

    what = Parameter("x.traced", days(15), "", "", "")
    held = list(module._finder)
    set_book(lambda: Book({("x.traced", 7): [Row(5, days(10), FIRST, 7, "x")]}, up={7: 1, 1: None}))
    try:
        ask = Asking(FIRST, (7, 1))
        assert ask(what) == days(10)
        assert ask.trace() == {"on": "2015-01-01", "place": [7, 1], "rules": {"x.traced": {"value": "10 d", "row": 5, "division": 7}}}
    finally:
        module._finder[:] = held
