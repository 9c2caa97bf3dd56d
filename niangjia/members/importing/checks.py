"""Rows made clean and judged, a whole slice at a time: what can be taken goes on, what cannot is a fault with its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from niangjia.kit import mask
from niangjia.kit.columns import WORDS_FOR_DITTO, WORDS_FOR_NOTHING
from niangjia.kit.days import day, month_in_doubt, whole_months
from niangjia.kit.names import ODD
from niangjia.kit.retirement import retires_on
from niangjia.members.enums import Paper
from niangjia.members.importing import numbers
from niangjia.members.importing.fields import (
    BY_CODE,
    CHANGES,
    JOINS,
    NO,
    PAPERS,
    RETAINS,
    RETIRED,
    SEXES,
    WORKS,
    YES,
)  # fmt: skip
from niangjia.unions.api import union_name

CHINESE_PAPERS = [str(Paper.ID), str(Paper.HM), str(Paper.TW)]
FIFTEEN = r"^[1-8][0-9]{7}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}$"  # a number as cards bore it until 2004
FAULT_COLUMNS = ("row", "column", "code", "value", "field")
NUMBER = (  # as it is judged; a cross or a Greek or Russian letter at its end is the X of the card
    pl.col("id").str.replace_all(r"[\s\-]", "").str.to_uppercase().str.replace(r"\.0+$", "").str.replace(r"[×✕╳ΧХ]$", "X")
)
UNSEEN = r"[\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{feff}\x{ad}]"  # marks that come with what is copied out of chats


@dataclass(frozen=True)
class Ground:
    """What a roster is judged against: the day, the unions and units in reach, the union for which it is read."""

    on: date
    demo: bool
    union: int | None  # where rows without a union belong; None: every row must name one
    youngest: int  # age below which nobody joins
    unions: Mapping[str, int | None] = field(default_factory=dict)  # by name and code; None where the name is two unions'
    employers: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)  # by name: the unit, and its union if it is one
    grassroots: frozenset[int] = frozenset()  # of the unions, those in which people stand

    def named(self, text: str) -> int | None:
        """The one union in which people stand that bears this name."""
        found = self.unions.get(union_name(text)) if text else None
        return found if found in self.grassroots else None


@dataclass
class Judged:
    """A slice after judgement."""

    good: pl.DataFrame
    faults: pl.DataFrame
    bad: int  # rows


def person_name(text: str) -> str:
    """A name without the blanks that set two characters as wide as three; the dot in it is the one that cards bear.

    >>> person_name("张　 三"), person_name("阿不都・买买提"), person_name("John  Smith")
    ('张三', '阿不都·买买提', 'John Smith')
    """
    text = re.sub(r"[・•‧・．●]", "·", text.strip())
    if re.search(r"[A-Za-z]", text):
        return " ".join(text.split())
    return "".join(text.split())


def _apply(
    frame: pl.DataFrame, column: str, read: Callable[[str], object], dtype: pl.DataType | type[pl.DataType], into: str = ""
) -> pl.DataFrame:
    """Read each different value of a column once."""
    values = frame[column].unique()
    table = pl.DataFrame({column: values, "read": pl.Series([read(v) for v in values.to_list()], dtype=dtype, strict=False)})
    joined = frame.join(table, on=column, how="left", maintain_order="left")
    return joined.with_columns(pl.col("read").alias(into or column)).drop("read")


def clean(frame: pl.DataFrame) -> pl.DataFrame:
    """All columns there, text trimmed, words for nothing taken away, dittos filled. Done on a whole sheet, because dittos look up."""
    missing = [pl.lit("").alias(code) for code in BY_CODE if code not in frame.columns]
    frame = frame.with_columns(missing)
    steps = []
    for code, one in BY_CODE.items():
        column = pl.col(code).str.replace_all(UNSEEN, "").str.strip_chars().str.replace(r'(?s)^="(.*)"$', "$1").str.strip_chars_start("'`’")
        if code != "name":
            column = column.str.normalize("NFKC").str.strip_chars()
            column = pl.when(column.str.to_uppercase().is_in([*WORDS_FOR_NOTHING])).then(pl.lit("")).otherwise(column)
        if one.ditto:
            column = pl.when(column.is_in([*WORDS_FOR_DITTO])).then(pl.lit(None)).otherwise(column).forward_fill().fill_null("")
        steps.append(column.alias(code))
    return whole_months(frame.with_columns(steps))


def rounded(frame: pl.DataFrame, ground: Ground) -> bool:
    """Whether the spreadsheet has rounded numbers of this sheet, as it was sent."""
    return numbers.rounded(frame.select(NUMBER).to_series(), on=ground.on)


def judge(frame: pl.DataFrame, heads: Mapping[str, str], ground: Ground, *, doubt: bool | None = None) -> Judged:
    """Judge a slice of clean rows. `doubt`: numbers of the sheet were rounded; asked of these rows unless said.

    Numbers that a person typed (column `typed`) are not doubted.
    """
    doubt = rounded(frame, ground) if doubt is None else doubt
    frame = frame if "typed" in frame.columns else frame.with_columns(typed=pl.lit(value=False))
    frame = frame.with_columns(
        NUMBER,
        pl.col("phone").str.replace(r"\.0+$", "").str.replace(r"^(\+?86[- ]?)", "").str.replace(r"\([^0-9()]*\)$", "").alias("phone_said"),
        pl.col("sex").str.replace(r"性$", "").alias("sex_said"),
    )
    frame = frame.with_columns(pl.col("phone_said").str.replace_all(r"[\s\-]", "").alias("phone"))
    frame = _apply(frame, "name", person_name, pl.String)
    frame = _apply(frame, "joined", day, pl.Date, "joined_on")
    frame = _apply(frame, "born", day, pl.Date, "born_said")
    frame = _apply(frame, "paper", lambda v: str(PAPERS.get(v, "")) if v else str(Paper.ID), pl.String, "paper_code")
    frame = _apply(frame, "sex_said", lambda v: SEXES.get(v.upper(), ""), pl.String, "sex_code")
    frame = _apply(frame, "work", lambda v: str(WORKS.get(v) or WORKS.get(v.upper()) or ""), pl.String, "work_code")
    frame = _apply(frame, "migrant", lambda v: True if v.upper() in YES else False if v.upper() in NO else None, pl.Boolean, "migrant_yes")
    frame = _apply(frame, "change", lambda v: CHANGES.get(v, "?") if v else JOINS, pl.String, "change_code")
    frame = _apply(frame, "joined", month_in_doubt, pl.Boolean, "joined_doubt")
    frame = _places(frame, ground)
    frame = _identities(frame, ground, doubt=doubt)
    wrong = _faults(frame, ground)
    bad = wrong["row"].unique()
    good = frame.join(bad.to_frame(), on="row", how="anti", maintain_order="left") if bad.len() else frame
    said = wrong.with_columns(
        pl.col("field").replace_strict({code: heads.get(code, str(one.label)) for code, one in BY_CODE.items()}).alias("column")
    )
    return Judged(_good(good, ground), said.select(*FAULT_COLUMNS), bad.len())


def _places(frame: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """The union and the unit of each row; a unit that is one union's names it too."""
    unions, employers = ground.unions, ground.employers

    def find(text: str) -> int | None:
        return unions.get(text.upper(), unions.get(union_name(text)))

    frame = _apply(frame, "union", lambda v: find(v) if v else None, pl.Int64, "union_id")
    frame = _apply(
        frame, "union", lambda v: bool(v) and find(v) is None and (v.upper() in unions or union_name(v) in unions), pl.Boolean, "union_many"
    )
    frame = _apply(frame, "employer", lambda v: employers.get(union_name(v), (None, None))[0] if v else None, pl.Int64, "employer_id")
    frame = _apply(frame, "employer", lambda v: employers.get(union_name(v), (None, None))[1] if v else None, pl.Int64, "employer_union")
    home = pl.lit(ground.union, dtype=pl.Int64)
    return frame.with_columns(
        pl.when(pl.col("union") != "").then(pl.col("union_id")).otherwise(pl.coalesce(home, pl.col("employer_union"))).alias("union_id")
    )


