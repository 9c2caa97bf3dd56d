"""What is done on a supervision case: supervisors, inquiries, letters with their serving and answer, referrals, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.files.api import attach
from niangjia.kit.barred import while_in
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, opens
from niangjia.rights import actions
from niangjia.rights.enums import May
from niangjia.rights.flow import SUPERVISION_FLOW
from niangjia.rights.forms import PaperForm
from niangjia.rights.forms import supervision as forms
from niangjia.rights.forms.mediation import ReasonForm
from niangjia.rights.models import Letter, Supervision
from niangjia.rights.queries import supervision as queries
from niangjia.rights.shown import supervision as shown
from niangjia.rights.supervised import LetterKind, SupervisionEnd, SupervisionState
from niangjia.rights.views.supervision import crumbs_of


def _page(
    request: Request,
    case: Supervision,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], str],
    title: Any,
    button: Any,
    text: Any = "",
) -> HttpResponse:
    return filled(request, form, act, title=title, button=button, text=text, back=case.get_absolute_url(), crumbs=crumbs_of(case))


def _draft(said: dict[str, Any]) -> actions.Draft:
    return actions.Draft(**{name: said[name] for name in said if name in actions.Draft.__dataclass_fields__})


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
@while_in(*SUPERVISION_FLOW.sources("remind"))
def remind(request: Request, supervision: Supervision) -> HttpResponse:
    """提示函."""

    def act(said: dict[str, Any]) -> str:
        actions.remind_firm(supervision, _draft(said), by=request.user)
        return _("The draft lies before the chair.")

    form = forms.ReminderForm(request.POST or None, initial={"to": supervision.employer.name})
    return _page(
        request,
        supervision,
        form,
        act,
        _("Draft a letter of reminder"),
        _("Lay it before the chair"),
        _(
            "It tells of risks and advises; the day for the answer is its own. It gets its number when the chair or a vice-chair has signed."
        ),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
@while_in(*SUPERVISION_FLOW.sources("demand"))
def demand(request: Request, supervision: Supervision) -> HttpResponse:
    """意见书."""

    def act(said: dict[str, Any]) -> str:
        actions.demand(supervision, _draft(said), by=request.user)
        return _("The draft lies before the chair.")

    before = supervision.letters.filter(kind=LetterKind.REMINDER, void=False).first()
    initial = {"to": supervision.employer.name} | (
        {"found": before.found, "articles": before.articles, "asks": before.asks} if before else {}
    )
    form = forms.LetterForm(request.POST or None, initial=initial)
    return _page(
        request,
        supervision,
        form,
        act,
        _("Draft the letter of opinion"),
        _("Lay it before the chair"),
        _("It gets its number when the chair or a vice-chair has signed."),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
@while_in(*SUPERVISION_FLOW.sources("advise"))
def advise(request: Request, supervision: Supervision) -> HttpResponse:
    """建议书."""

    def act(said: dict[str, Any]) -> str:
        actions.advise(supervision, _draft(said), by=request.user)
        return _("The draft lies before the chair.")

    before = supervision.letters.filter(kind=LetterKind.OPINION, void=False).first()
    form = forms.LetterForm(request.POST or None, initial={"found": before.found, "articles": before.articles} if before else {})
    text = _(
        "Only if the employer refuses, corrects in part, or lets its days pass. It gets its number when the chair or a vice-chair has signed."
    )
    return _page(request, supervision, form, act, _("Draft the recommendation to the labour bureau"), _("Lay it before the chair"), text)


def _letter(case: Supervision, letter: UUID) -> Letter:
    found: Letter = get_object_or_404(
        case.letters.select_related("supervision__union", "supervision__employer", "paper"), uuid=letter, void=False
    )
    return found


def _served(request: Request, case: Supervision, letter: Letter) -> HttpResponse:
    def act(said: dict[str, Any]) -> str:
        file = said.pop("file")
        actions.serve(letter, **said, by=request.user)
        if file:
            attach(case, file, name=file.name, purpose=_("Serving record"), by=request.user)
        return _("The serving is recorded.")

    form = forms.ServedForm(request.POST or None, request.FILES or None, initial={"to": ""})
    return _page(request, case, form, act, _("Record that it was served"), _("Record it"), shown.name_of(letter))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
def served(request: Request, supervision: Supervision, letter: UUID) -> HttpResponse:
    """送达回证 of one letter."""
    return _served(request, supervision, _letter(supervision, letter))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
@while_in(SupervisionState.SIGNED)
def serve(request: Request, supervision: Supervision) -> HttpResponse:
    """送达回证 of the opinion: the employer's days run from it."""
    return _served(request, supervision, queries.letter_of(supervision, LetterKind.OPINION))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
