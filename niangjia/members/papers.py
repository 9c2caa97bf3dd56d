"""Identity papers: what the number of each kind says by itself, and what has to be written beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from niangjia.kit.errors import RuleBroken
from niangjia.kit.faults import identity_fault
from niangjia.kit.ids import birth_of, narrow, sex_of
from niangjia.members.enums import Paper, Sex

EIGHTEEN = (Paper.ID, Paper.HM, Paper.TW)  # their numbers are built alike (GB 11643-1999), and say sex and birth
OTHER = re.compile(r"[A-Z0-9]{5,20}")
PLACES = {"81": Paper.HM, "82": Paper.HM, "83": Paper.TW}  # how the numbers of residence permits begin


@dataclass(frozen=True)
class Shown:
    """What a paper shows of its holder."""

    paper: str
    number: str
    sex: str
    born: date


def number_fault(paper: str, number: str) -> str:
    """Why this cannot be the number of such a paper, as a sentence; empty if it can."""
    number = narrow(number)
    if paper in EIGHTEEN:
        return identity_fault(number)
    return "" if OTHER.fullmatch(number) else _("The number of such a paper has 5 to 20 letters and digits, as it is printed.")


def read(paper: str, number: str, sex: str = "", born: date | None = None) -> Shown:
    """What a paper shows; RuleBroken if its number cannot be one, or does not say what was not written beside it."""
    number = narrow(number)
    if fault := number_fault(paper, number):
        raise RuleBroken(fault)
    if paper in EIGHTEEN:
        return Shown(PLACES.get(number[:2], Paper(paper)), number, sex_of(number), birth_of(number))
    if sex not in Sex.values or born is None:
        raise RuleBroken(_("This kind of paper does not say sex and day of birth in its number: write both."))
    return Shown(paper, number, sex, born)


def any_fault(number: str) -> str:
    """Why this cannot be the number of any paper, as a sentence: what looks like an identity number is judged as one."""
    number = narrow(number)
    return number_fault(Paper.ID if len(number) == 18 or number[:15].isdigit() else Paper.PASSPORT, number)
