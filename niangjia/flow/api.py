"""What other apps may ask of the flow: take a step, read a story, read clocks."""

from __future__ import annotations

from niangjia.flow.actions import REACTIONS, after, move, record, ring, start, wind
from niangjia.flow.queries import (
    Due,
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
from niangjia.flow.shown import entries_of, running, running_of, stages_of, title_of

__all__ = [
    "REACTIONS",
    "Due",
    "after",
    "beat",
    "clocks",
    "deadline",
    "entries_of",
    "kind_of",
    "late_under",
    "move",
    "office",
    "record",
    "ring",
    "running",
    "running_of",
    "spells",
    "stages_of",
    "start",
    "steps_for",
    "story",
    "title_of",
    "waiting",
    "wind",
    "with_things",
    "works",
]
