"""Pages of splits: the list, one split, its parts with what goes to each, and the steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.files.api import attach
from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.kit.barred import while_in
from niangjia.kit.chips import chips, kept
from niangjia.kit.components import View
from niangjia.kit.errors import IllegalStep, Refused
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import Act as Taken
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render
from niangjia.kit.panels import panels
from niangjia.kit.who import which
from niangjia.unions import ballots, splits
from niangjia.unions import shown_splits as shown
from niangjia.unions.actions import splits as actions
from niangjia.unions.actions import splitting
from niangjia.unions.actions.papers import draw_up
from niangjia.unions.actions.units import Unit, left_out
from niangjia.unions.enums import May
from niangjia.unions.enums_life import Splitting
from niangjia.unions.forms import ApprovalForm, PaperForm
from niangjia.unions.forms import splits as forms
from niangjia.unions.models import Split, SplitOffice, SplitPart, SplitUnit, Union
from niangjia.unions.views.units import listed as read

FILTERS = ("state", "under")
SAID = ("why", "organ", "decided_on", "decision_no", "entitled", "present", "ayes", "assets")


def _asked(request: Request) -> tuple[forms.SplitsFilter, ballots.Ask]:
    form = forms.SplitsFilter(request.GET)
    form.is_valid()
    return form, ballots.Ask(*(form.cleaned_data.get(name, "") for name in ("q", "view", "state", "under")))


@require_safe
@lists(May.SEE_SPLIT)
def listed(request: Request) -> HttpResponse:
    """The splits that a person may see, the newest first."""
    form, ask = _asked(request)
    paged = page(request, splits.listed(request.user, ask), ["-made_at", "-id"], text=_("The newest first"))
    context = {
        "table": shown.table(paged.rows, ballots.next_clocks("unions.split", paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.text,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in shown.views()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view", "under")), "narrowed": any((ask.text, ask.view, ask.state, ask.under)),
        "acts": [export_act(request, "unions:splits_export")],
    }  # fmt: skip
    return render(request, "unions/splits.html", context, part="rows")


@require_safe
@lists(May.SEE_SPLIT)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook; no person stands in it."""
    form, ask = _asked(request)
    rows = splits.listed(request.user, ask).order_by("-made_at", "-id")
    return workbook(request, "splits", "unions.split", shown.sheet(rows), form=form)


@require_safe
@opens(May.SEE_SPLIT, by="uuid")
def split(request: Request, one: Split) -> HttpResponse:
    """One split: into which unions, what goes with each, what speaks against it, what was decided."""
    plan = splits.Plan(one)
    one.plan = plan  # type: ignore[attr-defined]  # the part of the members reads it too
    may = which(request.user, [May.SPLIT, May.DECIDE_SPLIT], one)
    editing = one.state == Splitting.DRAFT and May.SPLIT in may
    against = plan.against() if one.state in splits.RUNNING else []
    context: dict[str, Any] = {
        "one": one, "title": shown.title(one), "pill": shown.phase(one), "sentence": shown.words(one), "stages": stages_of(one, shown.LINE),
        "crumbs": [(one.union.short_name, one.union.get_absolute_url()), (_("Splits of unions"), reverse("unions:splits")), (one.reference, "")],
        "steps": shown.acts(one, steps_for(one, request.user), against, ""), "step_url": reverse("unions:split_step", args=[one.uuid]),
        "remarks": shown.remarks(against), "parts": shown.parts(plan, editing=editing), "editing": editing, "left": plan.left, "filing": bool(may), "pairs": shown.pairs(one),
        "entries": entries_of(one), "clocks": running_of(one), "papers": shown.filed(one), "drawable": shown.drawable(one),
        "panels": panels(request, one), "aside": panels(request, one, aside=True),
    }  # fmt: skip
    return render(request, "unions/split.html", context)


