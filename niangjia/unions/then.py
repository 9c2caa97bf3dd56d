"""Where somebody sat on a day that is over: whoever reads that her papers were opened needs the office, not the private person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from niangjia.access.api import SeenLog
from niangjia.kit.dates import day_of
from niangjia.unions.models import Office


def offices_then(lines: Iterable[SeenLog]) -> dict[int, str]:
    """By line of the log of who saw what, the office that somebody held on that day: one query."""
    those = list(lines)
    held: dict[int, list[Office]] = {}
    found = (
        Office.objects.filter(user_id__in={one.user_id for one in those if one.user_id}).select_related("union").order_by("-since", "pk")
    )
    for office in found:
        held.setdefault(office.user_id or 0, []).append(office)
    return {one.pk: _office(one, held.get(one.user_id or 0, [])) for one in those}


def _office(line: SeenLog, held: Sequence[Office]) -> str:
    day = day_of(line.at)
    on = next((one for one in held if one.since <= day and (one.until is None or one.until > day)), None)
    if on is not None:
        return f"{on.union.short_name} {on.post}"
    return line.user.name if line.user else _("nobody known")
