"""Many questions answered together: a review of a hundred figures asks each series once, not each figure.

What the figures need is gathered first; questions that the tally answers are put as one query per series, and told
apart here; the others (subjects told apart, older knowledge, the tree of the day) are put one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from niangjia.kit.figure import Plan, chosen, series_of
from niangjia.kit.periods import Period
from niangjia.worklog.ask import ask
from niangjia.worklog.counting import about, leaders, tallied, tally_lines
from niangjia.worklog.db import QS, fetch
from niangjia.worklog.evaluate import Asked, Cell, Source, Value, children, digest_of, grid, question, root
from niangjia.worklog.question import Answer, Question, Terms, answer, narrowed, telling, terms_of_all
from niangjia.worklog.records import places

Key = tuple[Any, ...]
Wanted = tuple[Plan, Asked]
COLUMNS = ["n", *QS]
NOTHING = Decimal(0)


def key(q: Question) -> Key:
    """Equal for questions that ask the same."""
    narrowed = (tuple(sorted((name, tuple(values)) for name, values in chosen(choices).items())) for choices in (q.only, q.without))
    return (q.series, q.measure, q.periods, q.under, *narrowed, q.by, str(q.tree), q.known)


def remembering(found: Mapping[Key, Answer], missing: dict[Key, Question]) -> Source:
    """How `grid` reads the books here: it counts from what was found, noting what was not; who stands where is looked up once."""
    listed: dict[Key, dict[Cell, set[int]]] = {}

    def count(plan: Plan, asked: Asked, under: Sequence[int], periods: Sequence[Period]) -> dict[Cell, Decimal]:
        q = question(plan, asked, under, periods)
        if (mine := key(q)) not in found:
            missing[mine] = q
        told = found.get(mine, {})
        return {(u, i): told.get((u, i), NOTHING) for u in under for i in range(len(periods))}

    def once(q: Question) -> dict[Cell, set[int]]:
        if (mine := key(q)) not in listed:
            listed[mine] = places(q)
        return listed[mine]

    return Source(count, cache(children), cache(root), once)


def evaluate_many(wanted: Sequence[Wanted]) -> list[Value]:
    """The values of many plans, each for its own question; as `evaluate` would find them one by one."""
    found: dict[Key, Answer] = {}
    missing: dict[Key, Question] = {}
    source = remembering(found, missing)
    while True:
        values = [grid(plan, asked, [asked.union], [asked.period], source)[asked.union, 0] for plan, asked in wanted]
        if not missing:
            return values
        found |= ask_many(missing)
        missing.clear()


def grids(plans: Sequence[Plan], under: Sequence[int], periods: Sequence[Period]) -> list[dict[Cell, Value]]:
    """The values of many plans at each of many unions, in each of some periods: a series is read once for all of them.

    Unions that lead others and unions that lead none are asked apart, because the tally keeps only the sums of the former.
    """
    if not under or not periods:
        return [{} for _plan in plans]
    lead = leaders(Question("", "", (), tuple(under)))
    words = terms_of_all({name for plan in plans for name in series_of(plan)}, None)
    values: list[dict[Cell, Value]] = [{} for _plan in plans]
    for led in (True, False):
        if not (those := [union for union in under if (union in lead) is led]):
            continue
        found: dict[Key, Answer] = {}
        missing: dict[Key, Question] = {}
        source = remembering(found, missing)
        while True:
            cells = [grid(plan, Asked(periods[0], those[0]), those, periods, source) for plan in plans]
            if not missing:
                break
            found |= ask_many(missing, led={tuple(those): True}, terms={None: words}) if led else ask_small(missing, words)
            missing.clear()
        values = [kept | one for kept, one in zip(values, cells, strict=True)]
    return values


def ask_small(questions: Mapping[Key, Question], terms: Mapping[str, Terms]) -> dict[Key, Answer]:
    """Questions about unions that lead none: one reading of the ledger for each measure, told apart by all that any of them narrows by."""
    groups: dict[tuple[Any, ...], list[tuple[Key, Question]]] = defaultdict(list)
    out: dict[Key, Answer] = {}
    for mine, q in questions.items():
        t = terms[q.series].of(q.measure)
        if t.distinct:
            out[mine] = ask(q, t, led=False)
        else:
            groups[q.series, q.measure, q.under, q.periods, q.tree, q.known].append((mine, q))
    for (series, measure, *_rest), those in groups.items():
        names = tuple(sorted({name for _mine, q in those for name in (*chosen(q.only), *chosen(q.without), *q.by)}))
        wide = ask(replace(those[0][1], only={}, without={}, by=names), terms[series].of(measure), led=False)
        for mine, q in those:
            only, without = chosen(q.only), chosen(q.without)
            sums: dict[Key, Decimal] = defaultdict(Decimal)
            for (union, i, *by), value in wide.items():
                said = dict(zip(names, by, strict=True))
                if all(said[n] in v for n, v in only.items()) and not any(said[n] in v for n, v in without.items()):
                    sums[union, i, *(said[name] for name in q.by)] += value
            out[mine] = dict(sums)
    return out


def digests(wanted: Sequence[tuple[Plan, int | None]]) -> list[str]:
    """The digests of many plans, each as in force at a posting."""
    known = {k for _, k in wanted}
    named = {k: terms_of_all({name for plan, asked in wanted if asked == k for name in series_of(plan)}, k) for k in known}
    return [digest_of(plan, {name: t.digest for name, t in named[k].items()}) for plan, k in wanted]


def ask_many(
    questions: Mapping[Key, Question], led: Mapping[tuple[int, ...], bool | None] | None = None, terms: Mapping[int | None, dict[str, Terms]] | None = None
) -> dict[Key, Answer]:  # fmt: skip
    """Answer each question. Who knows already which of the unions lead others, and the terms, may say so."""
    said: dict[int | None, dict[str, Terms]] = dict(terms or {})
    for known in {q.known for q in questions.values()} - said.keys():
        said[known] = terms_of_all({q.series for q in questions.values() if q.known == known}, known)
    steady = {tree: tallied(*tree) for tree in {(q.tree, q.known) for q in questions.values()}}
    lead: dict[tuple[int, ...], bool | None] = dict(led or {})
    for under in {q.under for q in questions.values()} - lead.keys():
        lead[under] = leads(next(q for q in questions.values() if q.under == under))
    groups: dict[tuple[Any, ...], list[tuple[Key, Question]]] = defaultdict(list)
    for mine, q in questions.items():
        t = said[q.known][q.series].of(q.measure)
        group = (t.book, q.known, q.tree, q.under, telling(q)) if steady[q.tree, q.known] and lead[q.under] and not t.distinct else ()
        groups[group].append((mine, q))
    out = {mine: ask(q, said[q.known][q.series].of(q.measure), lead[q.under]) for mine, q in groups.pop((), [])}
    for (_, known, tree, *_rest), those in groups.items():
        answers = together([q for _, q in those], said[known][those[0][1].series])
        if known is None or tallied(tree, known):
            out |= {mine: found for (mine, _), found in zip(those, answers, strict=True)}
        else:  # the tree moved in this very moment
            out |= {mine: ask(q) for mine, q in those}
    return out


def leads(q: Question) -> bool | None:
    """Whether all of the unions asked about lead others, or none of them; None where they differ, and have to be asked apart."""
    found = leaders(q)
    return True if found == set(q.under) else None if found else False


def together(questions: Sequence[Question], t: Terms) -> list[Answer]:
    """Questions about one series, one state of knowledge and the same unions: one reading of the tally for all."""
    periods = list(dict.fromkeys(p for q in questions for p in q.periods))
    first = questions[0]
    columns = [c for c in COLUMNS if c in {t.of(q.measure).column for q in questions}]
    sums = ", ".join(f"sum({c})" for c in columns)
    narrows = [narrowed(q, t, "c.by", f"_{i}") for i, q in enumerate(questions)] if telling(first) else []
    told = " OR ".join(f"(true{sql})" for sql, _ in narrows) or None
    sql = f"SELECT union_id, i, by, {sums} FROM {tally_lines(t, periods, told=told, known=first.known, columns=columns)} GROUP BY 1, 2, 3"
    rows = fetch(sql, about(first, t) | {key: value for _, params in narrows for key, value in params.items()})
    return [narrow(rows, q, t, periods, 3 + columns.index(t.of(q.measure).column)) for q in questions]


def narrow(rows: Sequence[tuple[Any, ...]], q: Question, t: Terms, periods: Sequence[Period], at: int) -> Answer:
    """One question's answer out of the rows for all."""
    numbers: dict[int, list[int]] = defaultdict(list)
    for i, period in enumerate(q.periods):
        numbers[periods.index(period)].append(i)
    only, without = chosen(q.only), chosen(q.without)
    places = {name: t.by.index(name) for name in (*only, *without, *q.by)}
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for row in rows:
        union, i, by = row[:3]
        if all(by[places[n]] in v for n, v in only.items()) and not any(by[places[n]] in v for n, v in without.items()):
            for mine in numbers.get(i, ()):
                sums[union, mine, *(by[places[name]] for name in q.by)] += row[at] or 0
    return answer([(*cell, value) for cell, value in sums.items()])
