"""Signing in through a provider: to it and back, binding one's own account after the password, and what the security administrator may do."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.access import actions, forms, queries
from niangjia.access.limits import too_many
from niangjia.access.models import Binding, User
from niangjia.kit.components import Pair
from niangjia.kit.dates import now
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import Request, go, public, render, seated, signed_in
from niangjia.kit.provider import Away, NotProved, Proved, Provider, Way, begin, leave, prove, provider

KEPT, BEGUN, LASTS = "provider-ways", 5, 600  # in the session: ways that were begun, how many, and for how many seconds
THROUGH, SECOND = "provider-through", "provider-second"  # in the session: came through which issuer; whose second factor it has asked for
NO: dict[str, Any] = {
    "away": gettext_lazy("It does not answer just now. Sign in with your password, or try again later."),
    "state": gettext_lazy("This way in was not begun here, was used already, or took longer than ten minutes. Begin anew."),
    "refused": gettext_lazy("It did not let you in, or you turned back."),
}


def house() -> Provider:
    """The provider; where none is set, none of its pages exists."""
    one = provider()
    if one is None:
        raise Http404
    return one


def back(request: HttpRequest) -> str:
    """Where the provider sends the browser; it must stand in the provider's list."""
    return request.build_absolute_uri(reverse("provider:callback"))


def _begun(request: HttpRequest, one: Provider, *, purpose: str, onto: str = "") -> str:
    """Begin a way, and keep in the session what proves that it was begun here."""
    url, way = begin(one, back(request))
    kept = list(request.session.get(KEPT, []))[-(BEGUN - 1) :]
    said = {"state": way.state, "nonce": way.nonce, "verifier": way.verifier, "purpose": purpose, "onto": onto, "at": now().timestamp()}
    request.session[KEPT] = [*kept, said | {"user": request.user.pk}]
    return url


def _came_back(request: HttpRequest, state: str) -> dict[str, Any] | None:
    """The way that was begun under this state, once, for ten minutes."""
    kept = list(request.session.get(KEPT, []))
    found = next((one for one in kept if state and one["state"] == state), None)
    request.session[KEPT] = [one for one in kept if one is not found]
    return found if found and now().timestamp() - found["at"] <= LASTS else None


@never_cache
@public
@require_safe
def enter(request: Request) -> HttpResponse:
    """To the provider, to sign in."""
    one = house()
    if too_many(request, "provider", reads=True):
        return render(request, "429.html", status=429)
    onto = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onto, None):
        onto = ""
    try:
        return HttpResponseRedirect(_begun(request, one, purpose="sign-in", onto=onto))
    except (Away, NotProved):
        return _no(request, one, "away")


@never_cache
@public
@require_safe
def callback(request: Request) -> HttpResponse:
    """Back from the provider: who it is is proved, then she is let in where her account is bound, or her account is bound."""
    one = house()
    if too_many(request, "provider", reads=True):
        return render(request, "429.html", status=429)
    way = _came_back(request, request.GET.get("state", ""))
    if way is None:
        return _no(request, one, "state", noted=True)
    if "code" not in request.GET or request.GET.get("iss", one.issuer) != one.issuer:
        return _no(request, one, "refused", noted=True)
    try:
        proved = prove(one, request.GET["code"][:4096], Way(way["state"], way["nonce"], way["verifier"]), back(request))
    except Away:
        return _no(request, one, "away")
    except NotProved as fault:
        return _no(request, one, fault.word, noted=True)
    if way["purpose"] == "bind":
        return _bind(request, one, proved, way)
    return _enter(request, one, proved, way["onto"])


def _no(request: Request, one: Provider, word: str, *, noted: bool = False) -> HttpResponse:
    """She was not let in; why stands in the log."""
    if noted:
        actions.not_proved(word)
    text = NO.get(word) or _(
        "What it answered does not prove who you are. Nothing was done. If it happens again, tell the security administrator."
    )
    return render(
        request, "access/provider_no.html", {"name": one.name, "text": text, "subject": ""}, status=503 if word == "away" else 403
    )


def _enter(request: Request, one: Provider, proved: Proved, onto: str) -> HttpResponse:
    """Let somebody in whose account is bound: past the house's own second factor only if the provider has asked for one that is trusted."""
    binding = queries.bound(proved.issuer, proved.subject)
    if binding is None:
        actions.not_proved("unbound")
        text = _("This account is bound to nobody here. Sign in with your password, and bind it under “How I sign in”; or give the sign below to the security administrator.")  # fmt: skip
        return render(request, "access/provider_no.html", {"name": one.name, "text": text, "subject": proved.subject}, status=403)
    user = binding.user
    if not user.is_active:
        actions.not_proved("closed", user=user)
        return HttpResponseRedirect(reverse("account_inactive"))
    request.door = "provider"  # type: ignore[attr-defined]  # the log says so
    request.session[THROUGH] = one.issuer
    record_authentication(request, user, "provider")
    if not proved.second:
        return perform_login(request, Login(user=user, email_verification="none", redirect_url=onto or None))  # type: ignore[no-any-return]
    door = get_adapter(request)
    door.login(request, user)
    request.session[THROUGH], request.session[SECOND] = one.issuer, user.pk
    facts = {"email_verification": "none", "signal_kwargs": None, "email": None, "signup": False}
    return door.post_login(request, user, redirect_url=onto or None, **facts)  # type: ignore[no-any-return]


