"""How a thing's flow, story and clocks stand on its page: rows for the parts of the kit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from niangjia.flow.models import Clock, Move
from niangjia.flow.queries import clocks, deadline, flow_of, story, works
from niangjia.kit.answer import Answer, answer, book
from niangjia.kit.clock import Deadline
from niangjia.kit.components import Entry, Running, Stage, face, stages
from niangjia.kit.dates import day_of, now
from niangjia.kit.flow import code
from niangjia.kit.parameter import PARAMETERS
from niangjia.kit.said import given_words, value_words
from niangjia.kit.spans import Span
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
    labels = flow_of(thing).told()
    return [_entry(move, labels) for move in reversed(list(story(thing)))]


def _entry(move: Move, labels: dict[str, Any]) -> Entry:
    did = _("Began") if move.verb == "start" else labels.get(move.verb, move.verb)
    return Entry(move.at, did, move.by.name if move.by else _("The house"), move.reason, auto=move.auto)


def running_of(thing: Any) -> list[Running]:
    """The clocks that run on a thing, each with its days and its article."""
    return [running(clock, thing) for clock in clocks(thing)]


def running(clock: Clock, thing: Any = None) -> Running:
    """One clock, drawn: its days, and the rule under which it began."""
    what, table = deadline(clock), works()
    due, start, here = day_of(clock.due_at), day_of(clock.started_at), day_of(now())
    working = clock.span.endswith(" wd")
    left = working_days_between(here, due, table) if working and due >= here else None
    shown = face(clock.due_at, clock.warn_at, working_days=left)
    basis = basis_of(clock, what) if thing is not None else what.basis
    if clock.due_at - clock.started_at < timedelta(days=1):
        return Running(what.title, shown, basis=basis)
    if working:
        of = working_days_between(start, due, table)
        return Running(what.title, shown, of, max(1, working_days_between(start, here, table)), basis=basis, working=True)
    of, at = (due - start).days, (here - start).days
    if of > 31:
        return Running(what.title, shown, percent=100 * at / of, basis=basis)
    return Running(what.title, shown, of, max(1, at), basis=basis)


def basis_of(clock: Clock, what: Deadline | None = None) -> str:
    """By which rule a clock runs; and if another one holds by now, that it keeps its own."""
    rule, article = PARAMETERS.get(clock.rule), str((what or deadline(clock)).basis)
    if rule is None or not clock.span:
        return article
    known = book()
    kept = Answer(rule, Span.read(clock.span), known.row(clock.setting))
    said = given_words(kept) + (f"; {article}" if article and article != str(rule.basis) else "")
    fresh = answer(rule, day_of(now()), known.chain(clock.division, day_of(now())))
    if fresh.value == kept.value:
        return said
    return _("%(said)s. For what begins now: %(fresh)s; this clock keeps its own.") % {
        "said": said,
        "fresh": value_words(rule, fresh.value),
    }


def title_of(clock: Clock) -> Any:
    """What a clock asks for."""
    what: Deadline = deadline(clock)
    return what.title
