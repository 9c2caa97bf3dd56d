"""What pages and refusals say of a return: lines by their names, faults as sentences, days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from niangjia.flow.api import clocks
from niangjia.kit.dates import day_of
from niangjia.returns.asked import Asking
from niangjia.returns.figures import NAMED, Line
from niangjia.returns.models import AnnualReturn
from niangjia.returns.rules import Broken


def name(line: Line | Asking) -> str:
    """What a line is called, in the reader's language."""
    return line.words(get_language() or "zh")


def short(line: Line | Asking) -> str:
    """What it is called under the heading of its section, which need not be said again."""
    said = name(line).replace("：", ": ", 1).partition(": ")[2] or name(line)
    return said[:1].upper() + said[1:]


def depth(line: Line | Asking) -> int:
    """How far it stands in: a part of a part stands farther."""
    return 1 + depth(NAMED[line.inside]) if line.inside else 0


def listed(words: Iterable[str]) -> str:
    """Words in a row."""
    return pgettext("between lines of a return", ", ").join(words)


def fault(one: Broken) -> str:
    """Which check does not hold, with both numbers."""
    whole = name(NAMED[one.check.whole])
    facts: dict[str, Any] = {"code": one.check.code, "whole": whole, "sum": f"{one.sum:,}", "of": f"{one.of:,}"}
    if len(one.check.parts) == 1:
        part = name(NAMED[one.check.parts[0]])
        return _("%(code)s: %(part)s (%(sum)s) is more than %(whole)s (%(of)s).") % (facts | {"part": part})
    if one.check.whole_:
        return _("%(code)s: the parts of %(whole)s add up to %(sum)s, the whole is %(of)s.") % facts
    return _("%(code)s: the parts of %(whole)s add up to %(sum)s, more than %(of)s.") % facts


def due(annual: AnnualReturn) -> Any:
    """Until when it is to be sent."""
    return next((day_of(one.due_at) for one in clocks(annual)), annual.as_of)
