"""Pages of elections: the list, one election, its candidates, and the steps that carry facts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.files.api import attach
from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.gazette.api import lines_of, notices_of
from niangjia.kit.barred import barred, while_in
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import View
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.export import export_act
from niangjia.kit.filled import Act, filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render
from niangjia.kit.panels import panels
from niangjia.kit.who import which
from niangjia.unions import ballots, polls, sitting
from niangjia.unions import shown_elections as shown
from niangjia.unions.actions import elections, results
from niangjia.unions.actions.papers import draw_up
from niangjia.unions.boards import candidates_text
from niangjia.unions.enums import Duty, May, Poll
from niangjia.unions.forms import ApprovalForm, PaperForm
from niangjia.unions.forms import elections as forms
from niangjia.unions.models import Candidate, Election, Union

FILTERS = ("state", "under")


@require_safe
@lists(May.SEE_ELECTION)
def elected(request: Request) -> HttpResponse:
    """The elections that a person may see, the newest first; what waits for her, by state and by place."""
    form = forms.ElectionsFilter(request.GET)
    form.is_valid()
    said = form.cleaned_data
    ask = ballots.Ask(*(said.get(name, "") for name in ("q", "view", "state", "under")))
    paged = page(request, ballots.listed(request.user, ask), ["-made_at", "-id"], text=_("The newest first"))
    context = {
        "table": shown.table(paged.rows, ballots.next_clocks("unions.election", paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.text,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in shown.views()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view", "under")), "narrowed": any((ask.text, ask.view, ask.state, ask.under)),
        "acts": [export_act(request, "unions:polls_export")],
    }  # fmt: skip
    return render(request, "unions/elections.html", context, part="rows")


@require_safe
@opens(May.SEE_ELECTION, by="uuid")
def election(request: Request, one: Election) -> HttpResponse:
    """One election: who stands, what speaks against it, what was voted, what runs on it."""
    paper = polls.Paper(one)
    may = which(request.user, [May.ELECT, May.EXAMINE], one)
    drafting = one.state == Poll.DRAFT and May.ELECT in may
    against = paper.against() if one.state in (Poll.DRAFT, Poll.SENT) else []
    notices = notices_of(one)
    waits = polls.standing_in_the_way(one) if one.state == Poll.POSTED else ""
    context: dict[str, Any] = {
        "one": one, "title": shown.title(one), "pill": shown.phase(one), "sentence": shown.sentence(paper), "stages": stages_of(one, shown.LINE),
        "crumbs": [(one.union.short_name, one.union.get_absolute_url()), (_("Elections"), reverse("unions:polls")), (one.reference, "")],
        "steps": shown.acts(paper, steps_for(one, request.user), against, waits), "step_url": reverse("unions:poll_step", args=[one.uuid]), "waits": waits,
        "remarks": shown.remarks(against), "slates": shown.slates(paper, editing=drafting), "drafting": drafting, "again": drafting and not one.within and bool(sitting.sitting(one.union)), "filing": May.ELECT in may or May.EXAMINE in may,
        "pairs": shown.pairs(paper), "entries": entries_of(one), "clocks": running_of(one), "papers": shown.filed(one), "drawable": shown.drawable(one), "notices": lines_of(notices) if notices else [],
        "panels": panels(request, one), "aside": panels(request, one, aside=True),
    }  # fmt: skip
    return render(request, "unions/election.html", context)


def given(request: Request, one: Election, form: Form, act: Act, *, title: Any, button: Any, **more: Any) -> HttpResponse:
    """A page with one form of an election's."""
    home = one.get_absolute_url()
    crumbs = [(_("Elections"), reverse("unions:polls")), (one.reference, home)]
    return filled(request, form, act, title=title, button=button, back=home, crumbs=crumbs, **more)


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def call(request: Request, union: Union) -> HttpResponse:
    """Prepare an election of this union."""
    if request.method == "GET" and (running := ballots.running(union)) is not None:
        return go(request, running.get_absolute_url())
    form = forms.CallForm(request.POST or None, initial=sitting.planned(union))

    def act(_said: dict[str, Any]) -> tuple[str, str]:
        made = elections.call(union, form.facts(), by=request.user)
        return _("%(reference)s is being prepared. Write the candidates.") % {"reference": made.reference}, made.get_absolute_url()

    text = _(
        "Filled in from the register and by the number of members; change what is otherwise. Then come the candidates. Nothing is sent before you say so."
    )
    home = union.get_absolute_url()
    return filled(
        request, form, act, title=_("Prepare an election"), button=_("Go on"), back=home, crumbs=[(union.short_name, home)], text=text,
        beside=(_("Seats of a committee"), shown.bands(union)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def within(request: Request, union: Union) -> HttpResponse:
    """Prepare a by-election of this union: posts that are vacant within the term."""
    if request.method == "GET" and (running := ballots.running(union)) is not None:
        return go(request, running.get_absolute_url())
    known = sitting.planned(union)
    form = forms.WithinForm(
        request.POST or None, initial={name: known[name] for name in ("members", "women", "assembly", "delegates") if name in known}
    )

    def act(_said: dict[str, Any]) -> tuple[str, str]:
        made = elections.call(union, form.facts(), by=request.user)
        return _("%(reference)s is being prepared. Write the candidates.") % {"reference": made.reference}, made.get_absolute_url()

    text = _(
        "Fills what is vacant for the rest of the term; whoever sits stays. It is examined, posted up, voted on and approved as every election is."
    )
    home = union.get_absolute_url()
    return filled(
        request,
        form,
        act,
        title=_("Fill a post within the term"),
        button=_("Go on"),
        back=home,
        crumbs=[(union.short_name, home)],
        text=text,
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ELECTION, do=May.ELECT, by="uuid")
@while_in(Poll.DRAFT)
def facts(request: Request, one: Election) -> HttpResponse:
    """Plan it otherwise."""
    names = ("members", "women", "planned_on", "assembly", "delegates", "direct", "leave", "why")
    seats = {ballot.body: ballot.seats for ballot in one.ballots.all()}
    now = {name: getattr(one, name) for name in names} | {
        "seats": seats.get("COMMITTEE"), "audit_seats": seats.get("AUDIT", 0), "women_seats": seats.get("WOMEN", 0),
    }  # fmt: skip
    form = (forms.WithinForm if one.within else forms.CallForm)(request.POST or None, initial=now)

    def act(_said: dict[str, Any]) -> str:
        elections.amend(one, form.facts(), by=request.user)
        return _("Saved.")

    return given(
        request, one, form, act, title=_("Change the plan"), button=_("Save"), beside=(_("Seats of a committee"), shown.bands(one.union))
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ELECTION, do=May.ELECT, by="uuid")
@while_in(Poll.DRAFT)
def candidates(request: Request, one: Election) -> HttpResponse:
    """Somebody stands."""
    those = polls.Paper(one).ballots
    form = forms.CandidateForm(request.POST or None, ballots=those, initial={"body": request.GET.get("body", "")[:12]})

    def act(_said: dict[str, Any]) -> str:
        made = elections.nominate(one, form.facts(), by=request.user)
        return _("%(name)s stands.") % {"name": made.name}

    text = _("The public is shown the name, the job and what she stands for; nothing else of this.")
    return given(request, one, form, act, title=_("Add a candidate"), button=_("Add"), text=text)


@require_POST
@opens(May.SEE_ELECTION, do=May.ELECT, by="uuid")
def again(request: Request, one: Election) -> HttpResponse:
    """Those who sit today stand again."""
    n = elections.nominate_sitting(one, by=request.user)
    said = ngettext("%(n)d who sits today stands again.", "%(n)d who sit today stand again.", n) % {"n": n}
    messages.success(request, said if n else _("Nobody was added: all who sit today stand already, or none is recorded."))
    return go(request, one.get_absolute_url())


@require_POST
@opens(May.SEE_ELECTION, do=May.ELECT, by="uuid")
def candidate(request: Request, one: Election, candidate: str) -> HttpResponse:
    """Somebody no longer stands."""
    elections.take_off(get_object_or_404(Candidate.objects.select_related("election"), election=one, uuid=candidate), by=request.user)
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ELECTION, by="uuid")
def papers(request: Request, one: Election) -> HttpResponse:
    """Lay a paper on it: minutes, a decision."""
    if not which(request.user, [May.ELECT, May.EXAMINE], one):
        raise Refused(_("Papers are added by the union, or by the union above that decides."))

    def act(said: dict[str, Any]) -> str:
        attach(one, said["file"], name=said["file"].name, purpose=said["purpose"], by=request.user)
        return _("It lies on the election.")

    form = PaperForm(request.POST or None, request.FILES or None)
    return given(request, one, form, act, title=_("Add a paper"), button=_("Add"))


@require_POST
@opens(May.SEE_ELECTION, by="uuid")
def draw(request: Request, one: Election, what: str) -> HttpResponse:
    """Draw up a paper of this case."""
    made = draw_up(one, what, by=request.user)
    messages.success(request, _("%(name)s lies on it.") % {"name": made.name})
    return go(request, one.get_absolute_url())


@require_POST
@opens(May.SEE_ELECTION, by="uuid")
def step(request: Request, one: Election) -> HttpResponse:
    """A step that needs no page of its own."""
    verb, reason, by = request.POST.get("verb", ""), request.POST.get("reason", ""), request.user
    steps = {
        "send": lambda: elections.send(one, by=by),
        "examine": lambda: elections.examine(one, by=by),
        "return": lambda: elections.give_back(one, reason=reason, by=by),
        "give-up": lambda: elections.give_up(one, reason=reason, by=by),
        "send-back": lambda: results.send_back(one, reason=reason, by=by),
        "annul": lambda: results.annul(one, reason=reason, by=by),
    }
    if verb not in steps:
        raise IllegalStep(verb)
    messages.success(request, shown.done(steps[verb]()))
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ELECTION, do=May.ELECT, by="uuid")
@while_in(Poll.EXAMINED)
def post(request: Request, one: Election) -> HttpResponse:
    """Put the candidates on public notice."""
    paper = polls.Paper(one)

    def act(said: dict[str, Any]) -> str:
        elections.post(one, **said, by=request.user)
        return _("The candidates are on public notice. When its days are over, the assembly may vote.")

    first = {"text": candidates_text(paper), "call": one.union.contact_phone}
    form = forms.PostForm(request.POST or None, initial=first)
    return given(request, one, form, act, title=_("Post up the candidates"), button=_("Post up"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ELECTION, do=May.ELECT, by="uuid")
@while_in(Poll.POSTED, Poll.HELD)
def hold(request: Request, one: Election) -> HttpResponse:
    """Record what the assembly voted."""
    waits = polls.standing_in_the_way(one) if one.state == Poll.POSTED else ""
    if waits and request.method == "GET":
        return barred(request, one, waits)
    form = forms.HoldForm(request.POST or None, paper=polls.Paper(one))
    if request.method == "POST" and form.is_valid():
        try:
            results.hold(one, form.held(), by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("Recorded. Who is elected follows from the votes; report the result."))
            return go(request, one.get_absolute_url())
    home = one.get_absolute_url()
    context = {
        "form": form, "one": one, "boxes": shown.boxes(form), "back": home, "fields": [[form[name] for name in pair] for pair in (("on", "place"), ("entitled", "present"))],
        "crumbs": [(_("Elections"), reverse("unions:polls")), (one.reference, home), (_("Record the assembly"), "")],
    }  # fmt: skip
    return render(request, "unions/assembly.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ELECTION, do=May.ELECT, by="uuid")
@while_in(Poll.HELD)
def written(request: Request, one: Election) -> HttpResponse:
    """A name that stood on no list was written on ballots."""
    form = forms.WrittenForm(request.POST or None, ballots=polls.Paper(one).ballots)

    def act(said: dict[str, Any]) -> str:
        results.write_in(one, form.facts(), said["ayes"], by=request.user)
        return _("Recorded. Who is elected follows from the votes; report the result.")

    text = _(
        "Those who vote may write another name in the place of a candidate. She is elected as the others are, and the same bars hold for her."
    )
    return given(request, one, form, act, title=_("A name that was written in"), button=_("Record it"), text=text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ELECTION, do=May.ELECT, by="uuid")
@while_in(Poll.HELD)
def report(request: Request, one: Election) -> HttpResponse:
    """Report the result, and how the work is shared out."""
    form = forms.ReportForm(request.POST or None, paper=polls.Paper(one))

    def act(said: dict[str, Any]) -> str:
        results.report(one, given=form.given(), reason=said["reason"], by=request.user)
        return _("Reported. %(above)s decides on the result.") % {"above": one.above.short_name}

    text = _("Say which post each of those elected got; the chair and vice-chair by the vote of the assembly or of the committee.")
    return given(request, one, form, act, title=_("Report the result"), button=pgettext("an election", "Report"), text=text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_ELECTION, do=May.EXAMINE, by="uuid")
@while_in(Poll.REPORTED)
def confirm(request: Request, one: Election) -> HttpResponse:
    """Approve the result."""

    def act(said: dict[str, Any]) -> str:
        made = results.confirm(one, **said, by=request.user)
        return _("Approved. The term runs until %(day)s; the offices of those elected have begun.") % {"day": made.term_end}

    text = _("With it the term begins, the bodies are set up, and %(chair)s holds the office of the chair.")
    chair = one.candidates.filter(given="CHAIR", body="COMMITTEE").values_list("name", flat=True).first()
    return given(
        request, one, ApprovalForm(request.POST or None), act, title=_("Approve the result"), button=_("Approve"), text=text % {"chair": chair or str(Duty.CHAIR.label)},
    )  # fmt: skip
