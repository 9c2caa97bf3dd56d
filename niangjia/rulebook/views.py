"""Pages of what is set: the list, one parameter, one change, the calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.files.api import papers
from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.flow.models import WorkDay
from niangjia.kit.answer import answer, book
from niangjia.kit.components import Act, Paper
from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.pages import Request, go, opens, render, seated
from niangjia.kit.parameter import PARAMETERS, Parameter
from niangjia.kit.said import area_name, full_name, name, place_name, value_words
from niangjia.kit.workdays import LAST_NOTICE
from niangjia.rulebook import actions, forms, queries, shown
from niangjia.rulebook.enums import May
from niangjia.rulebook.models import Setting
from niangjia.unions.enums import Duty
from niangjia.unions.models import Union

EVERY = tuple(Duty.values)


def asked(request: Request) -> tuple[forms.AsOf, queries.Ask]:
    """The day and the place that a page shows, and what the list is narrowed by: today and the reader's own place, unless said."""
    form = forms.AsOf({"on": today().isoformat(), "place": queries.home_of(request.user)} | request.GET.dict(), queries.places())
    form.is_valid()
    said = form.cleaned_data
    place = said.get("place") or queries.home_of(request.user)
    return form, queries.Ask(said.get("q", ""), said.get("view", ""), said.get("on") or today(), book().chain(place))


@require_safe
@seated(*EVERY)
def parameters(request: Request) -> HttpResponse:
    """What holds on a day at a place: every parameter, by area."""
    form, ask = asked(request)
    found = queries.listed(ask)
    waiting = queries.drafts()
    rest = request.GET.copy()
    rest.pop("view", None)
    context = {
        "form": form, "table": shown.parameters_table(found, ask.on, ask.place), "views": shown.views(ask.view, rest.urlencode(), waiting), "q": ask.text,
        "view": ask.view, "found": bool(found), "sentence": shown.sentence(found, ask.on, ask.place, queries.expiring()),
        "acts": [Act(_("Excel"), f"{reverse('rulebook:export')}?{request.GET.urlencode()}")],
    }  # fmt: skip
    return render(request, "rulebook/parameters.html", context, part="rows")


@require_safe
@seated(*EVERY)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook."""
    _form, ask = asked(request)
    return shown.workbook(queries.listed(ask))


def known(code: str) -> Parameter:
    """The parameter that an address names."""
    if code not in PARAMETERS:
        raise Http404
    return PARAMETERS[code]


def crumbs(what: Parameter, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """Where a page stands."""
    return [(_("Parameters"), reverse("rulebook:parameters")), (area_name(what), ""), *more]


@require_safe
@seated(*EVERY)
def parameter(request: Request, code: str) -> HttpResponse:
    """One parameter: what holds here and why, how it came, what comes, where it is otherwise."""
    what = known(code)
    form, ask = asked(request)
    holds, rows = shown.here(what, ask.on, ask.place), queries.course(code, ask.place)
    others = queries.elsewhere(what, ask.on, ask.place)
    running = queries.touched(code, ask.place[0] if ask.place else None, ask.on).count() if what.kind == "span" else None
    acts = [Act(_("Propose a value"), reverse("rulebook:propose", args=[code]), primary=True)] if _where(request, what) else []
    context = {
        "what": what, "title": name(what), "crumbs": crumbs(what), "acts": acts, "form": form, "value": value_words(what, holds.value), "set_by": shown.set_by(holds),
        "place": place_name(ask.place[0] if ask.place else None), "on": ask.on, "basis": holds.row.basis if holds.row else what.basis,
        "course": shown.course_table(rows, holds), "others": shown.elsewhere_table(others) if others else None, "pairs": shown.pairs(what), "running": running,
        "waiting": [one for one in rows if one.state == "DRAFT"],
    }  # fmt: skip
    return render(request, "rulebook/parameter.html", context)


def _where(request: Request, what: Parameter) -> list[Union]:
    """The unions for whose places a reader proposes a value; what has no place of its own, the city's offices propose alone."""
    return [one for one in queries.proposes(request.user, what) if what.place or one.level == 1]


@require_http_methods(["GET", "POST"])
@seated(*EVERY)
def propose(request: Request, code: str) -> HttpResponse:
    """Propose a value; what it would touch stands beside the form before it is sent."""
    what = known(code)
    unions = _where(request, what)
    if not unions:
        raise Refused(_("Values are proposed by the office whose matter they are, there or above, or by the system administrator."))
    first = answer(what, today(), book().chain(unions[0].division_id))
    initial = {"place": unions[0].code if what.place else forms.EVERYWHERE} | _written(what, first.value)
    form = forms.ProposeForm(what, unions, request.POST or None, request.FILES or None, initial=initial)
    looking, fore = "look" in request.POST, None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if looking:
            division = None if said["everywhere"] else said["union"].division_id
            seen = queries.forecast(what, said["set_value"], division, said["since"])
            fore = shown.forecast_lines(seen, restates=said["restates"], span=what.kind == "span")
        else:
            facts = actions.Said(said["set_value"], said["since"], said["basis"], said["reason"], said["everywhere"], said["restates"])
            try:
                made = actions.propose(what, said["union"], facts, by=request.user, paper=said["paper"])
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                messages.success(request, _("Proposed. It holds once a second person has put it in force."))
                return go(request, made.get_absolute_url())
    context = {
        "what": what, "form": form, "fore": fore, "title": _("Propose a value"), "crumbs": crumbs(what, (name(what), shown.address(code)), (_("Propose a value"), "")),
        "text": _("%(what)s is %(value)s in %(place)s today.") % {"what": full_name(what), "value": value_words(what, first.value), "place": place_name(unions[0].division_id)},
        "back": shown.address(code),
    }  # fmt: skip
    return render(request, "rulebook/propose.html", context, status=422 if request.method == "POST" and fore is None else 200)


