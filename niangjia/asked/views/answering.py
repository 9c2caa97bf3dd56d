"""Answering a request: what is known stands filled in; saved in parts, sent as a whole; sent back to be corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from niangjia.asked import actions, forms, queries, said, shown
from niangjia.asked.actions.answering import on_behalf_of
from niangjia.asked.enums import May, Standing, State
from niangjia.asked.models import Addressed, Field
from niangjia.asked.views import me
from niangjia.flow.api import entries_of, running_of
from niangjia.kit.components import Pair, day_words
from niangjia.kit.errors import RuleBroken
from niangjia.kit.filled import filled
from niangjia.kit.pages import go, opens, render
from niangjia.kit.who import allows


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ANSWER, by="uuid")
def answer(request: HttpRequest, one: Addressed) -> HttpResponse:
    """One union's answer: a form while it is open, else what was given."""
    one = Addressed.objects.select_related("request__union", "request__under", "union", "sent_by").get(pk=one.pk)
    fields = queries.sent_fields(one.request)
    open_ = one.state == Standing.NEW and one.request.state == State.ISSUED and allows(request.user, May.ANSWER, one)
    context: dict[str, Any] = {
        "one": one, "title": one.request.title, "text": one.request.why, "crumbs": [*shown.crumbs(one.request, "x")[:2], (one.union.short_name, "")], "pairs": _facts(one), "clocks": running_of(one),
        "entries": entries_of(one), "behalf": open_ and on_behalf_of(one, me(request)), "state": shown.standing(one), "form": None, "known": 0,
    }  # fmt: skip
    if not open_:
        given = queries.given([one])
        context["answers"] = [Pair(field.label, said.value_words(field, given.get((one.pk, field.pk), "")) or "–") for field in fields]
        return render(request, "asked/answer.html", context)
    form, whole = _form(request, one, fields, context), request.POST.get("do") != "save"
    if request.method == "POST" and (form.is_valid() or not whole):
        try:
            if whole:
                actions.send(one, form.values(), by=me(request))
            else:
                actions.save(one, form.values(), by=me(request))
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            if whole:
                messages.success(request, _("Sent. Nobody asks you for this again within a year."))
                return go(request, reverse("asked:list"))
            if not form.errors:
                messages.success(request, _("Saved; it is not sent yet."))
                return go(request, one.get_absolute_url())
    return render(request, "asked/answer.html", context | {"form": form}, status=422 if request.method == "POST" else 200)


def _form(request: HttpRequest, one: Addressed, fields: list[Field], context: dict[str, Any]) -> forms.AnswerForm:
    known = queries.filled([one], fields)
    notes, initial = {}, {}
    for field in fields:
        if found := known.get((one.pk, field.pk)):
            initial[f"f{field.pk}"] = found.value
            notes[field.pk] = _note(found, field)
    context["known"] = sum(bool(value) for value in initial.values())
    return forms.AnswerForm(request.POST or None, asked=fields, notes=notes, whole=request.POST.get("do") != "save", initial=initial)


def _note(found: queries.Filled, field: Field) -> str:
    if found.source == "held":
        return _("As the platform has it; it is contested: %(why)s") % {"why": field.contested}
    if found.given is not None:
        facts = {"day": day_words(found.given.given_on, year=True), "period": found.given.addressed.request.period}
        return (
            _("As given on %(day)s, for %(period)s; change it if it is otherwise now.")
            if facts["period"]
            else _("As given on %(day)s; change it if it is otherwise now.")
        ) % facts
    return ""


def _facts(one: Addressed) -> list[Pair]:
    asks = one.request
    pairs = [
        Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()),
        Pair(_("Who asks"), shown.asker(asks)),
        Pair(_("Of which time the fields speak"), asks.period or "–"),
        Pair(_("Answers are due on"), day_words(asks.due_on, year=True)),
    ]
    if one.state == Standing.ANSWERED and one.sent_by is not None and one.sent_on is not None:
        pairs.append(
            Pair(_("Sent on"), f"{day_words(one.sent_on, year=True)} {one.sent_by.name}{_(' (on its behalf)') if one.on_behalf else ''}")
        )
    return pairs


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ANSWER, do=May.SEND_BACK, by="uuid")
def send_back(request: HttpRequest, one: Addressed) -> HttpResponse:
    """Send an answer back to be corrected."""

    def act(facts: dict[str, Any]) -> str:
        actions.send_back(one, reason=facts["reason"], by=me(request))
        return _("Sent back; the union has been told.")

    back = reverse("asked:unions", args=[one.request.uuid])
    if one.state != Standing.ANSWERED:
        return go(request, back)
    crumbs = [*shown.crumbs(one.request, "x")[:2], (one.union.short_name, one.get_absolute_url())]
    return filled(
        request,
        forms.ReasonForm(request.POST or None),
        act,
        title=pgettext("an answer", "Send it back to be corrected"),
        button=_("Send back"),
        back=back,
        crumbs=crumbs,
    )
