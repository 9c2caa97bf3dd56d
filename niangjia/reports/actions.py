"""What people do to reviews: begin, save, check, sign, publish, withdraw; each one transaction in the name of one person."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.kit.dates import now
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import parse as parse_period
from niangjia.kit.who import allows
from niangjia.reports import rules
from niangjia.reports.books import LiveBooks, keep
from niangjia.reports.enums import Language, May, Role, State
from niangjia.reports.models import Publication, Review, ReviewEdit, Signature
from niangjia.reports.prose.canonical import digest, document, sealed
from niangjia.reports.prose.compile import Compiled
from niangjia.reports.prose.facts import Fact
from niangjia.reports.queries import compiled, language_here, signed_by, text_of, texts
from niangjia.unions.models import Union, place_of
from niangjia.worklog.api import Asked, freeze_many, post, root
from niangjia.worklog.api import sign as sign_books

LONGEST = 200_000  # characters of a text
NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,58}[a-z0-9]")


@transaction.atomic
def begin(union: Union, *, name: str, title_zh: str, title_en: str = "", period: str, by: User) -> Review:
    """Begin a review of a union's work in a period."""
    if not allows(by, May.BEGIN, union):
        raise Refused(_("Only the office of this union, or of one above it, begins its reviews."))
    if not NAME.fullmatch(name):
        raise RuleBroken(_("The name stands in the address: small letters, digits and hyphens, as in huzhou-2015."))
    if Review.objects.filter(name=name).exists():
        raise RuleBroken(_("There is a review called “%(name)s” already. Take another name.") % {"name": name})
    try:
        parse_period(period)
    except (ValueError, OverflowError):
        raise RuleBroken(_("“%(text)s” is no period. Write 2014, 2012-01..2015-06 or ..2015-09-30.") % {"text": period[:40]}) from None
    review = Review.objects.create(
        name=name, title_zh=title_zh, title_en=title_en, period=period, union=union, made_by=by, made_at=now(),
        township_id=place_of(union)["township_id"], county_id=place_of(union)["county_id"],
    )  # fmt: skip
    start(review, by=by)
    return review


@transaction.atomic
def save_draft(review: Review, text: str, *, language: str, after: int, by: User) -> ReviewEdit:
    """Save a text as the next edit. `after` is the edit from which it was written: who comes second is told, and loses nothing."""
    if not allows(by, May.DRAFT, review):
        raise Refused(_("You may read this review; its office writes it."))
    if language not in Language.values:
        raise RuleBroken(_("A review is written in Chinese or in English."))
    if len(text) > LONGEST:
        raise RuleBroken(_("The text has more than %(n)s characters. Make it two reviews.") % {"n": f"{LONGEST:,}"})
    out, books = compiled(review, text, language)
    lines = [
        (line.level, line.text(english=out.english) if line.level else "", sum(not isinstance(r, str) for r in line.runs))
        for line in out.lines
    ]
    facts: dict[str, Any] = {"current": after + 1}
    if language == review.language:
        facts["outline"] = rules.outline(lines)
    if title := out.title[:120]:
        facts["title_en" if language == "en" else "title_zh"] = title
    if not Review.objects.filter(pk=review.pk, current=after, state=State.DRAFT).update(**facts):
        stands = Review.objects.values_list("state", flat=True).get(pk=review.pk)
        if stands != State.DRAFT:
            raise RuleBroken(_("This review has been sent to be signed. Withdraw it before you change its text."))
        raise Overtaken
    for field, value in facts.items():
        setattr(review, field, value)
    return ReviewEdit.objects.create(
        review=review, number=after + 1, language=language, text=text, digest=digest(out.review, books), by=by, at=now()
    )  # fmt: skip


def prove(review: Review, known: int | None = None) -> tuple[dict[str, Compiled], dict[str, LiveBooks]]:
    """Every text of a review compiled; RuleBroken with the first faults if anything forbids publication."""
    outs, books = dict[str, Compiled](), dict[str, LiveBooks]()
    for language, edit in texts(review).items():
        outs[language], books[language] = compiled(review, edit.text, language, known)
    if review.language not in outs:
        raise RuleBroken(_("There is no text yet. Write it first."))
    held = [fault for out in outs.values() for fault in out.held]
    if held:
        said = (" " if language_here() == "en" else "").join(fault.say(language_here()) for fault in held[:3])
        head = ngettext("%(n)d thing is to be put right first: ", "%(n)d things are to be put right first: ", len(held)) % {"n": len(held)}
        raise RuleBroken(head + said)
    return outs, books


