"""How what is set stands on pages: rows for the parts of the kit."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.http import HttpResponse
from django.urls import reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.flow.models import WorkDay
from niangjia.kit.answer import Answer, Place, answer, book
from niangjia.kit.basis import CUSTOM
from niangjia.kit.components import Pair, Signature, View, day_words, english, link, pill
from niangjia.kit.dates import today
from niangjia.kit.parameter import PARAMETERS, Parameter
from niangjia.kit.said import area_name, name, place_name, value_words
from niangjia.kit.tables import Cell, Column, Row, Table
from niangjia.kit.workdays import is_working, provisional, statutory
from niangjia.kit.workdays import moved as moved_days
from niangjia.rulebook.flow import SETTING_FLOW
from niangjia.rulebook.models import Setting
from niangjia.rulebook.queries import Forecast


def address(code: str, on: date | None = None, place: Place = ()) -> str:
    """The page of a parameter, as it is on a day at a place."""
    asked = {"on": on.isoformat()} if on and on != today() else {}
    return reverse("rulebook:parameter", args=[code]) + (f"?{urlencode(asked | {'place': place[0]})}" if place else "")


def views(ask_view: str, rest: str, waiting: int) -> list[View]:
    """The saved questions over the list."""
    kinds = [
        ("", _("All")),
        ("clocks", _("Clocks")),
        ("values", _("Standards and thresholds")),
        ("own", _("Set by a place")),
        ("waiting", _("Waiting to be signed")),
    ]
    made = []
    for code, label in kinds:
        query = "&".join(part for part in (f"view={code}" if code else "", rest) if part)
        made.append(View(label, f"?{query}", count=waiting if code == "waiting" else None, here=ask_view == code))
    return made


def set_by(said: Answer) -> str:
    """Who set what holds: the law, or the house's own where no law speaks, or a place; and be it one that has a successor by now."""
    if said.row is None:
        return _("default")
    ended = said.row.at is not None and book().heir(said.row.at, today()) != said.row.at
    return _("%(place)s, before it was reorganised") % {"place": place_name(said.row.at)} if ended else place_name(said.row.at)


def sentence(found: Sequence[tuple[str, list[Answer]]], on: date, place: Place, coming: int) -> str:
    """What the list is, what comes, and what it means that a line names no basis."""
    listed = [said for _area, those in found for said in those]
    first = ngettext(
        "%(n)d value as it holds on %(day)s in %(place)s; each has its first day, its place and its paper, and the past is never written anew.",
        "%(n)d values as they hold on %(day)s in %(place)s; each has its first day, its place and its paper, and the past is never written anew.",
        len(listed),
    ) % {"n": len(listed), "day": day_words(on, year=True), "place": place_name(place[0] if place else None)}
    begins = ngettext("%(n)d begins to hold within ninety days.", "%(n)d begin to hold within ninety days.", coming) % {"n": coming}
    own = _("Where no basis is named, no law speaks: the default is the house's own and can be set otherwise.")
    quiet = any(said.row is None and said.of.basis is CUSTOM for said in listed)
    return (" " if english() else "").join([first, *([begins] if coming else []), *([own] if quiet else [])])


def parameters_table(found: Iterable[tuple[str, list[Answer]]], on: date, place: Place) -> Table:
    """The list, area by area; what a place has set itself stands out. Of what no law sets the page says so once, over the list."""
    columns = [
        Column(_("Parameter"), at=5), Column(_("Value now"), num=True, at=2), Column(_("From which day"), nowrap=True, soft=True, at=4),
        Column(_("Set by"), nowrap=True, at=3), Column(_("Basis"), soft=True, text=True),
    ]  # fmt: skip
    rows: list[Row] = []
    for code, those in found:
        rows.append(Row([area_name(code)], "group"))
        for said in those:
            row = said.row
            own = row is not None and row.at is not None and row.at == (place[0] if place else None)
            rows.append(
                Row(
                    [
                        link(name(said.of), address(said.of.code, on, place)), value_words(said.of, said.value), row.since if row else "",
                        set_by(said) if row else Cell(set_by(said), "faint"), row.basis if row else "" if said.of.basis is CUSTOM else said.of.basis,
                    ],
                    "here" if own else "",
                )
            )  # fmt: skip
    return Table(columns, rows, label=_("Parameters"), id="parameters")


