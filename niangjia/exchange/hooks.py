"""Pages of addresses that are told: the system administrator enters and tends them, the security administrator approves them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.exchange import actions, forms, queries
from niangjia.exchange.enums import KEYS_AT_ONCE
from niangjia.exchange.models import Hook, HookSecret
from niangjia.exchange.shown_hooks import deliveries_table, pairs_of
from niangjia.exchange.views import crumbs, duties, filled, held
from niangjia.kit.components import Act
from niangjia.kit.errors import RuleBroken
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, render, seated


def found(uuid: str) -> Hook:
    """The address that a way names."""
    return get_object_or_404(Hook.objects.select_related("client__made_by", "made_by", "approved_by", "closed_by"), uuid=uuid)


@require_http_methods(["GET", "POST"])
@seated("system")
def hook_new(request: Request, uuid: str) -> HttpResponse:
    """Enter an address of a system."""
    one = held(uuid)
    form = forms.HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_hook(one, form.cleaned_data["kind"], form.cleaned_data["url"], by=request.user)
        except RuleBroken as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Entered. Nothing is posted to it before the security administrator has approved it."))
            return go(request, made.get_absolute_url())
    text = _(
        "The house posts there that something has changed, in order, without a word about anybody; the system reads the rest with its key."
    )
    return filled(
        request,
        form,
        _("Enter an address to be told"),
        _("Enter the address"),
        one.get_absolute_url(),
        text,
        (one.name, one.get_absolute_url()),
    )


@require_safe
@seated("system", "security")
def hook(request: Request, uuid: str) -> HttpResponse:
    """One address: its state, its secrets, what was posted to it."""
    one, mine = found(uuid), duties(request)
    secrets = list(one.secrets.select_related("made_by", "ended_by").order_by("ended_at", "-pk"))
    holds = [secret for secret in secrets if secret.ended_at is None]
    paged = page(request, queries.deliveries(one), ["-at", "-id"], text=_("The last first"))
    alive = one.closed_at is None and one.client.closed_at is None
    tends = alive and "system" in mine
    acts = [Act(_("Take it away"), reverse("exchange:hook-close", args=[one.uuid]))] if alive else []
    context = {
        "one": one, "pairs": pairs_of(one, signed=bool(holds)), "acts": acts, "crumbs": crumbs((one.client.name, one.client.get_absolute_url()), (one.url, "")),
        "secrets": secrets, "approves": alive and one.approved_at is None and "security" in mine and request.user.pk not in (one.made_by_id, one.client.made_by_id),
        "makes": tends and len(holds) < KEYS_AT_ONCE, "ends": alive, "tries": tends and one.approved_at is not None and bool(holds),
        "pauses": alive and one.approved_at is not None and one.paused_at is None and one.stopped_at is None,
        "resumes": tends and (one.paused_at is not None or one.stopped_at is not None),
        "table": deliveries_table(paged.rows), "found": bool(paged.rows), "keyset": paged.keyset,
    }  # fmt: skip
    return render(request, "exchange/hook.html", context, part="rows")


@require_POST
@seated("security")
def approve(request: Request, uuid: str) -> HttpResponse:
    """Say that the address belongs to the system."""
    one = found(uuid)
    actions.approve_hook(one, by=request.user)
    messages.success(request, _("Approved. What changes from now on is told, as soon as there is a secret to sign with."))
    return go(request, one.get_absolute_url())


@require_POST
@seated("system")
def secret(request: Request, uuid: str) -> HttpResponse:
    """Make a secret, and show it this once."""
    one = found(uuid)
    text = actions.make_secret(one, by=request.user)
    way = crumbs((one.client.name, one.client.get_absolute_url()), (one.url, one.get_absolute_url()), (_("New secret"), ""))
    return render(request, "exchange/secret.html", {"one": one, "secret": text, "crumbs": way})


@require_POST
@seated("system", "security")
def secret_end(request: Request, uuid: str, which: str) -> HttpResponse:
    """Sign with a secret no longer."""
    one = found(uuid)
    actions.end_secret(get_object_or_404(HookSecret, hook=one, uuid=which), by=request.user)
    messages.success(request, _("Ended. From now on nothing is signed with it."))
    return go(request, one.get_absolute_url())


@require_POST
@seated("system")
def test(request: Request, uuid: str) -> HttpResponse:
    """Have a test posted."""
    one = found(uuid)
    actions.ask_test(one, by=request.user)
    messages.success(request, _("The test leaves within seconds; open this page again to see its answer."))
    return go(request, one.get_absolute_url())


@require_POST
@seated("system", "security")
def pause(request: Request, uuid: str) -> HttpResponse:
    """Post nothing for a while."""
    one = found(uuid)
    actions.pause(one, by=request.user)
    messages.success(request, _("Paused. What happens meanwhile is told when it is resumed."))
    return go(request, one.get_absolute_url())


@require_POST
@seated("system")
def resume(request: Request, uuid: str) -> HttpResponse:
    """Go on where it was left."""
    one = found(uuid)
    actions.resume(one, by=request.user)
    messages.success(request, _("Resumed. It goes on where it was left; nothing is left out."))
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@seated("system", "security")
def close(request: Request, uuid: str) -> HttpResponse:
    """Take an address away for good."""
    one = found(uuid)
    form = forms.WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close_hook(one, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, _("Taken away. Nothing is posted there any more."))
        return go(request, one.client.get_absolute_url())
    text = _("At once and for good. The system may go on asking for changes with its key.")
    way = ((one.client.name, one.client.get_absolute_url()), (one.url, one.get_absolute_url()))
    return filled(request, form, _("Take the address away"), _("Take it away"), one.get_absolute_url(), text, *way)
