"""Made-up facts for cases, forms, messages, numbers and charts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import pgettext

from niangjia.kit import components as made
from niangjia.kit import drawings
from niangjia.kit.dates import CHINA
from niangjia.kit.samples.base import Sample, Shown
from niangjia.kit.tables import Cell, Column, Row, Table


def case() -> Iterator[Shown]:
    at = datetime(2015, 10, 12, 10, 5, tzinfo=CHINA)
    told = [
        made.Entry(
            at,
            pgettext("gallery", "registered a payment of 41,200.00 yuan"),
            "沈雨桐",
            pgettext("gallery", "The firm paid July first and promised August by the end of the month."),
        ),
        made.Entry(at - timedelta(days=12), pgettext("gallery", "the term of mediation began to run"), auto=True),
        made.Entry(
            at - timedelta(days=14), pgettext("gallery", "the township's report came two hours late; the county was told"), late=True
        ),
    ]
    yield Shown("story", [{"entries": told}])
    moves = [{"auto": False, "at": at, "by": {"name": "顾芳"}, "verb": "accept", "reason": pgettext("gallery", "All papers are here.")}]
    yield Shown("moves", [{"moves": moves, "labels": {"accept": pgettext("gallery", "accepted")}}])
    pairs = [
        made.Pair(pgettext("gallery", "Speaks for them"), made.mask("王*兰")),
        made.Pair(pgettext("gallery", "Phone"), "138****2716", reveal="#"),
        made.Pair(pgettext("gallery", "Firm"), "德清示例织造有限公司", url="#"),
        made.Pair(pgettext("gallery", "Union"), pgettext("gallery", "since 2013, 186 workers")),
        made.Pair(pgettext("gallery", "Lawyer"), pgettext("gallery", "none yet"), faint=True),
    ]
    yield Shown("kv", [{"pairs": pairs}])
    papers = [
        made.Paper(pgettext("gallery", "Record of the oral application"), pgettext("gallery", "2 pages"), "#"),
        made.Paper(pgettext("gallery", "Wage sheets"), pgettext("gallery", "2 papers"), "#"),
        made.Paper(pgettext("gallery", "Missing: the punch clock's record"), missing=True),
    ]
    yield Shown("papers", [{"papers": papers}])
    yield Shown(
        "signs",
        [
            {
                "signatures": [
                    made.Signature(pgettext("gallery", "Drafted, office"), "方敬之", "10-09"),
                    made.Signature(pgettext("gallery", "Issued, deputy chair")),
                ]
            }
        ],
    )
    yield Shown("mask", [{"value": "3305**********0429", "reveal": "#"}, {"value": "王*兰"}], wide=False)


def forms() -> Iterator[Shown]:
    form = Sample(
        {"firm": "德清示例木业有限公司", "workers": pgettext("gallery", "forty odd"), "what": ["wages"], "calm": "on"}, auto_id="f-%s"
    )
    form.is_valid()
    yield Shown("errors", [{"form": form, "kept": pgettext("gallery", "All else is kept; nothing is lost if you close the page.")}])
    units = {"workers": pgettext("gallery", "people")}
    yield Shown("field", [{"field": bound, "unit": units.get(bound.name, "")} for bound in form])


def messages() -> Iterator[Shown]:
    yield Shown(
        "alert",
        [
            {
                "kind": "success",
                "title": pgettext("gallery", "4,700 rows written"),
                "text": pgettext("gallery", "Until 11 November, 17:00, the whole batch can be withdrawn."),
            },
            {
                "kind": "warning",
                "title": pgettext("gallery", "This number has changed since it was published"),
                "text": pgettext("gallery", "Published 6,266; counted again today 6,271."),
            },
            {
                "kind": "danger",
                "title": pgettext("gallery", "Not saved"),
                "text": pgettext("gallery", "Somebody else changed the same line at 10:32. What you wrote is still here."),
            },
            {"kind": "", "title": pgettext("gallery", "The list is up to date"), "text": ""},
        ],
    )
    yield Shown(
        "toast",
        [
            {"text": pgettext("gallery", "The agreement is registered; 30 days for payment begin."), "undo": "#"},
            {"text": pgettext("gallery", "The file could not be read: it is not a workbook."), "kind": "error"},
        ],
    )


def numbers() -> Iterator[Shown]:
    yield Shown("fig", [{"value": 6266, "href": "#"}, {"value": Decimal("181000000.00"), "href": "#"}, {"value": 0}], wide=False)
    yield Shown("bar", [{"percent": 44}, {"percent": 100}, {"percent": 0}], wide=False)
    by_year = Table(
        [
            Column(pgettext("gallery", "Year")),
            Column(pgettext("gallery", "Cases taken on"), unit=pgettext("gallery", "cases"), num=True),
            Column(pgettext("gallery", "Reported up"), unit=pgettext("gallery", "cases"), num=True),
        ],
        [["2012", 1688, 214], ["2013", 1842, 203], ["2014", 1901, 221], Row(["2015", 835, 96], "part")],
        id="g-year",
        bare=True,
        label=pgettext("gallery", "By year"),
    )
    by_place = Table(
        [
            Column(pgettext("gallery", "Place")),
            Column(pgettext("gallery", "Cases taken on"), unit=pgettext("gallery", "cases"), num=True),
            Column("", mid=True),
        ],
        [
            [name, many, drawings.bar(many / 20)]
            for name, many in (
                (pgettext("gallery", "Changxing"), 1604),
                (pgettext("gallery", "Deqing"), 1288),
                (pgettext("gallery", "Anji"), 1120),
                (pgettext("gallery", "Nanxun"), 873),
            )
        ]
        + [Row([pgettext("gallery", "Elsewhere"), Cell(12, "soft"), ""])],
        id="g-place",
        bare=True,
        label=pgettext("gallery", "By place"),
    )
    rate = Table(
        [
            Column(pgettext("gallery", "Quarter")),
            Column(pgettext("gallery", "Deqing"), unit="%", num=True),
            Column(pgettext("gallery", "Anji"), unit="%", num=True),
        ],
        [["Q1", 80.1, 88.0], ["Q2", 83.4, 89.2], ["Q3", 87.2, 90.3]],
        id="g-rate",
        bare=True,
        label=pgettext("gallery", "Settled"),
    )
    yield Shown("chart", [{"table": by_year}, {"table": by_place, "kind": "rank"}, {"table": rate, "kind": "line"}])