def given(request: Request, one: Split, form: Form, act: Taken, *, title: Any, button: Any, **more: Any) -> HttpResponse:
    """A page with one form of a split's."""
    home = one.get_absolute_url()
    crumbs = [(_("Splits of unions"), reverse("unions:splits")), (one.reference, home)]
    return filled(request, form, act, title=title, button=button, back=home, crumbs=crumbs, **more)


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def begin(request: Request, union: Union) -> HttpResponse:
    """Begin to split a union."""
    if request.method == "GET" and (there := splits.running(union)) is not None:
        return go(request, there.get_absolute_url())
    form = forms.SaidForm(request.POST or None)

    def act(_said: dict[str, Any]) -> tuple[str, str]:
        made = actions.begin(union, form.said(), by=request.user)
        return _("%(reference)s is a draft. Write into which unions, and who goes where.") % {
            "reference": made.reference
        }, made.get_absolute_url()

    text = _("Nobody may split a union at will: it decides itself, and the union above approves. A draft changes nothing.")
    home = union.get_absolute_url()
    return filled(
        request, form, act, title=_("Split the union"), button=_("Go on"), back=home, crumbs=[(union.short_name, home)], text=text
    )


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SPLIT, do=May.SPLIT, by="uuid")
@while_in(Splitting.DRAFT)
def facts(request: Request, one: Split) -> HttpResponse:
    """Why, what was decided, and how funds and property are shared out."""
    now = {name: getattr(one, name) for name in SAID} | {"ends": "yes" if one.ends else "no"}
    form = forms.SaidForm(request.POST or None, initial=now)

    def act(_said: dict[str, Any]) -> str:
        actions.amend(one, form.said(), by=request.user)
        return _("Saved.")

    return given(request, one, form, act, title=_("What was decided"), button=_("Save"))


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SPLIT, do=May.SPLIT, by="uuid")
@while_in(Splitting.DRAFT)
def parts(request: Request, one: Split) -> HttpResponse:
    """One more union comes of it."""

    def act(said: dict[str, Any]) -> str:
        made = actions.add_part(one, **said, by=request.user)
        return _("%(name)s comes of it. Say which units and officers go along.") % {"name": made.short_name}

    return given(request, one, forms.PartForm(request.POST or None), act, title=_("A union that comes of it"), button=_("Add"))


@require_POST
@opens(May.SEE_SPLIT, do=May.SPLIT, by="uuid")
def part(request: Request, one: Split, part: str) -> HttpResponse:
    """A part comes off."""
    actions.drop_part(get_object_or_404(SplitPart.objects.select_related("split"), split=one, uuid=part), by=request.user)
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SPLIT, do=May.SPLIT, by="uuid")
@while_in(Splitting.DRAFT)
def units(request: Request, one: Split, how: str) -> HttpResponse:
    """Units go to a part: ticked among those of the union, by a code, or by a list."""
    those = list(one.parts.order_by("pk"))
    data, files = request.POST or None, request.FILES or None
    form: Any
    if how == "pick":
        form = forms.PickedUnits(data, parts=those, among=splits.units_to_choose(one))
    elif how == "one":
        form = forms.NewUnit(data, parts=those)
    elif how == "list":
        form = forms.ListedUnits(data, files, parts=those)
    else:
        raise Http404

    def act(said: dict[str, Any]) -> str:
        left = ""
        if how == "pick":
            wanted = [Unit(uscc) for uscc in said["picked"]]
        elif how == "one":
            wanted = [Unit(**{name: said[name] for name in ("uscc", "name", "category", "industry", "employees")})]
        else:
            listing = read(said["file"])
            wanted, left = listing.units, left_out(listing)
        n = actions.give_units(form.to(), wanted, by=request.user)
        return f"{ngettext('%(n)d unit goes there.', '%(n)d units go there.', n) % {'n': n}} {left}".strip()

    text = _("Members go along with the unit in which they work; who goes otherwise is said by name.")
    return given(request, one, form, act, title=_("Units that go along"), button=_("Add"), text=text)