def course_table(rows: Iterable[Setting], now_: Answer) -> Table:
    """What was set, what holds, and what comes: the newest first; the default stands at the end."""
    columns = [
        Column(_("From"), nowrap=True, at=3),
        Column(_("Where"), at=5),
        Column(_("Value"), num=True, at=2),
        Column(_("By which paper"), soft=True, text=True, at=6),
        Column(_("State"), at=4),
    ]
    what, lines = now_.of, []
    for one in rows:
        here = now_.row is not None and one.pk == now_.row.pk
        lines.append(
            Row(
                [
                    link(one.since.isoformat(), one.get_absolute_url()), place_name(one.division_id), value_words(what, one.set_value), one.basis,
                    pill(SETTING_FLOW.phases[one.state], _("to come") if one.state == "SIGNED" and one.since > today() else one.get_state_display()),
                ],
                "here" if here else "",
            )
        )  # fmt: skip
    lines.append(Row(["", _("default"), value_words(what, what.default), what.basis, ""], "" if now_.row else "here"))
    return Table(columns, lines, label=_("Course"), id="course", bare=True)


def elsewhere_table(found: Iterable[Answer]) -> Table:
    """Where else it is set otherwise."""
    columns = [
        Column(_("Where"), at=5),
        Column(_("Value"), num=True, at=2),
        Column(_("From"), nowrap=True, at=3),
        Column(_("By which paper"), soft=True, text=True, at=6),
    ]
    lines = [[place_name(said.row.at), value_words(said.of, said.value), said.row.since, said.row.basis] for said in found if said.row]
    return Table(columns, lines, label=_("Other places"), bare=True)


def pairs(what: Parameter) -> list[Pair]:
    """What a parameter is."""
    kinds = {
        "span": _("a length of time"), "money": _("money"), "percent": _("a share"), "number": _("a whole number"), "yesno": _("yes or no"), "choice": _("one of a list"),
    }  # fmt: skip
    low, high = (value_words(what, one) if one is not None else "" for one in (what.least, what.most))
    return [
        Pair(_("Code"), what.code),
        Pair(_("Kind"), kinds[what.kind]),
        Pair(_("Default"), value_words(what, what.default)),
        Pair(_("Basis"), what.basis),
        Pair(
            _("Who may set it"),
            _("any place, for itself and what lies below") if what.place else _("only the law: a change is written down for everywhere"),
        ),
        *([Pair(_("Bounds for places"), f"{low} – {high}".strip(" –"))] if low or high else []),
    ]


def change_pairs(one: Setting) -> list[Pair]:
    """What a change says."""
    what = PARAMETERS.get(one.code)
    restated = ngettext("%(n)d running clock was reckoned anew.", "%(n)d running clocks were reckoned anew.", one.restated or 0) % {
        "n": one.restated or 0
    }
    return [
        Pair(_("Parameter"), f"{area_name(what)}　{name(what)}" if what else one.code, url=address(one.code) if what else ""),
        Pair(_("Where"), place_name(one.division_id)),
        Pair(_("Value"), value_words(what, one.set_value) if what else str(one.value)),
        Pair(_("From which day"), one.since),
        Pair(_("By which paper"), one.basis),
        Pair(_("Why"), one.reason),
        Pair(_("What runs"), (restated if one.restated is not None else _("is reckoned anew on the first day")) if one.restates else _("keeps the value of the day on which it began")),
    ]  # fmt: skip


def signatures(one: Setting) -> list[Signature]:
    """Who proposed and who signed; the second is never the first."""
    second = one.signed_by.name if one.signed_by else ""
    waits = _("Puts in force: a leader of %(union)s or above; whoever proposed it cannot") % {"union": one.union.short_name}
    return [
        Signature(_("Proposed"), one.made_by.name, day_words(one.made_at)),
        Signature(_("Put in force") if second else waits, second, day_words(one.signed_at) if one.signed_at else ""),
    ]


def forecast_lines(fore: Forecast, *, restates: bool, span: bool) -> list[str]:
    """What a change would touch, in sentences."""
    lines = []
    if span:
        if fore.warns:
            running = ngettext("%(n)d clock is warned by this here.", "%(n)d clocks are warned by this here.", fore.running) % {
                "n": fore.running
            }
        else:
            running = ngettext("%(n)d clock runs by this rule here.", "%(n)d clocks run by this rule here.", fore.running) % {
                "n": fore.running
            }
        if not fore.running:
            lines.append(_("No clock runs by this rule here now."))
        elif restates and fore.warns:
            told = ngettext("of about %(n)d of them somebody is told at once", "of about %(n)d of them somebody is told at once", fore.told)
            lines.append(
                _("%(running)s From the first day on they warn by the new value; %(told)s.")
                % {"running": running, "told": told % {"n": fore.told}}
            )
        elif restates:
            late = ngettext("about %(n)d of them would be late at once", "about %(n)d of them would be late at once", fore.late) % {
                "n": fore.late
            }
            lines.append(_("%(running)s They are reckoned anew on the first day; %(late)s.") % {"running": running, "late": late})
        else:
            lines.append(_("%(running)s They keep the value of the day on which they began.") % {"running": running})
        if fore.where:
            lines.append("、".join(f"{place or _('elsewhere')} {n}" for place, n in fore.where[:12]))
    else:
        lines.append(_("What was judged before keeps its trace; only what is judged from the first day on reads the new value."))
    if fore.own:
        lines.append(_("These places have their own value and keep it: %(places)s.") % {"places": "、".join(fore.own[:12])})
    return lines


