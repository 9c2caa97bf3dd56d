"""What the public sees: the notices that hang now, the form for objections, and how far one is. Nobody is signed in here."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.access.api import too_many
from niangjia.flow.api import running_of
from niangjia.gazette import actions, forms, queries, shown
from niangjia.gazette.enums import State
from niangjia.gazette.models import Notice, Objection
from niangjia.kit.components import day_words
from niangjia.kit.errors import RuleBroken
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, public, render


@public
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What hangs now, the newest first; what is over stands by its title and its outcome only."""
    view, text = (request.GET.get(name, "")[:60] for name in ("view", "q"))
    paged = page(request, queries.on_show(view, text), queries.ORDER, text=_("The newest first"))
    context = {
        "table": shown.table(paged.rows, public=True), "keyset": paged.keyset, "views": shown.public_views(view), "q": text, "chips": [],
        "found": bool(paged.rows), "keep": [("view", view)] if view else [],
    }  # fmt: skip
    return render(request, "gazette/board.html", context, part="rows")


@never_cache
@public
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One notice while it hangs, and the form for objections. When its days are over, the list and the text are gone from here."""
    one = get_object_or_404(Notice, uuid=key)
    if one.state == State.WITHDRAWN:
        return render(request, "gazette/gone.html", {"one": one}, status=410)
    form = forms.ObjectionForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and one.state == State.UP:
        if too_many(request, "object", str(one.pk)):
            return render(request, "429.html", status=429)
        if form.is_valid():
            said = form.cleaned_data
            try:
                made = actions.object_to(one, text=said["text"], row=said["row"], contact=said["contact"], key=said["key"])
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                return go(request, reverse("board:objection", args=[made.word]))
    up = one.state == State.UP
    counts = queries.raisings([one]).get(one.pk, queries.Raisings())
    context = {
        "one": one, "up": up, "sheet": shown.sheet(one) if up else None, "form": form, "clocks": running_of(one) if up else (), "said": shown.said(counts),
        "day": day_words(one.posted_at, year=True), "span": shown.span_words(one, queries.ends_of([one]).get(one.pk)), "kind": shown.kind_words(one),
    }  # fmt: skip
    return render(request, "gazette/public_notice.html", context, status=422 if request.method == "POST" and up else 200)


@never_cache
@public
@require_safe
def objection(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far an objection is: who has the address is the one who raised it."""
    one = Objection.objects.select_related("notice").filter(word=key).first()
    if one is None:
        raise Http404
    return render(request, "gazette/public_objection.html", {"one": one, "way": shown.way(one), "link": request.build_absolute_uri()})
