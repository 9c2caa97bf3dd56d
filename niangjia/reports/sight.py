"""What stood on somebody's screen, and what has moved since: a signature is bound to what was read, not to what stands there later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.flow.api import kind_of, story
from niangjia.kit.components import moment_words
from niangjia.kit.errors import RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.flow import FLOWS
from niangjia.kit.who import allows
from niangjia.reports import rules
from niangjia.reports.books import LiveBooks
from niangjia.reports.enums import Language, May
from niangjia.reports.models import Review, ReviewEdit, Signature
from niangjia.reports.prose.canonical import document, sealed
from niangjia.reports.prose.compile import Compiled
from niangjia.reports.prose.facts import Fact
from niangjia.reports.prose.units import UNIT_NAMES, grouped, plain
from niangjia.reports.queries import Read, Shared, address, compiled, head_of, language_here, texts
from niangjia.worklog.api import Asked, Change, latest, named, since_posting

DRAFTS = 10  # drafts that are looked through for what changed
SHORT = 12  # letters of a digest by which people tell it again


@dataclass(frozen=True)
class Sight:
    """The last edit that was shown, the posting by which its figures were known, and the digest over text and figures in every language."""

    edit: int
    posting: int
    digest: str

    def fields(self) -> list[tuple[str, str]]:
        """As a form carries it."""
        return [("edit", str(self.edit)), ("posting", str(self.posting)), ("digest", self.digest)]


def carried(said: Mapping[str, str]) -> Sight:
    """What a form says was shown; RuleBroken where it does not say."""
    numbers = [said.get(name, "") for name in ("edit", "posting")]
    if not all(text.isdecimal() and len(text) < 18 for text in numbers) or len(said.get("digest", "")) != 64:
        raise RuleBroken(_("This form does not say what stood on your screen. Open the review again, read it, and sign there."))
    return Sight(int(numbers[0]), int(numbers[1]), said["digest"])


@dataclass
class Whole:
    """A review in all its languages, as known at one posting."""

    review: Review
    posting: int
    edits: dict[str, ReviewEdit]
    outs: dict[str, Compiled] = field(default_factory=dict)
    books: dict[str, LiveBooks] = field(default_factory=dict)

    def documents(self) -> dict[str, Any]:
        """The canonical documents, by language."""
        return {language: document(out, self.books[language], self.review.union.code) for language, out in sorted(self.outs.items())}

    def sight(self) -> Sight:
        """What somebody sees who is shown this."""
        return Sight(self.review.current, self.posting, sealed(self.documents()))

    def facts(self) -> dict[str, Fact]:
        """Every figure of every language, by its key."""
        return {fact.key: fact for out in self.outs.values() for fact in out.facts()}


def whole(review: Review, posting: int | None = None) -> Whole:
    """A review as it stands now, its figures as known at a posting (the last one), or on the day that its own text names."""
    edits = texts(review)
    shared = Shared(head_of(edits.get(review.language)).get("所知", ""), {})
    made = Whole(review, latest() if posting is None else posting, edits)
    for language in sorted(edits, key=lambda language: language != review.language):
        made.outs[language], made.books[language] = compiled(review, edits[language].text, language, made.posting, shared)
    if review.language in made.books:
        made.posting = made.books[review.language].known or made.posting
    return made


# ---------- what moved ----------


@dataclass(frozen=True)
class Moved:
    """One thing that is not what it was on the screen: a sentence, and where to look."""

    sentence: str
    url: str = ""
    label: str = ""
    lines: tuple[tuple[str, str], ...] = ()  # of a text: what was taken out, what was put in


class Unseen(RuleBroken):
    """What would be signed is not what was shown; nothing was written."""

    def __init__(self, moved: list[Moved]) -> None:
        self.moved = moved
        super().__init__(" ".join(one.sentence for one in moved))


def stepped(review: Review) -> Moved:
    """The step that was taken last, by whom and why."""
    last = story(review).last()
    labels = {one.verb: one.label for one in FLOWS["reports.review"].steps}
    assert last is not None
    facts = {"who": last.by.name if last.by else _("The house"), "did": labels.get(last.verb, last.verb), "when": moment_words(last.at)}
    said = _("%(who)s took the step “%(did)s” on %(when)s") % facts
    return Moved(
        said + (_(": “%(why)s”") % {"why": last.reason} if last.reason else "") + _("."), review.get_absolute_url(), _("Look at the review")
    )


def moved_since(seen: Sight, now: Whole, user: Any) -> list[Moved]:
    """Everything that is not what it was on the signer's screen: drafts that were saved, figures that were counted otherwise."""
    found = drafts_since(seen.edit, now, user)
    found += figures_moved(whole(now.review, min(seen.posting, now.posting)), now, user)
    return found or [Moved(_("The review is not what stood on your screen."), now.review.get_absolute_url(), _("Look at the review"))]


