"""What other floors may ask of reviews."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.db import transaction

from niangjia.access.models import User
from niangjia.reports.actions import begin, check, publish, save_draft, sign, withdraw
from niangjia.reports.enums import State
from niangjia.reports.models import Publication, Review
from niangjia.reports.prints import paper, word
from niangjia.reports.prose.canonical import document, sealed
from niangjia.reports.queries import figures_of, named, published, read, recompiled, reviews
from niangjia.reports.sight import Sight, whole
from niangjia.unions.models import Union
from niangjia.worklog.api import stands as signed_stands

__all__ = [
    "begin", "check", "load_huzhou", "names", "paper", "proofs", "publish", "published", "read", "recompiled", "reviews", "save_draft", "seen", "show", "sign",
    "stands", "withdraw", "word",
]  # fmt: skip

HUZHOU = Path(__file__).parent / "huzhou"
NAME = "huzhou-2015"
PERIOD = "2010-10-21..2015-10-20"  # from congress to congress: five years to the day


@transaction.atomic
def load_huzhou(by: User, union: Union | None = None) -> Review:
    """Write the five-year review of the city as a draft, in both languages; where it stands already, leave it."""
    if found := Review.objects.filter(name=NAME).first():
        return found
    place = union or Union.objects.get(level=1)
    review = begin(place, name=NAME, title_zh="娘家人的五年", period=PERIOD, by=by)
    for language in ("zh", "en"):
        save_draft(review, (HUZHOU / f"{language}.md").read_text(encoding="utf-8"), language=language, after=review.current, by=by)
    return review


def show(name: str) -> list[dict[str, Any]]:
    """Every figure of a review: {code, ref, label, value, unit, printed, records, url}; LookupError if nobody wrote one of that name."""
    review = named(name)
    if review is None:
        raise LookupError(name)
    return figures_of(review)


def seen(review: Review) -> Sight:
    """What whoever reads a review now has before her: a signature is bound to it."""
    return whole(review).sight()


def names() -> list[str]:
    """The names of all reviews, the newest first."""
    return list(Review.objects.order_by("-made_at", "-pk").values_list("name", flat=True))


def proofs(name: str = "") -> list[dict[str, Any]]:
    """Every review that stands published, run again: its root, its digest, the canonical documents and the Word files by their
    hashes; whether the documents are those that were signed, whether this version would compile the same, whether the books give
    the same values.
    """
    made = []
    for one in Publication.objects.select_related("review__union").filter(review__state=State.PUBLISHED).order_by("review__name", "number"):
        if one.number != one.review.publications.count() or (name and one.review.name != name):
            continue
        papers = {}
        for language in sorted(one.edits):
            found = read(one.review, language)
            papers[language] = hashlib.sha256(word(found)).hexdigest() if found else ""
        made.append({
            "name": one.review.name, "posting": one.posting, "root": one.root, "digest": one.digest, "canonical": sealed(one.documents), "word": papers,
            "kept": sealed(one.documents) == one.digest, "document": stands(one), "books": one.signed is None or signed_stands(one.signed),
        })  # fmt: skip
    return made


def stands(publication: Publication) -> bool:
    """Whether what was published is still what its text and its kept values give: the same documents, the same digest."""
    said = {}
    for language in publication.edits:
        out, books = recompiled(publication, language)
        said[language] = document(out, books, publication.review.union.code)
    return sealed(said) == publication.digest and said == publication.documents
