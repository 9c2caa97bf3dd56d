"""People who may be one: the queue, two people side by side, and second memberships."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, steps_for
from niangjia.kit.export import export_act
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens
from niangjia.members import actions, forms_life, moves, queries, same, shown_life
from niangjia.members.enums import May
from niangjia.members.models import Likeness, Membership
from niangjia.members.views import affair, crumbs, me, queue


@require_safe
@lists(May.SEE_LIKENESS)
def listed(request: HttpRequest) -> HttpResponse:
    """Pairs that the house found, and second memberships."""
    view, text = (request.GET.get(name, "")[:60] for name in ("view", "q"))
    if view == "second":
        paged = page(request, same.seconds(me(request)), ["name_py", "id"], text=_("By the reading of names"))
        table = shown_life.seconds(paged.rows, same.firsts(paged.rows))
    else:
        paged = page(request, same.likenesses(me(request), text, judged=view == "judged"), ["-found_on", "-id"], text=_("The newest first"))
        table = shown_life.likenesses(paged.rows, moves.ends("members.likeness", "MB-D10", (one.pk for one in paged.rows)))
    return queue(
        request, title=_("The same person twice"), text=_("Each person is counted once, whatever stands here: this list puts the register itself in order."),
        crumbs=crumbs((_("The same person twice"), "")), acts=[] if view == "second" else [export_act(request, "exports:new", what="members.likenesses")], views=shown_life.same_views(view), q=None if view == "second" else text,
        keep=[("view", view)] if view else [], table=table, keyset=paged.keyset, found=bool(paged.rows),
        none=_("Nobody stands here twice"), advice=_("The house looks each night for the same name with the same mobile, birthday or union."),
    )  # fmt: skip


def _crumbs(one: Likeness) -> list[tuple[Any, str]]:
    return crumbs((_("The same person twice"), reverse("members:same")), (str(one), one.get_absolute_url()))


@require_safe
@opens(May.SEE_LIKENESS, by="uuid")
def one(request: HttpRequest, pair: Likeness) -> HttpResponse:
    """Two people side by side, what would move with each, and what was done since if they were merged."""
    sides = [pair.one, pair.other]
    parts = [
        (title, shown_life.person_pairs(person, actions.covered(person), queries.spells(person)))
        for title, person in zip((_("The first"), _("The second")), sides, strict=True)
    ]
    tables: list[tuple[Any, Any]] = []
    if pair.state == "FOUND":
        tables = [
            (title, shown_life.along(same.moves_along(person)))
            for title, person in zip((_("Moves if the first goes"), _("Moves if the second goes")), sides, strict=True)
        ]
    elif done := same.since_merged(pair):
        tables = [(_("Done since they were merged; it stays done"), shown_life.since(done, Membership))]
    return affair(
        request, title=str(pair), state=shown_life.alike_state(pair), meta=pair.get_why_display() if pair.state == "FOUND" else shown_life.until(actions.undo_until(pair)),
        steps=steps_for(pair, request.user), move_url=reverse("members:likeness_step", args=[pair.uuid]), crumbs=[*_crumbs(pair)[:-1], (str(pair), "")],
        parts=parts, tables=tables, entries=entries_of(pair), clocks=running_of(pair),
    )  # fmt: skip


@require_POST
@opens(May.SEE_LIKENESS, by="uuid")
def step(request: HttpRequest, pair: Likeness) -> HttpResponse:
    """They are two; or the merger is undone."""
    reason, by = request.POST.get("reason", ""), me(request)
    match request.POST.get("verb", ""):
        case "apart":
            actions.apart(pair, reason=reason, by=by)
            messages.success(request, _("Remembered; nobody is asked again."))
        case "undo":
            actions.unmerge(pair, reason=reason, by=by)
            messages.success(request, _("Undone: they are two again."))
        case _verb:
            raise Http404
    return go(request, pair.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_LIKENESS, do=May.JUDGE, by="uuid")
def merging(request: HttpRequest, pair: Likeness) -> HttpResponse:
    """Which of the two is kept; what hangs on the other moves."""
    sides = {str(pair.one.uuid): pair.one, str(pair.other.uuid): pair.other}

    def act(facts: dict[str, Any]) -> str:
        actions.merge(pair, keep=sides[facts["keep"]], by=me(request))
        return _("Merged. It can be undone for thirty days.")

    names = [
        (
            key,
            f"{person.get_paper_display()} {actions.covered(person).number} {', '.join(one.union.short_name for one in queries.spells(person)[:2])}",
        )
        for key, person in sides.items()
    ]
    first = next((key for key, person in sides.items() if person.paper == "ID"), next(iter(sides)))
    form = forms_life.MergeForm(names, request.POST or None, initial={"keep": first})
    return filled(
        request, form, act, title=_("Merge the two"), button=_("Merge"), back=pair.get_absolute_url(), crumbs=_crumbs(pair),
        text=_("All that hangs on the other one moves to the one who is kept: memberships, cards, cases. Her old number finds her still."),
    )  # fmt: skip


@require_POST
@opens(May.VIEW, do=May.EDIT, by="uuid")
def first(request: HttpRequest, held: Membership) -> HttpResponse:
    """Count her here: this membership becomes the first."""
    actions.make_first(held, by=me(request))
    messages.success(request, _("She is counted here from now on."))
    return go(request, held.get_absolute_url())
