"""Reading reviews: their texts, compiled now or as published; what a program is shown."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES
from niangjia.kit.who import permitted
from niangjia.reports import rules
from niangjia.reports.books import KeptBooks, LiveBooks, Place, codes, listed
from niangjia.reports.enums import May, State
from niangjia.reports.models import Publication, Review, ReviewEdit, Signature
from niangjia.reports.prose.canonical import published_lines
from niangjia.reports.prose.checks import check
from niangjia.reports.prose.compile import Compiled, compile_review
from niangjia.reports.prose.facts import Fact
from niangjia.reports.prose.fill import refs_of
from niangjia.reports.prose.notation import parse
from niangjia.reports.prose.table import forms
from niangjia.reports.prose.tree import Ref
from niangjia.reports.prose.tree import Review as Tree
from niangjia.reports.prose.untrue import Untrue
from niangjia.unions.models import Union
from niangjia.worklog.api import Asked, counted, frozen, how_many, keeps, known_at, question


@keeps
def called(names: Sequence[str], language: str) -> dict[str, tuple[str, str]]:
    """What reviews are called, for the figures that stand in them; a link to those that everybody may read."""
    found = Review.objects.filter(name__in=names)
    return {one.name: (one.title(language), one.get_absolute_url() if one.state == State.PUBLISHED else "") for one in found}


@dataclass(frozen=True)
class Read:
    """A review in one language, ready to be shown: live, or as it was published."""

    review: Review
    language: str
    out: Compiled
    books: LiveBooks | KeptBooks
    publication: Publication | None = None
    edit: ReviewEdit | None = None


def language_here() -> Literal["zh", "en"]:
    """The language of the page, as reviews know it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def reviews(user: Any) -> QuerySet[Review]:
    """The reviews that a person may open, the newest first."""
    return permitted(user, May.VIEW, Review.objects.select_related("union", "made_by")).order_by("-made_at", "-pk")


def readable(user: Any, name: str) -> Review | None:
    """A review by its name, if this reader may open it; what is published is everybody's."""
    public = Review.objects.select_related("union").filter(name=name, state=State.PUBLISHED).first()
    return public or reviews(user).filter(name=name).first()


def named(name: str) -> Review | None:
    """The review of that name."""
    return Review.objects.select_related("union").filter(name=name).first()


def texts(review: Review) -> dict[str, ReviewEdit]:
    """The last edit of each language."""
    last = review.edits.order_by("language", "-number").distinct("language").select_related("by")
    return {edit.language: edit for edit in last}


def text_of(review: Review, language: str) -> ReviewEdit | None:
    """The present text in a language."""
    return review.edits.filter(language=language).select_related("by").order_by("-number").first()


def signed_by(review: Review, role: str) -> Signature | None:
    """Who signed in a role, in this round."""
    return review.signatures.filter(round=review.round, role=role).select_related("by").first()


def published(review: Review) -> Publication | None:
    """What stands published; None once it was withdrawn."""
    return review.publications.order_by("-number").first() if review.state == State.PUBLISHED else None


def in_language(tree: Tree, language: str) -> Tree:
    """A text that does not say its language is read in the language of its edit."""
    tree.head.setdefault("语言", language)
    return tree


def told_day(head: Mapping[str, str]) -> tuple[date | None, Untrue | None]:
    """The day as known on which the head of a text asks for its figures, or what is wrong with what it says."""
    said = head.get("所知", "")
    day = rules.day_in(said)
    if said and (day is None or day >= today() or not known_at(day)):
        return None, Untrue("asof", text=said)
    return day, None


@dataclass
class Shared:
    """What the texts of one review share: how its own text says that its figures are known, and every answer of the books."""

    said: str
    facts: dict[Place, Fact]


def compiled(
    review: Review, source: str, language: str, known: int | None = None, shared: Shared | None = None
) -> tuple[Compiled, LiveBooks]:
    """A text with its figures asked for and proved, and all its faults: as known at a posting, or on the day that its head names."""
    tree, bad = parse(source)
    in_language(tree, language)
    if language != review.language:
        said = shared.said if shared else head_of(text_of(review, review.language)).get("所知", "")
        if tree.head.get("所知", said) != said:
            bad = [*bad, (1, Untrue("asof_two", own=tree.head["所知"], other=said))]
        tree.head |= {"所知": said} if said else {}
    day, wrong = told_day(tree.head)
    facts = shared.facts if shared else {}
    books = LiveBooks(tree.head, review.union_id, review.span, known_at(day) if day else known, facts=facts)
    books.prepare((ref.name, ref.period) for ref in refs_in(tree, books))
    return check(compile_review(tree, [*bad, *([(1, wrong)] if wrong else [])], books)), books


