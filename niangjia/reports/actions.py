"""What people do to reviews: begin, save, check, sign, publish, withdraw; each one transaction in the name of one person."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.kit.dates import now as when
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import parse as parse_period
from niangjia.kit.who import allows
from niangjia.reports import rules
from niangjia.reports.books import keep
from niangjia.reports.enums import Language, May, Role, State
from niangjia.reports.flow import REVIEW_FLOW
from niangjia.reports.models import Publication, Review, ReviewEdit, Signature
from niangjia.reports.prose.canonical import digest
from niangjia.reports.prose.facts import Fact
from niangjia.reports.queries import compiled, language_here, signed_by, text_of
from niangjia.reports.sight import Moved, Sight, Unseen, Whole, moved_since, signed_elsewhere, stepped, whole
from niangjia.unions.models import Union, place_of
from niangjia.worklog.api import Asked, freeze_many, post, root
from niangjia.worklog.api import sign as sign_books

SIGNED = ("check", "sign", "publish")  # the steps that are bound to what was shown
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
        name=name, title_zh=title_zh, title_en=title_en, period=period, union=union, made_by=by, made_at=when(),
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
        review=review, number=after + 1, language=language, text=text, digest=digest(out.review, books), by=by, at=when()
    )  # fmt: skip


def proved(found: Whole) -> Whole:
    """A whole review that may go out; RuleBroken with the first faults if anything forbids it."""
    if found.review.language not in found.outs:
        raise RuleBroken(_("There is no text yet. Write it first."))
    held = [fault for out in found.outs.values() for fault in out.held]
    if held:
        said = (" " if language_here() == "en" else "").join(fault.say(language_here()) for fault in held[:3])
        head = ngettext("%(n)d thing is to be put right first: ", "%(n)d things are to be put right first: ", len(held)) % {"n": len(held)}
        raise RuleBroken(head + said)
    return found


def held(review: Review, seen: Sight, verb: str, by: User) -> Whole:
    """Hold a review until the step is taken, and prove it as it stands now: Unseen if that is not what stood on the screen."""
    row = Review.objects.select_for_update().get(pk=review.pk)
    review.state, review.current, review.round = row.state, row.current, row.round
    step = next((one for one in REVIEW_FLOW.steps_from(review.state) if one.verb == verb), None)
    if step is None:
        raise Unseen([stepped(review)])
    if not allows(by, step.who, review):
        raise Refused(_("You may read this, but the step belongs to another office."))
    now = whole(review, post())
    if now.sight().digest != seen.digest:
        raise Unseen(moved_since(seen, now, by))
    return proved(now)


def put(review: Review, now: Whole, role: Role, by: User) -> Signature:
    """Write a signature under what was read."""
    return Signature.objects.create(
        review=review,
        round=review.round,
        role=role,
        number=review.current,
        posting=now.posting,
        digest=now.sight().digest,
        by=by,
        at=when(),
    )


@transaction.atomic
def check(review: Review, *, seen: Sight, by: User) -> Signature:
    """The office answers for text and figures as they stood on its screen, and sends them to the leader."""
    made = put(review, held(review, seen, "check", by), Role.OFFICE, by)
    move(review, "check", by=by)
    return made


@transaction.atomic
def sign(review: Review, *, seen: Sight, by: User) -> Signature:
    """A leader answers for text and figures as they stood on her screen, the same that the office checked; and she wrote or checked neither."""
    now = held(review, seen, "sign", by)
    checked, edit = signed_by(review, Role.OFFICE), text_of(review, review.language)
    if edit is not None and rules.same_hands(by.pk, checked_by=checked.by_id if checked else None, written_by=edit.by_id):
        raise RuleBroken(_("You wrote or checked this text yourself. Another leader has to sign it."))
    if checked is not None and checked.digest != seen.digest:
        raise Unseen(
            [
                *signed_elsewhere(checked, now, by),
                Moved(_("It is no longer what the office checked. Withdraw it, and have it checked again.")),
            ]
        )
    made = put(review, now, Role.LEADER, by)
    move(review, "sign", by=by)
    return made


@transaction.atomic
def publish(review: Review, *, seen: Sight, by: User) -> Publication:
    """Let it go out as it was signed: every figure is frozen at one posting, one root is written over all."""
    now = held(review, seen, "publish", by)
    leader = signed_by(review, Role.LEADER)
    if leader is None or signed_by(review, Role.OFFICE) is None:
        raise RuleBroken(_("Two people sign before a review goes out: its office and a leader."))
    if leader.digest != seen.digest:
        raise Unseen(
            [
                *signed_elsewhere(leader, now, by),
                Moved(_("It is no longer what was signed. Withdraw it, look at it, and have it signed again.")),
            ]
        )
    freezes = frozen_figures(review, now)
    numbers = list(freezes.values())
    signed, top = sign_books(review.name, numbers) if numbers else (None, root(numbers))
    made = Publication.objects.create(
        review=review, number=review.publications.count() + 1, round=review.round, posting=now.posting, root=top, digest=seen.digest,
        edits={language: edit.number for language, edit in now.edits.items()}, documents=now.documents(),
        values=keep(now.books.values(), freezes), freezes=numbers, signed=signed, by=by, at=when(),
    )  # fmt: skip
    move(review, "publish", by=by)
    return made


def frozen_figures(review: Review, now: Whole) -> dict[str, int]:
    """Freeze each figure of all texts once, in the order of their codes: the numbers of the freezes by the key of the fact."""
    facts: dict[str, tuple[Fact, int]] = {}
    for one in now.books.values():
        for fact in one.asked.values():
            if fact.recorded and fact.code in FIGURES:
                facts[fact.key] = fact, one.unions[fact.union].pk if fact.union else review.union_id
    those = [(key, FIGURES[fact.code], fact.period, union) for key, (fact, union) in sorted(facts.items()) if fact.period is not None]
    numbers = freeze_many([(figure, Asked(span, union)) for _key, figure, span, union in those], now.posting)
    return {key: number for (key, *_rest), number in zip(those, numbers, strict=True)}


@transaction.atomic
def withdraw(review: Review, *, reason: str, by: User) -> Review:
    """Take it back to be written anew. What went out stays in the archive with its values; the signatures of this round are spent."""
    row = Review.objects.select_for_update().get(pk=review.pk)
    if (row.state, row.current, row.round) != (review.state, review.current, review.round):
        raise Overtaken
    move(review, "withdraw", by=by, reason=reason)
    review.round += 1
    Review.objects.filter(pk=review.pk).update(round=review.round)
    return review
