"""What is wrong with a value, as a sentence: what it is and what to do."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from niangjia.kit import ids
from niangjia.kit.dates import today
from niangjia.kit.names import odd


def words(code: str) -> str:
    """The sentence of a fault's code."""
    return {
        "length": _("It has the wrong number of characters: 18 are needed. Look whether the spreadsheet cut or rounded it."),
        "digits": _("It holds characters that cannot stand in an identity number."),
        "ruined": _("The spreadsheet has rounded this number: its last digits became zeros. Format the column as text and enter it again."),
        "check": _("The last character does not fit the others, so at least one is wrong. Compare it with the card."),
        "province": _("The first two digits are no province."),
        "birth": _("The day of birth in it does not exist or lies outside of 1900 to today."),
        "made-up": _("This number belongs to made-up people of the demo city and is not taken here."),
        "letters": _("It holds characters that cannot stand in a credit code (I, O, S, V and Z are never used)."),
        "shape": _("A mobile number has 11 digits and begins with 13 to 19."),
    }.get(code, code)


FIRST, LAST = 1900, 2999  # years


def day_fault(day: date) -> str:
    """Why a day that somebody wrote is refused, as a sentence; empty if it is not. Farther days are slips of the hand, and break the reckoning."""
    return (
        "" if FIRST <= day.year <= LAST else _("This day lies in the year %(year)d. Look whether the year is right.") % {"year": day.year}
    )


def name_fault(name: str) -> str:
    """Why a person's name is refused, as a sentence; empty if it is not."""
    return _("This is no name as it stands on a card: remarks, signs and digits go elsewhere.") if odd(name) else ""


def credit_fault(number: str) -> str:
    """Why a credit code is refused, as a sentence; empty if it is not."""
    fault = ids.credit_fault(ids.narrow(number), demo=settings.DEMO)
    return _("Credit code: %(fault)s") % {"fault": words(fault)} if fault else ""


def identity_fault(number: str) -> str:
    """Why an identity number is refused, as a sentence; empty if it is not."""
    fault = ids.identity_fault(ids.narrow(number), on=today(), demo=settings.DEMO)
    return _("Identity number: %(fault)s") % {"fault": words(fault)} if fault else ""


def phone_fault(number: str) -> str:
    """Why a mobile number is refused, as a sentence; empty if it is not."""
    fault = ids.phone_fault(ids.narrow(number), demo=settings.DEMO)
    return _("Mobile: %(fault)s") % {"fault": words(fault)} if fault else ""
