"""人 and 家, told apart for a whole city, in milliseconds.

What was answered about a posting never changes, so it is remembered (in Django's cache, which may forget);
later postings change it only for the subjects that they touch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.core.cache import cache

from niangjia.kit.figure import chosen
from niangjia.worklog.counting import by_ledger
from niangjia.worklog.db import fetch, only
from niangjia.worklog.question import Answer, Question, Terms, answer, narrowed, standing

MANY = 2000  # subjects touched, above which counting anew is quicker
SINCE = """SELECT p.number, p.chain, old.chain,
    (SELECT coalesce(bool_or(0 = ANY (books)), false) FROM books_posting WHERE number > %(k)s AND number <= p.number),
    (SELECT coalesce(bool_or(%(book)s = ANY (books)), false) FROM books_posting WHERE number > %(k)s AND number <= p.number),
    ARRAY(SELECT DISTINCT subject FROM books_daybook WHERE book = %(book)s AND subject IS NOT NULL AND %(live)s)
  FROM (SELECT number, chain FROM books_posting WHERE number <= %(known)s ORDER BY number DESC LIMIT 1) AS p
  LEFT JOIN books_posting old ON old.number = %(k)s"""
TOUCHED = """WITH late AS MATERIALIZED (SELECT book, subject FROM books_ledger WHERE posting > %(k)s AND posting <= %(p)s)
    SELECT DISTINCT subject FROM late WHERE book = %(book)s AND subject IS NOT NULL LIMIT %(many)s"""
TURNED = """SELECT coalesce(max(day), '0001-01-01') FROM (
    SELECT unnest(ARRAY[since, until]) AS day FROM books_lineage WHERE since > '-infinity' OR until < 'infinity') AS turns
  WHERE day > '-infinity' AND day <= books_today()"""
SMALL = "SELECT 10 * count(*) FILTER (WHERE ancestor = ANY (%(under)s::bigint[])) < count(DISTINCT descendant) FROM books_rollup"


def by_memory(q: Question, t: Terms) -> Answer:
    """Distinct subjects under unions that lead others."""
    fixed, key = kept_as(q, t)
    k, chain, found = cache.get(key) or (0, None, {})
    rows = fetch(SINCE, {"k": k, "book": t.book, "known": 2**62 if q.known is None else q.known, "live": q.known is None})
    if not rows:
        return by_ledger(q, t)  # nothing was ever posted
    [(p, now, then, grown, wrote, unposted)] = rows
    same = chain is not None and then is not None and bytes(then) == chain and k <= p and not grown
    late = fetch(TOUCHED, {"k": k, "p": p, "book": t.book, "many": MANY + 1}) if same and wrote else []
    touched = [who for (who,) in late]
    before, after = replace(fixed, known=k), replace(fixed, known=p)
    if not same or len(touched) > MANY:
        found = anew(after, t)
    elif touched:
        found = turned(found, before, after, t, touched)
    if p != k or not same:
        cache.set(key, (p, bytes(now), found), None)
    return turned(found, after, replace(fixed, known=None), t, unposted) if unposted else found


def kept_as(q: Question, t: Terms) -> tuple[Question, str]:
    """A question as it is remembered, whatever words it was asked in, and the name of its answer."""
    said = (dict(sorted(chosen(choices).items())) for choices in (q.only, q.without))
    fixed = replace(q, tree=standing_tree(q), only=next(said), without=next(said))
    return fixed, "books:" + hashlib.sha256(repr((fixed, t.book)).encode()).hexdigest()


def standing_tree(q: Question) -> date | str:
    """The tree that a question asks for: that of today by the day on which it last turned, so that what is remembered outlives midnight."""
    tree: date | str = only(TURNED) if q.tree == "today" else q.tree
    return tree


def remember(asked: Sequence[Question], t: Terms) -> None:
    """Answer questions that differ only in unions and periods from one counting, which costs little more than that of one of them.

    Nothing is counted where all is remembered as of the last posting.
    """
    rows = fetch(SINCE, {"k": 0, "book": t.book, "known": 2**62, "live": False})
    if not rows:
        return
    [(p, now, *_)] = rows
    chain, tree = bytes(now), standing_tree(asked[0])
    named = [kept_as(replace(q, tree=tree), t) for q in asked]
    if all((cache.get(key) or (0, None))[1] == chain for _, key in named):
        return
    periods = sorted({period for q, _ in named for period in q.periods}, key=lambda one: (one.after, one.first or date.min))
    under = tuple(sorted({union for q, _ in named for union in q.under}))
    found = anew(replace(named[0][0], periods=tuple(periods), under=under, known=p), t)
    for q, key in named:
        mine, places = set(q.under), [periods.index(period) for period in q.periods]
        part = {
            (u, i, *told): value for (u, at, *told), value in found.items() if u in mine for i, place in enumerate(places) if place == at
        }
        cache.set(key, (p, chain, part), None)


def turned(found: Answer, before: Question, after: Question, t: Terms, subjects: list[int]) -> Answer:
    """An answer, once some subjects are taken out as they were and put back as they are."""
    was, now = (by_ledger(q, t, subjects) for q in (before, after))
    none = Decimal(0)
    new = {key: found.get(key, none) - was.get(key, none) + now.get(key, none) for key in {*found, *was, *now}}
    return {key: value for key, value in new.items() if value}


def anew(q: Question, t: Terms) -> Answer:
    """Count once more, as known at a posting. Of a stock, who has only ever been in one union is counted there and
    added up the tree; only those found in several (`roam`) have to be told apart at every level.
    """
    if not t.stock or q.tree == "then" or only(SMALL, {"under": list(q.under)}):
        return by_ledger(q, t)
    found, roam = settled_and_roaming(q, t)
    for key, more in (by_ledger(q, t, roam) if roam else {}).items():
        found[key] = found.get(key, Decimal(0)) + more
    return found


def settled_and_roaming(q: Question, t: Terms) -> tuple[Answer, list[int]]:
    """The count of those who have only ever been in one union, and the subjects found in several."""
    told = "".join(f", {t.told('c.by', name)} AS b{i}" for i, name in enumerate(q.by))
    names = "".join(f", b{i}" for i in range(len(q.by)))
    narrow, params = narrowed(q, t, "c.by")
    cut = "JOIN books_cut c ON c.number = e.cut" if told or narrow else ""
    n = range(len(q.periods))
    stands = "".join(f", sum(n) FILTER (WHERE day < '{p.after}') > 0 AS s{i}" for i, p in enumerate(q.periods))
    alone = "NOT EXISTS (SELECT FROM roam WHERE roam.subject = person.subject)" if q.by else "lo = hi"
    rows = fetch(
        f"WITH person AS MATERIALIZED (SELECT subject{names}, min(union_id) AS lo, max(union_id) AS hi{stands} "
        f"FROM (SELECT e.subject, e.union_id, e.day, e.n{told} FROM books_ledger e {cut} WHERE e.book = %(book)s "
        f"AND e.subject IS NOT NULL AND e.posting <= %(known)s AND e.day < '{max(p.after for p in q.periods)}'{narrow}) AS line "
        f"GROUP BY subject{names}), "
        "roam AS MATERIALIZED (SELECT DISTINCT subject FROM person WHERE lo <> hi), "
        f"home AS (SELECT lo{names}{''.join(f', count(*) FILTER (WHERE s{i}) AS s{i}' for i in n)} FROM person WHERE {alone} GROUP BY lo{names}) "
        f"SELECT l.ancestor, i{names}, sum(s), NULL FROM home JOIN books_lineage l ON l.descendant = lo "
        f"CROSS JOIN LATERAL (VALUES {', '.join(f'({i}, s{i})' for i in n)}) AS p (i, s) "
        f"WHERE l.ancestor = ANY (%(under)s::bigint[]) AND {standing(q, t)} GROUP BY l.ancestor, i{names} "
        f"UNION ALL SELECT NULL, NULL{', NULL' * len(q.by)}, NULL, array_agg(subject) FROM roam",
        params | {"book": t.book, "known": q.known, "under": list(q.under)},
    )
    found = answer([row[:-1] for row in rows if row[0] is not None])
    [roam] = [row[-1] or [] for row in rows if row[0] is None]
    return found, roam
