"""Who goes where when a union is split: a list, ticked."""

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
from niangjia.kit.pages import go, opens
from niangjia.kit.who import allows
from niangjia.members import forms_life, shown_splits, splits, ticks
from niangjia.members.actions import splitting
from niangjia.members.views import me, queue
from niangjia.unions.enums import May as UnionMay
from niangjia.unions.models import Split


@require_safe
@opens(UnionMay.SEE_SPLIT, by="uuid")
def listed(request: HttpRequest, one: Split) -> HttpResponse:
    """The members of the union, each with the union to which she goes."""
    view, text = (request.GET.get(name, "")[:60] for name in ("view", "q"))
    parts = list(one.parts.order_by("pk"))
    paged = page(request, splits.listed(me(request), one, view, text), ["name_py", "id"], text=_("By the reading of names"))
    editing = one.state == "DRAFT" and bool(parts) and allows(me(request), UnionMay.SPLIT, one)
    url = reverse("members:split_place", args=[one.uuid])
    act = Act(_("Say so of the ticked"), post=True, primary=True, name="verb", value="place")
    form = forms_life.PartForm(parts=[(str(part.uuid), part.short_name) for part in parts])
    crumbs = [(one.union.short_name, one.union.get_absolute_url()), (one.reference, one.get_absolute_url()), (_("Who goes where"), "")]
    return queue(
        request, title=_("Who goes where"), crumbs=crumbs, views=shown_splits.views(parts, view), q=text, keep=[("view", view)] if view else [],
        text=_("Members go along with the unit in which they work. Tick those who go otherwise, and say where."),
        table=shown_splits.table(paged.rows, {part.pk: part.short_name for part in parts}, editing=editing, ends=one.ends), keyset=paged.keyset, found=bool(paged.rows),
        ticks=ticks.Ticks(url, [act], form, here=ticks.here(request)) if editing else None, none=_("Nobody here"), advice=_("Take another view, or search for a name."),
    )  # fmt: skip


@require_POST
@opens(UnionMay.SEE_SPLIT, do=UnionMay.SPLIT, by="uuid")
def place(request: HttpRequest, one: Split) -> HttpResponse:
    """Say of the ticked where they go."""
    form = forms_life.PartForm(request.POST, parts=[(str(part.uuid), part.short_name) for part in one.parts.order_by("pk")])
    if not form.is_valid():
        raise RuleBroken("".join(str(said) for said in form.errors["to"]))
    to = form.cleaned_data["to"]
    n = splitting.place(one, ticks.ticked(request.POST), "" if to == "stay" else to, by=me(request))
    messages.success(request, ngettext("Said of %(n)d member.", "Said of %(n)d members.", n) % {"n": n})
    return go(request, ticks.back(reverse("members:split_members", args=[one.uuid]), request.POST))
