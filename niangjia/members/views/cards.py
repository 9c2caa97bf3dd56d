"""Member cards: orders, the file for the bank and its answer, handing out, and one card."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, steps_for
from niangjia.kit import crypt, mask
from niangjia.kit.components import Act
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.export import export_act
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, note, opens, signed_in
from niangjia.kit.workbook import MEDIA, Book, Col
from niangjia.members import actions, cards, dues, forms_life, moves, queries, shown_dues, shown_life, ticks
from niangjia.members.bank import AGAIN, BANKS, HEADS, NEW
from niangjia.members.enums import CARD, May
from niangjia.members.models import Card, CardBatch
from niangjia.members.views import affair, crumbs, me, queue


@require_safe
@lists(May.SEE_CARDS)
def listed(request: HttpRequest) -> HttpResponse:
    """Orders, cards by what they are, and the members for whom one may be ordered."""
    view, text, under = (request.GET.get(name, "")[:60] for name in ("view", "q", "under"))
    user, made = me(request), None
    if view == "order":
        paged = page(request, cards.without(user, text, under), ["name_py", "id"], text=_("By the reading of names"))
        table = shown_life.candidates(paged.rows)
        homes = queries.homes(user) or [seat.union for seat in user.seats]
        form = forms_life.OrderForm(initial={"union": homes[0].code if homes else "", "bank": next(iter(BANKS))})
        act = Act(_("Draft an order for the ticked"), post=True, primary=True, name="verb", value="draft")
        made = ticks.Ticks(reverse("members:card_draft"), [act], form, here=ticks.here(request))
    elif view in cards.STATES:
        paged = page(request, cards.cards(user, view, text), ["name", "id"], text=_("By the name"))
        table = shown_life.cards(paged.rows)
    else:
        paged = page(request, cards.batches(user), ["-made_at", "-id"], text=_("The newest first"))
        ends = moves.ends("members.cardbatch", "MB-D8", (one.pk for one in paged.rows)) | moves.ends(
            "members.cardbatch", "MB-D9", (one.pk for one in paged.rows)
        )
        table = shown_life.batches(paged.rows, ends)
    away = [export_act(request, "exports:new", what="members.cards")] if view in cards.STATES else []
    return queue(
        request, title=_("Member cards"), text=_("Ordered by two persons for those who agreed on paper; not for foreigners and not for retained members."),
        crumbs=crumbs((_("Member cards"), "")), acts=[*away, Act(_("Order cards"), f"{reverse('members:cards')}?view=order", primary=True)],
        views=shown_life.card_views(view), q=text if view else None, chips=shown_dues.chips(under, dues.named(under) or under),
        keep=[(name, value) for name, value in (("view", view), ("under", under)) if value], table=table, keyset=paged.keyset, found=bool(paged.rows), ticks=made,
        none=_("No card stands here"), advice=_("Order cards for members who have agreed to it on paper."),
    )  # fmt: skip


@require_POST
@signed_in
def draft(request: HttpRequest) -> HttpResponse:
    """Draft an order for all that are ticked."""
    form = forms_life.OrderForm(request.POST)
    if not form.is_valid():
        raise RuleBroken(" ".join(str(said) for errors in form.errors.values() for said in errors))
    said = form.cleaned_data
    made = actions.draft(
        said["union"], dues.those(me(request), list(ticks.ticked(request.POST))), bank=said["bank"], consent=said["consent"], by=me(request)
    )
    messages.success(request, _("Drafted; another person sends it to the bank."))
    return go(request, made.get_absolute_url())


@require_safe
@opens(May.SEE_CARDS, by="uuid")
def batch(request: HttpRequest, one: CardBatch) -> HttpResponse:
    """One order: who is in it, where it stands, the file for the bank."""
    rows = list(one.cards.select_related("union").order_by("serial")[:500])
    acts = []
    if cards.may_take_file(one, me(request)):
        acts = [
            Act(words, reverse("members:card_file", args=[one.uuid, form]), icon="download")
            for form, words in (("csv", _("File for the bank (GBK)")), ("xlsx", _("The same as a workbook")))
        ]
    hands_out = one.state == "MADE"
    steps = steps_for(one, request.user)
    return affair(
        request, title=str(one), state=shown_life.batch_state(one), acts=acts, steps=steps, move_url=reverse("members:card_step", args=[one.uuid]),
        meta=_("the file lies ready for you until %(when)s") % {"when": one.lies_until.date()} if acts and one.lies_until else "",
        crumbs=crumbs((_("Member cards"), reverse("members:cards")), (str(one), "")), parts=[(_("Order"), shown_life.batch_pairs(one, cards.counted(one)))],
        tables=[] if hands_out else [(shown_life.many(len(rows)), shown_life.cards(rows))],
        ticks=ticks.Ticks(
            reverse("members:hand_out", args=[one.uuid]), [Act(_("Handed out to the ticked"), post=True, primary=True, name="verb", value="hand")], forms_life.HandForm()
        ) if hands_out else None,
        more=shown_life.cards(rows, ticks=True) if hands_out else None, entries=entries_of(one), clocks=running_of(one),
    )  # fmt: skip


@require_POST
@opens(May.SEE_CARDS, by="uuid")
def step(request: HttpRequest, one: CardBatch) -> HttpResponse:
    """Send an order to the bank, or drop it."""
    match request.POST.get("verb", ""):
        case "send":
            actions.send_order(one, by=me(request))
            messages.success(request, _("Sent; take the file to the bank within the days that it lies ready."))
        case "drop":
            actions.drop_order(one, reason=request.POST.get("reason", ""), by=me(request))
        case _verb:
            raise Http404
    return go(request, one.get_absolute_url())


@require_safe
@opens(May.SEE_CARDS, do=May.SEND_CARDS, by="uuid")
def file(request: HttpRequest, one: CardBatch, form: str) -> HttpResponse:
    """The file for the bank, for whoever sent the order, while it lies ready; each taking is written down."""
    if form not in ("csv", "xlsx") or not cards.may_take_file(one, me(request)):
        raise Http404
    orders = actions.orders(one)
    if form == "csv":
        body, media = BANKS[one.bank].order(orders), "text/csv; charset=gb18030"
    else:
        out = io.BytesIO()
        with Book(out) as book:
            lines = ([str(o.serial), o.name, o.paper, o.number, o.phone, AGAIN if o.again else NEW] for o in orders)
            book.sheet("制卡", [Col(head, 20) for head in HEADS], lines)
        body, media = out.getvalue(), MEDIA
    note(request, "downloaded", "members.cardbatch", one.pk, form)
    answer = HttpResponse(body, content_type=media)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"cards-{one.pk}-{today():%Y%m%d}.{form}") or ""
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
@opens(May.SEE_CARDS, do=May.ORDER_CARDS, by="uuid")
def answer(request: HttpRequest, one: CardBatch) -> HttpResponse:
    """The bank's answer is read: each card has a number, or a reason."""

    def act(facts: dict[str, Any]) -> str:
        good, bad = actions.read_answer(one, facts["file"].read(), by=me(request))
        return _("%(good)d cards are made, %(bad)d are not.") % {"good": good, "bad": bad}

    form = forms_life.AnswerForm(request.POST or None, request.FILES or None)
    return filled(
        request, form, act, title=_("Read the bank's answer"), button=_("Read it"), back=one.get_absolute_url(),
        crumbs=crumbs((_("Member cards"), reverse("members:cards")), (str(one), one.get_absolute_url())),
    )  # fmt: skip


