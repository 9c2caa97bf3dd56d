"""Pages of the weekly report: a month's grid, one township's week, and who is missing."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from niangjia.flow.api import entries_of, running_of
from niangjia.kit.components import Act, Pair, View, day_words, link, moment_words, month_words, pill, shown_number
from niangjia.kit.dates import add_months, today
from niangjia.kit.errors import IllegalStep, RuleBroken
from niangjia.kit.pages import Request, go, lists, opens, render
from niangjia.kit.tables import Column, Row, Table
from niangjia.kit.who import which
from niangjia.rights.actions import zero as actions
from niangjia.rights.enums import May
from niangjia.rights.flow import ZERO_FLOW
from niangjia.rights.models import ZeroWeek
from niangjia.rights.queries import zero as queries


def shown(one: ZeroWeek | None) -> Any:
    """How a week stands, in a cell."""
    if one is None:
        return ""
    if one.state == "DUE":
        return link(
            pill("late" if one.late else "wait", _("missing") if one.late else pgettext("weekly report", "open")), one.get_absolute_url()
        )
    words = one.get_state_display()
    return link(pill(ZERO_FLOW.phases[one.state], _("%(what)s, late") % {"what": words} if one.late else words), one.get_absolute_url())


def silent(n: int) -> Any:
    """For how many weeks on end nothing came; on a phone, where no head stands over it, with its word."""
    return (
        format_html('<span class="n-only">{} </span>{}', _("Missing in a row"), n)
        if n
        else format_html('<span class="n-wide">{}</span>', shown_number(0))
    )


def _month(request: Request) -> date:
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return queries.monday(today()).replace(day=1)


@require_safe
@lists(May.SEE_ZERO)
def weeks(request: Request) -> HttpResponse:
    """A month of the townships under the reader's federation, who is missing first of all in words."""
    seat = next((one for one in request.user.seats if one.level <= 3), None)
    if seat is None:
        raise Http404
    first = _month(request)
    those = queries.weeks_of(first)
    lines = queries.grid(queries.townships(seat.union), those)
    newest = max((week.week for one in lines for week in one.weeks if week is not None), default=None)  # what a phone shows
    columns = [
        Column(_("Township"), at=5, nowrap=True),
        *(Column(day_words(week), nowrap=True, at=2 if week == newest else 0) for week in those),
        Column(_("Missing in a row"), num=True, at=4),
    ]
    rows: list[Row] = []
    for county, group in groupby(lines, key=lambda one: one.union.county):
        inside = list(group)
        if seat.level == 1 and county is not None:
            given = sum(1 for one in inside for week in one.weeks if week is not None and week.state != "DUE" and not week.late)
            asked = sum(1 for one in inside for week in one.weeks if week is not None and (week.state != "DUE" or week.late))
            rows.append(Row([_("%(county)s: %(n)s of %(m)s in time") % {"county": county.short_name, "n": given, "m": asked}], "group"))
        rows += [Row([one.union.short_name, *map(shown, one.weeks), silent(one.row)]) for one in inside]
    missing = sum(1 for one in lines for week in one.weeks if week is not None and week.state == "DUE" and week.late)
    context = {
        "title": _("Weekly report"), "table": Table(columns, rows, bare=True, label=_("Weekly report")), "found": bool(lines),
        "text": _("%(n)s reports are missing in this month.") % {"n": missing} if missing else _("Nothing is missing in this month."),
        "crumbs": [(_("Early warnings"), reverse("rights:events")), (_("Weekly report"), "")],
        "views": [
            View(month_words(day), f"?month={day:%Y-%m}", here=day == first) for day in (add_months(first, -1), first, add_months(first, 1))
        ],
    }  # fmt: skip
    return render(request, "rights/zero.html", context)


@require_safe
@opens(May.SEE_ZERO, by="uuid")
def week(request: Request, week: ZeroWeek) -> HttpResponse:
    """One township's week."""
    may = which(request.user, [May.REPORT_ZERO], week)
    above = any(seat.level < week.union.level for seat in request.user.seats)
    acts = []
    if week.state == "DUE" and May.REPORT_ZERO in may:
        acts.append(Act(_("Nothing this week"), post=True, primary=True, name="verb", value="nothing"))
    if week.state == "DUE" and above:
        acts.append(Act(_("Remind"), post=True, name="verb", value="remind"))
    title = _("%(union)s, week from %(day)s") % {"union": week.union.short_name, "day": day_words(week.week)}
    pairs = [
        Pair(_("State"), week.get_state_display()), Pair(_("Due"), moment_words(week.due_at)),
        Pair(_("Events reported"), queries.reported_in(week.union, week.week)), Pair(_("Missing in a row"), queries.missing_in_a_row(week.union, week.week)),
    ]  # fmt: skip
    context = {
        "title": title, "pairs": pairs, "acts": acts, "entries": entries_of(week), "clocks": running_of(week), "action": reverse("rights:zero_step", args=[week.uuid]),
        "crumbs": [(_("Early warnings"), reverse("rights:events")), (_("Weekly report"), reverse("rights:zero")), (title, "")],
    }  # fmt: skip
    return render(request, "rights/zero_week.html", context)


@require_POST
@opens(May.SEE_ZERO, by="uuid")
def step(request: Request, week: ZeroWeek) -> HttpResponse:
    """Say that nothing happened, or remind."""
    verb = request.POST.get("verb", "")
    try:
        if verb == "nothing":
            actions.nothing(week, by=request.user)
            messages.success(request, _("Reported that nothing happened."))
        elif verb == "remind":
            actions.remind(week, by=request.user)
            messages.success(request, _("The township was reminded."))
        else:
            raise IllegalStep(f"{verb} is no step of a weekly report")
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return go(request, week.get_absolute_url())
