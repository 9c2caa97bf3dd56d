"""What is done on a case of legal aid with a form of its own: papers, decision, assignment, hearings, money, result, report, ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from niangjia.kit.barred import while_in
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, opens
from niangjia.rights import actions
from niangjia.rights.actions.aid import NAMING, SUPPLYING
from niangjia.rights.actions.aiding import HEARING, PAYING
from niangjia.rights.aided import AidMay, AidResult, AidState, ProofKind
from niangjia.rights.aidflow import AID_FLOW
from niangjia.rights.drawn import kinds
from niangjia.rights.forms import aid as forms
from niangjia.rights.forms.mediation import DrawForm, ReasonForm
from niangjia.rights.models import Aid
from niangjia.rights.queries import aid as queries
from niangjia.rights.shown import aid as shown
from niangjia.rights.shown.agents import agent_word
from niangjia.rights.views.aid import crumbs_of
from niangjia.rights.views.papers import drawing


def _page(
    request: Request, case: Aid, form: django_forms.Form, act: Callable[[dict[str, Any]], str], title: Any, button: Any, text: Any = ""
) -> HttpResponse:
    return filled(request, form, act, title=title, button=button, text=text, back=case.get_absolute_url(), crumbs=crumbs_of(case))


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.SUPPLY_AID, by="uuid")
@while_in(*SUPPLYING)
def proofs(request: Request, aid: Aid) -> HttpResponse:
    """A paper comes."""

    def act(said: dict[str, Any]) -> str:
        made = actions.add_proof(aid, **said, by=request.user)
        return _("%(paper)s lies on the case.") % {"paper": made.get_kind_display()}

    lacking = queries.missing_of(aid)
    form = forms.ProofForm(request.POST or None, request.FILES or None, initial={"kind": lacking[0] if lacking else "EVIDENCE"})
    return _page(request, aid, form, act, _("Add a paper"), _("Add"), shown.waits(aid, lacking) if lacking else "")


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.DECIDE_AID, by="uuid")
@while_in(*NAMING)
def recipients(request: Request, aid: Aid) -> HttpResponse:
    """One more person in the same matter."""

    def act(said: dict[str, Any]) -> str:
        made = actions.add_recipient(aid, **{**said, "claimed": said["claimed"] or 0}, by=request.user)
        return _("%(name)s is aided in this case.") % {"name": made.person.name}

    return _page(request, aid, forms.RecipientForm(request.POST or None), act, _("One more person"), _("Add"))


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.DECIDE_AID, by="uuid")
@while_in(*NAMING)
def limit(request: Request, aid: Aid) -> HttpResponse:
    """The last day for arbitration or suit."""

    def act(said: dict[str, Any]) -> str:
        actions.set_limit(aid, on=said["on"], by=request.user)
        return _("Recorded.")

    return _page(
        request, aid, forms.LimitForm(request.POST or None, initial={"on": aid.limit_on}), act, _("Last day of the limitation"), _("Save")
    )


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.DECIDE_AID, by="uuid")
@while_in(*AID_FLOW.sources("ask"))
def ask(request: Request, aid: Aid) -> HttpResponse:
    """Ask for papers, all at once."""

    def act(said: dict[str, Any]) -> str:
        actions.ask_papers(aid, **said, by=request.user)
        return _("Asked. The days of the review stand still until the papers are here.")

    lacking = "、".join(str(ProofKind(one).label) for one in queries.missing_of(aid))
    return _page(
        request, aid, forms.AskForm(request.POST or None, initial={"wanted": lacking}), act, _("Ask for papers"), _("Ask for them")
    )


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.DECIDE_AID, by="uuid")
@while_in(*AID_FLOW.sources("grant"))
def grant(request: Request, aid: Aid) -> HttpResponse:
    """Aid is granted."""

    def act(said: dict[str, Any]) -> str:
        actions.grant_aid(aid, **said, by=request.user)
        return _("Granted. Assign an agent within the days.")

    lacking = queries.missing_of(aid)
    text = shown.waits(aid, lacking)
    if lacking and queries.may_advance(aid):
        text += " " + _("A limitation ends within days: aid may come in advance (Legal Aid Law, art. 44).")
    return _page(request, aid, forms.GrantForm(request.POST or None, initial={"form": aid.form}), act, _("Grant aid"), _("Grant aid"), text)


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.DECIDE_AID, by="uuid")
@while_in(*AID_FLOW.sources("refuse"))
def refuse(request: Request, aid: Aid) -> HttpResponse:
    """Aid is refused."""

    def act(said: dict[str, Any]) -> str:
        actions.refuse_aid(aid, **said, by=request.user)
        return _("Refused. She reads why, and may object.")

    return _page(request, aid, forms.RefuseForm(request.POST or None), act, _("Refuse aid"), _("Refuse aid"))


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.ASSIGN_AID, by="uuid")
@while_in(*AID_FLOW.sources("assign"))
def assign(request: Request, aid: Aid) -> HttpResponse:
    """Choose who acts."""
    people = {str(one.uuid): one for one in queries.agents_for(aid)}

    def act(said: dict[str, Any]) -> str:
        actions.assign(aid, people[said["agent"]], form=said["form"], declared=said["declared"], by=request.user)
        return _("The assignment lies before the chair.")

    form = forms.AssignForm(
        request.POST or None, people=[(key, agent_word(one)) for key, one in people.items()], initial={"form": aid.form}
    )
    text = (
        _("It gets its number when the chair or a vice-chair has signed.")
        if people
        else _("Nobody stands on the register of agents here or above. Add somebody first.")
    )
    return _page(request, aid, form, act, _("Assign an agent"), _("Lay it before the chair"), text)


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.HANDLE_AID, by="uuid")
@while_in(*HEARING)
def hearings(request: Request, aid: Aid) -> HttpResponse:
    """A day is set on which it is heard."""

    def act(said: dict[str, Any]) -> str:
        actions.plan_hearing(aid, **said, by=request.user)
        return _("The hearing is recorded; it is told before its day.")

    return _page(request, aid, forms.AidHearingForm(request.POST or None), act, _("A day is set for a hearing"), _("Record it"))


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.HANDLE_AID, by="uuid")
@while_in(*HEARING)
def hearing(request: Request, aid: Aid, hearing: UUID) -> HttpResponse:
    """What came of a hearing."""
    line = get_object_or_404(aid.hearings.select_related("aid"), uuid=hearing, outcome="")

    def act(said: dict[str, Any]) -> str:
        actions.record_hearing(line, **said, by=request.user)
        return _("Recorded.")

    return _page(
        request, aid, forms.OutcomeForm(request.POST or None), act, _("Record what came of the hearing"), _("Record it"), line.body
    )


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.HANDLE_AID, by="uuid")
@while_in(*PAYING)
def money(request: Request, aid: Aid) -> HttpResponse:
    """A payment: entered here, or taken over from the dispute, where it counts once."""
    if aid.dispute is not None:
        waiting = queries.to_take_over(aid)

        def over(_said: dict[str, Any]) -> str:
            found = actions.take_over(aid, by=request.user)
            return _("Taken over: %(yuan)s yuan.") % {"yuan": f"{sum(one.amount for one in found):,.2f}"}

        text = _("In %(case)s, %(yuan)s yuan have come since aid was granted and wait to be taken over. In the total of money recovered they count once, there.") % {
            "case": aid.dispute.reference, "yuan": f"{sum(one.amount for one in waiting):,.2f}",
        }  # fmt: skip
        return _page(
            request,
            aid,
            django_forms.Form(request.POST if request.method == "POST" else None),
            over,
            _("Take payments over"),
            _("Take payments over"),
            text,
        )
    people = {str(one.pk): one for one in aid.recipients.select_related("person").order_by("pk")}

    def act(said: dict[str, Any]) -> str:
        who = people.get(said.pop("recipient", ""))
        actions.receive_aid(aid, **said, recipient=who, by=request.user)
        return _("The payment is entered.")

    form = forms.AidMoneyForm(request.POST or None, people=[(key, one.person.name) for key, one in people.items()])
    return _page(request, aid, form, act, _("Enter a payment"), _("Enter it"), _("Only money that really came, with its paper."))


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.HANDLE_AID, by="uuid")
@while_in(*PAYING)
def receipt(request: Request, aid: Aid, receipt: UUID) -> HttpResponse:
    """Make a line of money void."""
    line = get_object_or_404(aid.receipts.select_related("aid"), uuid=receipt, void=False)

    def act(said: dict[str, Any]) -> str:
        actions.void_aid_receipt(line, why=said["why"], by=request.user)
        return _("The line counts no more.")

    return _page(request, aid, ReasonForm(request.POST or None), act, _("Make a payment void"), _("Make it void"), shown.yuan(line.amount))


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.HANDLE_AID, by="uuid")
@while_in(AidState.HANDLING)
def finish(request: Request, aid: Aid) -> HttpResponse:
    """The matter is over."""

    def act(said: dict[str, Any]) -> str:
        actions.finish_aid(aid, **said, by=request.user)
        return _("%(result)s. Hand in the case report within its days.") % {"result": AidResult(said["result"]).label}

    return _page(request, aid, forms.ResultForm(request.POST or None), act, _("Record the result"), _("Record it"))


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.HANDLE_AID, by="uuid")
@while_in(AidState.FINISHED)
def report(request: Request, aid: Aid) -> HttpResponse:
    """The case report."""

    def act(said: dict[str, Any]) -> str:
        actions.report_aid(aid, **said, by=request.user)
        return _("Handed in. Somebody else reads it, and files the case.")

    return _page(
        request,
        aid,
        forms.CaseReportForm(request.POST or None, initial={"text": aid.report}),
        act,
        _("Hand in the case report"),
        _("Hand it in"),
    )


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.CLOSE_AID, by="uuid")
@while_in("FINISHED", "REPORTED", "CLOSED")
def rating(request: Request, aid: Aid) -> HttpResponse:
    """How content she is, as she told the office."""

    def act(said: dict[str, Any]) -> str:
        actions.rate(aid, **said, by=request.user)
        return _("Recorded.")

    return _page(
        request,
        aid,
        forms.RateForm(request.POST or None, initial={"satisfied": aid.satisfied, "remark": aid.remark}),
        act,
        _("How content she is"),
        _("Record it"),
    )


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.DECIDE_AID, by="uuid")
@while_in(*AID_FLOW.sources("terminate"))
def terminate(request: Request, aid: Aid) -> HttpResponse:
    """Aid is ended before its time."""

    def act(said: dict[str, Any]) -> str:
        actions.terminate(aid, **said, by=request.user)
        return _("The aid is terminated.")

    return _page(request, aid, forms.TerminateForm(request.POST or None), act, _("Terminate the aid"), _("Terminate the aid"))


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.DECIDE_AID, by="uuid")
@while_in(*AID_FLOW.sources("transfer"))
def transfer(request: Request, aid: Aid) -> HttpResponse:
    """The state's centre goes on."""

    def act(said: dict[str, Any]) -> str:
        actions.hand_over(aid, **said, by=request.user)
        return _("Handed over.")

    text = _("Union aid stands beside the aid of the state; what the state must aid goes to its centre.")
    return _page(
        request,
        aid,
        forms.HandOverForm(request.POST or None),
        act,
        _("Hand over to the state's centre"),
        pgettext("legal aid", "Hand over"),
        text,
    )


@require_http_methods(["GET", "POST"])
@opens(AidMay.SEE_AID, do=AidMay.DECIDE_AID, by="uuid")
def draw(request: Request, aid: Aid) -> HttpResponse:
    """Draw up the application or the approval sheet."""
    form = DrawForm(request.POST or None, kinds=[(one.code, one.label) for one in kinds(aid)])
    text = _("It gets the next number of its kind and year. Identity numbers and signatures are written by hand.")
    return drawing(request, aid, form, lambda _said: None, text=text, crumbs=crumbs_of(aid))
