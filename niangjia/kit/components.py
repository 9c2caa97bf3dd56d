"""What pages are made of: frozen rows that views fill, and the leaves that tables need as text. The markup is one, here and in ui/."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from niangjia.kit.dates import CHINA, now

Label = Any  # a string, or one translated when it is shown
PHASES = ("draft", "open", "doing", "wait", "done", "moved", "stop", "late")


# ---------- rows that views fill ----------


@dataclass(frozen=True)
class Act:
    """Something to do: a link, or (post) a button of the form around it. `why` says why it cannot be done now."""

    label: Label
    url: str = ""
    post: bool = False
    primary: bool = False
    danger: bool = False
    quiet: bool = False
    small: bool = False
    icon: str = ""
    name: str = ""
    value: str = ""
    why: Label = ""
    hint: Label = ""  # for readers of the screen: what the label leaves out

    @property
    def css(self) -> str:
        """The classes of its button."""
        kinds = {"btn-primary": self.primary, "btn-danger": self.danger, "btn-link": self.quiet, "btn-sm": self.small}
        return " ".join(["btn", *(k for k, on in kinds.items() if on)])


@dataclass(frozen=True)
class Stage:
    """One state on the line of a flow, or one step of a member's affair."""

    label: Label
    phase: str = ""  # past, here, or nothing yet
    note: Label = ""
    at: Label = ""


@dataclass(frozen=True)
class Entry:
    """One line of a story: who did what, when, and why."""

    at: datetime | date
    did: Label
    who: Label = ""
    why: Label = ""
    auto: bool = False
    late: bool = False


@dataclass(frozen=True)
class ClockFace:
    """What a clock shows: how much is left, and the day."""

    kind: str  # "", soon, late
    text: Label
    due: Label = ""


@dataclass(frozen=True)
class Running:
    """A clock on a case: its days as boxes (of, at) or as one bar (percent), and the article it stands on."""

    title: Label
    face: ClockFace
    of: int = 0
    at: int = 0
    percent: float | None = None
    basis: Label = ""
    working: bool = False


@dataclass(frozen=True)
class Todo:
    """One piece of work on a desk."""

    verb: Label
    object: Label
    url: str
    clock: ClockFace | None = None
    meta: Label = ""
    act: Act | None = None
    undated: Label = ""  # what stands in the place of a clock


@dataclass(frozen=True)
class View:
    """A saved question above a list."""

    label: Label
    url: str
    count: int | None = None
    here: bool = False
    late: bool = False


@dataclass(frozen=True)
class Chip:
    """One filter: unset it opens a field, set it shows its value and how to take it away."""

    label: Label
    value: Label = ""
    url: str = ""
    clear: str = ""
    field: Any = None  # a bound field, shown when the chip is opened


@dataclass(frozen=True)
class Pair:
    """A name and a value; `reveal` is the address that shows a masked value and notes who asked."""

    label: Label
    value: Label
    reveal: str = ""
    url: str = ""
    faint: bool = False


