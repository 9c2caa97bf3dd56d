"""The report of an event: in two minutes on a phone, with what follows from it beside the form."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kit.answer import asking
from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.pages import Request, go, render, seated
from niangjia.kit.who import allows
from niangjia.rights import actions, forms, queries, rules
from niangjia.rights.enums import May
from niangjia.rights.models import Event
from niangjia.rights.permissions import CALLED, REPORTERS, reports
from niangjia.rights.shown import events as shown
from niangjia.rights.views import kept
from niangjia.rights.views.choosing import choose
from niangjia.unions.models import Employer, Union

AS_SAID = (
    "detail", "channel", "behaviour", "demands", "measures", "spot", "project", "occurred_at", "teller", "teller_contact", "anonymous",
)  # fmt: skip


def place_for(request: Request) -> Union | None:
    """The union at which the reader reports: the one named, or her own if she sits in one union only."""
    if code := request.GET.get("union"):
        union = Union.objects.filter(code=code).exclude(state="ABOLISHED").first()
        if union is None or not allows(request.user, May.REPORT_EVENT, union):
            raise Http404
        return union
    own = {seat.union_id: seat.union for seat in request.user.seats if seat.duty in REPORTERS}
    if not reports(request.user):
        raise Refused(_("Outside your turns on duty, whoever holds another office reports events."))
    only = next(iter(own.values())) if len(own) == 1 else None
    return only if only is not None and only.level > 3 else None


@require_http_methods(["GET", "POST"])
@seated(*sorted(CALLED))
def report(request: Request) -> HttpResponse:
    """Report an event; what follows from it stands beside the form before it is sent."""
    if kept.of_another(request):
        return kept.answer({"fault": "account"}, 409)
    union = place_for(request)
    if union is None:
        return kept.answer({"fault": "union"}, 422) if kept.asked(request) else _choose(request)
    form = forms.ReportForm(request.POST or None, request.FILES or None, initial={"firm": union.employer.name if union.employer else ""})
    rung, _desk = actions.origin(union, request.user)
    matter = _matter(request, form, union)
    looking = "look" in request.POST
    if request.method == "POST" and not looking and form.is_valid():
        try:
            made, fresh = _reported(request, union, form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            said = {"reference": made.reference, "desk": made.desk.short_name}
            if fresh:
                messages.success(request, _("%(reference)s is recorded. It now lies with %(desk)s.") % said)
            else:
                messages.info(
                    request, _("%(reference)s had arrived before; it is one report. What you know beyond it is a follow-up.") % said
                )
            return kept.taken(made) if kept.asked(request) else go(request, made.get_absolute_url())
    if kept.asked(request):
        return kept.answer({"fault": "form"}, 422)
    if looking:
        form.errors.clear()
    context = {
        "form": form, "union": union, "fore": shown.forecast(matter, union, rung), "back": reverse("rights:events"),
        "crumbs": [(_("Early warnings"), reverse("rights:events")), (_("Report"), "")], "lately": matter.again - 1, "meant": queries.employers_like(form["firm"].value() or "", union) if request.method == "POST" else [],
        "keeper": kept.keeper(request),
    }  # fmt: skip
    return render(
        request,
        "rights/report.html",
        context,
        part="fore" if looking else "",
        status=422 if request.method == "POST" and not looking else 200,
    )


def _reported(request: Request, union: Union, said: dict[str, Any]) -> tuple[Event, bool]:
    """The event, and whether it is a new one: what was kept on a phone carries a key, under which it is taken once."""
    facts, send, key = _facts(union, said, kept.written(request.POST)), "keep" not in request.POST, kept.key_of(request.POST)
    if key is None:
        return actions.report(union, facts, by=request.user, send=send, pictures=said["pictures"]), True
    return actions.report_kept(union, facts, key, by=request.user, send=send, pictures=said["pictures"])


def _choose(request: Request) -> HttpResponse:
    crumbs = [(_("Early warnings"), reverse("rights:events")), (_("Report"), "")]
    return choose(request, May.REPORT_EVENT, REPORTERS, url=reverse("rights:report"), crumbs=crumbs)


def _matter(request: Request, form: forms.ReportForm, union: Union) -> rules.Matter:
    """What the scale reads of a form that is only half filled."""
    if request.method != "POST":
        firm = form["firm"].value() or ""
        return rules.Matter(0, again=queries.again(union, queries.employer_named(firm, union), firm, today()))
    form.is_valid()
    said, ask = form.cleaned_data, asking(union, today())
    firm = said.get("firm") or ""
    employer = queries.employer_named(firm, union)
    return rules.Matter(
        said.get("affected") or 0,
        said.get("involved") or 0,
        said.get("behaviour") or "NONE",
        said.get("owed") or Decimal(0),
        said.get("months_owed") or Decimal(0),
        queries.sector(said.get("kind") or "", employer, ask),
        queries.again(union, employer, firm, today()),
    )


def _facts(union: Union, said: dict[str, Any], written: datetime | None) -> actions.Facts:
    firm: str = said["firm"].strip()
    own = union.employer
    employer: Employer | None = own if own is not None and own.name == firm else queries.employer_named(firm, union)
    builder = queries.employer_named(said["builder"], union)
    as_said: dict[str, Any] = {name: said[name] for name in AS_SAID}
    numbers: dict[str, Any] = {name: said[name] or 0 for name in ("involved", "dead", "injured")}
    sums: dict[str, Any] = {name: said[name] or Decimal(0) for name in ("owed", "months_owed", "compensation", "insurance")}
    return actions.Facts(
        employer.name if employer else firm, said["kind"], said["affected"], employer=employer, builder=builder,
        builder_name=builder.name if builder else said["builder"], known_at=said["known_at"] or written, **as_said, **numbers, **sums,
    )  # fmt: skip
