"""What stands in single cells: numbers ruined, days in many ways, two phones, dittos, blanks, marks that nobody sees."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from niangjia.members.tests.nasty.making import FIRM_UNIT, HEAD, JOINED, Formula, Pen, name, nasty, number, old, phone, row, simple


@nasty("Identity numbers typed as numbers: the spreadsheet kept fifteen digits.", good=[3], bad={3: "ruined", 4: "ruined"}, office=True)
def numbers_as_numbers(path: Path) -> None:
    simple(path, row(1, id=float(number(1, "19850313")[:17] + "5")), row(2, id=int(number(2)[:15]) * 1000), row(3))


@nasty("Identity numbers shown as 3.31E+17, and saved so.", bad={3: "ruined", 4: "ruined", 5: "ruined"})
def numbers_in_powers_of_ten(path: Path) -> None:
    simple(path, row(1, id="3.30599E+17"), row(2, id="3.30599198503120E+17"), row(3, id="3.3E17"))


@nasty("One number ends in 000 by chance and fits; where another was rounded it is doubted too.", bad={3: "ruined", 4: "ruined"})
def a_number_that_fits_by_chance(path: Path) -> None:
    fits = next(
        one for one in (number(n * 100, f"1985{month:02d}12") for month in range(1, 13) for n in range(1, 10)) if one.endswith("000")
    )
    simple(path, row(1, id=fits), row(2, id=number(2)[:15] + "000"))


@nasty("Numbers of the old cards with fifteen digits: never lengthened by itself.", good=[2], bad={3: "fifteen", 5: "length"})
def numbers_of_fifteen_digits(path: Path) -> None:
    simple(path, row(1, id=old(1)), row(2), row(3, id="33059919850"))


@nasty(
    "Full-width digits, a small x, a cross for the X, blanks and tabs within, and an apostrophe before.",
    good=[1, 2, 12, 20, 5],
    office=True,
)
def digits_of_all_kinds(path: Path) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in number(1))
    simple(
        path, row(1, id=wide, phone="１００００００００01"), row(2, id=f"'{number(2)}", phone=f"'{phone(2)}"), row(12, id=number(12).lower()),
        row(20, id=number(20)[:17] + "×"), row(5, id=f"{number(5)[:6]} {number(5)[6:14]}\t{number(5)[14:]}", phone="100-0000-0005"),
    )  # fmt: skip


@nasty("Marks that nobody sees, as they come along when text is copied out of a chat.", good=[1, 2, 3])
def marks_that_nobody_sees(path: Path) -> None:
    simple(
        path,
        row(1, phone=f"\u202d{phone(1)}\u202c"),
        row(2, name=f"\ufeff{name(2)}\u200b", id=f"{number(2)}\u200b"),
        row(3, id=f"\xa0{number(3)}\n", name=f"{name(3)}\n"),
    )


@nasty(
    "The day of joining in eight ways and more.",
    good={n: {"joined": JOINED} for n in range(1, 13)} | {13: {"joined": dt.date(2015, 12, 21)}},
    office=True,
)
def days_in_eight_ways(path: Path) -> None:
    ways = [
        "2015.6", "2015年6月1日", "20150601", "2015/6/1", 42156, "2015-06-01 00:00:00", JOINED, "２０１５年６月", "2015.06.01", "201506", "2015、6、1",
        "二〇一五年六月一日", "二〇一五年十二月二十一日",
    ]  # fmt: skip
    simple(path, *(row(n, joined=way) for n, way in enumerate(ways, 1)))


@nasty(
    "Days that nobody can read: a month without its year, a year without its month, a day that never was, tomorrow, before there were unions.",
    good=[1],
    bad={4: "date", 5: "date", 6: "date", 7: "future", 8: "too-early", 9: "date"},
)
def days_that_cannot_be_read(path: Path) -> None:
    ways = ["6月", "2015年", "2015-02-30", "2099-01-01", "1900-01-01", "去年"]
    simple(path, row(1), *(row(n, joined=way) for n, way in enumerate(ways, 2)))


@nasty("October typed as 2015.10 in cells for numbers: it is kept as 2015.1, and may be January.", good=[2], bad={3: "date-doubt"})
def october_as_a_number(path: Path) -> None:
    simple(path, row(1, joined=2015.10), row(2, joined=2015.6))


@nasty(
    "The same months as text: 2015.10 stands there, so 2015.1 is January.",
    good={1: {"joined": dt.date(2015, 10, 1)}, 2: {"joined": dt.date(2015, 1, 1)}},
)
def october_as_text(path: Path) -> None:
    simple(path, row(1, joined="2015.10"), row(2, joined="2015.1"))


@nasty("A workbook of a Macintosh, whose days are counted from 1904.", good=[1, 2], office=True)
def days_counted_from_another_year(path: Path) -> None:
    with Pen(path, {"date_1904": True}) as pen:
        pen.sheet([HEAD, row(1, joined=JOINED), row(2, joined=JOINED)])


@nasty(
    "Two phones in a cell, parted by anything, and one with a remark.",
    good={4: {}, 5: {"phone": ""}},
    bad={3: "two", 4: "two", 5: "two", 8: "shape"},
)
def two_phones_in_a_cell(path: Path) -> None:
    two = [f"{phone(1)}/{phone(91)}", f"{phone(2)}\n{phone(92)}", f"{phone(3)} {phone(93)}"]
    simple(
        path,
        *(row(n, phone=said) for n, said in enumerate(two, 1)),
        row(4, phone=f"{phone(4)}（微信同号）"),
        row(5, phone="无"),
        row(6, phone="0572-2000000"),
    )


@nasty(
    "As above, ditto marks, none, strokes: in columns that many share they speak for others, in names and numbers they are nobody's.",
    good={1: {}, 2: {}, 3: {"job": "", "phone": ""}, 4: {"phone": "", "joined": dt.date(2016, 1, 1)}},
    bad={7: "ditto", 8: "ditto id-missing", 9: "name-missing", 10: "ditto"},
    sheet="名册",
)
def dittos_and_strokes(path: Path) -> None:
    simple(
        path, row(1), row(2, joined="同上", job="〃"), row(3, joined="〃", job="无", phone="—"), row(4, joined="2016.1.1", job="挡车工", phone="/"),
        row(5, id="同上"), row(6, name="同上", id="无"), row(7, name="无"), row(8, phone="同上"),
    )  # fmt: skip


@nasty("Names set as wide as three characters, with a dot of another kind, of minorities and foreigners, and with remarks.", good={
    1: {"name": "沈平"}, 2: {"name": "阿不都·买买提"}, 3: {"name": "欧阳娜娜"}, 4: {"name": "𠮷野"},
}, bad={7: "name-shape", 8: "name-shape"})  # fmt: skip
def names_of_all_kinds(path: Path) -> None:
    said = ["沈　　平", "阿不都・买买提", "欧 阳 娜 娜", "𠮷野", "王芳（退休）", "李2"]
    simple(path, *(row(n, name=text) for n, text in enumerate(said, 1)))


@nasty(
    "Cells that are worked out, and one that ends in an error.", good={1: {"job": "挡车工一组"}, 2: {"phone": ""}}, bad={5: "id-missing"}
)
def cells_that_are_worked_out(path: Path) -> None:
    simple(
        path, row(1, job=Formula('="挡车工"&"一组"', "挡车工一组"), no=Formula("=ROW()-2", 1)), row(2, phone=Formula("=1/0", "#DIV/0!"), no=Formula("=ROW()-2", 2)),
        row(3, id=Formula("=1/0", "#DIV/0!")),
    )  # fmt: skip


@nasty("Sex in words and in numbers, against the number of the card, and forms of work under many names.", good={
    1: {}, 2: {"migrant": True, "work": "DISPATCH"}, 3: {"work": "DELIVERY"}, 4: {"work": "FLEXIBLE"}, 6: {},
}, bad={7: "sex-differs", 9: "work-unknown", 10: "yes-no"})  # fmt: skip
def codes_and_words(path: Path) -> None:
    extra = [
        ("男", "合同制", "否"), ("2", "劳务派遣", "是"), ("男性", "外卖骑手", "N"), ("女性", "临时工", "0"), ("女", "", ""), ("9", "正式", "×"),
        ("", "帮忙的", ""), ("0", "", "不清楚"),
    ]  # fmt: skip
    simple(path, *([*row(n), *more] for n, more in enumerate(extra, 1)), head=[*HEAD, "性别", "用工形式", "是否农民工"])


@nasty("A child, and made-up days of birth.", good=[1], bad={4: "young", 5: "check", 6: "birth-differs"})
def a_child_at_work(path: Path) -> None:
    wrong = number(3)[:17] + ("1" if number(3)[17] != "1" else "2")
    simple(
        path,
        [*row(1), "1985.3.12"],
        [*row(2, id=number(2, "20150101")), ""],
        [*row(3, id=wrong), ""],
        [*row(4), "1958年3月12日"],
        head=[*HEAD, "出生年月"],
    )


@nasty("The same person twice in the file, and once in the register already.", good=[2, 3], bad={5: "again"}, already=[1], same=1)
def somebody_twice(path: Path) -> None:
    simple(path, row(1), row(2), row(2, no="3"), row(3))


@nasty("The name of somebody else over a number that the register knows.", good=[2], bad={3: "other-name"}, already=[1])
def a_number_under_another_name(path: Path) -> None:
    simple(path, row(1, name=name(7)), row(2))


@nasty(
    "The unit under its whole name, as above, and one that no union covers: the union is the one for which it was sent.",
    good={1: {}, 2: {}, 3: {}},
)
def units_under_many_names(path: Path) -> None:
    units = [FIRM_UNIT, "同上", "青禾"]
    simple(path, *([*row(n), unit] for n, unit in enumerate(units, 1)), head=[*HEAD, "工作单位"])