def drafts_since(number: int, now: Whole, user: Any) -> list[Moved]:
    """The drafts that were saved after one, each with what it changed; whoever does not write reads the review instead."""
    edits = list(now.review.edits.select_related("by").order_by("-number")[:DRAFTS])
    writes, found = allows(user, May.DRAFT, now.review), []
    for edit in reversed([one for one in edits if one.number > number]):
        facts = {"who": edit.by.name, "n": edit.number, "when": moment_words(edit.at)}
        was = next((one.text for one in edits if one.number < edit.number and one.language == edit.language), "")
        url = (
            reverse("reports:draft", args=[now.review.name, edit.number])
            if writes
            else f"{now.review.get_absolute_url()}?language={edit.language}"
        )
        found.append(
            Moved(
                _("%(who)s saved draft %(n)d on %(when)s.") % facts,
                url,
                _("Read draft %(n)d") % facts,
                tuple(rules.rewritten(was, edit.text)),
            )
        )
    return found


def figures_moved(then: Whole, now: Whole, user: Any) -> list[Moved]:
    """The figures that came to something else between two postings, each with who recorded what."""
    before, found = then.facts(), []
    for key, fact in now.facts().items():
        was = before.get(key)
        if was is None or (was.value, was.whole, was.digest) == (fact.value, fact.whole, fact.digest):
            continue
        name = fact.words(english=language_here() == "en")
        facts = {"name": name, "then": amount(was), "now": amount(fact)}
        said = _("“%(name)s” was %(then)s on your screen and is %(now)s now.") % facts
        who, url = recorded_by(then, fact, user)
        found.append(Moved(" ".join(filter(None, [said, who])), url or address(fact, now.review.union), _("Look at the records")))
    return found


def amount(fact: Fact) -> str:
    """A value with its unit, as sentences say it."""
    if fact.value is None or not fact.recorded:
        return _("not yet recorded")
    english = language_here() == "en"
    unit = UNIT_NAMES.get(fact.unit, "") if english else fact.unit
    return grouped(plain(round(fact.value, 2))) + (" " if english and unit not in ("", "%") else "") + unit


def recorded_by(then: Whole, fact: Fact, user: Any) -> tuple[str, str]:
    """Who recorded what since a posting, and the address of the first such record that the reader may open."""
    figure = FIGURES.get(fact.code)
    if figure is None or fact.period is None:
        return "", ""
    books = then.books[then.review.language]
    asked = Asked(fact.period, books.unions[fact.union].pk if fact.union in books.unions else then.review.union_id)
    changes = since_posting(figure, asked, then.posting).changes
    return hands(figure.name, changes, user)


def hands(code: str, changes: list[Change], user: Any) -> tuple[str, str]:
    """By whose hands records changed: the last step on the first of them that the reader may open, and how many there are."""
    if not changes:
        return "", ""
    many, day = sum(change.how_many for change in changes), changes[-1].day
    rows = named(FIGURES[code], [source for change in reversed(changes) for source in change.sources], user)
    if not rows:
        return _("Recorded on %(day)s.") % {"day": day}, ""
    _key, label, url, row = rows[0]
    step = story(row).last() if kind_of(row) in FLOWS else None
    facts = {"first": label, "who": step.by.name if step is not None and step.by else "", "day": day, "n": many}
    if many > 1:
        said = (
            _("%(n)d records, the last of them “%(first)s”, by %(who)s on %(day)s.")
            if facts["who"]
            else _("%(n)d records, the last of them “%(first)s”, on %(day)s.")
        )
    else:
        said = _("“%(first)s”, by %(who)s on %(day)s.") if facts["who"] else _("“%(first)s”, on %(day)s.")
    return said % facts, url


def signed_elsewhere(mine: Signature, now: Whole, user: Any) -> list[Moved]:
    """What moved since an office signed: two people answer for the same document."""
    return moved_since(Sight(mine.number, mine.posting, mine.digest), now, user)


def read_in(found: Whole, wanted: str) -> Read:
    """One language of a whole review, as pages read it."""
    language = wanted if wanted in found.outs else found.review.language
    return Read(found.review, language, found.outs[language], found.books[language], None, found.edits[language])


def bound(found: Whole) -> str:
    """What somebody signs who signs this: which drafts, which knowledge, which digest."""
    names = pgettext("between names", ", ").join(str(Language(code).label) for code in found.outs)
    facts = {"n": found.review.current, "languages": names, "posting": f"{found.posting:,}", "digest": found.sight().digest[:SHORT]}
    return _("What is signed: draft %(n)d (%(languages)s), its figures as known at posting %(posting)s, digest %(digest)s.") % facts
