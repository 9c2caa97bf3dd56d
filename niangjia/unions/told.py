"""How the log of who saw what tells of unions and their offices."""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import pgettext

from niangjia.kit.told import reason, told
from niangjia.unions.enums import Duty, May
from niangjia.unions.models import Reorganisation, Union

told(Union, May.VIEW, attrgetter("short_name"))
told(Reorganisation, May.SEE_REORGANISATION, attrgetter("reference"))


@reason("office given", "office ended")
def office(why: str) -> str:
    """Which office, and whose: the duty was noted by its code."""
    duty, _colon, name = why.partition(": ")
    return f"{Duty(duty).label}{pgettext('before a list', ': ')}{name}" if duty in Duty.values else why
