"""A person's messages: the list, one message, and the two things that she does with it: read it, and take note of it."""

from __future__ import annotations

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from niangjia.access.models import User
from niangjia.kit.components import Act, Pair, View, link, moment_words, pill
from niangjia.kit.keyset import page
from niangjia.kit.pages import also_for_members, go, lists, opens, render, signed_in
from niangjia.kit.tables import Column, Row, Table
from niangjia.notices import actions, queries
from niangjia.notices.enums import May
from niangjia.notices.models import Message
from niangjia.notices.wording import words_of


def reader(request: HttpRequest) -> User:
    """Whoever is signed in."""
    assert isinstance(request.user, User)
    return request.user


@require_safe
@lists(May.READ)
@also_for_members
def inbox(request: HttpRequest) -> HttpResponse:
    """All messages of a person, the last first."""
    view, user = request.GET.get("v", ""), reader(request)
    shown, counts = page(request, queries.listed(user, view), queries.ORDER, text=_("The newest first")), queries.counts(user)
    return render(request, "notices/inbox.html", {
        "text": _sentence(counts.unread, counts.receipt),
        "acts": [Act(_("Mark all as read"), url="#all-read")] if counts.plain else [],
        "views": [
            View(_("All"), "?", here=not view),
            View(_("Unread"), "?v=unread", counts.unread, here=view == "unread"),
            View(_("Waiting for your receipt"), "?v=receipt", counts.receipt, here=view == "receipt"),
        ],
        "table": _table(shown.rows),
        "some": bool(shown.rows),
        "keyset": shown.keyset,
        "plain": counts.plain,
        "everything": Act(_("Mark as read"), post=True, primary=True),
        "back": Act(_("All messages"), "?") if request.GET else None,
    }, part="rows")  # fmt: skip


def _sentence(unread: int, receipt: int) -> str:
    if not unread and not receipt:
        return _("You have read everything.")
    said = ngettext("%(n)d message is unread.", "%(n)d messages are unread.", unread) % {"n": unread} if unread else ""
    if receipt:
        said += " " if said and not said.endswith("。") else ""
        said += ngettext(
            "%(n)d waits for you to say that you have taken note.", "%(n)d wait for you to say that you have taken note.", receipt
        ) % {"n": receipt}
    return said


def _table(rows: list[Message]) -> Table:
    columns = [
        Column(_("Message"), at=1),
        Column(_("Received"), at=3, nowrap=True, soft=True, row_head=False),
        Column(_("State"), at=2, nowrap=True),
    ]
    lines = [Row([link(words_of(one).title, one.get_absolute_url()), moment_words(one.at), state(one)]) for one in rows]
    return Table(columns, lines, label=_("Messages"), id="messages")


def state(one: Message) -> str:
    """Where a message stands with its reader."""
    if one.noted_at:
        return pill("done", _("Taken note of"))
    if one.receipt:
        return pill("wait", _("Receipt asked for"))
    if one.read_at:
        return pill("done", pgettext("of a message", "Read"))
    return pill("late" if one.urgent else "open", _("Urgent") if one.urgent else _("New"))


@require_safe
@opens(May.READ, by="uuid")
def message(request: HttpRequest, message: Message) -> HttpResponse:
    """One message. Opening it only reads; that it was read is written by the post that the page makes, or by its button."""
    return _page(request, message)


def _page(request: HttpRequest, one: Message, part: str = "") -> HttpResponse:
    pairs = [
        Pair(_("Received"), moment_words(one.at)),
        Pair(pgettext("of a message", "Read"), moment_words(one.read_at) if one.read_at else _("not yet"), faint=not one.read_at),
    ]
    if one.receipt:
        pairs.append(Pair(_("Taken note"), moment_words(one.noted_at) if one.noted_at else _("not yet"), faint=not one.noted_at))
    if one.mailed_at:
        pairs.append(Pair(_("Sent by e-mail"), moment_words(one.mailed_at)))
    return render(request, "notices/message.html", {
        "message": one,
        "words": words_of(one),
        "pairs": pairs,
        "crumbs": [(_("Messages"), reverse("notices:inbox")), (_("Urgent") if one.urgent else _("Message"), "")],
        "acts": [Act(_("Open what it is about"), one.url, primary=not one.receipt or one.noted_at is not None)] if one.url else [],
        "note": Act(_("I have taken note"), post=True, primary=True),
        "read": Act(_("Mark as read"), post=True),
        "asks": one.receipt and one.noted_at is None,
    }, part=part)  # fmt: skip


@require_POST
@opens(May.READ, do=May.READ, by="uuid")
def reading(request: HttpRequest, message: Message) -> HttpResponse:
    """She has opened it: a page with htmx says so by itself, one without has a button."""
    actions.read(message)
    return _page(request, message, part="letter") if getattr(request, "htmx", False) else go(request, message.get_absolute_url())


@require_POST
@opens(May.READ, do=May.READ, by="uuid")
def receipt(request: HttpRequest, message: Message) -> HttpResponse:
    """She has taken note."""
    actions.take_note(message)
    toasts.success(request, _("Your receipt is kept, with the time; whoever sent this can see it."))
    return go(request, message.get_absolute_url())


@require_POST
@signed_in
@also_for_members
def all_read(request: HttpRequest) -> HttpResponse:
    """Everything that asks for no receipt is read."""
    many = actions.read_all(reader(request))
    toasts.success(request, ngettext("%(n)d message is marked as read.", "%(n)d messages are marked as read.", many) % {"n": many})
    return go(request, reverse("notices:inbox"))
