"""Pages of those who answer: what members ask about their own files, what would change, and the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, steps_for
from niangjia.kit.components import Paper
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, render
from niangjia.kit.revealed import RevealForm
from niangjia.kit.who import which
from niangjia.members import actions, shown_wished, wished
from niangjia.members.enums import May, Particular, Requested
from niangjia.members.models import PersonalRequest
from niangjia.members.views import me
from niangjia.members.wish_forms import GrantForm


@require_safe
@lists(May.SEE_PERSONAL)
def requests(request: HttpRequest) -> HttpResponse:
    """What members of one's unions ask: what waits, and what was answered; the last first."""
    view, text, kind, under = (request.GET.get(name, "")[:60] for name in ("view", "q", "kind", "under"))
    rows = wished.requests(me(request), view, text, kind, under)
    paged = page(request, rows, ["-made_at", "-id"], text=_("The newest first"))
    context = {
        "table": shown_wished.table(paged.rows), "keyset": paged.keyset, "views": shown_wished.views(view, kind), "q": text, "chips": shown_wished.chips(view, kind),
        "found": bool(paged.rows), "keep": [(name, said) for name, said in (("view", view), ("kind", kind), ("under", under)) if said],
        "crumbs": [(_("Register of members"), reverse("members:list")), (_("Personal requests"), "")],
    }  # fmt: skip
    return render(request, "members/requests.html", context, part="rows")


def _crumbs() -> list[tuple[Any, str]]:
    return [(_("Register of members"), reverse("members:list")), (_("Personal requests"), reverse("members:personal_requests"))]


def _page(request: HttpRequest, one: PersonalRequest, *, value: str = "", asking: Form | None = None, status: int = 200) -> HttpResponse:
    may = which(request.user, [May.ANSWER_PERSONAL, May.VIEW], one)
    waits = one.state == Requested.SENT
    reveals = (
        May.ANSWER_PERSONAL in may and one.what in (Particular.NUMBER, Particular.PHONE) and one.value_sealed is not None and not value
    )
    name = one.person.name or _("erased")
    context: dict[str, Any] = {
        "one": one, "name": name, "state": shown_wished.state_of(one), "steps": steps_for(one, request.user), "move_url": reverse("members:personal_step", args=[one.uuid]),
        "crumbs": [*_crumbs(), (name, "")], "pairs": shown_wished.pairs(one, value or wished.covered_value(one)), "waits": waits,
        "changes": shown_wished.change_table(wished.changes(one)) if waits and wished.changes(one) else None,
        "warnings": wished.warnings(one), "papers": shown_wished.paper_list(one, opened=True), "entries": entries_of(one), "clocks": running_of(one),
        "may_reveal": reveals, "what": {"value": _("particular that she wants written")}, "asking": asking or RevealForm(auto_id=False),
    }  # fmt: skip
    return render(request, "members/request.html", context, status=status)


@require_safe
@opens(May.SEE_PERSONAL, by="uuid")
def request_(request: HttpRequest, one: PersonalRequest) -> HttpResponse:
    """One request: what she wants, what would change, what may be done."""
    return _page(request, one)


@require_POST
@opens(May.SEE_PERSONAL, do=May.ANSWER_PERSONAL, by="uuid")
def reveal(request: HttpRequest, one: PersonalRequest, what: str) -> HttpResponse:
    """Show what she wants written on this one page; who looked and why was written down first."""
    if what != "value":
        raise Http404
    form = RevealForm(request.POST, auto_id=False)
    if not form.is_valid():
        return _page(request, one, asking=form, status=422)
    return _page(request, one, value=actions.disclose_request(one, why=form.cleaned_data["why"], by=me(request)))


@require_POST
@opens(May.SEE_PERSONAL, by="uuid")
def step(request: HttpRequest, one: PersonalRequest) -> HttpResponse:
    """Do not grant it, with a reason that she reads."""
    if request.POST.get("verb") != "refuse":
        raise Http404
    actions.turn_down(one, reason=request.POST.get("reason", ""), by=me(request))
    messages.success(request, _("Not granted. She is told, and reads your reason."))
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_PERSONAL, do=May.ANSWER_PERSONAL, by="uuid")
def granting(request: HttpRequest, one: PersonalRequest) -> HttpResponse:
    """Grant it: what she asked is done, by whoever grants."""

    def act(facts: dict[str, Any]) -> str:
        actions.grant(one, by=me(request), **facts)
        return _("Granted, and done. She is told.")

    changes = [Paper(f"{change.what}: {change.now} → {change.then}") for change in wished.changes(one)]
    return filled(
        request, GrantForm(request.POST or None, one=one), act, title=_("Grant it"), button=_("Grant it"), back=one.get_absolute_url(),
        crumbs=[*_crumbs(), (one.person.name, one.get_absolute_url())], text=shown_wished.subject(one),
        beside=(_("What would change"), changes) if changes else None,
    )  # fmt: skip
