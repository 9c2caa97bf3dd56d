"""An event is handled together with departments: they are asked in, say that they have it, and say what came of it; or it goes to one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kit.barred import barred, while_in
from niangjia.kit.components import Paper, day_words
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, opens
from niangjia.rights import actions, forms
from niangjia.rights.enums import May
from niangjia.rights.flow import EVENT_FLOW
from niangjia.rights.models import Event
from niangjia.rights.views.events import crumbs_of


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.HANDLE_EVENT, by="uuid")
def tasks(request: Request, event: Event) -> HttpResponse:
    """Ask a department in."""

    def act(said: dict[str, Any]) -> str:
        made = actions.add_task(event, **said, by=request.user)
        return _("%(department)s was asked in.") % {"department": made.get_department_display()}

    form = forms.TaskForm(request.POST or None)
    waits = [
        Paper(
            one.get_department_display(),
            day_words(one.until) if one.until else one.what,
            reverse("rights:task", args=[event.uuid, one.uuid]),
        )
        for one in event.tasks.filter(done_at=None).order_by("until", "pk")
    ]
    return filled(
        request, form, act, title=_("Ask a department in"), button=_("Ask"), back=event.get_absolute_url(), crumbs=crumbs_of(event),
        beside=(_("Not done yet"), waits) if waits else None,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.HANDLE_EVENT, by="uuid")
def task(request: Request, event: Event, task: Any) -> HttpResponse:
    """Say what came of a task."""
    one = get_object_or_404(event.tasks, uuid=task)
    if one.done_at is not None and request.method != "POST":
        return barred(request, event, _("This task is done already: %(said)s") % {"said": one.said})

    def act(said: dict[str, Any]) -> str:
        actions.finish_task(one, said=said["said"], by=request.user)
        return _("Done.")

    title = _("%(department)s: done") % {"department": one.get_department_display()}
    form = forms.DoneForm(request.POST or None)
    return filled(
        request, form, act, title=title, button=_("Record it"), text=one.what, back=event.get_absolute_url(), crumbs=crumbs_of(event)
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.HANDLE_EVENT, by="uuid")
def received(request: Request, event: Event, task: Any) -> HttpResponse:
    """A department has said that it has it."""
    one = get_object_or_404(event.tasks, uuid=task)
    if one.received_at is not None and request.method != "POST":
        return barred(request, event, _("%(name)s has said before that it came.") % {"name": one.received_by})

    def act(said: dict[str, Any]) -> str:
        actions.receive_task(one, **said, by=request.user)
        return _("Recorded.")

    title = _("%(department)s: has it") % {"department": one.get_department_display()}
    form = forms.ReceivedForm(request.POST or None, initial={"how": one.how or None, "received_by": one.who})
    return filled(
        request, form, act, title=title, button=_("Record it"), text=one.what, back=event.get_absolute_url(), crumbs=crumbs_of(event)
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.CLOSE_EVENT, by="uuid")
@while_in(*EVENT_FLOW.sources("refer"))
def refer(request: Request, event: Event) -> HttpResponse:
    """It goes to a department."""

    def act(said: dict[str, Any]) -> str:
        actions.refer(event, **said, by=request.user)
        return _("Referred. What the department answers is recorded here.")

    form = forms.ReferForm(request.POST or None)
    return filled(
        request, form, act, title=_("Refer to a department"), button=_("Refer it"), back=event.get_absolute_url(), crumbs=crumbs_of(event)
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.CLOSE_EVENT, by="uuid")
@while_in("REFERRED")
def answer(request: Request, event: Event) -> HttpResponse:
    """The department's answer."""

    def act(said: dict[str, Any]) -> str:
        actions.answer_referral(event, text=said["text"], by=request.user)
        return _("Recorded.")

    form = forms.AnswerForm(request.POST or None)
    return filled(
        request, form, act, title=_("Record the answer"), button=_("Record it"), back=event.get_absolute_url(), crumbs=crumbs_of(event)
    )