def _written(what: Parameter, value: Any) -> dict[str, Any]:
    """A value as the form's fields hold it."""
    if what.kind == "span":
        return {"value": value.count, "unit": value.unit}
    if what.kind == "yesno":
        return {"value": "yes" if value else "no"}
    return {"value": f"{(value * 100).normalize():f}" if what.kind == "percent" else value}


@require_safe
@opens(May.VIEW, by="uuid")
def change(request: Request, setting: Setting) -> HttpResponse:
    """One change: what it says, who signed, what it touches, what happened."""
    setting = Setting.objects.select_related("union", "made_by", "signed_by", "division").get(pk=setting.pk)
    what = setting.parameter
    fore: list[str] = []
    if what is not None and setting.state in ("DRAFT", "SIGNED"):
        seen = queries.forecast(what, setting.set_value, setting.division_id, setting.since)
        fore = shown.forecast_lines(seen, restates=setting.restates, span=what.kind == "span")
    steps = steps_for(setting, request.user)
    own = setting.made_by_id == request.user.pk and setting.state == "DRAFT"
    context = {
        "setting": setting, "title": full_name(what) if what else setting.code, "crumbs": [(_("Parameters"), reverse("rulebook:parameters")), (str(setting.since), "")],
        "stages": stages_of(setting, ["DRAFT", "SIGNED", "IN_FORCE"]), "steps": steps, "move_url": reverse("rulebook:step", args=[setting.uuid]),
        "why": _("You proposed it; a second person puts it in force.") if own else "", "pairs": shown.change_pairs(setting), "signatures": shown.signatures(setting),
        "fore": fore, "entries": entries_of(setting), "clocks": running_of(setting),
        "papers": [Paper(one.name, one.document.media.split("/")[-1].upper(), one.get_absolute_url()) for one in papers(setting)],
    }  # fmt: skip
    return render(request, "rulebook/change.html", context)


@require_POST
@opens(May.VIEW, by="uuid")
def step(request: Request, setting: Setting) -> HttpResponse:
    """Sign a change, or withdraw it."""
    verb = request.POST.get("verb", "")
    if verb == "sign":
        actions.sign(setting, by=request.user)
        said = _("Signed. It is in force.") if setting.state == "IN_FORCE" else _("Signed. It holds from %(day)s.") % {"day": setting.since}
        if setting.restated is not None:
            said += ngettext("%(n)d running clock was reckoned anew.", "%(n)d running clocks were reckoned anew.", setting.restated) % {
                "n": setting.restated
            }
        messages.success(request, said)
    elif verb == "withdraw":
        actions.withdraw(setting, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, _("Withdrawn. Nothing has changed."))
    else:
        raise IllegalStep(f"{verb} is no step of a setting")
    return go(request, setting.get_absolute_url())


# ---------- the calendar ----------


def _keeps(user: Any) -> bool:
    return any(seat.level == 1 and seat.duty in ("office", "system", "chair") for seat in user.seats)


@require_http_methods(["GET", "POST"])
@seated(*EVERY)
def calendar(request: Request) -> HttpResponse:
    """A year of the calendar: what the general one moves, and what is kept otherwise here."""
    form = forms.DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if said["works"] == "same":
                moved = actions.follow_again(said["day"], by=request.user)
            else:
                moved = actions.say({said["day"]: (said["works"] == "work", said["basis"])}, by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _kept(1, moved))
            return go(request, f"{reverse('rulebook:calendar')}?year={said['day'].year}")
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and 2004 <= int(given[:5]) <= 2099 else today().year
    rows = WorkDay.objects.filter(day__year=year).order_by("day")
    context = {
        "form": form, "year": year, "table": shown.calendar_table(rows), "found": bool(rows), "moved": shown.moved_table(year), "months": shown.months(year, {one.day: one.works for one in rows}), "weekdays": shown.weekdays(), "keeps": _keeps(request.user),
        "provisional": year > LAST_NOTICE, "before": year - 1, "after": year + 1,
    }  # fmt: skip
    return render(request, "rulebook/calendar.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@seated(*EVERY)
def calendar_import(request: Request) -> HttpResponse:
    """Read the days of a notice from a spreadsheet: all of them, or none."""
    if not _keeps(request.user):
        raise Refused(_("The calendar is kept by the city's office or by the system administrator."))
    form = forms.DaysForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            days = actions.read_days(form.cleaned_data["file"], basis=form.cleaned_data["basis"])
            moved = actions.say(days, by=request.user)
        except RuleBroken as broken:
            form.add_error("file", str(broken))
        else:
            messages.success(request, _kept(len(days), moved))
            return go(request, f"{reverse('rulebook:calendar')}?year={max(days).year}")
    context = {
        "form": form, "title": _("Import the days of a notice"), "crumbs": [(_("Working calendar"), reverse("rulebook:calendar")), (_("Import"), "")],
        "back": reverse("rulebook:calendar"),
    }  # fmt: skip
    return render(request, "rulebook/days.html", context, status=422 if request.method == "POST" else 200)


def _kept(days: int, moved: int) -> str:
    """What came of it."""
    said = ngettext("%(n)d day is written down.", "%(n)d days are written down.", days) % {"n": days}
    return said + (
        ngettext("%(n)d running clock ends on another day now.", "%(n)d running clocks end on another day now.", moved) % {"n": moved}
        if moved
        else ""
    )