def refs_in(tree: Tree, books: LiveBooks) -> list[Ref]:
    """Every figure that a text reads; what cannot be found is said where it stands."""
    found: list[Ref] = []
    for call in tree.calls():
        with contextlib.suppress(Untrue):
            found += refs_of(call, books)
    return found


def head_of(edit: ReviewEdit | None) -> dict[str, str]:
    """The head of a saved text."""
    return parse(edit.text)[0].head if edit else {}


def recompiled(publication: Publication, language: str) -> tuple[Compiled, KeptBooks]:
    """A published text over the facts that were published with it, compiled by this version."""
    number = publication.edits[language]
    tree, bad = parse(ReviewEdit.objects.get(review_id=publication.review_id, number=number).text)
    in_language(tree, language)
    tree.head |= {key: said for key, said in publication.documents[language]["head"].items() if key == "所知"}
    books = KeptBooks(publication.values, tree.head, publication.review.span, publication.review.union.code)
    return check(compile_review(tree, bad, books)), books


def as_published(publication: Publication, language: str) -> tuple[Compiled, KeptBooks]:
    """A published text as its canonical document tells it, to the letter: a later version may number or print otherwise, this stays."""
    out, books = recompiled(publication, language)
    return published_lines(out, publication.documents[language], books.by_key()), books


def read(review: Review, wanted: str = "") -> Read | None:
    """A review as it is to be read: as published, else as the present draft stands; in the wanted language if there is one."""
    language = wanted or language_here()
    publication = published(review)
    if publication is not None:
        said = language if language in publication.edits else review.language
        out, kept = as_published(publication, said)
        return Read(review, said, out, kept, publication)
    now = texts(review)
    edit = now.get(language) or now.get(review.language) or next(iter(now.values()), None)
    if edit is None:
        return None
    out, live = compiled(review, edit.text, edit.language)
    return Read(review, edit.language, out, live, None, edit)


def address(fact: Fact, union: Union, freeze: int | None = None, known: int | None = None) -> str:
    """The page of a figure: as published, else as asked; empty where no figure is declared."""
    if fact.code not in FIGURES:
        return ""
    said: dict[str, Any] = {"freeze": freeze} if freeze else {"period": fact.period, "union": fact.union or union.code}
    if not freeze and known:
        said["posting"] = known
    return f"{reverse('worklog:figure', args=[fact.code])}?{urlencode(said)}"


def freeze_of(found: Read, fact: Fact) -> int | None:
    """The number under which a fact was frozen."""
    return found.books.freezes.get(fact.key) if isinstance(found.books, KeptBooks) else None


def tally(out: Compiled) -> tuple[int, int]:
    """How many figures of a text are recorded, and how many are not yet."""
    facts = out.told()
    recorded = sum(fact.recorded for fact in facts)
    return recorded, len(facts) - recorded


def behind(fact: Fact, union: int, freeze: int | None) -> int | None:
    """How many records stand behind a fact, then if it is frozen."""
    figure = FIGURES.get(fact.code)
    if figure is None or fact.period is None or not fact.recorded:
        return None
    kept = frozen(freeze) if freeze else None
    plan, asked = (kept.plan, kept.asked) if kept else (figure.plan, Asked(fact.period, union))
    return how_many(question(counted(plan), asked))


def figures_of(review: Review, *, linked: bool = True) -> list[dict[str, Any]]:
    """For programs: each figure of the catalogue and each other one of the text, what it came to, and how the prose prints it.

    Readers for whom the figures do not open (`linked` is false) learn neither how many records stand behind one nor where.
    """
    found = read(review, review.language)
    if found is None:
        return []
    facts = {fact.code: fact for fact in reversed(found.out.told()) if not fact.union}
    printed = forms(found.out)
    rows = [(codes()[one.code], ref) for one in listed().values() for ref in one.refs]
    listed_codes = {code for code, _ref in rows}
    rows += [(code, "") for code in facts if code not in listed_codes]
    made = [line(found, facts[code], ref, printed) for code, ref in sorted(rows, key=lambda r: (not r[1], r[1], r[0])) if code in facts]
    return made if linked else [one | {"records": None, "url": ""} for one in made]


def line(found: Read, fact: Fact, ref: str, printed: dict[str, list[str]]) -> dict[str, Any]:
    """One figure, as a program reads it."""
    freeze = freeze_of(found, fact)
    said = printed.get(fact.key, [])
    return {
        "code": fact.code, "ref": ref, "label": fact.words(english=found.out.english),
        "value": None if not fact.recorded or fact.value is None else fact.value, "unit": fact.unit,
        "printed": "；".join(said) if fact.recorded else "", "records": behind(fact, found.review.union_id, freeze),
        "url": address(fact, found.review.union, freeze),
    }  # fmt: skip
