"""What other apps may ask of the flow: take a step, read a story, read clocks."""

from __future__ import annotations

from niangjia.flow.actions import REACTIONS, after, mark_days, move, record, rewind, ring, start, unmark_day, wind
from niangjia.flow.queries import (
    Due,
    across,
    beat,
    clocks,
    deadline,
    kind_of,
    late_under,
    office,
    spells,
    steps_for,
    story,
    waiting,
    with_things,
    works,
)
from niangjia.flow.shown import basis_of, entries_of, running, running_of, stages_of, title_of

__all__ = [
    "REACTIONS",
    "Due",
    "across",
    "after",
    "basis_of",
    "beat",
    "clocks",
    "deadline",
    "entries_of",
    "kind_of",
    "late_under",
    "mark_days",
    "move",
    "office",
    "record",
    "rewind",
    "ring",
    "running",
    "running_of",
    "spells",
    "stages_of",
    "start",
    "steps_for",
    "story",
    "title_of",
    "unmark_day",
    "waiting",
    "wind",
    "with_things",
    "works",
]