def documents(review: Review, outs: dict[str, Compiled], books: dict[str, LiveBooks]) -> dict[str, Any]:
    """The canonical documents of a review, by language."""
    return {language: document(out, books[language], review.union.code) for language, out in sorted(outs.items())}


def held(review: Review) -> None:
    """Hold a review until the step is taken: who comes second is told that it stands elsewhere, and nobody's new text is signed unseen."""
    row = Review.objects.select_for_update().get(pk=review.pk)
    if (row.state, row.current, row.round) != (review.state, review.current, review.round):
        raise Overtaken


@transaction.atomic
def check(review: Review, *, by: User) -> Signature:
    """The office answers for text and figures, and sends them to the leader."""
    held(review)
    outs, books = prove(review)
    made = Signature.objects.create(
        review=review,
        round=review.round,
        role=Role.OFFICE,
        number=review.current,
        digest=sealed(documents(review, outs, books)),
        by=by,
        at=now(),
    )
    move(review, "check", by=by)
    return made


@transaction.atomic
def sign(review: Review, *, by: User) -> Signature:
    """A leader answers for text and figures: somebody else than who wrote or checked them."""
    held(review)
    checked, edit = signed_by(review, Role.OFFICE), text_of(review, review.language)
    if edit is not None and rules.same_hands(by.pk, checked_by=checked.by_id if checked else None, written_by=edit.by_id):
        raise RuleBroken(_("You wrote or checked this text yourself. Another leader has to sign it."))
    outs, books = prove(review)
    made = Signature.objects.create(
        review=review,
        round=review.round,
        role=Role.LEADER,
        number=review.current,
        digest=sealed(documents(review, outs, books)),
        by=by,
        at=now(),
    )
    move(review, "sign", by=by)
    return made


@transaction.atomic
def publish(review: Review, *, by: User) -> Publication:
    """Let it go out: what is committed is posted, every figure is frozen at that posting, one root is signed over all."""
    held(review)
    leader = signed_by(review, Role.LEADER)
    if leader is None or signed_by(review, Role.OFFICE) is None:
        raise RuleBroken(_("Two people sign before a review goes out: its office and a leader."))
    posting = post()
    outs, books = prove(review, posting)
    said = documents(review, outs, books)
    if sealed(said) != leader.digest:
        raise RuleBroken(
            _(
                "Records came in since it was signed, and the figures are no longer those that were read. Withdraw it, look at them, and have it signed again."
            )
        )
    freezes = frozen_figures(review, books, posting)
    numbers = list(freezes.values())
    signed, top = sign_books(review.name, numbers) if numbers else (None, root(numbers))
    made = Publication.objects.create(
        review=review, number=review.publications.count() + 1, round=review.round, posting=posting, root=top, digest=sealed(said),
        edits={language: edit.number for language, edit in texts(review).items()}, documents=said, values=keep(books.values(), freezes),
        freezes=numbers, signed=signed, by=by, at=now(),
    )  # fmt: skip
    move(review, "publish", by=by)
    return made


def frozen_figures(review: Review, books: dict[str, LiveBooks], posting: int) -> dict[str, int]:
    """Freeze each figure of all texts once, in the order of their codes: the numbers of the freezes by the key of the fact."""
    facts: dict[str, Fact] = {
        fact.key: fact for one in books.values() for fact in one.asked.values() if fact.recorded and fact.code in FIGURES
    }
    those = [(key, FIGURES[fact.code], fact.period) for key, fact in sorted(facts.items()) if fact.period is not None]
    numbers = freeze_many([(figure, Asked(span, review.union_id)) for _key, figure, span in those], posting)
    return {key: number for (key, _figure, _span), number in zip(those, numbers, strict=True)}


@transaction.atomic
def withdraw(review: Review, *, reason: str, by: User) -> Review:
    """Take it back to be written anew. What went out stays in the archive with its values; the signatures of this round are spent."""
    held(review)
    move(review, "withdraw", by=by, reason=reason)
    review.round += 1
    Review.objects.filter(pk=review.pk).update(round=review.round)
    return review
