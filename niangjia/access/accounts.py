"""Pages of accounts: the system administrator makes them, the security administrator gives new passwords and closes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from niangjia.access import actions, forms, queries
from niangjia.access.bindings import pairs_of
from niangjia.access.models import User
from niangjia.kit.components import Act, Chip, Pair, link, pill
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, render, seated
from niangjia.kit.tables import Column, Table
from niangjia.kit.who import posts_of
from niangjia.kit.workbook import Col

TWO = 2  # offices named beside a name; few hold more
AT_ONCE = 2000  # accounts whose offices are looked up together


def duties(request: Request) -> set[str]:
    """The offices that the reader holds."""
    return {seat.duty for seat in request.user.seats}


@require_http_methods(["GET"])
@seated("system", "security")
def accounts(request: Request) -> HttpResponse:
    """Every account of staff, by account."""
    text, idle = request.GET.get("q", "")[:60], bool(request.GET.get("idle"))
    paged = page(request, queries.accounts(text, idle=idle), ["username"], text=_("By account"))
    posts = posts_of(one.pk for one in paged.rows)
    columns = [
        Column(_("Account"), at=1),
        Column(_("Full name"), at=5),
        Column(pgettext("account", "Holds"), at=6, text=True),
        Column(_("Made"), soft=True, nowrap=True),
        Column(_("Last signed in"), soft=True, nowrap=True, at=3),
        Column(_("State"), at=2),
    ]
    rows = [
        [link(one.username, reverse("access:account", args=[one.uuid])), one.name, held(posts.get(one.pk, [])), one.made_at, one.last_login, state(one)] for one in paged.rows
    ]  # fmt: skip
    acts = [export_act(request, "access:accounts-export")]
    if "system" in duties(request):
        acts.append(Act(_("Make an account"), reverse("access:account-new"), primary=True))
    context = {
        "table": Table(columns, rows, label=_("Accounts"), id="accounts"),
        "keyset": paged.keyset,
        "q": text,
        "chips": [_idle(request, text, idle)],
        "keep": [("idle", "1")] if idle else [],
        "found": bool(rows),
        "acts": acts,
    }
    return render(request, "access/accounts.html", context, part="rows")


@require_http_methods(["GET"])
@seated("system", "security")
def accounts_export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook."""
    columns = [
        Col(_("Account"), 24), Col(_("Full name"), 14), Col(pgettext("account", "Holds"), 44), Col(_("Made"), 18), Col(_("Last signed in"), 18), Col(_("State"), 16),
    ]  # fmt: skip
    found = queries.accounts(request.GET.get("q", "")[:60], idle=bool(request.GET.get("idle"))).order_by("username")
    return workbook(request, "accounts", "access.user", (_("Accounts"), columns, _lines(found)))


def _lines(found: QuerySet[User]) -> Iterator[tuple[Any, ...]]:
    words = {True: _("May sign in"), False: _("May not sign in")}
    rows = found.iterator(chunk_size=AT_ONCE)
    while those := list(islice(rows, AT_ONCE)):
        posts = posts_of(one.pk for one in those)
        for one in those:
            yield one.username, one.name, held(posts.get(one.pk, [])), one.made_at, one.last_login, words[one.is_active]


def held(posts: Sequence[Any]) -> str:
    """The unions and offices of a person, the highest first; of many only how many more there are."""
    said = [_("%(union)s, %(post)s") % {"union": one.union.short_name, "post": one.post} for one in posts[:TWO]]
    if more := len(posts) - TWO:
        said += [ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}] if more > 0 else []
    return pgettext("between offices", "; ").join(said)


def _idle(request: Request, text: str, idle: bool) -> Chip:
    """The filter for who holds no office: left over after a change, or not yet given one."""
    bare = reverse("access:accounts") + (f"?{urlencode({'q': text})}" if text else "")
    if idle:
        return Chip(pgettext("account", "Office"), pgettext("account", "none"), clear=bare)
    rest = request.GET.copy()
    for turn in ("after", "before"):
        rest.pop(turn, None)
    rest["idle"] = "1"
    return Chip(_("Holds no office"), url=f"?{rest.urlencode()}")


def state(user: User) -> str:
    """Whether she can sign in."""
    return pill("done", _("May sign in")) if user.is_active else pill("stop", _("May not sign in"))


@require_http_methods(["GET", "POST"])
@seated("system")
def account_new(request: Request) -> HttpResponse:
    """A new account; its first password is shown once."""
    form = forms.AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        user, password = actions.make_account(said["username"], name=said["name"], email=said["email"], by=request.user)
        return render(request, "access/password.html", {"user_": user, "password": password, "back": reverse("access:accounts")})
    context = {
        "form": form,
        "title": _("Make an account"),
        "button": _("Make it"),
        "back": reverse("access:accounts"),
        "text": _("What she may do follows from the offices that she is given, in the page of her union."),
        "crumbs": [(_("Accounts"), reverse("access:accounts")), (_("Make an account"), "")],
        "beside": None,
        "q": None,
        "files": False,
    }
    return render(request, "form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@seated("system", "security")
def account(request: Request, uuid: str) -> HttpResponse:
    """One account: open or closed, and a new password for who lost hers."""
    user = get_object_or_404(User, uuid=uuid, kind=User.Kind.STAFF)
    may = "security" in duties(request)
    form = forms.WhyForm(request.POST or None)
    if request.method == "POST":
        if not may:
            raise Refused(_("Passwords and closing belong to the security administrator."))
        if form.is_valid():
            return _done(request, user, form.cleaned_data["why"])
    posts = held(posts_of([user.pk]).get(user.pk, []))
    pairs = [
        Pair(_("Account"), user.username),
        Pair(_("Full name"), user.name),
        Pair(_("E-mail"), user.email),
        Pair(_("Made"), user.made_at),
        Pair(_("Last signed in"), user.last_login),
        Pair(pgettext("account", "Holds"), posts or _("no office"), faint=not posts),
        Pair(_("State"), state(user)),
    ]
    if may:
        pairs += pairs_of(user)
    context = {
        "user_": user,
        "pairs": pairs,
        "form": form,
        "may": may,
        "crumbs": [(_("Accounts"), reverse("access:accounts")), (user.name, "")],
    }
    return render(request, "access/account.html", context, status=422 if request.method == "POST" else 200)


def _done(request: Request, user: User, why: str) -> HttpResponse:
    """What the security administrator asked for."""
    if user == request.user:
        raise RuleBroken(_("Nobody gives herself a password or closes her own account here; ask another administrator."))
    if request.POST.get("act") == "password":
        password = actions.new_password(user, why=why, by=request.user)
        return render(
            request, "access/password.html", {"user_": user, "password": password, "back": reverse("access:account", args=[user.uuid])}
        )
    actions.set_open(user, is_open=not user.is_active, why=why, by=request.user)
    messages.success(
        request,
        _("%(name)s can no longer sign in.") % {"name": user.name}
        if user.is_active
        else _("%(name)s can sign in again.") % {"name": user.name},
    )
    return go(request, reverse("access:account", args=[user.uuid]))
