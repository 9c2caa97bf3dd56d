"""Pages of the roster: who is on duty, who stands in, who swaps; and how whoever is on duty is reached."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.access.models import User
from niangjia.kit.answer import asking
from niangjia.kit.components import Act, View, day_words, english, month_words
from niangjia.kit.dates import add_months, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, go, lists, opens, render, signed_in
from niangjia.kit.who import allows, permitted
from niangjia.kit.workbook import Col
from niangjia.rights import forms
from niangjia.rights.actions import duty as actions
from niangjia.rights.enums import May, Part
from niangjia.rights.forms.duty import ConfirmForm, PlanForm, ReachForm, SwapForm, TurnForm
from niangjia.rights.models import Reach, Swap, Turn
from niangjia.rights.queries import duty as queries
from niangjia.rights.shifts import shifts
from niangjia.rights.shown import duty as shown
from niangjia.rights.shown.telling import not_reached
from niangjia.unions.models import Union

SHOWN = 14  # days


def crumbs_of(union: Union) -> list[tuple[Any, str]]:
    """The way to a page below a roster."""
    return [(_("Early warnings"), reverse("rights:events")), (_("Duty roster"), reverse("rights:roster", args=[union.code]))]


def names(users: list[User]) -> list[tuple[str, str]]:
    """People as choices."""
    return [(str(user.pk), user.name) for user in users]


@require_safe
@lists(May.SEE_DUTY)
def mine(request: Request) -> HttpResponse:
    """The roster of the reader's own federation."""
    seat = next((one for one in request.user.seats if one.level <= 3), None)
    if seat is None:
        raise Http404
    return _roster(request, seat.union)


@require_safe
@opens(May.SEE_DUTY, by="code")
def roster(request: Request, union: Union) -> HttpResponse:
    """The roster of one federation."""
    return _roster(request, union)


def _first(request: Request) -> date:
    try:
        said = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        said = today()
    return said - timedelta(days=said.weekday())


def _roster(request: Request, union: Union) -> HttpResponse:
    if union.level > 3:
        raise Http404
    first = _first(request)
    days = queries.turns(union, first, first + timedelta(days=SHOWN - 1))
    may = allows(request.user, May.PLAN_DUTY, union)
    below, missed, stood = queries.tonight(union), queries.not_reached(union), queries.stood(union, today().year)
    tonight = days.get(today()) or queries.turns(union, today(), today())[today()]
    opens = (
        set(permitted(request.user, May.SEE_EVENT).filter(pk__in={one.event_id for one in missed}).values_list("pk", flat=True))
        if missed
        else ()
    )
    here = reverse("rights:roster", args=[union.code])
    acts = [Act(_("My number and leave"), reverse("rights:duty_phone")), export_act(request, "rights:duty_export", union=union.code)]
    if queries.waiting_turns(request.user, union, today() + timedelta(days=31)):
        acts.append(Act(_("Confirm my turns"), f"{here}confirm-duty/", primary=not may))
    if Turn.objects.filter(union=union, user=request.user, day__gte=today()).exclude(part="LEADER").exists():
        acts.append(Act(_("Swap"), f"{here}swap/"))
    if may:
        acts.append(Act(_("Plan %(month)s") % {"month": month_words(add_months(today().replace(day=1), 1))}, f"{here}plan/", primary=True))
    confirmed = [one for one in below if one.night is not None and one.night.confirmed_at is not None]
    context = {
        "union": union, "title": _title(tonight), "text": _text(union, below, len(confirmed)), "acts": acts,
        "crumbs": [(_("Early warnings"), reverse("rights:events")), (_("Duty roster"), "")],
        "views": [
            View(union.short_name, f"{here}", here=True), *([View(_("Tonight below"), "#tonight", len(below))] if below else []),
            View(_("Not reached"), "#missed", len(missed), late=True), View(_("Turns of each"), "#each"),
        ],
        "span": _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(first + timedelta(days=SHOWN - 1))},
        "hours": shown.hours(shifts(union)), "table": shown.roster_table(union, days, may=may), "tonight": shown.tonight_table(below),
        "confirm_note": _("what is not confirmed by %(hour)s:00 is taken over by the level above") % {"hour": shifts(union).confirm_at},
        "steps": shown.when_nobody_answers(shown.receipt_words(asking(union, today()))), "missed": not_reached(missed, opens), "stood": shown.stood_table(stood),
        "earlier": f"?from={first - timedelta(days=SHOWN)}", "later": f"?from={first + timedelta(days=SHOWN)}",
        "swaps": [(one, shown.turn_words(one.mine)) for one in queries.swaps_for(request.user)],
    }  # fmt: skip
    return render(request, "rights/roster.html", context)


