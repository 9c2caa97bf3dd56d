"""Members in new forms of work: for whom they work, and the half-yearly confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kit.components import Act
from niangjia.kit.export import export_act
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, signed_in
from niangjia.members import actions, dues, forms_life, newwork, shown_dues, shown_life, ticks
from niangjia.members.enums import May
from niangjia.members.models import Membership
from niangjia.members.views import crumbs, me, queue


@require_safe
@lists(May.LIST)
def listed(request: HttpRequest) -> HttpResponse:
    """Who is to be confirmed: ticked and confirmed at once; whoever works otherwise now is retained or leaves, on her own page."""
    view, text, under = (request.GET.get(name, "")[:60] for name in ("view", "q", "under"))
    user = me(request)
    months = newwork.months_of(user)
    paged = page(
        request, newwork.to_confirm(user, text, under, 0 if view == "all" else months), ["name_py", "id"], text=_("By the reading of names")
    )
    works = newwork.works_of([one.person_id for one in paged.rows])
    act = Act(_("Confirm the ticked"), post=True, primary=True, name="verb", value="confirm")
    return queue(
        request, title=_("Members in new forms of work"), crumbs=crumbs((_("Members in new forms of work"), "")), acts=[export_act(request, "exports:new", what="members.newwork")],
        text=_("Twice a year the union makes sure that they still drive or deliver. Whoever does not is retained or leaves: open her page, and say why."),
        views=shown_life.confirm_views(view), q=text, chips=shown_dues.chips(under, dues.named(under) or under),
        keep=[(name, value) for name, value in (("view", view), ("under", under)) if value], table=shown_life.confirm_table(paged.rows, works),
        keyset=paged.keyset, found=bool(paged.rows), ticks=ticks.Ticks(reverse("members:confirm_step"), [act], here=ticks.here(request)),
        none=_("Nobody is to be confirmed"), advice=_("The house opens a round when somebody's half year is over."),
    )  # fmt: skip


@require_POST
@signed_in
def step(request: HttpRequest) -> HttpResponse:
    """Confirm all that are ticked."""
    n = actions.confirm_work(dues.those(me(request), list(ticks.ticked(request.POST))), by=me(request))
    messages.success(request, ngettext("%(n)d member confirmed.", "%(n)d members confirmed.", n) % {"n": n})
    return go(request, ticks.back(reverse("members:confirm"), request.POST))


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="uuid")
def describe(request: HttpRequest, one: Membership) -> HttpResponse:
    """For whom and where she works, with the proof of her account."""

    def act(facts: dict[str, Any]) -> str:
        actions.describe(one, **facts, by=me(request))
        return _("Written down, and confirmed today.")

    held = newwork.work_of(one.person)
    initial = {"platform": held.platform, "affiliate": held.affiliate, "place": held.place_id} if held else {}
    form = forms_life.NewWorkForm(request.POST or None, request.FILES or None, initial=initial)
    return filled(
        request,
        form,
        act,
        title=_("Platform and proof"),
        button=_("Save"),
        back=one.get_absolute_url(),
        crumbs=crumbs((one.name, one.get_absolute_url())),
    )
