"""Identity numbers, credit codes, phones: shape and check digit, and the reserved shapes of made-up people.

A made-up person carries address code 330599 (unassigned), a phone 10000000000-10099999999, a union code 81330599…:
accepted only in demo mode (domain.md §22.1).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
PROVINCES = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83}
MADE_UP = "330599"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
MOBILE = re.compile(r"1[3-9]\d{9}")
MADE_UP_MOBILE = re.compile(r"100\d{8}")


def narrow(text: str) -> str:
    """Full-width digits and letters as half-width, without any white space, upper case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def identity_check(first17: str) -> str:
    """The check character of an identity number (GB 11643-1999)."""
    return CHECKS[sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True)) % 11]


def identity_fault(number: str, *, on: date, demo: bool = False) -> str:
    """Why an identity number cannot be one, as a code; empty if it can: `length`, `digits`, `ruined`, `check`, `province`, `birth`, `made-up`.

    >>> identity_fault("11010519491231002X", on=date(2026, 1, 1))
    ''
    >>> identity_fault("330502199001010000", on=date(2026, 1, 1))
    'ruined'
    """
    if re.fullmatch(r"[0-9](\.[0-9]+)?E\+?[0-9]+", number):
        return "ruined"
    if len(number) != 18:
        return "length"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return "digits"
    if identity_check(number[:17]) != number[17]:
        return "ruined" if number.endswith("000") else "check"
    if int(number[:2]) not in PROVINCES:
        return "province"
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "birth"
    if not date(1900, 1, 1) <= born <= on:
        return "birth"
    return "made-up" if number.startswith(MADE_UP) and not demo else ""


def birth_of(number: str) -> date:
    """The day of birth that an identity number carries."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_of(number: str) -> str:
    """The sex that an identity number carries: GB/T 2261.1, 1 male, 2 female."""
    return "1" if int(number[16]) % 2 else "2"


def credit_check(first17: str) -> str:
    """The check character of a unified social credit code (GB 32100-2015)."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first17, CREDIT_WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def credit_fault(number: str, *, demo: bool = False) -> str:
    """Why a credit code cannot be one: `length`, `letters`, `check`, `made-up`; empty if it can.

    >>> credit_fault("81330502MC1000014N")
    ''
    """
    if len(number) != 18:
        return "length"
    if any(c not in ALPHABET for c in number):
        return "letters"
    if credit_check(number[:17]) != number[17]:
        return "check"
    return "made-up" if number[2:8] == MADE_UP and not demo else ""


def phone_fault(number: str, *, demo: bool = False) -> str:
    """Why a mobile number cannot be one: `shape`, `made-up`; empty if it can."""
    if MADE_UP_MOBILE.fullmatch(number):
        return "" if demo else "made-up"
    return "" if MOBILE.fullmatch(number) else "shape"
