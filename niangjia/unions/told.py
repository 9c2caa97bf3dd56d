"""How the log of who saw what tells of unions and their offices."""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import pgettext

from niangjia.kit.told import reason, told
from niangjia.unions.enums import BodyKind, Dropped, Duty, May, Spared
from niangjia.unions.models import (
    Certification,
    Election,
    Employer,
    Founding,
    Reorganisation,
    Settlement,
    SheetImport,
    Split,
    StaffCheck,
    TaxList,
    Taxpayer,
    Union,
)

told(Union, May.VIEW, attrgetter("short_name"))
told(Reorganisation, May.SEE_REORGANISATION, attrgetter("reference"))
told(Founding, May.SEE_FOUNDING, attrgetter("reference"))
told(Election, May.SEE_ELECTION, attrgetter("reference"))
told(Settlement, May.SEE_SETTLEMENT, lambda one: one.union.short_name)
told(Certification, May.SEE_CERTIFICATION, lambda one: one.union.short_name)
told(Split, May.SEE_SPLIT, attrgetter("reference"))
told(StaffCheck, May.SEE_STAFFING, attrgetter("reference"))
told(SheetImport, May.SEE_SHEET, attrgetter("file_name"))
told(Employer, May.SEE_EMPLOYER, attrgetter("name"))
told(TaxList, May.SEE_TAX_LIST, attrgetter("file_name"))
told(Taxpayer, May.SEE_TAX, attrgetter("name"))


@reason("office given", "office ended", "office to hand over")
def office(why: str) -> str:
    """Which office, and whose: the duty was noted by its code."""
    duty, _colon, name = why.partition(": ")
    return f"{Duty(duty).label}{pgettext('before a list', ': ')}{name}" if duty in Duty.values else why


@reason("body ended")
def body(why: str) -> str:
    """Which body, and why: the kind was noted by its code."""
    kind, _colon, text = why.partition(": ")
    return f"{BodyKind(kind).label}{pgettext('before a list', ': ')}{text}" if kind in BodyKind.values else why


@reason("firm dropped off")
def dropped(why: str) -> str:
    """What became of a firm: noted by its code."""
    code, _colon, text = why.partition(": ")
    return f"{Dropped(code).label}{pgettext('before a list', ': ')}{text}" if code in Dropped.values else why


@reason("firm excused")
def firm(why: str) -> str:
    """Why a firm needs no union: the reason was noted by its code."""
    code, _colon, text = why.partition(": ")
    return f"{Spared(code).label}{pgettext('before a list', ': ')}{text}" if code in Spared.values else why
