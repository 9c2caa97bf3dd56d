"""How those past the age of retirement stand on pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kit.components import View
from niangjia.kit.retirement import retires_on
from niangjia.kit.tables import Column, Table
from niangjia.members.enums import Sex
from niangjia.members.models import Membership
from niangjia.members.ticks import tick


def views(here: str) -> list[View]:
    """Past it in any post, and in workers' posts."""
    return [
        View(_("Past it in any post"), "?", here=here != "maybe"),
        View(_("Women in workers' posts too"), "?view=maybe", here=here == "maybe"),
    ]


def table(rows: Iterable[Membership]) -> Table:
    """Each with the day on which she reached the age; of women two, because the post is not known."""
    columns = [
        Column(_("Full name"), at=1, nowrap=True), Column(_("Sex"), soft=True, at=6), Column(_("Union"), at=5), Column(_("Job"), soft=True, wide=True),
        Column(_("Reached the age on"), nowrap=True, at=3), Column(_("In a staff post"), nowrap=True, at=4),
    ]  # fmt: skip
    sexes = dict(Sex.choices)
    lines: list[list[Any]] = []
    for one in rows:
        assert one.person.born_on is not None
        staff = retires_on(one.person.born_on, one.sex, "staff") if one.sex == Sex.FEMALE else ""
        lines.append(
            [
                tick(one.name, one.uuid, one.get_absolute_url()), sexes.get(one.sex, ""), one.union.short_name, one.job, retires_on(one.person.born_on, one.sex), staff,
            ]
        )  # fmt: skip
    return Table(columns, lines, label=_("Past the age of retirement"), id="retired")
