"""Who is past the age of retirement: looked through, ticked, and retained in one step."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from niangjia.kit.components import Act
from niangjia.kit.errors import RuleBroken
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, signed_in
from niangjia.members import actions, dues, forms_life, retiring, shown_dues, shown_retiring, ticks
from niangjia.members.enums import May
from niangjia.members.views import crumbs, me, queue


@require_safe
@lists(May.LIST)
def listed(request: HttpRequest) -> HttpResponse:
    """Members past the age in any post; or also women past that of workers' posts, whose own may be a later one."""
    view, text, under = (request.GET.get(name, "")[:60] for name in ("view", "q", "under"))
    rows = retiring.retired(me(request), text, under, sure=view != "maybe")
    paged = page(request, rows, ["name_py", "id"], text=_("By the reading of names"))
    act = Act(_("Retain the ticked as retired"), post=True, primary=True, name="verb", value="retain")
    return queue(
        request, title=_("Past the age of retirement"), crumbs=crumbs((_("Past the age of retirement"), "")), views=shown_retiring.views(view), q=text,
        text=_("By the table of 2025 for sex and month of birth. Whoever has retired keeps her membership without dues and vote, and is not counted; ask whoever still works."),
        chips=shown_dues.chips(under, dues.named(under) or under), keep=[(name, value) for name, value in (("view", view), ("under", under)) if value],
        table=shown_retiring.table(paged.rows), keyset=paged.keyset, found=bool(paged.rows),
        ticks=ticks.Ticks(reverse("members:retire"), [act], forms_life.RetireForm(), here=ticks.here(request)),
        none=_("Nobody is past the age"), advice=_("Members whose day of birth is not known cannot be found here."),
    )  # fmt: skip


@require_POST
@signed_in
def step(request: HttpRequest) -> HttpResponse:
    """Retain all that are ticked."""
    form = forms_life.RetireForm(request.POST)
    if not form.is_valid():
        raise RuleBroken("".join(str(said) for said in form.errors["on"]))
    n = actions.retire(dues.those(me(request), list(ticks.ticked(request.POST))), on=form.cleaned_data["on"], by=me(request))
    messages.success(request, ngettext("%(n)d member retained as retired.", "%(n)d members retained as retired.", n) % {"n": n})
    return go(request, ticks.back(reverse("members:retired"), request.POST))