@require_POST
@opens(May.SEE_SPLIT, do=May.SPLIT, by="uuid")
def unit(request: Request, one: Split, uscc: str) -> HttpResponse:
    """A unit stays."""
    actions.take_unit(get_object_or_404(SplitUnit.objects.select_related("split"), split=one, employer__uscc=uscc), by=request.user)
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SPLIT, do=May.SPLIT, by="uuid")
@while_in(Splitting.DRAFT)
def offices(request: Request, one: Split) -> HttpResponse:
    """Officers go along."""
    form = forms.OfficesForm(request.POST or None, parts=list(one.parts.order_by("pk")), offices=splits.offices_to_choose(one))

    def act(_said: dict[str, Any]) -> str:
        n = actions.give_offices(form.to(), form.chosen(), by=request.user)
        return ngettext("%(n)d officer goes along.", "%(n)d officers go along.", n) % {"n": n}

    return given(request, one, form, act, title=_("Officers who go along"), button=_("Add"))


@require_POST
@opens(May.SEE_SPLIT, do=May.SPLIT, by="uuid")
def office(request: Request, one: Split, office: str) -> HttpResponse:
    """An officer stays."""
    actions.take_office(get_object_or_404(SplitOffice.objects.select_related("split"), split=one, office__uuid=office), by=request.user)
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SPLIT, by="uuid")
def papers(request: Request, one: Split) -> HttpResponse:
    """Lay a paper on it: the minutes, an agreement."""
    if not which(request.user, [May.SPLIT, May.DECIDE_SPLIT], one):
        raise Refused(_("Papers are added by the union, or by the union above that decides."))

    def act(said: dict[str, Any]) -> str:
        attach(one, said["file"], name=said["file"].name, purpose=said["purpose"], by=request.user)
        return _("It lies on the split.")

    form = PaperForm(request.POST or None, request.FILES or None)
    return given(request, one, form, act, title=_("Add a paper"), button=_("Add"))


@require_POST
@opens(May.SEE_SPLIT, by="uuid")
def draw(request: Request, one: Split, what: str) -> HttpResponse:
    """Draw up a paper of this case."""
    made = draw_up(one, what, by=request.user)
    messages.success(request, _("%(name)s lies on it.") % {"name": made.name})
    return go(request, one.get_absolute_url())


@require_POST
@opens(May.SEE_SPLIT, by="uuid")
def step(request: Request, one: Split) -> HttpResponse:
    """A step that needs no page of its own."""
    verb, reason, by = request.POST.get("verb", ""), request.POST.get("reason", ""), request.user
    plain = {"send": actions.send, "recall": actions.recall}
    reasoned = {"return": actions.give_back, "refuse": actions.refuse, "give-up": actions.give_up}
    if verb in plain:
        plain[verb](one, by=by)
    elif verb in reasoned:
        reasoned[verb](one, reason=reason, by=by)
    else:
        raise IllegalStep(verb)
    one.refresh_from_db()
    messages.success(request, shown.done(one))
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SPLIT, do=May.DECIDE_SPLIT, by="uuid")
@while_in(Splitting.SENT)
def approve(request: Request, one: Split) -> HttpResponse:
    """Approve it: from its day the new unions stand."""

    def act(said: dict[str, Any]) -> str:
        splitting.approve(one, **said, by=request.user)
        return _("Approved. The new unions stand; their members, units and officers are there.")

    text = _("With it the new unions are founded, and units, members and officers go there from that day. It cannot be undone.")
    return given(request, one, ApprovalForm(request.POST or None), act, title=_("Approve the split"), button=_("Approve"), text=text)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SPLIT, do=May.SPLIT, by="uuid")
@while_in(Splitting.APPROVED)
def settle(request: Request, one: Split) -> HttpResponse:
    """Record how funds, property and debts were shared out."""

    def act(said: dict[str, Any]) -> str:
        paper = said.pop("paper")
        actions.settle(one, **said, paper=paper, name=paper.name if paper else "", by=request.user)
        return _("Recorded; the split is settled.")

    form = forms.SettleSplitForm(request.POST or None, request.FILES or None, initial={"settlement": one.assets})
    return given(request, one, form, act, title=_("Record how it was settled"), button=_("Record it"))