def _bind(request: Request, one: Provider, proved: Proved, way: dict[str, Any]) -> HttpResponse:
    """Bind the account of whoever began this way, if it is still she who sits here."""
    if not request.user.is_authenticated or request.user.pk != way["user"]:
        return _no(request, one, "state", noted=True)
    try:
        actions.bind(request.user, proved.issuer, proved.subject, why="", by=request.user)
    except RuleBroken as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Bound. From now on you can sign in through %(name)s.") % {"name": one.name})
    return go(request, reverse("provider:own"))


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def own(request: Request) -> HttpResponse:
    """Whether my account is bound; to bind it, after the password once more, or to undo it."""
    one = house()
    binding = queries.binding_of(request.user, one.issuer)
    if request.method == "POST":
        if not did_recently_reauthenticate(request):
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}", status=303)
        if binding is not None:
            actions.unbind(binding, why="", by=request.user)
            messages.success(request, _("Undone. Through %(name)s nobody comes to your account any more.") % {"name": one.name})
            return go(request, request.path)
        try:
            url = _begun(request, one, purpose="bind")
        except (Away, NotProved):
            return _no(request, one, "away")
        # A form may not lead to another site, by the policy of our pages; a link may.
        return render(request, "access/provider_onward.html", {"name": one.name, "there": urlsplit(url).netloc, "url": url})
    return render(request, "access/provider_own.html", {"name": one.name, "binding": binding})


@require_safe
@public
def left(request: Request) -> HttpResponse:
    """Signed out here; whoever wants to signs out of the provider too."""
    one = house()
    url = leave(one, request.build_absolute_uri(reverse("account_login")))
    return render(request, "access/provider_left.html", {"name": one.name, "url": url})


@require_http_methods(["GET", "POST"])
@seated("security")
def binding(request: Request, uuid: str) -> HttpResponse:
    """The security administrator confirms which subject of the provider an account is, or undoes it."""
    one = house()
    user = get_object_or_404(User, uuid=uuid, kind=User.Kind.STAFF)
    bound = queries.binding_of(user, one.issuer)
    form = forms.WhyForm(request.POST or None) if bound else forms.BindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if user == request.user:
            raise RuleBroken(_("Nobody confirms her own account here; bind it under “How I sign in”, or ask another administrator."))
        try:
            _confirmed(request, one, user, bound, form.cleaned_data)
        except RuleBroken as fault:
            form.add_error(None, str(fault))
        else:
            return go(request, reverse("access:account", args=[user.uuid]))
    title = _("Sign-in through %(name)s") % {"name": one.name}
    there = reverse("access:account", args=[user.uuid])
    context = {
        "form": form, "title": title, "button": _("Undo the binding") if bound else _("Bind it"), "back": there, "beside": None, "q": None, "files": False,
        "text": _("Bound to the sign %(subject)s. After it is undone nobody comes in by it.") % {"subject": bound.subject} if bound
        else _("The sign is what the provider calls her by (sub). Take it from its directory, or from her own screen with her beside you; a name or an e-mail address proves nothing."),
        "crumbs": [(_("Accounts"), reverse("access:accounts")), (user.name, there), (title, "")],
    }  # fmt: skip
    return render(request, "form.html", context, status=422 if request.method == "POST" else 200)


def _confirmed(request: Request, one: Provider, user: User, bound: Binding | None, said: dict[str, Any]) -> None:
    if bound is not None:
        actions.unbind(bound, why=said["why"], by=request.user)
        messages.success(request, _("Undone. Through %(name)s nobody comes to this account any more.") % {"name": one.name})
    else:
        actions.bind(user, one.issuer, said["subject"], why=said["why"], by=request.user)
        messages.success(request, _("Bound. She can sign in through %(name)s.") % {"name": one.name})


def pairs_of(user: User) -> list[Pair]:
    """What an account's page says of the provider; nothing where there is none."""
    one = provider()
    if one is None:
        return []
    found = queries.binding_of(user, one.issuer)
    return [Pair(_("Sign-in through %(name)s") % {"name": one.name}, found.subject if found else _("not bound"), url=reverse("access:account-binding", args=[user.uuid]), faint=found is None)]  # fmt: skip