def _title(line: dict[str, Turn]) -> str:
    night, second = line.get("NIGHT"), line.get("SUBSTITUTE")
    if night is None or night.user is None:
        return _("Nobody is on duty tonight")
    if second is None or second.user is None:
        return _("Tonight %(name)s, no substitute") % {"name": night.user.name}
    return _("Tonight %(name)s, substitute %(second)s") % {"name": night.user.name, "second": second.user.name}


def _text(union: Union, below: list[queries.Tonight], confirmed: int) -> str:
    said = _("%(union)s. The night shift begins at %(time)s.") % {
        "union": union.short_name,
        "time": shown.clocked(shifts(union).night_from),
    }
    if not below:
        return said
    more = _("Of %(n)s federations below %(m)s have confirmed tonight.") % {"n": len(below), "m": confirmed}
    return f"{said}{' ' if english() else ''}{more}"


def _who(turn: Turn | None) -> str:
    """Who stands there; nothing for an empty turn."""
    return turn.user.name if turn and turn.user else ""


@require_safe
@lists(May.SEE_DUTY)
def export(request: Request) -> HttpResponse:
    """The roster of two months as a workbook: names, no numbers."""
    own = next((one.union for one in request.user.seats if one.level <= 3), None)
    union = Union.objects.filter(code=request.GET["union"]).first() if request.GET.get("union") else own
    if union is None or not allows(request.user, May.SEE_DUTY, union):
        raise Http404
    first = today().replace(day=1)
    days = queries.turns(union, first, add_months(first, 2) - timedelta(days=1))
    columns = [
        Col(_("Day"), 12),
        Col(Part.LEADER.label, 14),
        Col(Part.DAY.label, 14),
        Col(Part.NIGHT.label, 14),
        Col(Part.SUBSTITUTE.label, 14),
    ]
    lines = ((day, *(_who(line.get(part)) for part in ("LEADER", "DAY", "NIGHT", "SUBSTITUTE"))) for day, line in days.items())
    return workbook(request, "duty", "rights.turn", (_("Duty roster"), columns, lines), thing=None)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DUTY, do=May.PLAN_DUTY, by="code")
