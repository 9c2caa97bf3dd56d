"""What the house asks of every bank: it reads our order, and we read its answer."""

from __future__ import annotations

import csv
import io

import pytest

from niangjia.kit.errors import RuleBroken
from niangjia.members.bank import BANKS, HEADS, Made, Order, luhn
from niangjia.members.tests.bank import PaperBank, card_number
from niangjia.members.tests.rosters import name, number

ORDERS = [Order(n, name(n), "身份证", number(n), f"100{n:08d}", again=n == 2) for n in (1, 2, 3)]


@pytest.mark.parametrize("bank", BANKS.values(), ids=list(BANKS))
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_what_is_ordered_is_answered(bank, encoding):
    file = bank.order(ORDERS)
    answers = bank.read(PaperBank(refuses={name(3): "户名不符"}, encoding=encoding).answers(file))
    assert [(one.serial, one.name, one.fault) for one in answers] == [(1, name(1), ""), (2, name(2), ""), (3, name(3), "户名不符")]
    assert answers[0] == Made(1, name(1), card_number(2))
    assert answers[2].number == ""


@pytest.mark.parametrize("bank", BANKS.values(), ids=list(BANKS))
def test_a_file_that_is_no_answer_is_refused_with_what_is_wanted(bank):
    for file in (b"", "甲,乙\r\n1,2\r\n".encode("gb18030"), "序号,姓名,卡号,结果\r\nx,某,1,成功\r\n".encode()):
        with pytest.raises(RuleBroken, match="序号"):
            bank.read(file)


def test_the_order_is_what_bank_portals_take():
    file = BANKS["湖州银行"].order(ORDERS)
    rows = list(csv.reader(io.StringIO(file.decode("gb18030"), newline="")))
    assert tuple(rows[0]) == HEADS
    assert file.count(b"\r\n") == len(ORDERS) + 1
    assert rows[1] == ["1", name(1), "身份证", f"\t{number(1)}", "\t10000000001", "新办"]
    assert rows[2][5] == "补办"


def test_the_check_digit_finds_a_slip_of_the_pen():
    good = card_number(7)
    assert luhn(good)
    assert not any(luhn(good[:n] + str((int(good[n]) + 1) % 10) + good[n + 1 :]) for n in range(len(good)))
    assert not luhn("12345")
