"""The door of the worklog: what other apps may call."""

from __future__ import annotations

from dataclasses import dataclass

from niangjia.kit.series import SERIES
from niangjia.worklog.ask import ask
from niangjia.worklog.audit import Fault, audit
from niangjia.worklog.board import Board, board, by_year
from niangjia.worklog.catalogue import empty_series
from niangjia.worklog.clerk import Lag, day_of_posting, declared_on, history, keep_posting, known_at, lag, latest, post
from niangjia.worklog.db import only
from niangjia.worklog.evaluate import Asked, Value, children, counted, digest, evaluate, grid, question
from niangjia.worklog.frames import records_url
from niangjia.worklog.freeze import (
    Frozen,
    again,
    again_many,
    freeze,
    freeze_many,
    freezes_of,
    frozen,
    keeps,
    leaf,
    root,
    sign,
    stands,
    used_in,
)
from niangjia.worklog.install import install
from niangjia.worklog.many import digests, evaluate_many, grids
from niangjia.worklog.opened import named
from niangjia.worklog.papers import figures_page, series_sql
from niangjia.worklog.question import Question
from niangjia.worklog.reconcile import Moved, Reconciled, reconcile
from niangjia.worklog.records import at_each, at_those, course, how_many, places, records
from niangjia.worklog.recount import recount
from niangjia.worklog.restate import restate, retally
from niangjia.worklog.since import Change, Since, changed_since, since_posting
from niangjia.worklog.warm import warm, warm_when_grown

__all__ = [
    "Asked",
    "AuditReport",
    "Board",
    "Change",
    "Fault",
    "Frozen",
    "Lag",
    "Moved",
    "Question",
    "Reconciled",
    "Since",
    "Value",
    "again",
    "again_many",
    "ask",
    "at_each",
    "at_those",
    "audit",
    "audit_report",
    "board",
    "by_year",
    "changed_since",
    "children",
    "counted",
    "course",
    "day_of_posting",
    "declared_on",
    "digest",
    "digests",
    "empty_series",
    "evaluate",
    "evaluate_many",
    "figures_page",
    "freeze",
    "freeze_many",
    "freezes_of",
    "frozen",
    "grid",
    "grids",
    "history",
    "how_many",
    "install",
    "keep_posting",
    "keeps",
    "known_at",
    "lag",
    "latest",
    "leaf",
    "named",
    "places",
    "post",
    "question",
    "reconcile",
    "records",
    "records_url",
    "recount",
    "restate",
    "retally",
    "root",
    "series_sql",
    "sign",
    "since_posting",
    "stands",
    "used_in",
    "warm",
    "warm_when_grown",
]


@dataclass(frozen=True)
class AuditReport:
    """What an audit found: how much was compared, and every difference."""

    series: int
    lines: int
    differences: list[Fault]

    @property
    def equal(self) -> bool:
        return not self.differences


def audit_report(*, slowly: bool = True) -> AuditReport:
    """Recount everything, in SQL and (slowly) once more in plain Python. For the owner or the auditors: others may not read the chain."""
    lines = int(only("SELECT count(*) FROM books_entry"))
    return AuditReport(len(SERIES), lines, audit() + (recount() if slowly else []))
