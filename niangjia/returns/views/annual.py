"""Pages of annual returns: all of them, one with its lines, a remark, the steps, the workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.kit.components import Act, Paper, View
from niangjia.kit.errors import IllegalStep
from niangjia.kit.export import workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, render, signed_in
from niangjia.kit.who import allows
from niangjia.returns import actions, forms, queries, said, shown, shown_surveys, surveys
from niangjia.returns.enums import May, State
from niangjia.returns.figures import BY_CODE, NAMED
from niangjia.returns.models import AnnualReturn
from niangjia.returns.views import me

FIRST = ("101", "111", "301", "302", "401")  # what stands beside the signature


@require_safe
@lists(May.SEE)
def returns(request: HttpRequest) -> HttpResponse:
    """The returns that a person may read, the last year first."""
    asked, found = request.GET.get("year", ""), queries.years(me(request))
    year = int(asked) if asked.isdecimal() and int(asked) in found else None
    paged = page(request, queries.listed(me(request), year), ["-year", "union_id", "id"], text=_("The last year first"))
    views = [View(_("All"), "?", here=year is None), *(View(str(one), f"?year={one}", here=one == year) for one in found[:6])]
    may = queries.begun_by(me(request)).exists()
    context = {
        "table": shown.returns_table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "views": views,
        "acts": [Act(_("Begin a return"), reverse("returns:new"), primary=True)] if may else [],
    }  # fmt: skip
    return render(request, "returns/list.html", context, part="rows")


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Begin a return: the books fill it."""
    unions = queries.begun_by(me(request))
    mine = unions.first()
    form = forms.BeginForm(
        request.POST or None, unions=unions, initial={"union": mine, "year": queries.last_year(mine)} if mine else {}
    )  # fmt: skip

    def act(facts: dict[str, Any]) -> tuple[str, str]:
        made = actions.begin(facts["union"], facts["year"], by=me(request))
        return _("The books have filled it. Look at the checks, and explain what moved far."), made.get_absolute_url()

    back = reverse("returns:list")
    text = _("Counted as of the closing day of the statistical year, by the books as known on that day.")
    return filled(
        request, form, act, title=_("Begin a return"), button=_("Fill it from the books"), text=text, back=back, crumbs=[(_("Annual return"), back)]
    )  # fmt: skip


@require_safe
@opens(May.SEE, by="uuid")
def annual_return(request: HttpRequest, one: AnnualReturn) -> HttpResponse:
    """One return: its lines, what does not hold, what must be explained, who has signed."""
    one = AnnualReturn.objects.select_related("union__division", "compared").get(pk=one.pk)
    found, remarks = queries.judged(one), queries.remarks_of(one)
    may = one.state == State.DRAFT and allows(request.user, May.FILL, one)
    open_ = [(said.name(NAMED[code]), reverse("returns:line", args=[one.uuid, code]) if may else "") for code in found.unexplained]
    context = {
        "one": one, "title": shown.title(one), "sentence": shown.sentence(one), "crumbs": shown.crumbs(one), "stages": stages_of(one),
        "elsewhere": shown_surveys.elsewhere(one), "beside": shown_surveys.beside(one, surveys.confirmed_sums(one)),
        "acts": [Act(_("Surveys below"), f"{reverse('returns:towns')}?year={one.year}"), Act(_("Workbook"), reverse("returns:book", args=[one.uuid]), icon="download")],
        "steps": steps_for(one, request.user), "step_url": reverse("returns:step", args=[one.uuid]), "faults": shown.faults(one, found),
        "checks": shown.checks_said(one, found), "unexplained": open_, "table": shown.lines_table(one, remarks, found, may=may), "absent": shown.absent_table(),
        "cover": shown.cover(one), "signs": shown.signs(one, queries.signatures(one)), "clocks": running_of(one), "entries": entries_of(one), "root": one.root,
    }  # fmt: skip
    return render(request, "returns/return.html", context)


@require_POST
@opens(May.SEE, by="uuid")
def step(request: HttpRequest, one: AnnualReturn) -> HttpResponse:
    """Take a step that needs no page."""
    verb, reason, by = request.POST.get("verb", ""), request.POST.get("reason", ""), me(request)
    match verb:
        case "check":
            actions.check(one, by=by)
            messages.success(request, _("Signed as filled in. The head of the union has been told."))
        case "recount":
            many = actions.recount(one, reason=reason, by=by)
            messages.success(
                request, ngettext("Counted anew: %(n)d line changed.", "Counted anew: %(n)d lines changed.", many) % {"n": many}
            )
        case "send":
            actions.send(one, by=by)
        case "back":
            actions.back(one, reason=reason, by=by)
            messages.success(request, _("Sent back. Those who signed it have been told."))
        case "withdraw":
            actions.withdraw(one, reason=reason, by=by)
        case _other:
            raise IllegalStep(verb)
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE, do=May.SIGN, by="uuid")
def signing(request: HttpRequest, one: AnnualReturn) -> HttpResponse:
    """The head of the union signs what stands beside the button."""

    def act(_facts: dict[str, Any]) -> str:
        actions.sign(one, by=me(request))
        return _("Signed: every number is frozen, and opens as it was today.")

    if one.state != State.CHECKED:
        return go(request, one.get_absolute_url())
    beside = [
        Paper(said.name(BY_CODE[code]), f"{one.values[code]:,}", queries.opens_at(one, BY_CODE[code])) for code in FIRST if code in one.values
    ]  # fmt: skip
    return filled(
        request, forms.SignForm(request.POST or None), act, title=_("Sign the annual return"), button=_("Sign the return"), text=shown.sentence(one),
        back=one.get_absolute_url(), crumbs=[*shown.crumbs(one)[:1], (str(one), one.get_absolute_url())], beside=(shown.title(one), beside),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE, do=May.FILL, by="uuid")
def line(request: HttpRequest, one: AnnualReturn, line: str) -> HttpResponse:
    """Say why a number is what it is."""
    found = NAMED.get(line)
    if found is None or line not in one.values:
        raise Http404

    def act(facts: dict[str, Any]) -> str:
        actions.remark(one, line, facts["text"], by=me(request))
        return ""

    held = queries.remarks_of(one).get(line)
    form = forms.RemarkForm(request.POST or None, initial={"text": held.text if held else ""})
    before = one.before.get(line)
    words = _("%(year)d: %(now)s; the year before: %(before)s.") % {
        "year": one.year, "now": f"{one.values[line]:,}", "before": "–" if before is None else f"{before:,}",
    }  # fmt: skip
    return filled(
        request, form, act, title=said.name(found), button=_("Save the remark"), text=words, back=one.get_absolute_url(),
        crumbs=[*shown.crumbs(one)[:1], (str(one), one.get_absolute_url())],
    )  # fmt: skip


@require_safe
@opens(May.SEE, by="uuid")
def book(request: HttpRequest, one: AnnualReturn) -> HttpResponse:
    """The workbook that goes up."""
    one = AnnualReturn.objects.select_related("union__division").get(pk=one.pk)
    sheets = shown.book(one, queries.remarks_of(one), queries.signatures(one))
    return workbook(request, f"annual-return-{one.year}", "returns.annualreturn", *sheets, thing=one.pk)
