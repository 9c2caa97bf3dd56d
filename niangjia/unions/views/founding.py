"""Pages of foundings: the list, one founding, its group, and the steps that carry facts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.files.api import attach
from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.kit.barred import while_in
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act, View
from niangjia.kit.errors import IllegalStep, Refused
from niangjia.kit.export import export_act
from niangjia.kit.filled import Act as Taken
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render, seated
from niangjia.kit.panels import panels
from niangjia.kit.who import which
from niangjia.unions import ballots
from niangjia.unions import shown_founding as shown
from niangjia.unions import shown_units as units
from niangjia.unions.actions import entries
from niangjia.unions.actions import founding as actions
from niangjia.unions.actions.papers import draw_up
from niangjia.unions.enums import May, Way
from niangjia.unions.fields import spoken
from niangjia.unions.forms import PaperForm
from niangjia.unions.forms import founding as forms
from niangjia.unions.models import Founding, Preparer, Union

FILTERS = ("state", "under")
FILING = ("organisation", "office", "chair")


@require_safe
@lists(May.SEE_FOUNDING)
def foundings(request: Request) -> HttpResponse:
    """The foundings that a person may see, the newest first; what waits for her, by state and by place."""
    form = forms.FoundingsFilter(request.GET)
    form.is_valid()
    said = form.cleaned_data
    ask = ballots.Ask(*(said.get(name, "") for name in ("q", "view", "state", "under")))
    paged = page(request, ballots.foundings(request.user, ask), ["-made_at", "-id"], text=_("The newest first"))
    may_begin = any(seat.duty in FILING and seat.level <= 3 for seat in request.user.seats)
    context = {
        "table": shown.table(paged.rows, ballots.next_clocks("unions.founding", paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.text,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in shown.views()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view", "under")), "narrowed": any((ask.text, ask.view, ask.state, ask.under)),
        "acts": [*([Act(_("Follow a clue"), reverse("unions:follow"), primary=True)] if may_begin else []), export_act(request, "unions:foundings_export")],
    }  # fmt: skip
    return render(request, "unions/foundings.html", context, part="rows")


@require_safe
@opens(May.SEE_FOUNDING, by="uuid")
def founding(request: Request, one: Founding) -> HttpResponse:
    """One founding: the employer, the group, the application, what came of it, what runs."""
    may = which(request.user, [May.FILE, May.GRANT, May.REGISTER], one)
    writing = one.state in (Way.CLUE, Way.RETURNED) and May.FILE in may
    those = list(one.units.select_related("employer").order_by("pk"))
    undecided = one.state in (Way.CLUE, Way.APPLIED, Way.RETURNED)
    context: dict[str, Any] = {
        "one": one, "title": shown.title(one), "pill": shown.phase(one), "sentence": shown.sentence(one), "stages": stages_of(one, shown.LINE),
        "crumbs": [(_("Unions"), reverse("unions:unions")), (_("Foundings"), reverse("unions:foundings")), (one.reference, "")],
        "steps": shown.acts(one, steps_for(one, request.user), may), "step_url": reverse("unions:founding_step", args=[one.uuid]),
        "warnings": shown.warnings(actions.covering(one)) if undecided else [], "group": shown.group(one, one.group.order_by("-head", "pk"), editing=writing),
        "units": units.written(one, those, editing=writing) if writing or those else None,
        "writing": writing, "filing": bool(may), "firm": shown.firm(one), "application": shown.application(one), "outcome": shown.outcome(one), "ticks": shown.ticks(one),
        "entries": entries_of(one), "clocks": running_of(one), "papers": shown.filed(one), "drawable": shown.drawable(one), "panels": panels(request, one), "aside": panels(request, one, aside=True),
    }  # fmt: skip
    return render(request, "unions/founding.html", context)


def given(request: Request, one: Founding, form: Form, act: Taken, *, title: Any, button: Any, **more: Any) -> HttpResponse:
    """A page with one form of a founding's."""
    home = one.get_absolute_url()
    crumbs = [(_("Foundings"), reverse("unions:foundings")), (one.reference, home)]
    return filled(request, form, act, title=title, button=button, back=home, crumbs=crumbs, **more)


@require_http_methods(["GET", "POST"])
@seated(*FILING)
def follow(request: Request) -> HttpResponse:
    """Take a clue: an employer that has no union."""
    own = next((seat.union for seat in request.user.seats if seat.duty in FILING and seat.level <= 3), None)
    form = forms.ClueForm(request.POST or None, user=request.user, initial={"at": spoken(own) if own else ""})

    def act(said: dict[str, Any]) -> tuple[str, str]:
        made = actions.follow(said["at"], form.facts(), by=request.user)
        return _("%(reference)s is followed. Write who is in the preparatory group.") % {
            "reference": made.reference
        }, made.get_absolute_url()

    text = _("The credit code says at once whether the employer has a union already, or is followed by somebody else.")
    back = reverse("unions:foundings")
    return filled(request, form, act, title=_("Follow a clue"), button=_("Go on"), back=back, crumbs=[(_("Foundings"), back)], text=text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_FOUNDING, do=May.FILE, by="uuid")
