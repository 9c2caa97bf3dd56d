"""While somebody is away: her offices, and who stands in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.access.models import User
from niangjia.kit.components import day_words
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import Request, go, render, signed_in
from niangjia.unions import forms, queries, shown
from niangjia.unions.actions import standing
from niangjia.unions.models import Office


@require_safe
@signed_in
def away(request: Request) -> HttpResponse:
    """My offices, and who stands in for me; the offices in which I stand in."""
    mine, others = queries.away(request.user)
    context = {"mine": shown.away_table(mine), "others": shown.stands_in_papers(others), "held": bool(mine)}
    return render(request, "unions/away.html", context)


def _office(request: Request, uuid: str) -> Office:
    """An office that runs, of hers or where she appoints; else it does not exist for her."""
    office = get_object_or_404(Office.objects.select_related("union"), uuid=uuid, until=None, delegated_by=None)
    if not standing.may_send(office, request.user):
        raise Http404
    return office


@require_http_methods(["GET", "POST"])
@signed_in
def stand_in(request: Request, uuid: str) -> HttpResponse:
    """Say who stands in, from when to when."""
    office = _office(request, uuid)
    mine = office.user_id == request.user.pk
    back = reverse("unions:away") if mine else office.union.get_absolute_url()
    form = forms.StandInForm(request.POST or None, people=shown.stand_in_choices(queries.may_stand_in(office)))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            to = User.objects.get(pk=int(facts["to"]))
            made = standing.stand_in(office, to=to, since=facts["since"], last=facts["last"], by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            said = _("%(name)s stands in from %(first)s to %(last)s.")
            messages.success(request, said % {"name": made.name, "first": day_words(made.since), "last": day_words(made.last_day)})
            return go(request, back)
    running = Office.objects.filter(delegated_by=office, until__gt=today()).order_by("since")
    context = {
        "office": office, "form": form, "back": back, "running": [(one, shown.span_of(one)) for one in running], "title": _("Who stands in for %(name)s") % {"name": office.name},
        "crumbs": [(_("While I am away"), back)] if mine else [(office.union.short_name, back)],
    }  # fmt: skip
    return render(request, "unions/stand_in.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@signed_in
def call_back(request: Request, uuid: str) -> HttpResponse:
    """She no longer stands in."""
    office = get_object_or_404(Office.objects.select_related("delegated_by", "union"), uuid=uuid, delegated_by__isnull=False)
    assert office.delegated_by is not None
    if not standing.may_send(office.delegated_by, request.user):
        raise Http404
    standing.call_back(office, by=request.user)
    messages.success(request, _("%(name)s no longer stands in.") % {"name": office.name})
    return go(request, reverse("unions:away") if office.delegated_by.user_id == request.user.pk else office.union.get_absolute_url())
