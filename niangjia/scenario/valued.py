"""Values that places have set for themselves, around the day of the load."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from niangjia.kit.dates import today
from niangjia.kit.spans import days, hours
from niangjia.rights.parameters import MEDIATE_WARN, REPORT
from niangjia.rulebook import api as rulebook
from niangjia.unions.models import Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

DAY = timedelta(days=1)


def values(living: Living) -> None:
    """Values that places have set: one that holds in a county, one of the city, and one that waits for its second person."""
    south, north, city = (Union.objects.get(pk=living.tree.named[name].pk) for name in ("德清县总工会", "长兴县总工会", "湖州市总工会"))
    cell = REPORT.cells["ORANGE", "2"]
    for what, union, value, span, basis, reason in (
        (cell, south, hours(3), 120 * DAY, "德总工〔2015〕9号", "县域小，核实快，3小时足够。"),
        (MEDIATE_WARN, city, days(5), 150 * DAY, "湖总工办〔2014〕22号", "给调解员多留两天准备。"),
    ):
        with living.ago(span):
            said = rulebook.Said(value, today(), basis, reason)
            made = rulebook.propose(what, union, said, by=living.officer(union.pk))
            rulebook.sign(made, by=living.officer(union.pk, "leader"))
    with living.ago(2 * DAY):
        later = Union.objects.get(pk=north.pk)
        said = rulebook.Said(hours(2), date(living.moment.year + 1, 1, 1), "长总工〔2016〕3号", "夜间核实由镇街道当场办，不必等4小时。")
        rulebook.propose(cell, later, said, by=living.officer(north.pk))