@while_in(Way.CLUE, Way.RETURNED)
def group(request: Request, one: Founding) -> HttpResponse:
    """Somebody comes into the preparatory group."""

    def act(said: dict[str, Any]) -> str:
        made = actions.join_group(one, **said, by=request.user)
        return _("%(name)s is in the preparatory group.") % {"name": made.name}

    text = _("It is made up of the party organisation and of employees; the union above may send somebody too.")
    return given(
        request, one, forms.GroupForm(request.POST or None), act, title=_("Into the preparatory group"), button=_("Add"), text=text
    )


@require_POST
@opens(May.SEE_FOUNDING, do=May.FILE, by="uuid")
def preparer(request: Request, one: Founding, who: str) -> HttpResponse:
    """Somebody leaves the group."""
    actions.leave_group(get_object_or_404(Preparer.objects.select_related("founding"), founding=one, uuid=who), by=request.user)
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_FOUNDING, by="uuid")
def papers(request: Request, one: Founding) -> HttpResponse:
    """Lay a paper on it."""
    if not which(request.user, [May.FILE, May.GRANT], one):
        raise Refused(_("Papers are added by the office that follows it, or by the union that decides."))

    def act(said: dict[str, Any]) -> str:
        attach(one, said["file"], name=said["file"].name, purpose=said["purpose"], by=request.user)
        return _("It lies on the founding.")

    form = PaperForm(request.POST or None, request.FILES or None)
    return given(request, one, form, act, title=_("Add a paper"), button=_("Add"))


@require_POST
@opens(May.SEE_FOUNDING, by="uuid")
def draw(request: Request, one: Founding, what: str) -> HttpResponse:
    """Draw up a paper of this case."""
    made = draw_up(one, what, by=request.user)
    messages.success(request, _("%(name)s lies on it.") % {"name": made.name})
    return go(request, one.get_absolute_url())


@require_POST
@opens(May.SEE_FOUNDING, by="uuid")
def step(request: Request, one: Founding) -> HttpResponse:
    """A step that needs no page of its own: each says why."""
    verb, reason, by = request.POST.get("verb", ""), request.POST.get("reason", ""), request.user
    steps = {"return": actions.give_back, "refuse": actions.refuse, "give-up": actions.give_up}
    if verb not in steps:
        raise IllegalStep(verb)
    messages.success(request, shown.done(steps[verb](one, reason=reason, by=by)))
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_FOUNDING, do=May.FILE, by="uuid")
@while_in(Way.CLUE, Way.RETURNED)
def apply(request: Request, one: Founding) -> HttpResponse:
    """Hand the application in."""
    names = ("name", "kind", "term_years", "employees", "willing", "applicant", "telephone", "address", "founder", "founder_name", "party")
    now = {name: value for name in names if (value := getattr(one, name)) not in ("", None)}
    first = {
        "name": ballots.named(one),
        "employees": ballots.employees_of(one),
        "address": one.employer.address if one.employer else "",
    } | now
    form = forms.ApplyForm(request.POST or None, initial=first)

    def act(_said: dict[str, Any]) -> str:
        actions.apply(one, form.facts(), by=request.user)
        return _("Handed in. %(at)s replies.") % {"at": one.at.short_name}

    text = _("Who is in the preparatory group stands on the page already; what is written here goes into the application.")
    return given(request, one, form, act, title=_("Hand in the application"), button=_("Hand in"), text=text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_FOUNDING, do=May.GRANT, by="uuid")
@while_in(Way.APPLIED)
def grant(request: Request, one: Founding) -> HttpResponse:
    """Agree to the preparatory group."""

    def act(said: dict[str, Any]) -> str:
        made = actions.grant(one, **said, by=request.user)
        return _("%(name)s is being prepared; members may be taken in.") % {"name": made.name}

    text = _("With it the union is entered as being prepared. It counts once its first committee is elected and approved.")
    return given(
        request, one, forms.GrantForm(request.POST or None), act, title=_("Agree to the preparatory group"), button=_("Agree"), text=text
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_FOUNDING, do=May.REGISTER, by="uuid")
@while_in(Way.FOUNDED)
def register(request: Request, one: Founding) -> HttpResponse:
    """Register the legal person."""
    form = forms.RegisterForm(request.POST or None, initial={"until": one.union.term_end if one.union else None})

    def act(_said: dict[str, Any]) -> str:
        actions.register(one, form.facts(), by=request.user)
        return _("%(name)s is a legal person.") % {"name": one.name}

    text = _(
        "What was handed in is ticked off; nothing may be missing, and no fee is charged. The certificate ends with the term of the committee."
    )
    return given(request, one, form, act, title=_("Register as a legal person"), button=pgettext("a legal person", "Register"), text=text)


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def changed(request: Request, union: Union) -> HttpResponse:
    """The register of legal persons has the change of a union's name, domicile or chair."""
    home = union.get_absolute_url()

    def act(said: dict[str, Any]) -> str:
        entries.entries_filed(union, **said, by=request.user)
        return _("Recorded; the register of legal persons has the change.")

    text = _(
        "Name, domicile or legal representative changed: that is filed with whoever registered the union, within the days that are set."
    )
    return filled(
        request, forms.EntriesForm(request.POST or None), act, title=_("Record the changed entries"), button=_("Record it"), back=home,
        crumbs=[(union.short_name, home)], text=text,
    )  # fmt: skip