@require_POST
@opens(May.SEE_CARDS, do=May.ORDER_CARDS, by="uuid")
def hand_out(request: HttpRequest, one: CardBatch) -> HttpResponse:
    """The ticked have their cards."""
    form = forms_life.HandForm(request.POST)
    if not form.is_valid():
        raise RuleBroken("".join(str(said) for said in form.errors["on"]))
    n = actions.hand_out(one, list(one.cards.filter(uuid__in=ticks.ticked(request.POST))), on=form.cleaned_data["on"], by=me(request))
    messages.success(request, ngettext("%(n)d card is handed out.", "%(n)d cards are handed out.", n) % {"n": n})
    return go(request, one.get_absolute_url())


@require_safe
@opens(May.SEE_CARD, by="uuid")
def card(request: HttpRequest, one: Card) -> HttpResponse:
    """One card, its number covered but for the last four."""
    shown = mask.bank(crypt.unseal(one.number_sealed, CARD)) if one.number_sealed else ""
    return affair(
        request, title=str(one), state=shown_life.card_state(one), steps=steps_for(one, request.user), move_url=reverse("members:one_card_step", args=[one.uuid]),
        crumbs=crumbs((_("Member cards"), reverse("members:cards")), (str(one), "")), parts=[(_("Card"), shown_life.card_pairs(one, shown))], entries=entries_of(one),
    )  # fmt: skip


@require_POST
@opens(May.SEE_CARD, by="uuid")
def card_step(request: HttpRequest, one: Card) -> HttpResponse:
    """A card is lost, found again or cancelled."""
    by, reason = me(request), request.POST.get("reason", "")
    match request.POST.get("verb", ""):
        case "lose":
            actions.lose(one, reason=reason, by=by)
            messages.success(request, _("Noted as lost; order a new one, which replaces it."))
        case "find":
            actions.find(one, by=by)
        case "cancel":
            actions.cancel(one, reason=reason, by=by)
        case _verb:
            raise Http404
    return go(request, one.get_absolute_url())