def plan(request: Request, union: Union) -> HttpResponse:
    """Plan a month."""
    first = today().replace(day=1)
    months = [(f"{day:%Y-%m}", month_words(day)) for day in (add_months(first, n) for n in (1, 0, 2))]
    people = queries.may_stand(union)

    def act(said: dict[str, Any]) -> str:
        year, month = map(int, said["month"].split("-"))
        made = actions.plan(union, year, month, people=[int(pk) for pk in said["people"]], anew=said["anew"], by=request.user)
        if not made.made:
            return _("Every turn of this month stands already; nothing was changed.")
        if made.empty:
            return _("%(n)s turns were planned; %(empty)s stay empty. Put somebody there.") % {"n": made.made, "empty": made.empty}
        return _("%(n)s turns were planned; everybody was told.") % {"n": made.made}

    form = PlanForm(request.POST or None, months=months, people=names(people))
    return filled(
        request, form, act, title=_("Plan a month"), button=_("Plan"), back=reverse("rights:roster", args=[union.code]), crumbs=crumbs_of(union),
        text=_("Turns that stand stay. Whoever has had the fewest nights and days of rest this year comes first."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DUTY, do=May.PLAN_DUTY, by="code")
def put(request: Request, union: Union, day: str, part: str) -> HttpResponse:
    """Put somebody on one turn."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if part not in Part.values or union.level > 3:
        raise Http404
    people = queries.may_lead(union) if part == Part.LEADER else queries.may_stand(union)

    def act(said: dict[str, Any]) -> str:
        user = next((one for one in people if str(one.pk) == said["user"]), None)
        actions.put(union, when, part, user, by=request.user)
        return _("The roster was changed; she confirms it anew.") if user else _("The turn is empty now.")

    now_ = Turn.objects.filter(union=union, day=when, part=part).first()
    form = TurnForm(request.POST or None, people=names(people), initial={"user": str(now_.user_id) if now_ and now_.user_id else ""})
    title = f"{day_words(when)} {shown.weekday(when)} {Part(part).label}"
    return filled(
        request,
        form,
        act,
        title=title,
        button=_("Put on the roster"),
        back=reverse("rights:roster", args=[union.code]),
        crumbs=crumbs_of(union),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DUTY, by="code")
def confirm(request: Request, union: Union) -> HttpResponse:
    """Confirm one's own turns."""
    waiting = queries.waiting_turns(request.user, union, today() + timedelta(days=62))

    def act(said: dict[str, Any]) -> str:
        done = actions.confirm_turns(union, [one for one in waiting if str(one.pk) in said["turns"]], by=request.user)
        return _("%(n)s turns are confirmed.") % {"n": done}

    form = ConfirmForm(request.POST or None, turns=[(str(one.pk), shown.turn_words(one)) for one in waiting])
    if not waiting:
        messages.info(request, _("No turn of yours waits to be confirmed."))
        return go(request, reverse("rights:roster", args=[union.code]))
    return filled(
        request,
        form,
        act,
        title=_("Confirm my turns"),
        button=_("Confirm"),
        back=reverse("rights:roster", args=[union.code]),
        crumbs=crumbs_of(union),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DUTY, by="code")
def swap_form(request: Request, union: Union) -> HttpResponse:
    """Ask somebody to swap."""
    ahead = list(
        Turn.objects.filter(union=union, day__range=(today(), today() + timedelta(days=62)), user__isnull=False).exclude(part="LEADER")
        .select_related("user").order_by("day", "part")
    )  # fmt: skip
    own = {str(one.pk): one for one in ahead if one.user_id == request.user.pk}
    others = {str(one.pk): one for one in ahead if one.user_id != request.user.pk}
    people = {f"u{user.pk}": user for user in queries.may_stand(union) if user.pk != request.user.pk}

    def act(said: dict[str, Any]) -> str:
        theirs = others.get(said["theirs"])
        to = theirs.user if theirs is not None and theirs.user is not None else people[said["theirs"]]
        actions.ask_swap(own[said["mine"]], to, theirs=theirs, why=said["why"], by=request.user)
        return _("%(name)s was asked; until she agrees, the roster stays.") % {"name": to.name}

    choices = [
        (_("Take it over"), [(code, user.name) for code, user in people.items()]),
        (_("Swap for"), [(pk, f"{one.user.name if one.user else ''} {shown.turn_words(one)}") for pk, one in others.items()]),
    ]
    form = SwapForm(request.POST or None, mine=[(pk, shown.turn_words(one)) for pk, one in own.items()], theirs=choices)
    return filled(
        request, form, act, title=_("Swap"), button=_("Ask her"), back=reverse("rights:roster", args=[union.code]), crumbs=crumbs_of(union)
    )


@require_safe
@opens(May.SEE_SWAP, by="uuid")
def swap(request: Request, swap: Swap) -> HttpResponse:
    """One swap: what is asked, and the answer."""
    context = {
        "swap": swap, "title": _("%(name)s asks you to swap") % {"name": swap.by.name} if swap.to_id == request.user.pk else _("Swap"), "mine": shown.turn_words(swap.mine),
        "theirs": shown.turn_words(swap.theirs) if swap.theirs else "", "open": swap.state == "ASKED" and swap.to_id == request.user.pk,
        "crumbs": [*crumbs_of(swap.union), (_("Swap"), "")],
    }  # fmt: skip
    return render(request, "rights/swap.html", context)


@require_POST
@opens(May.SEE_SWAP, do=May.SWAP_DUTY, by="uuid")
def swap_step(request: Request, swap: Swap) -> HttpResponse:
    """Agree or decline."""
    try:
        actions.answer_swap(swap, agree=request.POST.get("verb") == "agree", by=request.user)
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return go(request, swap.get_absolute_url())
    messages.success(request, swap.get_state_display())
    return go(request, reverse("rights:roster", args=[swap.union.code]))


@require_http_methods(["GET", "POST"])
@signed_in
def reach(request: Request) -> HttpResponse:
    """How the reader is reached on duty, and when she is on leave."""
    known = Reach.objects.filter(user=request.user).first()
    start = {"fixed": known.fixed, "away_from": known.away_from, "away_to": known.away_to} if known else {}

    def act(said: dict[str, Any]) -> str:
        actions.reach_by(request.user, **said)
        return _("Kept. While you are on leave, your substitute is told at once.")

    form = ReachForm(request.POST or None, initial=start)
    text = (
        _("A mobile is known.") if known and known.phone_sealed else _("No mobile is known: on duty you would be told in the system alone.")
    )
    return filled(request, form, act, title=_("My number and leave"), button=_("Save"), text=text, back=reverse("rights:rosters"))


@require_http_methods(["GET", "POST"])
@lists(May.SEE_DUTY)
def reveal(request: Request, uuid: Any) -> HttpResponse:
    """Show a number to somebody who says why; it is written down who looked."""
    found = Reach.objects.filter(uuid=uuid).select_related("user").first()
    turn = (
        Turn.objects.filter(user=found.user, day__gte=today() - timedelta(days=1)).select_related("union").order_by("day").first()
        if found
        else None
    )
    if found is None or turn is None or not allows(request.user, May.SEE_DUTY, turn.union):
        raise Http404
    form = forms.WhyForm(request.POST or None)
    value = ""
    if request.method == "POST" and form.is_valid():
        try:
            value = actions.disclose_reach(found, why=form.cleaned_data["why"], by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
    title = _("Show the mobile number")
    context = {
        "form": form, "title": title, "name": found.user.name, "value": value, "back": reverse("rights:roster", args=[turn.union.code]),
        "crumbs": [*crumbs_of(turn.union), (title, "")],
    }  # fmt: skip
    return render(request, "rights/reveal.html", context, status=422 if request.method == "POST" and not value else 200)
