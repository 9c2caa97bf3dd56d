"""Worked examples of every clock: computed by the code that winds them, on days of a calendar that is known.

The days are chosen for what moves them: a plain Monday, the Friday before the Spring Festival of 2026 (15 to 23 February are rest, Saturday the 14th and
the 28th are worked), the Friday before the Mid-autumn of 2026 and the National Day after it, and a pause of three days.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from niangjia.kit.clock import DEADLINES, Deadline, Spell
from niangjia.kit.dates import CHINA, at
from niangjia.kit.parameter import PARAMETERS, Family, Parameter
from niangjia.kit.spans import Span
from niangjia.kit.workdays import statutory

PLAIN, FESTIVAL, NATIONAL = at(date(2026, 6, 1), 9), at(date(2026, 2, 13), 9), at(date(2026, 9, 24), 9)
STARTS = (PLAIN, FESTIVAL, NATIONAL)
PAUSED = (date(2026, 6, 2), date(2026, 6, 5))  # it stands still from the second evening to the fifth morning
HEADS = [
    "code",
    "length",
    *(f"begun {one:%Y-%m-%d %H:%M}" for one in STARTS),
    f"begun {PLAIN:%Y-%m-%d}, paused {PAUSED[0]:%m-%d} 18:00 to {PAUSED[1]:%m-%d} 09:00",
]


def calendar() -> str:
    """What is not Monday to Friday around the days of the examples."""

    def said(first: date, last: date) -> str:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        rest = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and not statutory(day)]
        work = [f"{day:%m-%d}" for day in days if day.weekday() > 4 and statutory(day)]
        return f"rest {', '.join(rest)}; worked {', '.join(work) or 'none'}"

    return (
        f"By the calendar of 2026: February: {said(date(2026, 2, 1), date(2026, 2, 28))}. April to June: {said(date(2026, 4, 1), date(2026, 6, 30))}. "
        f"September and October: {said(date(2026, 9, 1), date(2026, 10, 31))}. A term in days ends with its last day, which moves from a day of rest to the next "
        "working day; hours and minutes run night and day.\n"
    )


def cells(one: Deadline) -> list[tuple[str, Span]]:
    """The lengths that a clock may have: its own, or one for each cell of its table."""
    if isinstance(one.limit, Family):
        return [(", ".join(keys), cell.default) for keys, cell in one.limit.cells.items() if isinstance(cell.default, Span)]
    if isinstance(one.limit, Parameter) and isinstance(one.limit.default, Span):
        return [("", one.limit.default)]
    return []


def moment(found: datetime | None) -> str:
    """When a clock ends; the end of a day is said by the day alone."""
    if found is None:
        return "stands still"
    here = found.astimezone(CHINA)
    return f"{here:%Y-%m-%d}" if (here.hour, here.minute) == (23, 59) else f"{here:%Y-%m-%d %H:%M}"


def begun(one: Deadline, span: Span, start: datetime) -> str:
    """When a clock ends that began at a moment and never stood still."""
    state = min(map(str, one.runs_in))
    plain = Deadline(one.code, one.title, {state}, one.limit, one.falls_on, one.basis, warn=one.warn, yellow=one.yellow)
    return moment(plain.due([Spell(state, start)], span=span))


# Clocks that count from a day, and whose thing itself keeps the end that a pause moves: by how much, as its own rules say.
PUSHED = {"RD-D2": ("mediates_to", "Zhejiang rules, art. 36")}
# Clocks that end on a day of the thing itself: what gives that day, reckoned by the code that writes it. The others end on a day that people write.
GIVEN = {"RD-D4": "confirm", "RD-D5": "limitation", "RD-D8": "sue", "RD-D9": "cancel"}


def given(one: Deadline, start: datetime, *excluded: tuple[date, date]) -> date | None:
    """The end of a clock that its thing keeps, by the rule that gives it; None where people agree on the day or write it."""
    from niangjia.rights import rates, reckoning
    from niangjia.rights.queries.reckoning import OWN

    what = GIVEN.get(one.code)
    if what is None:
        return None
    if what == "limitation":
        return reckoning.limitation(reckoning.Claim(start.date(), pauses=excluded), int(rates.LIMIT.default)).day
    rule = OWN.get(what) or PARAMETERS[f"rights.terms.{what}"]
    spans = {one.code: rule.default for one in reckoning.TERMS}  # only the one that is asked for is read
    course = reckoning.Course({reckoning.BY_CODE[what].after: start.date()})
    return next(due.last for due in reckoning.procedure(course, spans) if due.term.code == what)


def paused(one: Deadline, span: Span) -> str:
    """When it ends after a pause: the time lived before it counts, unless the clock counts from a day or begins anew."""
    if one.code in PUSHED:
        days = PAUSED[1] - PAUSED[0]
        bare = span.after(PLAIN)
        return f"{moment(bare + days)} (`{PUSHED[one.code][0]}`: {days.days} days later, {PUSHED[one.code][1]})"
    if one.since or one.ends:
        return "does not stop"
    state, stop = min(map(str, one.runs_in)), at(PAUSED[0], 18)
    spells = [Spell(state, PLAIN, stop), Spell("", stop, at(PAUSED[1], 9)), Spell(state, at(PAUSED[1], 9))]
    found = Deadline(
        one.code, one.title, {state}, one.limit, one.falls_on, one.basis, warn=one.warn, yellow=one.yellow, restarts=one.restarts
    )
    return moment(found.due(spells, span=span)) + (" (anew)" if one.restarts else "")


def examples() -> list[list[Any]]:
    """A row for each length of each clock; a clock that ends on a day of the thing itself has no length of its own."""
    rows: list[list[Any]] = []
    for _model, those in sorted(DEADLINES.items()):
        for one in those:
            if not cells(one):
                rows.append([one.code, *_kept_by_thing(one)])
            rows += [
                [f"{one.code} {key}".strip(), span, *(begun(one, span, start) for start in STARTS), paused(one, span)]
                for key, span in cells(one)
            ]
    return rows


def _kept_by_thing(one: Deadline) -> list[str]:
    """A clock that ends on a day of the thing: reckoned from each beginning where a rule gives the day, else the day itself."""
    if one.code not in GIVEN:
        return [f"the day in `{one.ends}`", *(f"{start:%Y-%m-%d} 23:59, as written" for start in STARTS), "does not stop"]
    stops = GIVEN[one.code] == "limitation"
    still = given(one, PLAIN, (PAUSED[0] + timedelta(days=1), PAUSED[1] - timedelta(days=1))) if stops else None
    return [
        f"`{one.ends}`, by `{GIVEN[one.code]}`",
        *(f"{given(one, start)}" for start in STARTS),
        f"{still}" if still else "does not stop",
    ]


EXCLUDED = (date(2026, 6, 3), date(2026, 6, 5))
TERM_HEADS = [
    "term",
    "what",
    "length",
    "article",
    "falls on",
    *(f"from {one:%Y-%m-%d}" for one in STARTS),
    "from 2026-06-01, 3 to 5 June excluded",
    "extended",
]


def terms() -> list[list[Any]]:
    """Every statutory term of a procedure, computed by `rights.reckoning`."""
    from niangjia.rights.laws import cited
    from niangjia.rights.queries.reckoning import OWN
    from niangjia.rights.reckoning import TERMS, Course, procedure
    from niangjia.rights.words import ON

    spans: dict[str, Any] = {code.rsplit(".", 1)[1]: one.default for code, one in PARAMETERS.items() if code.startswith("rights.terms.")}
    spans |= {code: one.default for code, one in OWN.items()}

    def last(code: str, course: Course) -> str:
        return next(str(due.last) for due in procedure(course, spans) if due.term.code == code)

    rows: list[list[Any]] = []
    for one in TERMS:
        words = OWN.get(one.code) or PARAMETERS[f"rights.terms.{one.code}"]
        days = [{one.after: start.date()} for start in STARTS]
        rows.append([
            f"`{one.code}`", words.en, f"{spans[one.code]}{' before' if one.before else ''}", cited(one.articles), ON[one.on],
            *(last(one.code, Course(day)) for day in days),
            last(one.code, Course(days[0], [EXCLUDED])) if one.stops else "does not stop",
            last(one.code, Course(days[0], (), frozenset({one.code}))) if one.longer else "",
        ])  # fmt: skip
    return rows
