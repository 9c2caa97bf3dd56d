"""A question of the books: who answers it, the tally, the memory of persons, or the ledger itself."""

from __future__ import annotations

from dataclasses import replace

from niangjia.worklog.counting import by_ledger, by_tally, leaders, tallied
from niangjia.worklog.memory import by_memory
from niangjia.worklog.question import Answer, Question, Terms, terms_of


def ask(q: Question, t: Terms | None = None, led: bool | None = None) -> Answer:
    """Answer a question: {(union, number of the period, *breakdowns): how much}; nothing is not listed.

    Who asks many at once may bring what was looked up for all: the terms, and whether the unions lead others.
    """
    if not q.under or not q.periods:
        return {}
    t = terms_of(q) if t is None else t
    if led is None:
        lead = leaders(q)
        led = lead == set(q.under)
        if lead and not led:  # some lead and some do not: each kind is answered where it is quick
            parts = [tuple(u for u in q.under if (u in lead) is kind) for kind in (True, False)]
            return ask(replace(q, under=parts[0]), t, led=True) | ask(replace(q, under=parts[1]), t, led=False)
    if t.distinct:
        kept = (t.stock or q.tree != "then") and led
        return by_memory(q, t) if kept else by_ledger(q, t)
    if tallied(q.tree, q.known) and led:
        found = by_tally(q, t)
        if q.known is None or tallied(q.tree, q.known):
            return found
    return by_ledger(q, t)
