"""A published value: the number, the plan by which it was found, and the state of knowledge it was found in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from niangjia.kit.figure import Figure, Plan
from niangjia.kit.periods import Period
from niangjia.worklog.clerk import post
from niangjia.worklog.db import fetch, only
from niangjia.worklog.evaluate import Asked, digest, evaluate
from niangjia.worklog.many import digests, evaluate_many

WRITE = (
    "INSERT INTO books_freeze (figure, digest, question, posting, value) "
    "VALUES (%(figure)s, %(digest)s, %(question)s, %(posting)s, %(value)s) RETURNING id"
)
LEAF = (
    "SELECT f.figure, f.digest, f.question::text, f.posting, encode(p.chain, 'hex'), p.known_on::text, f.value::text "
    "FROM books_freeze f LEFT JOIN books_posting p ON p.number = f.posting WHERE f.id = %(n)s"
)


@dataclass(frozen=True)
class Frozen:
    """One published value, with all that is needed to ask again."""

    number: int
    figure: str
    digest: str
    plan: Plan
    asked: Asked  # as known at the posting
    value: Any
    at: datetime


def plain(value: Any) -> Any:
    """A value as it is stored: exact, and equal to itself when found again."""
    if isinstance(value, dict):
        return {"/".join(map(str, key)): plain(each) for key, each in sorted(value.items(), key=str)}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return None if value is None else format(value, "f") if hasattr(value, "as_tuple") else str(value)


@transaction.atomic
def freeze(figure: Figure, asked: Asked, known: int | None = None) -> int:
    """Publish: post what is committed, find the value as known by that posting, keep both.

    A document freezes all its figures at one posting: post once, and say it in `known`.
    """
    asked = fixed(asked, post() if known is None else known)
    return write(figure, asked, digest(figure.plan, asked.known), evaluate(figure.plan, asked))


@transaction.atomic
def freeze_many(wanted: Sequence[tuple[Figure, Asked]], known: int | None = None) -> list[int]:
    """Publish the figures of a document, all at one posting."""
    k = post() if known is None else known
    those = [(figure, fixed(asked, k)) for figure, asked in wanted]
    hashes = digests([(figure.plan, k) for figure, _ in those])
    values = evaluate_many([(figure.plan, asked) for figure, asked in those])
    return [write(figure, asked, hash_, value) for (figure, asked), hash_, value in zip(those, hashes, values, strict=True)]


def fixed(asked: Asked, known: int) -> Asked:
    """A question that will mean the same for ever: at a posting, and by the tree of a day where today's was asked for."""
    return replace(asked, known=known, tree=only("SELECT books_today()") if asked.tree == "today" else asked.tree)


def write(figure: Figure, asked: Asked, hash_: str, value: Any) -> int:
    """Keep one published value."""
    p = asked.period
    question = {
        "plan": figure.plan, "first": p.first and str(p.first), "after": str(p.after),
        "union": asked.union, "tree": str(asked.tree), "by": list(asked.by),
    }  # fmt: skip
    said = {
        "figure": figure.name, "digest": hash_, "question": json.dumps(question), "posting": asked.known, "value": json.dumps(plain(value)),
    }  # fmt: skip
    number: int = only(WRITE, said)
    return number


def frozen(number: int) -> Frozen | None:
    """A published value as it was kept; None where nothing was frozen under that number."""
    rows = fetch("SELECT figure, digest, question::text, posting, value::text, frozen_at FROM books_freeze WHERE id = %(n)s", {"n": number})
    if not rows:
        return None
    [(name, hash_, question, posting, value, at)] = rows
    q = json.loads(question)
    period = Period(q["first"] and date.fromisoformat(q["first"]), date.fromisoformat(q["after"]))
    tree = q["tree"] if q["tree"] == "then" else date.fromisoformat(q["tree"])
    asked = Asked(period, q["union"], tree, posting, tuple(q["by"]))
    return Frozen(number, name, hash_, q["plan"], asked, json.loads(value), at)


def kept(number: int) -> Frozen:
    """A published value that must be there."""
    found = frozen(number)
    if found is None:
        raise LookupError(f"nothing was frozen under number {number}")
    return found


def freezes_of(figure: str, limit: int = 20) -> list[Frozen]:
    """The latest publications of a figure, newest first."""
    rows = fetch("SELECT id FROM books_freeze WHERE figure = %(f)s ORDER BY id DESC LIMIT %(k)s", {"f": figure, "k": limit})
    return [f for (number,) in rows if (f := frozen(number))]


def again_many(numbers: Sequence[int]) -> list[tuple[Any, Any]]:
    """Each published value beside what the books answer today to the same question as known then."""
    those = [kept(number) for number in numbers]
    told = [f for f in those if not f.asked.by]
    found = dict(zip((f.number for f in told), evaluate_many([(f.plan, f.asked) for f in told]), strict=True))
    return [(f.value, plain(found[f.number] if f.number in found else evaluate(f.plan, f.asked))) for f in those]


def again(number: int) -> tuple[Any, Any]:
    """What was published, and what the books answer today to the same question as known then."""
    was = kept(number)
    return was.value, plain(evaluate(was.plan, was.asked))


def leaf(number: int) -> str:
    """The hash of one published value: its question, definition, state of knowledge (with the chain to it), and answer."""
    [found] = fetch(LEAF, {"n": number})
    row = [json.loads(each) if i in (2, 6) else each for i, each in enumerate(found)]
    said = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def root(freezes: Sequence[int]) -> str:
    """One hash over a document's figures, in their order; who has the leaves can show that one belongs."""
    return hashlib.sha256("\n".join(map(leaf, freezes)).encode()).hexdigest()


def sign(name: str, freezes: Sequence[int]) -> tuple[int, str]:
    """Publish a document: its root goes into its foot."""
    top = root(freezes)
    said = {"n": name, "f": list(freezes), "r": top}
    number: int = only("INSERT INTO books_review (name, freezes, root) VALUES (%(n)s, %(f)s, %(r)s) RETURNING id", said)
    return number, top


def stands(review: int) -> bool:
    """Whether a document's figures are those that were signed, and the books still give them."""
    [(freezes, signed)] = fetch("SELECT freezes, root FROM books_review WHERE id = %(n)s", {"n": review})
    return root(freezes) == signed and all(was == now for was, now in again_many(freezes))


Called = Callable[[Sequence[str], str], Mapping[str, tuple[str, str]]]
KEEPERS: list[Called] = []


def keeps(called: Called) -> Called:
    """Who keeps signed documents says what they are called: their names in, and a language; titles and addresses out."""
    KEEPERS.append(called)
    return called


def titles(names: Sequence[str], language: str) -> dict[str, tuple[str, str]]:
    """What signed documents are called, and where they may be read; one that nobody knows keeps its name."""
    found = {name: (name, "") for name in names}
    for called in KEEPERS:
        found.update(called(names, language))
    return found


def used_in(figure: str) -> list[tuple[int, str, datetime]]:
    """The signed documents in which a figure stands, newest first: (number, name, when)."""
    rows = fetch(
        "SELECT r.id, r.name, r.signed_at FROM books_review r WHERE EXISTS (SELECT FROM books_freeze f "
        "WHERE f.id = ANY (r.freezes) AND f.figure = %(f)s) ORDER BY r.id DESC LIMIT 20",
        {"f": figure},
    )
    return [(number, name, at) for number, name, at in rows]