def _identities(frame: pl.DataFrame, ground: Ground, *, doubt: bool) -> pl.DataFrame:
    """What is wrong with each number, and the birth and sex that a right one carries."""
    number = frame["id"]
    fault = numbers.faults(number, on=ground.on, demo=ground.demo)
    if doubt:
        fault = frame.select(
            pl.when(
                pl.lit(fault).is_in(["", "check"]) & (pl.col("id").str.ends_with("000") | pl.lit(numbers.exact(number))) & ~pl.col("typed")
            )
            .then(pl.lit("ruined"))
            .otherwise(pl.lit(fault))
        ).to_series()
    chinese = pl.col("paper_code").is_in(CHINESE_PAPERS)
    frame = frame.with_columns(
        pl.when(pl.col("id") == "").then(pl.lit("id-missing"))
        .when(pl.col("id").is_in([*WORDS_FOR_DITTO])).then(pl.lit("ditto"))
        .when(chinese & pl.col("id").str.contains(FIFTEEN)).then(pl.lit("fifteen"))
        .when(chinese).then(fault)
        .when(~pl.col("id").str.contains(r"^[A-Z0-9]{5,20}$")).then(pl.lit("paper-shape"))
        .otherwise(pl.lit("")).alias("id_fault"),
        pl.when(pl.col("paper_code") != Paper.ID).then(pl.col("paper_code"))
        .when(pl.col("id").str.contains(r"^8[12]")).then(pl.lit(str(Paper.HM)))
        .when(pl.col("id").str.contains(r"^83")).then(pl.lit(str(Paper.TW)))
        .otherwise(pl.col("paper_code")).alias("paper_code"),
    )  # fmt: skip
    sound = (pl.col("id_fault") == "") & chinese
    return frame.with_columns(
        pl.when(sound).then(pl.col("id").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)).otherwise(pl.col("born_said")).alias("born_on"),
        pl.when(sound)
        .then(pl.when(pl.col("id").str.slice(16, 1).is_in(["1", "3", "5", "7", "9"])).then(pl.lit("1")).otherwise(pl.lit("2")))
        .otherwise(pl.col("sex_code")).alias("sex_true"),
        sound.alias("sound"),
    )  # fmt: skip


