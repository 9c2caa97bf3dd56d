"""What an applicant sees: the form behind a union's code, and how far her application is. Nobody is signed in here."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.access.api import too_many
from niangjia.kit.answer import asking
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import go, public, render
from niangjia.members import actions, asked, forms, shown_asked
from niangjia.members.enums import Asked
from niangjia.members.models import Application
from niangjia.members.notice import EDITION
from niangjia.members.parameters import FORGET


@never_cache
@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, word: str) -> HttpResponse:
    """Ask to join. The answer is the same for a number that is known and one that is not."""
    code = asked.behind(word)
    if code is None:
        raise Http404
    if code.closed_at is not None or not actions.joined_in(code.union):
        return render(request, "members/join_closed.html", {"union": code.union}, status=410)
    form = forms.JoinForm(request.POST or None, initial={"key": uuid.uuid4(), "edition": EDITION})
    if request.method == "POST":
        if too_many(request, "join", code.word):
            return render(request, "429.html", status=429)
        if form.is_valid():
            try:
                sent = actions.send_in(code, form.cleaned_data["key"], form.facts())
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                return go(request, reverse("join:sent", args=[sent.word]))
    kept = asking(code.union, today())(FORGET).count
    context = {"form": form, "union": code.union, "edition": EDITION, "kept": kept}
    return render(request, "members/join.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@public
@require_safe
def sent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far it is: who has the address is the one who sent it; numbers stand covered."""
    one = get_object_or_404(Application.objects.select_related("union"), word=key)
    told = asked.told_of(one)
    context = {
        "one": one, "told": told, "way": shown_asked.way(one), "waits": one.state == Asked.SENT, "link": request.build_absolute_uri(),
    }  # fmt: skip
    return render(request, "members/join_sent.html", context)


@never_cache
@public
@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """She thinks better of it."""
    one = get_object_or_404(Application.objects.select_related("union"), word=key)
    if one.state != Asked.SENT:
        raise RuleBroken(_("It has been decided in the meantime."))
    actions.withdraw(one)
    return go(request, reverse("join:sent", args=[key]))