@dataclass(frozen=True)
class Paper:
    """A line of a short list with a word at its end: a paper, a place, a session."""

    label: Label
    note: Label = ""
    url: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signed, or the blank that waits for a name."""

    role: Label
    name: str = ""
    at: Label = ""
    mark: str = ""  # what tells what was signed: a digest in short


@dataclass(frozen=True)
class Rung:
    """A level on a ladder of reports."""

    label: Label
    phase: str = ""  # past, here


@dataclass(frozen=True)
class Keyset:
    """Where a list goes on: no page numbers, only newer, older and the end."""

    text: Label = ""
    newer: str = ""
    older: str = ""
    oldest: str = ""
    newer_label: Label = field(default_factory=lambda: _("Newer"))
    older_label: Label = field(default_factory=lambda: _("Older"))


def stages(states: Sequence[tuple[str, Label]], here: str, past: Sequence[str] | None = None) -> list[Stage]:
    """The line of a flow: all before `here` is past, unless it is said what was lived through."""
    codes = [code for code, _label in states]
    at = codes.index(here) if here in codes else -1
    return [
        Stage(label, "here" if i == at else "past" if (code in past if past is not None else i < at) else "")
        for i, (code, label) in enumerate(states)
    ]


# ---------- leaves ----------


def pill(phase: str, label: Label) -> SafeString:
    """A state: the shape says the phase, the word says the state."""
    return SafeString(f'<span class="n-pill is-{phase}">{conditional_escape(label)}</span>')


def level(colour: str, label: Label) -> SafeString:
    """A warning level: a square, never a circle."""
    return SafeString(f'<span class="n-level is-{conditional_escape(colour)}">{conditional_escape(label)}</span>')


def clock(kind: str, text: Label, due: Label = "") -> SafeString:
    """A deadline: what is left, and under it the day."""
    tail = f"<small>{conditional_escape(due)}</small>" if due else ""
    return SafeString(f'<span class="n-clock{f" is-{kind}" if kind else ""}"><b>{conditional_escape(text)}</b>{tail}</span>')


def fig(value: Any, href: str = "", note: str = "", *, plain: bool = False) -> SafeString:
    """A number that opens: to its definition, its course and its records."""
    shown = shown_number(value)
    if not href:
        return shown
    extra = format_html(' data-note="{}"', note) if note else ""
    return format_html('<a class="n-fig{}" href="{}"{}>{}</a>', " is-plain" if plain else "", href, extra, shown)


def mask(value: Label, reveal: str = "") -> SafeString:
    """A covered value; `reveal` leads to the question why it should be shown."""
    shown = format_html('<span class="n-mask">{}</span>', value)
    return format_html('{}<a class="n-reveal" href="{}">{}</a>', shown, reveal, _("Show and record")) if reveal else shown


def link(label: Label, url: str) -> SafeString:
    """A word that leads somewhere, for the cells of a table; without an address only the word."""
    return format_html('<a href="{}">{}</a>', url, label) if url else format_html("{}", label)


def ladder(rungs: Sequence[Rung]) -> SafeString:
    """How far a report has climbed."""
    here = next((r.label for r in reversed(rungs) if r.phase == "here"), "")
    lines = format_html_join(
        "", "<li{}>{}</li>",
        (({"past": mark_safe(' class="is-past"'), "here": mark_safe(' class="is-here" aria-current="step"')}.get(r.phase, ""), r.label) for r in rungs),
    )  # fmt: skip
    return format_html('<ol class="n-ladder" aria-label="{}">{}</ol>', _("reached: %(level)s") % {"level": here}, lines)


def shown_number(value: Any) -> SafeString:
    """A number as tables show it: grouped, yuan with two places, zero faint, nothing blank."""
    text = number_text(value)
    return SafeString(f'<span class="n-faint">{text}</span>') if value == 0 else text


def number_text(value: Any) -> SafeString:
    """A number as sentences say it: the same, and zero as dark as the words beside it."""
    if value is None or value == "":
        return SafeString("")
    if isinstance(value, str):
        return SafeString(conditional_escape(value))
    text = f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"
    return SafeString(text.replace("-", "−", 1) if value < 0 else text)


# ---------- days in words ----------

BREAK = "\u200b"  # where a long moment may go on in the next line


def english() -> bool:
    """Whether the page speaks English."""
    return (get_language() or "").startswith("en")


def day_words(day: date, *, year: bool | None = None) -> str:
    """10月12日, 12 Oct; with the year where it is not this one."""
    local = day.astimezone(CHINA).date() if isinstance(day, datetime) else day
    named = local.year != now().astimezone(CHINA).year if year is None else year
    if english():
        return f"{local.day} {local:%b}" + (f" {local.year}" if named else "")
    return (f"{local.year}年" if named else "") + f"{local.month}月{local.day}日"


def in_a_row(words: Iterable[object]) -> str:
    """What is there of some words, parted by the comma of the language."""
    return (", " if english() else "，").join(str(word) for word in words if word)


def clauses(words: Iterable[object]) -> str:
    """The same, parted by semicolons."""
    return ("; " if english() else "；").join(str(word) for word in words if word)


def month_words(day: date) -> str:
    """2015年10月, October 2015."""
    return f"{day:%B %Y}" if english() else f"{day.year}年{day.month}月"


def moment_words(moment: datetime) -> str:
    """今天10:05, 昨天21:40, 10月9日16:40."""
    local, today = moment.astimezone(CHINA), now().astimezone(CHINA).date()
    clocked = f"{local.hour}:{local:%M}"
    if local.date() == today:
        return _("today %(time)s") % {"time": clocked}
    if local.date() == today - timedelta(days=1):
        return _("yesterday %(time)s") % {"time": clocked}
    return f"{day_words(local.date())}{' ' if english() else BREAK if local.year != today.year else ''}{clocked}"


def length(span: timedelta) -> str:
    """A length of time in its two largest units: 3 days, 5 hours 20 minutes."""
    minutes = int(abs(span).total_seconds() // 60)
    if minutes >= 24 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    hours, rest = divmod(minutes, 60)
    said = [ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}] if hours else []
    if rest or not hours:
        said.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return (" " if english() else "").join(said)


def face(due: datetime, warn: datetime | None = None, *, at: datetime | None = None, working_days: int | None = None) -> ClockFace:
    """What a clock shows at a moment. A term in working days says how many are left, if the caller counted them."""
    at = at or now()
    local, here = due.astimezone(CHINA), at.astimezone(CHINA)
    on = _("due %(day)s") % {"day": day_words(local.date())}
    if due <= at:
        whole = (here.date() - local.date()).days
        if whole:
            return ClockFace("late", ngettext("%(n)d day late", "%(n)d days late", whole) % {"n": whole}, on)
        return ClockFace("late", _("%(length)s late") % {"length": length(at - due)}, _("was due %(time)s") % {"time": moment_words(due)})
    kind = "soon" if local.date() == here.date() or (warn is not None and at >= warn) else ""
    if local.date() == here.date():
        return ClockFace(kind, moment_words(due), _("%(length)s left") % {"length": length(due - at)})
    if working_days is not None:
        text = ngettext("%(n)d working day left", "%(n)d working days left", working_days) % {"n": working_days}
    else:
        left = (local.date() - here.date()).days
        text = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return ClockFace(kind, text, on)
