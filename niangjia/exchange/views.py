"""Pages of other systems: the system administrator enters them and makes their keys, the security administrator grants their scope."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.exchange import actions, forms, queries
from niangjia.exchange.enums import KEYS_AT_ONCE
from niangjia.exchange.models import Client, Key
from niangjia.exchange.shown import clients_table, keys_of, pairs_of
from niangjia.exchange.shown_hooks import hooks_table
from niangjia.kit.components import Act, Chip
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, render, seated


def duties(request: Request) -> set[str]:
    """The offices that the reader holds."""
    return {seat.duty for seat in request.user.seats}


@require_safe
@seated("system", "security")
def clients(request: Request) -> HttpResponse:
    """The systems that are let in, or those that were shut out, by name."""
    text, closed = request.GET.get("q", "")[:60], bool(request.GET.get("closed"))
    paged = page(request, queries.clients(text, closed=closed), ["name", "id"], text=_("By name"))
    here = reverse("exchange:clients")
    chip = Chip(pgettext("systems", "State"), _("Shut out"), clear=here) if closed else Chip(_("Shut out"), url=f"{here}?closed=1")
    context = {
        "table": clients_table(paged.rows), "found": bool(paged.rows), "keyset": paged.keyset, "q": text, "chips": [chip], "keep": [("closed", "1")] if closed else [],
        "narrowed": bool(text or closed),
        "acts": [Act(_("Enter a system"), reverse("exchange:client-new"), primary=True)] if "system" in duties(request) else [],
    }  # fmt: skip
    return render(request, "exchange/clients.html", context, part="rows")


def crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """Where a page stands."""
    return [(_("Other systems"), reverse("exchange:clients")), *more]


def filled(request: Request, form: Any, title: str, button: str, back: str, text: str, *way: tuple[Any, str]) -> HttpResponse:
    """The page of a form."""
    context = {"form": form, "title": title, "button": button, "back": back, "text": text, "crumbs": crumbs(*way, (title, "")), "beside": None, "q": None, "files": False}  # fmt: skip
    return render(request, "form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@seated("system")
def client_new(request: Request) -> HttpResponse:
    """Enter a system."""
    form = forms.ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_client(form.cleaned_data["name"], keeper=form.cleaned_data["keeper"], by=request.user)
        messages.success(request, _("Entered. It can do nothing before the security administrator has granted its scope."))
        return go(request, made.get_absolute_url())
    text = _("What it may read, where and until when, is granted by the security administrator afterwards.")
    return filled(request, form, _("Enter a system"), _("Enter the system"), reverse("exchange:clients"), text)


def held(uuid: str) -> Client:
    """The system that an address names."""
    return get_object_or_404(Client.objects.select_related("union", "made_by", "granted_by", "closed_by"), uuid=uuid)


@require_safe
@seated("system", "security")
def client(request: Request, uuid: str) -> HttpResponse:
    """One system: its scope, its keys, its last call."""
    one = held(uuid)
    mine = duties(request)
    acts = []
    if one.closed_at is None and "security" in mine and one.made_by_id != request.user.pk:
        label = _("Change the scope") if one.granted_at else _("Grant the scope")
        acts.append(Act(label, reverse("exchange:scope", args=[one.uuid]), primary=not one.granted_at))
    if one.granted_at is not None and one.closed_at is None and "system" in mine:
        acts.append(Act(_("Enter an address to be told"), reverse("exchange:hook-new", args=[one.uuid])))
    if one.closed_at is None:
        acts.append(Act(_("Shut it out"), reverse("exchange:close", args=[one.uuid])))
    keys = keys_of(one)
    context = {
        "one": one, "pairs": pairs_of(one, queries.last_call(one)), "acts": acts, "crumbs": crumbs((one.name, "")), "keys": keys,
        "hooks": hooks_table(queries.hooks_of(one)),
        "makes": "system" in mine and one.closed_at is None and one.granted_at is not None and sum(k.revoked_at is None for k in keys) < KEYS_AT_ONCE,
        "waits": one.granted_at is None and one.closed_at is None,
    }  # fmt: skip
    return render(request, "exchange/client.html", context)


@require_http_methods(["GET", "POST"])
@seated("security")
def scope(request: Request, uuid: str) -> HttpResponse:
    """Grant a system its scope, or change it."""
    one = held(uuid)
    first = {"union": one.union.code, "uses": one.uses, "until": one.until} if one.union else {}
    form = forms.ScopeForm(request.POST or None, user=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.grant_scope(one, said["union"], said["uses"], until=said["until"], by=request.user)
        messages.success(request, _("Granted. The system administrator can make its key now."))
        return go(request, one.get_absolute_url())
    text = _("What you grant holds from now on for every key of the system; each of its calls is noted in the log.")
    title = _("Scope of %(name)s") % {"name": one.name}
    return filled(request, form, title, _("Grant this scope"), one.get_absolute_url(), text, (one.name, one.get_absolute_url()))


@require_POST
@seated("system")
def key(request: Request, uuid: str) -> HttpResponse:
    """Make a key, and show it this once."""
    one = held(uuid)
    text = actions.make_key(one, by=request.user)
    return render(
        request, "exchange/key.html", {"one": one, "key": text, "crumbs": crumbs((one.name, one.get_absolute_url()), (_("New key"), ""))}
    )


@require_POST
@seated("system", "security")
def revoke(request: Request, uuid: str, head: str) -> HttpResponse:
    """Revoke a key; it opens nothing from now on."""
    one = held(uuid)
    actions.revoke(get_object_or_404(Key, client=one, head=head), by=request.user)
    messages.success(request, _("Revoked. From now on the key opens nothing."))
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@seated("system", "security")
def close(request: Request, uuid: str) -> HttpResponse:
    """Shut a system out for good."""
    one = held(uuid)
    form = forms.WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close(one, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, _("Shut out. Its keys open nothing any more; what it did stays in the log."))
        return go(request, one.get_absolute_url())
    title = _("Shut out %(name)s") % {"name": one.name}
    text = _("At once and for good: to let it in again it is entered anew.")
    return filled(request, form, title, _("Shut it out"), one.get_absolute_url(), text, (one.name, one.get_absolute_url()))
