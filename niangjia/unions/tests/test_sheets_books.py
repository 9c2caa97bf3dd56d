"""The books see what a sheet brings and what taking it back takes away; and whatever a union says, its export says it back."""

from __future__ import annotations

import random
from datetime import date

import pytest

from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.unions.enums import Category, Industry
from niangjia.unions.models import Employer, Union
from niangjia.unions.tests.sheeted import book, exported, faults, line, sent, taken, undone
from niangjia.worklog.api import Asked, evaluate, post
from niangjia.worklog.audit import audit
from tests.town import credit

WORDS = ("示例路1号", "王小工", "0572-2000000", "某总工〔2015〕12号", "（某某）", "Ａ座", "x", "=1+1", "'引号", "12")


@pytest.mark.django_db(transaction=True)
def test_the_books_are_equal_before_and_after_and_when_it_is_taken_back(town, owner):
    def counted():
        post()
        return {code: int(evaluate(FIGURES[code].plan, Asked(until(day), town.north.pk)) or 0) for code in ("unions.grassroots", "unions.units") for day in (today(), date(2016, 1, 1))}  # fmt: skip

    before = counted()
    one = taken(sent(town.north, book(line(1), line(2, founded="2017-01-01")), town.north_org), town.north_org)
    with owner():
        assert audit() == []
    assert counted() != before
    undone(one, town.north_org)
    assert counted() == before
    with owner():
        assert audit() == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_whatever_a_union_says_its_export_comes_back_without_a_change(town, as_, seed):
    chance = random.Random(seed)
    taken(sent(town.north, book(*(line(n) for n in range(4))), town.north_org), town.north_org)
    for union in Union.objects.filter(name__contains="示例"):
        start = date(2020 + chance.randrange(5), 1 + chance.randrange(12), 1)
        facts = {
            "contact": chance.choice(WORDS), "contact_phone": chance.choice(WORDS), "address": chance.choice(WORDS), "approval_no": chance.choice(WORDS),
            "certificate_no": chance.choice(WORDS), "term_no": chance.randrange(1, 9), "term_years": chance.choice((3, 5)), "term_start": start,
            "term_end": date(start.year + 3, start.month, 1), "uscc": credit(900_000 + union.pk, "81") if chance.random() < 0.5 else "",
        }  # fmt: skip
        Union.objects.filter(pk=union.pk).update(**{name: said for name, said in facts.items() if chance.random() < 0.7})
        Employer.objects.filter(pk=union.employer_id).update(
            category=chance.choice(Category.values), industry=chance.choice(Industry.values), employees=chance.randrange(10_000), address=chance.choice(WORDS)
        )  # fmt: skip
    client = as_(town.city_org)
    client.cookies["django_language"] = chance.choice(("zh-hans", "en"))
    back = sent(town.city, exported(client.get("/unions/export/")), town.city_org)
    assert (back.bad, set(back.found)) == (0, {"same"}), (faults(back), [row.changes for row in back.lines.exclude(changes={})])
