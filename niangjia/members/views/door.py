"""The door of members: a number, the code that came to it, and if several have the number the end of the identity number."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.access.api import note, too_many
from niangjia.kit import crypt, mask
from niangjia.kit.pages import go, public, render
from niangjia.members import actions
from niangjia.members.door_forms import CodeForm, NumberForm, TailForm
from niangjia.members.enums import PHONE

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
KEPT = "door"  # in the session: which question for a code is hers, and the number covered


@public
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Whoever comes chooses her door: a member's, or that of the office."""
    if request.user.is_authenticated:
        return go(request, "/")
    return render(request, "members/door.html", {})


@never_cache
@public
@require_http_methods(["GET", "POST"])
def number(request: HttpRequest) -> HttpResponse:
    """Write your number: what follows is the same for every number."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["number"]
        if too_many(request, "phone-code", crypt.blind_one(said, PHONE).hex()):
            return render(request, "429.html", status=429)
        row = actions.ask_code(said, language=get_language() or "")
        request.session[KEPT] = {"row": str(row.uuid), "to": mask.phone(said)}
        return go(request, reverse("door:code"))
    return render(request, "members/door_number.html", {"form": form}, status=422 if request.method == "POST" else 200)


@never_cache
@public
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Write the code that came."""
    return _asked(request, CodeForm(request.POST or None), "code", "members/door_code.html", actions.try_code)


@never_cache
@public
@require_http_methods(["GET", "POST"])
def tail(request: HttpRequest) -> HttpResponse:
    """Whose file it is that this phone opens: the last four of the identity number."""
    return _asked(request, TailForm(request.POST or None), "tail", "members/door_tail.html", actions.try_tail)


def _asked(request: HttpRequest, form: Form, field: str, template: str, act: Callable[[UUID, str], actions.Outcome]) -> HttpResponse:
    """One question at the door, and what follows from its answer."""
    held = request.session.get(KEPT)
    if not held:
        return go(request, reverse("door:number"))
    if request.method == "POST" and form.is_valid():
        if too_many(request, "phone-try"):
            return render(request, "429.html", status=429)
        done = act(UUID(held["row"]), form.cleaned_data[field])
        if done.kind == "in" and done.user is not None:
            login(request, done.user, BACKEND)
            request.session.pop(KEPT, None)
            UserSession.objects.create_from_request(request)  # as the other door does: "where I am signed in" lists this place too
            return go(request, "/me/")
        if done.kind == "tail":
            return go(request, reverse("door:tail"))
        note([("refused", "access.user", None, "")], by=None)
        if done.kind == "over":
            request.session.pop(KEPT, None)
            return render(request, "members/door_over.html", {}, status=422)
        form.add_error(field, _wrong(done.left))
    return render(request, template, {"form": form, "to": held["to"]}, status=422 if request.method == "POST" else 200)


def _wrong(left: int) -> str:
    """The same words for a number that nobody has."""
    return _("This is not right. Look at the message, or at the card, again.") + " " + ngettext(
        "You can try %(n)d more time.", "You can try %(n)d more times.", left
    ) % {"n": left}  # fmt: skip