def _faults(frame: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """Every fault of every row: one line each."""
    frame = _past(frame, ground.on)
    oldest = date(ground.on.year - ground.youngest, ground.on.month, min(ground.on.day, 28))
    phone = pl.col("phone")
    shown = (
        pl.when(pl.col("id").str.contains(r"^[0-9]\.[0-9]{1,8}E"))  # what the spreadsheet left of it tells nobody apart
        .then(pl.col("id").str.slice(0, 20))
        .when(pl.col("id").str.len_chars() > 10)
        .then(pl.col("id").str.slice(0, 6) + pl.lit("********") + pl.col("id").str.slice(-4))
        .otherwise(pl.lit("****"))
    )
    tail = phone.str.slice(0, 3) + pl.lit("****") + phone.str.slice(-4)
    nothing = pl.lit("")
    two = pl.col("phone_said").str.contains(r"\d{11}\D+\d{11}") | phone.str.contains(r"^\d{22}$")
    ditto, none = pl.col("name").is_in([*WORDS_FOR_DITTO]), pl.col("name").is_in(["", *WORDS_FOR_NOTHING])
    rules: list[tuple[str, str | pl.Expr, pl.Expr, pl.Expr]] = [
        # column, code, when, what is shown
        ("name", "name-missing", none, nothing),
        ("name", "ditto", ditto, nothing),
        ("name", "name-shape", ~none & ~ditto & (pl.col("name").str.contains(ODD) | (pl.col("name").str.len_chars() > 60)), pl.lit("…")),
        ("id", pl.col("id_fault"), pl.col("id_fault") != "", shown),
        ("id", "young", pl.col("sound") & (pl.col("born_on") > oldest), shown),
        ("paper", "paper-unknown", pl.col("paper_code") == "", pl.col("paper").str.slice(0, 40)),
        ("sex", "sex-differs", pl.col("sound") & (pl.col("sex_code") != "") & (pl.col("sex_code") != pl.col("sex_true")), pl.col("sex")),
        ("sex", "sex-missing", ~pl.col("sound") & (pl.col("id_fault") == "") & (pl.col("sex_true") == ""), nothing),
        (
            "born",
            "birth-differs",
            pl.col("sound") & (pl.col("born_said").dt.year() != pl.col("born_on").dt.year()).fill_null(value=False),
            nothing,
        ),
        ("phone", "two", two, nothing),
        ("phone", "ditto", phone.is_in([*WORDS_FOR_DITTO]), nothing),
        (
            "phone",
            "shape",
            (phone != "") & ~two & ~phone.is_in([*WORDS_FOR_DITTO]) & ~phone.str.contains(r"^(1[3-9][0-9]{9}|100[0-9]{8})$"),
            tail,
        ),
        ("phone", "made-up", pl.lit(not ground.demo) & ~two & phone.str.contains(r"^100[0-9]{8}$"), tail),
        ("joined", "date", (pl.col("joined") != "") & pl.col("joined_on").is_null(), pl.col("joined").str.slice(0, 40)),
        ("joined", "date-doubt", pl.col("joined_doubt"), pl.col("joined").str.slice(0, 40)),
        ("joined", "future", pl.col("joined_on") > ground.on, pl.col("joined").str.slice(0, 40)),
        ("joined", "too-early", pl.col("joined_on") < date(1921, 7, 1), pl.col("joined").str.slice(0, 40)),
        ("work", "work-unknown", (pl.col("work") != "") & (pl.col("work_code") == ""), pl.col("work").str.slice(0, 40)),
        ("status", "retired", pl.col("past"), pl.col("status").str.slice(0, 40)),
        ("change", "says-retained", pl.col("change_code") == RETAINS, pl.col("change").str.slice(0, 40)),
        ("change", "says-left", ~pl.col("change_code").is_in([JOINS, RETAINS, "?"]), pl.col("change").str.slice(0, 40)),
        ("change", "change-unknown", pl.col("change_code") == "?", pl.col("change").str.slice(0, 40)),
        ("migrant", "yes-no", (pl.col("migrant") != "") & pl.col("migrant_yes").is_null(), pl.col("migrant").str.slice(0, 40)),
        ("union", "union-many", pl.col("union_many"), pl.col("union").str.slice(0, 60)),
        (
            "union",
            "union-unknown",
            (pl.col("union") != "") & pl.col("union_id").is_null() & ~pl.col("union_many"),
            pl.col("union").str.slice(0, 60),
        ),
        ("union", "union-missing", (pl.col("union") == "") & pl.col("union_id").is_null(), nothing),
        ("job", "long", pl.col("job").str.len_chars() > 60, nothing),
        ("department", "long", pl.col("department").str.len_chars() > 60, nothing),
    ]
    lines = [
        frame.filter(when.fill_null(value=False)).select(
            "row", pl.lit(column).alias("field"), (pl.lit(code) if isinstance(code, str) else code).alias("code"), value.alias("value")
        )
        for column, code, when, value in rules
    ]
    return pl.concat(lines).sort("row", maintain_order=True)


def _past(frame: pl.DataFrame, on: date) -> pl.DataFrame:
    """Who is said to have retired, and is past the age at which somebody like her does; whoever left earlier may still be a member."""
    known = frame.select("row", "born_on", "sex_true").filter(frame["status"].is_in([*RETIRED]) & frame["born_on"].is_not_null())
    gone = [row for row, born, sex in known.iter_rows() if retires_on(born, sex) <= on]
    return frame.with_columns(pl.col("row").is_in(gone).alias("past"))


def _good(frame: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """The rows that go on, with what is stored."""
    return frame.select(
        "row", "union_id", "employer_id", "name", "id", "phone", "job", "department",
        pl.col("paper_code").alias("paper"), pl.col("sex_true").alias("sex"), "born_on",
        pl.col("joined_on").fill_null(ground.on).alias("joined_on"), pl.col("work_code").alias("work"), pl.col("migrant_yes").alias("migrant"),
    )  # fmt: skip


def masked(name: str, number: str) -> tuple[str, str]:
    """A person as the page of an import shows her."""
    return mask.name(name), mask.identity(number)
