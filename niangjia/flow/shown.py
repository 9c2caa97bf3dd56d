"""How a thing's flow, story and clocks stand on its page: rows for the parts of the kit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from niangjia.flow.models import Clock, Move
from niangjia.flow.queries import clocks, deadline, flow_of, story
from niangjia.kit.clock import Deadline, Span
from niangjia.kit.components import Entry, Running, Stage, face, stages
from niangjia.kit.dates import day_of, now
from niangjia.kit.flow import code
from niangjia.kit.workdays import working_days_between


def stages_of(thing: Any, line: list[str] | None = None) -> list[Stage]:
    """The flow as a line: the states named (or all), past, here and to come."""
    labels = {code(one): getattr(one, "label", code(one)) for one in flow_of(thing).states}
    line = line or list(labels)
    if thing.state not in line:
        line = [*line[:1], thing.state]
    return stages([(one, labels[one]) for one in line], thing.state)


def entries_of(thing: Any) -> list[Entry]:
    """The story, the last first; each step in the flow's words."""
    labels = {one.verb: one.label for one in flow_of(thing).steps}
    return [_entry(move, labels) for move in reversed(list(story(thing)))]


def _entry(move: Move, labels: dict[str, Any]) -> Entry:
    did = _("began this") if move.verb == "start" else labels.get(move.verb, move.verb)
    return Entry(move.at, did, move.by.name if move.by else _("The house"), move.reason, auto=move.auto)


def running_of(thing: Any) -> list[Running]:
    """The clocks that run on a thing, each with its days and its article."""
    return [running(clock, thing) for clock in clocks(thing)]


def running(clock: Clock, thing: Any = None) -> Running:
    """One clock, drawn."""
    what = deadline(clock)
    span = what.span(thing) if thing is not None or isinstance(what.limit, Span) else None
    due, start, here = day_of(clock.due_at), day_of(clock.started_at), day_of(now())
    working = span is not None and span.unit == "wd"
    left = working_days_between(here, due) if working and due >= here else None
    shown = face(clock.due_at, clock.warn_at, working_days=left)
    if clock.due_at - clock.started_at < timedelta(days=1):
        return Running(what.title, shown, basis=what.basis)
    if working:
        of = working_days_between(start, due)
        return Running(what.title, shown, of, max(1, working_days_between(start, here)), basis=what.basis, working=True)
    of, at = (due - start).days, (here - start).days
    if of > 31:
        return Running(what.title, shown, percent=100 * at / of, basis=what.basis)
    return Running(what.title, shown, of, max(1, at), basis=what.basis)


def title_of(clock: Clock) -> Any:
    """What a clock asks for."""
    what: Deadline = deadline(clock)
    return what.title
