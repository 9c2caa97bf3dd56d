"""What may never stand on a public notice (domain reference, part K; Personal Information Protection Law, arts 28 and 29)."""

from __future__ import annotations

import re

NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|\d{16,19}|1[3-9]\d{9}|100\d{8})(?!\d)")  # of identity papers, bank cards and mobiles
OFFICE = re.compile(r"0\d{2,3}-\d{7,8}|12351")  # where the public calls is no secret


def tells_a_number(text: str) -> bool:
    """Whether a text holds what looks like an identity number, a bank card or a mobile; numbers written apart count too.

    >>> tells_a_number("张*，330599199001010013"), tells_a_number("电话 138 1234 5678"), tells_a_number("共 296,418.50 元，236 人次")
    (True, True, False)
    >>> tells_a_number("异议请致电 0572-2012351 或 12351"), tells_a_number("湖总工〔2026〕19号")
    (False, False)
    """
    plain = OFFICE.sub(" ", text)
    return bool(NUMBERS.search(plain) or NUMBERS.search(re.sub(r"(?<=\d)[ -](?=\d)", "", plain)))
