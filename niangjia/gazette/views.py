"""Pages of the office: the notices that it sees, the objections to them, and the answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.access.models import User
from niangjia.flow.api import entries_of, running_of, steps_for
from niangjia.gazette import actions, forms, queries, shown
from niangjia.gazette.enums import May, Raised, State
from niangjia.gazette.models import Notice, Objection
from niangjia.kit.barred import while_in
from niangjia.kit.components import Act
from niangjia.kit.drawings import scanned
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, render
from niangjia.kit.revealed import RevealForm
from niangjia.kit.who import which


def me(request: HttpRequest) -> User:
    """Whoever is signed in."""
    assert isinstance(request.user, User)
    return request.user


@require_safe
@lists(May.SEE)
def notices(request: HttpRequest) -> HttpResponse:
    """The notices about things that she sees: those that run, the last first."""
    view, text = (request.GET.get(name, "")[:60] for name in ("view", "q"))
    paged = page(request, queries.seen_by(me(request), view, text), queries.ORDER, text=_("The newest first"))
    context = {
        "table": shown.table(paged.rows, public=False), "keyset": paged.keyset, "views": shown.views(view), "q": text, "chips": [],
        "found": bool(paged.rows), "keep": [("view", view)] if view else [], "acts": [Act(_("As the public sees them"), reverse("board:list"), quiet=True)],
    }  # fmt: skip
    return render(request, "gazette/notices.html", context, part="rows")


@require_safe
@opens(May.SEE, by="uuid")
def notice(request: HttpRequest, one: Notice) -> HttpResponse:
    """One notice: what is shown, how long still, who objects."""
    may, user = which(request.user, [May.RECORD], one), me(request)
    raised = queries.objections_to(one, user)
    records = May.RECORD in may and one.running
    link = request.build_absolute_uri(one.public_url)
    context = {
        "one": one, "state": shown.state_of(one), "steps": steps_for(one, user), "move_url": reverse("gazette:step", args=[one.uuid]),
        "facts": shown.facts(one, queries.ends_of([one]).get(one.pk)), "sheet": shown.sheet(one), "entries": entries_of(one), "clocks": running_of(one),
        "raised": shown.raised_table(raised) if raised else None, "sees_raised": May.RECORD in may, "said": shown.said(queries.raisings([one]).get(one.pk, queries.Raisings())),
        "record": reverse("gazette:record", args=[one.uuid]) if records else "",
        "crumbs": [(_("Public notices"), reverse("gazette:notices")), (one.reference, "")], "link": link,
        "picture": scanned(link, _("Code that opens the notice")) if one.state == State.UP else "",
    }  # fmt: skip
    return render(request, "gazette/notice.html", context)


@require_POST
@opens(May.SEE, do=May.TAKE_DOWN, by="uuid")
def step(request: HttpRequest, one: Notice) -> HttpResponse:
    """Take it down, with a reason that whoever objected reads."""
    actions.withdraw(one, reason=request.POST.get("reason", ""), by=me(request))
    messages.success(request, _("Taken down; the public no longer sees it."))
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE, do=May.RECORD, by="uuid")
@while_in(State.UP, State.ASKED)
def record(request: HttpRequest, one: Notice) -> HttpResponse:
    """Write down an objection that came by telephone, by letter or in person."""

    def act(facts: dict[str, Any]) -> tuple[str, str]:
        made = actions.object_to(one, **facts, by=me(request))
        return _("Written down as %(reference)s.") % {"reference": made.reference}, made.get_absolute_url()

    return filled(
        request, forms.RecordForm(request.POST or None), act, title=_("Write down an objection"), button=_("Write down"), back=one.get_absolute_url(),
        crumbs=[(_("Public notices"), reverse("gazette:notices")), (one.reference, one.get_absolute_url())],
        text=_("Tell whoever objected the number that it gets; under it the answer can be asked for."),
    )  # fmt: skip


def _page(request: HttpRequest, one: Objection, *, contact: str = "", said: Form | None = None, status: int = 200) -> HttpResponse:
    crumbs = [(_("Public notices"), reverse("gazette:notices")), (one.notice.reference, one.notice.get_absolute_url()), (one.reference, "")]
    context = {
        "one": one, "state": shown.state_of(one), "steps": steps_for(one, request.user), "move_url": f"{one.get_absolute_url()}step/", "crumbs": crumbs,
        "facts": shown.raised_facts(one, contact), "entries": entries_of(one), "clocks": running_of(one),
        "reveals": one.contact_sealed is not None, "asking": said or RevealForm(auto_id=False),
    }  # fmt: skip
    return render(request, "gazette/objection.html", context, status=status)


@require_safe
@opens(May.SEE_OBJECTION, by="uuid")
def objection(request: HttpRequest, one: Objection) -> HttpResponse:
    """One objection, and its answer."""
    return _page(request, one)


@require_POST
@opens(May.SEE_OBJECTION, do=May.ANSWER, by="uuid")
def reveal(request: HttpRequest, one: Objection) -> HttpResponse:
    """How whoever objected can be reached, on this one page; who looked and why was written down first."""
    form = RevealForm(request.POST, auto_id=False)
    if not form.is_valid():
        return _page(request, one, said=form, status=422)
    return _page(request, one, contact=actions.disclose(one, why=form.cleaned_data["why"], by=me(request)))


def _answer(request: HttpRequest, one: Objection, verb: str, title: str, text: str) -> HttpResponse:
    def act(facts: dict[str, Any]) -> str:
        actions.answer(one, verb, text=facts["answer"], by=me(request))
        return _("Answered. The answer stands on the page under which the objection is followed.")

    crumbs = [
        (_("Public notices"), reverse("gazette:notices")),
        (one.notice.reference, one.notice.get_absolute_url()),
        (one.reference, one.get_absolute_url()),
    ]
    return filled(
        request, forms.AnswerForm(request.POST or None), act, title=title, button=_("Answer"), back=one.get_absolute_url(), crumbs=crumbs, text=text,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE_OBJECTION, do=May.ANSWER, by="uuid")
@while_in(Raised.OPEN)
def uphold(request: HttpRequest, one: Objection) -> HttpResponse:
    """It is right: what waits for the notice does not go on as it stood."""
    return _answer(
        request, one, "uphold", _("It is right"), _("What waits for this notice does not go on as it stands: it is put right first.")
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_OBJECTION, do=May.ANSWER, by="uuid")
@while_in(Raised.OPEN)
def dismiss(request: HttpRequest, one: Objection) -> HttpResponse:
    """It is not right: it was looked into."""
    return _answer(request, one, "dismiss", _("It is not right"), _("Say what was looked at and what it showed."))
