"""What is done on a redundancy hearing: hearings, the reply, the answer, the report, what became of it, advice from above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.files.api import attach
from niangjia.kit.barred import while_in
from niangjia.kit.filled import Act, filled
from niangjia.kit.pages import Request, opens
from niangjia.rights import actions
from niangjia.rights.drawn import number_of
from niangjia.rights.enums import May
from niangjia.rights.flow import REDUNDANCY_FLOW
from niangjia.rights.forms import PaperForm
from niangjia.rights.forms import redundancy as forms
from niangjia.rights.models import Redundancy
from niangjia.rights.redundant import ByRule
from niangjia.rights.views.redundancy import crumbs_of


def _page(request: Request, case: Redundancy, form: django_forms.Form, act: Act, title: Any, button: Any, text: Any = "") -> HttpResponse:
    return filled(request, form, act, title=title, button=button, text=text, back=case.get_absolute_url(), crumbs=crumbs_of(case))


def _with_file(request: Request, case: Redundancy, purpose: Any, do: Callable[..., Any], done: str) -> Act:
    """Do it, and lay the paper that came with it on the case."""

    def act(said: dict[str, Any]) -> str:
        file = said.pop("file")
        do(case, **said, by=request.user)
        if file:
            attach(case, file, name=file.name, purpose=purpose, by=request.user)
        return done

    return act


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.HEAR_REDUNDANCY, by="uuid")
@while_in(*REDUNDANCY_FLOW.sources("hear"))
def hear(request: Request, redundancy: Redundancy) -> HttpResponse:
    """Opinions were heard."""
    form = forms.HearingForm(request.POST or None, request.FILES or None)
    act = _with_file(request, redundancy, _("Minutes"), actions.hear_staff, _("The hearing is recorded."))
    return _page(request, redundancy, form, act, _("Record a hearing"), _("Record it"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.HEAR_REDUNDANCY, by="uuid")
@while_in(*REDUNDANCY_FLOW.sources("reply"))
def reply(request: Request, redundancy: Redundancy) -> HttpResponse:
    """裁员听取意见函."""

    def act(said: dict[str, Any]) -> str:
        one = actions.reply_to(redundancy, **said, by=request.user).paper
        return _("%(number)s lies on the case as Word and as PDF. Hand it to the employer.") % {
            "number": number_of(one.kind, one.year, one.number) if one else ""
        }

    form = forms.ReplyForm(
        request.POST or None, initial={"text": "\n".join(redundancy.hearings.order_by("pk").values_list("opinions", flat=True))}
    )
    text = _("The letter states the plan, the numbers, the reasons and what was heard by itself; write only what the union says to it.")
    return _page(request, redundancy, form, act, _("Reply to the employer"), _("Give it its number"), text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.HEAR_REDUNDANCY, by="uuid")
@while_in(*REDUNDANCY_FLOW.sources("answer"))
def answer(request: Request, redundancy: Redundancy) -> HttpResponse:
    """The employer's answer in writing."""
    form = forms.FirmAnswerForm(request.POST or None, request.FILES or None)
    act = _with_file(request, redundancy, _("Answer of the employer"), actions.answer_union, _("The answer is recorded."))
    return _page(request, redundancy, form, act, _("Record the employer's answer"), _("Record it"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.HEAR_REDUNDANCY, by="uuid")
@while_in(*REDUNDANCY_FLOW.sources("report"))
def report(request: Request, redundancy: Redundancy) -> HttpResponse:
    """The plan was reported to the labour bureau."""
    form = forms.BureauForm(request.POST or None, request.FILES or None)
    act = _with_file(request, redundancy, _("Receipt of the labour bureau"), actions.report_plan, _("The report is recorded."))
    return _page(request, redundancy, form, act, _("Record the report to the labour bureau"), _("Record it"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.HEAR_REDUNDANCY, by="uuid")
@while_in(*REDUNDANCY_FLOW.sources("carry"))
def carry(request: Request, redundancy: Redundancy) -> HttpResponse:
    """It was carried out: the rule is asked, and its answer kept."""

    def act(said: dict[str, Any]) -> str:
        done = actions.carry_out(redundancy, **said, by=request.user)
        return _("Recorded: %(rule)s.") % {"rule": dict(ByRule.choices)[done.kept]}

    form = forms.CarriedForm(request.POST or None, initial={"dismissed": redundancy.planned})
    text = _("Record it also where a step is missing: the rule then says what was not kept.")
    return _page(request, redundancy, form, act, _("Record that it was carried out"), _("Record it"), text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.LEAD_REDUNDANCY, by="uuid")
@while_in(*REDUNDANCY_FLOW.sources("supervise"))
def supervise(request: Request, redundancy: Redundancy) -> HttpResponse:
    """It becomes a supervision case."""

    def act(said: dict[str, Any]) -> tuple[str, str]:
        made = actions.turn_over(redundancy, **said, by=request.user)
        return _("%(reference)s is recorded.") % {"reference": made.reference}, made.get_absolute_url()

    text = _("A supervision case of your own office begins, and the hearing ends. The union there is told.")
    form = forms.OverForm(request.POST or None)
    return _page(request, redundancy, form, act, _("Turn it into supervision"), _("Turn it into supervision"), text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.HEAR_REDUNDANCY, by="uuid")
@while_in(*actions.REVISING)
def revision(request: Request, redundancy: Redundancy) -> HttpResponse:
    """The employer has changed its plan."""

    def act(said: dict[str, Any]) -> str:
        actions.revise(redundancy, **said, by=request.user)
        return _("The change is recorded; the clocks follow.")

    form = forms.RevisionForm(request.POST or None, initial={"planned": redundancy.planned, "planned_on": redundancy.planned_on})
    return _page(request, redundancy, form, act, _("The plan has changed"), _("Record it"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.LEAD_REDUNDANCY, by="uuid")
@while_in(*actions.ADVISING)
def advice(request: Request, redundancy: Redundancy) -> HttpResponse:
    """A rights office above advises."""

    def act(said: dict[str, Any]) -> str:
        actions.advise_union(redundancy, **said, by=request.user)
        return _("Your advice stands on the case; the union there is told.")

    return _page(request, redundancy, forms.AdviceForm(request.POST or None), act, _("Advise the union"), _("Send it"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.HEAR_REDUNDANCY, by="uuid")
@while_in(*actions.WARNING)
def event(request: Request, redundancy: Redundancy) -> HttpResponse:
    """It is reported as an event too."""

    def act(said: dict[str, Any]) -> tuple[str, str]:
        made = actions.warn_of(redundancy, **said, by=request.user)
        return _("%(reference)s is recorded.") % {"reference": made.reference}, made.get_absolute_url()

    text = _(
        "Where workers are restless, an event of the type “layoffs” is reported with the numbers of the plan. The hearing goes on beside it."
    )
    return _page(request, redundancy, forms.WarningForm(request.POST or None), act, _("Report it as an event"), _("Report an event"), text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_REDUNDANCY, do=May.HEAR_REDUNDANCY, by="uuid")
def papers(request: Request, redundancy: Redundancy) -> HttpResponse:
    """Lay a paper on the case: the plan, the list, minutes."""

    def act(said: dict[str, Any]) -> str:
        attach(redundancy, said["file"], name=said["file"].name, purpose=said["purpose"], by=request.user)
        return _("“%(name)s” lies on the file.") % {"name": said["file"].name}

    return _page(request, redundancy, PaperForm(request.POST or None, request.FILES or None), act, _("Add a paper"), _("Add"))