def answer(request: Request, supervision: Supervision, letter: UUID) -> HttpResponse:
    """What was answered to one letter."""
    line = _letter(supervision, letter)

    def act(said: dict[str, Any]) -> str:
        actions.answer_letter(line, **said, by=request.user)
        return _("The answer is recorded.")

    return _page(
        request, supervision, forms.AnswerForm(request.POST or None), act, _("Record the answer"), _("Record it"), shown.name_of(line)
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.CHARGE_SUPERVISOR, by="uuid")
@while_in(*actions.CHARGING)
def charge(request: Request, supervision: Supervision) -> HttpResponse:
    """Charge a supervisor whose card holds."""
    people = {str(one.uuid): one for one in queries.supervisors_for(supervision)}

    def act(said: dict[str, Any]) -> str:
        chosen = people[said["supervisor"]]
        actions.charge(supervision, chosen, by=request.user)
        return _("%(name)s is charged with it.") % {"name": chosen.name}

    form = forms.ChargeForm(request.POST or None, people=[(key, shown.supervisor_word(one)) for key, one in people.items()])
    text = _("Two or more look into a case, and show their cards. Whoever holds an office in the employer's union is refused.")
    return _page(request, supervision, form, act, _("Charge a supervisor"), _("Charge her"), text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.CHARGE_SUPERVISOR, by="uuid")
def discharge(request: Request, supervision: Supervision, supervisor: UUID) -> HttpResponse:
    """A supervisor steps back."""
    line = get_object_or_404(supervision.charges.select_related("supervisor", "supervision"), supervisor__uuid=supervisor, ended_at=None)

    def act(said: dict[str, Any]) -> str:
        actions.discharge(line, why=said["why"], by=request.user)
        return _("%(name)s is charged no more.") % {"name": line.supervisor.name}

    return _page(
        request,
        supervision,
        ReasonForm(request.POST or None),
        act,
        _("%(name)s steps back") % {"name": line.supervisor.name},
        _("Record it"),
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
@while_in(*actions.ASKING)
def inquiry(request: Request, supervision: Supervision) -> HttpResponse:
    """Supervisors went there."""

    def act(said: dict[str, Any]) -> str:
        actions.inquire(supervision, **said, by=request.user)
        return _("The inquiry is recorded.")

    return _page(request, supervision, forms.InquiryForm(request.POST or None), act, _("Record an inquiry"), _("Record it"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
@while_in(*actions.REFERRING)
def referrals(request: Request, supervision: Supervision) -> HttpResponse:
    """The procuratorate, a court or a department is told."""

    def act(said: dict[str, Any]) -> str:
        made = actions.refer_supervision(supervision, **said, by=request.user)
        return _("%(what)s: recorded.") % {"what": made.body}

    return _page(request, supervision, forms.ReferralForm(request.POST or None), act, _("Tell the procuratorate or others"), _("Record it"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
def result(request: Request, supervision: Supervision, referral: UUID) -> HttpResponse:
    """What came of it."""
    line = get_object_or_404(supervision.referrals.select_related("supervision"), uuid=referral, result="")

    def act(said: dict[str, Any]) -> str:
        actions.record_result(line, **said, by=request.user)
        return _("%(what)s: recorded.") % {"what": line.body}

    return _page(request, supervision, forms.ResultForm(request.POST or None), act, line.body, _("Record it"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
@while_in(*actions.LINKING)
def link(request: Request, supervision: Supervision) -> HttpResponse:
    """The dispute in which the money is recorded."""

    def act(said: dict[str, Any]) -> str:
        found = actions.link_dispute(supervision, said["reference"], by=request.user)
        return _("Linked with %(reference)s. What is paid is entered there, and counts once.") % {"reference": found.reference}

    text = _(
        "Money that comes through supervision is entered in a dispute against the same employer, with its bank slip; there it counts, once."
    )
    return _page(request, supervision, forms.LinkForm(request.POST or None), act, _("Link the dispute about the money"), _("Link it"), text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
@while_in(*SUPERVISION_FLOW.sources("close"))
def close(request: Request, supervision: Supervision) -> HttpResponse:
    """How it ends."""

    def act(said: dict[str, Any]) -> str:
        actions.close_supervision(supervision, **said, by=request.user)
        return _("Ended: %(outcome)s.") % {"outcome": dict(SupervisionEnd.choices)[said["outcome"]]}

    return _page(
        request, supervision, forms.FinishForm(request.POST or None, state=supervision.state), act, _("Close the case"), _("Close the case")
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SUPERVISION, do=May.SUPERVISE, by="uuid")
def papers(request: Request, supervision: Supervision) -> HttpResponse:
    """Lay evidence on the case."""

    def act(said: dict[str, Any]) -> str:
        attach(supervision, said["file"], name=said["file"].name, purpose=said["purpose"], by=request.user)
        return _("“%(name)s” lies on the file.") % {"name": said["file"].name}

    return _page(request, supervision, PaperForm(request.POST or None, request.FILES or None), act, _("Add a paper"), _("Add"))
