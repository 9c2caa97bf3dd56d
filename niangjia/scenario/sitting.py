"""When people sit down together: on working days, in office hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from niangjia.kit.dates import CHINA, at
from niangjia.kit.workdays import is_working, roll

DAY = timedelta(days=1)
HOURS = ((9, 30), (14, 30))  # when a sitting begins


def next_sitting(moment: datetime) -> datetime:
    """The first hour of a working day at which a sitting can begin after a moment."""
    day = roll(moment.astimezone(CHINA).date())
    hours = (at(day, hour, minute) for hour, minute in HOURS)
    return next((one for one in hours if one > moment), at(roll(day + DAY), *HOURS[0]))


def last_workday(day: date, first: date) -> date:
    """The day itself, or the working day before it, but none before the first one."""
    while day > first and not is_working(day):
        day -= DAY
    return day