# ---------- the calendar ----------


def calendar_table(rows: Iterable[WorkDay]) -> Table:
    """The days that are kept otherwise here."""
    columns = [
        Column(_("Day"), nowrap=True, at=5),
        Column(_("Here"), at=2),
        Column(_("General calendar"), soft=True, at=3),
        Column(_("By which notice"), soft=True, text=True, at=6),
    ]
    words = {True: _("work"), False: _("rest")}
    lines = [
        [one.day, words[one.works], words[statutory(one.day)] + (_(" (provisional)") if provisional(one.day) else ""), one.basis]
        for one in rows
    ]
    return Table(columns, lines, label=_("Days kept otherwise"), id="days")


@dataclass(frozen=True)
class CalendarDay:
    """A day in its month: how people keep it, and whether this house said so."""

    number: int
    kind: str  # rest, work (on a weekend), off (a weekday without work), and with is-own what is kept otherwise here
    mark: str = ""


def months(year: int, own: Mapping[date, bool]) -> list[tuple[str, list[list[CalendarDay | None]]]]:
    """The year as twelve months of weeks, as it hangs on a wall: weekends pale, what differs from them marked by a word."""
    made = []
    for month in range(1, 13):
        weeks = [
            [_calendar_day(day, own) if day.month == month else None for day in week] for week in Calendar().monthdatescalendar(year, month)
        ]
        name = date_format(date(year, month, 1), "F") if english() else f"{month}月"
        made.append((name, weeks))
    return made


def _calendar_day(day: date, own: Mapping[date, bool]) -> CalendarDay:
    works, weekday = is_working(day, own), day.weekday() < 5
    kind = "" if works and weekday else "is-work" if works else "is-off" if weekday else "is-rest"
    mark = pgettext("calendar", "work") if works and not weekday else pgettext("calendar", "off") if weekday and not works else ""
    return CalendarDay(day.day, f"{kind} is-own".strip() if day in own else kind, mark)


def weekdays() -> list[tuple[str, str]]:
    """The heads of a month's columns, short and whole."""
    return [(str(WEEKDAYS_ABBR[n]) if english() else str(WEEKDAYS[n])[-1], str(WEEKDAYS[n])) for n in range(7)]


def moved_table(year: int) -> Table:
    """How the general calendar moves days in a year: weekends on which people work, weekdays on which they rest."""
    moved = moved_days(year)
    columns = [Column(_("Day"), nowrap=True, at=5), Column(_("People here"), at=2)]
    return Table(columns, [[day, _("work") if works else _("rest")] for day, works in moved], label=_("General calendar"), bare=True)


# ---------- the workbook ----------


def workbook(found: Iterable[tuple[str, list[Answer]]]) -> HttpResponse:
    """The list as a workbook; every cell is text."""
    from xlsxwriter import Workbook

    file = BytesIO()
    made = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    sheet = made.add_worksheet(str(_("Parameters")))
    head = made.add_format({"bold": True, "bottom": 1})
    heads = (_("Code"), _("Area"), _("Parameter"), _("Value now"), _("From which day"), _("Set by"), _("Basis"), _("Default"))
    for at, text in enumerate(heads):
        sheet.write_string(0, at, str(text), head)
    lines = [
        [
            said.of.code, area_name(code), name(said.of), value_words(said.of, said.value), said.row.since.isoformat() if said.row else "", set_by(said),
            said.row.basis if said.row else said.of.basis, value_words(said.of, said.of.default),
        ]
        for code, those in found
        for said in those
    ]  # fmt: skip
    for at, cells in enumerate(lines, start=1):
        for column, cell in enumerate(cells):
            sheet.write_string(at, column, str(cell))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 7, 22)
    made.close()
    reply = HttpResponse(file.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    reply["Content-Disposition"] = f'attachment; filename="parameters-{today():%Y%m%d}.xlsx"'
    return reply


def here(what: Parameter, on: date, place: Place) -> Answer:
    """What holds on a day at a place."""
    return answer(what, on, place, book())
