"""Pages of the roster of supervisors, with their cards."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, lists, opens, render, seated
from niangjia.kit.who import permitted
from niangjia.rights import actions
from niangjia.rights.enums import May
from niangjia.rights.forms.supervision import SupervisorFilter, SupervisorForm
from niangjia.rights.models import Supervisor
from niangjia.rights.queries import supervision as queries
from niangjia.rights.shown import supervision as shown
from niangjia.rights.views.mediation import KEEPERS, accounts_of


@require_safe
@lists(May.SEE_SUPERVISOR)
def supervisors(request: Request) -> HttpResponse:
    """The roster: who holds a card, and until when."""
    form = SupervisorFilter(request.GET)
    form.is_valid()
    said = form.cleaned_data
    paged = page(request, queries.supervisors(request.user, said.get("q", ""), said.get("card", "")), ["name", "id"], text=_("By name"))
    acts = []
    if any(seat.duty in KEEPERS and seat.level <= 3 for seat in request.user.seats):
        acts.append(Act(_("Add a supervisor"), reverse("rights:supervisor_new"), primary=True, icon="plus"))
    keepable = set(permitted(request.user, May.KEEP_SUPERVISOR).filter(pk__in=[one.pk for one in paged.rows]).values_list("pk", flat=True))
    context = {
        "table": shown.supervisors_table(paged.rows, keepable), "keyset": paged.keyset, "found": bool(paged.rows), "q": said.get("q", ""), "acts": acts,
        "chips": chips(form, request, ("card",)), "keep": kept(request, ("card",)),
    }  # fmt: skip
    return render(request, "rights/supervisors.html", context, part="rows")


def _carded(said: dict[str, Any], accounts: dict[str, Any]) -> actions.Carded:
    return actions.Carded(said["name"], said["card"], said["card_until"], accounts.get(said["account"]))


@require_http_methods(["GET", "POST"])
@seated(*KEEPERS)
def new(request: Request) -> HttpResponse:
    """Put a supervisor on the roster of the reader's own union."""
    union = next((seat.union for seat in request.user.seats if seat.duty in KEEPERS and seat.level <= 3), None)
    if union is None:
        raise Http404
    accounts = accounts_of(union)
    form = SupervisorForm(request.POST or None, accounts=[(key, user.name) for key, user in accounts.items()])

    def act(said: dict[str, Any]) -> str:
        made = actions.enroll_supervisor(union, _carded(said, accounts), by=request.user)
        return _("%(name)s stands on the roster.") % {"name": made.name}

    back = reverse("rights:supervisors")
    text = _("On the roster of %(union)s.") % {"union": union.name}
    return filled(request, form, act, title=_("Add a supervisor"), button=_("Add"), text=text, back=back, crumbs=[(_("Supervisors"), back)])


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISOR, do=May.KEEP_SUPERVISOR, by="uuid")
def entry(request: Request, supervisor: Supervisor) -> HttpResponse:
    """Correct what the roster says, renew a card, or take somebody off it."""
    accounts = accounts_of(supervisor.union)
    if supervisor.user is not None:
        accounts[str(supervisor.user.uuid)] = supervisor.user
    initial = {name: getattr(supervisor, name) for name in ("name", "card", "card_until", "active")}
    initial["account"] = str(supervisor.user.uuid) if supervisor.user else ""
    form = SupervisorForm(request.POST or None, accounts=[(key, user.name) for key, user in accounts.items()], initial=initial)

    def act(said: dict[str, Any]) -> str:
        actions.change_supervisor(supervisor, _carded(said, accounts), active=said["active"], by=request.user)
        return _("Corrected.")

    back = reverse("rights:supervisors")
    return filled(request, form, act, title=supervisor.name, button=_("Save"), back=back, crumbs=[(_("Supervisors"), back)])
