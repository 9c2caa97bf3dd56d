"""Pages of the surveys of grassroots unions: the list, who is missing by township, one survey, what is answered, the steps, the workbooks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, running_of, stages_of, steps_for
from niangjia.kit.components import Act, View
from niangjia.kit.errors import IllegalStep
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, render, signed_in
from niangjia.returns import actions, forms, queries, said, shown_surveys, surveys
from niangjia.returns.enums import May
from niangjia.returns.models import Survey
from niangjia.returns.views import me


def asked(request: HttpRequest) -> tuple[forms.SurveyFilter, surveys.Ask]:
    """What the list, and its workbook, are narrowed by."""
    form = forms.SurveyFilter(request.GET)
    form.is_valid()
    told = form.cleaned_data
    return form, surveys.Ask(told.get("year"), *(told.get(name, "") for name in ("state", "under", "kind")))


@require_safe
@lists(May.SEE_SURVEY)
def surveys_page(request: HttpRequest) -> HttpResponse:
    """The surveys that a person may read, the last year first."""
    form, ask = asked(request)
    paged = page(request, surveys.listed(me(request), ask), ["-year", "union_id", "id"], text=_("The last year first"))
    found = surveys.years(me(request))
    views = [View(_("All"), "?", here=ask.year is None), *(View(str(one), f"?year={one}", here=one == ask.year) for one in found[:6])]
    acts = [export_act(request, "returns:surveys_export")] if paged.rows else []
    if any(seat.level <= 3 for seat in me(request).seats):
        acts = [Act(_("Who is missing"), reverse("returns:towns")), *acts]
    context = {
        "table": shown_surveys.surveys_table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "views": views, "acts": acts,
        "chips": shown_surveys.chips(form, request), "keep": [(name, said_) for name in ("year", "under") if (said_ := request.GET.get(name))],
    }  # fmt: skip
    return render(request, "returns/surveys.html", context, part="rows")


@require_safe
@lists(May.SEE_SURVEY)
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, in the layout that goes up; it tells of unions, not of people."""
    form, ask = asked(request)
    rows = surveys.listed(me(request), ask).order_by("-year", "union_id")
    return workbook(request, "surveys", "returns.survey", shown_surveys.sheet(rows), form=form)


@require_safe
@lists(May.SEE_SURVEY)
def towns(request: HttpRequest) -> HttpResponse:
    """How far each township has come with the surveys of a year, and who is missing."""
    found = surveys.years(me(request))
    told = request.GET.get("year", "")
    year = int(told) if told.isdecimal() and int(told) in found else found[0] if found else None
    rows = surveys.by_town(me(request), year) if year else []
    missing, many = sum(one.open for one in rows), sum(one.many for one in rows)
    text = _("%(missing)s of %(many)s surveys are not confirmed yet.") % {"missing": f"{missing:,}", "many": f"{many:,}"} if rows else ""
    acts = (
        [Act(_("Open the surveys of a year"), reverse("returns:open"))]
        if queries.begun_by(me(request)).filter(level__lte=2).exists()
        else []
    )
    context = {
        "table": shown_surveys.towns_table(rows, year or 0), "found": bool(rows), "text": text, "acts": acts,
        "views": [View(str(one), f"?year={one}", here=one == year) for one in found[:6]],
        "crumbs": [(_("Surveys of the year"), reverse("returns:surveys")), (_("Who is missing"), "")],
    }  # fmt: skip
    return render(request, "returns/towns.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def opening(request: HttpRequest) -> HttpResponse:
    """Open the surveys of a year that are not there yet."""
    unions = queries.begun_by(me(request)).filter(level__lte=2)
    mine = unions.first()
    initial = {"union": mine, "year": queries.last_year(mine)} if mine else {}
    form = forms.OpenForm(request.POST or None, unions=unions, initial=initial)
    back = reverse("returns:towns")

    def act(facts: dict[str, Any]) -> tuple[str, str]:
        many = actions.open_surveys(facts["union"], facts["year"], by=me(request))
        words = ngettext("%(n)s survey was opened.", "%(n)s surveys were opened.", many) % {"n": f"{many:,}"}
        return words if many else _("All surveys of that year are there already."), f"{back}?year={facts['year']}"

    text = _(
        "After the closing day the house opens them by itself. Open those here that are still missing: of unions entered late, or of an earlier year."
    )
    return filled(
        request, form, act, title=_("Open the surveys of a year"), button=_("Open them"), text=text, back=back,
        crumbs=[(_("Surveys of the year"), reverse("returns:surveys"))],
    )  # fmt: skip


def crumbs(one: Survey) -> list[tuple[Any, str]]:
    """Where it stands."""
    return [(_("Surveys of the year"), reverse("returns:surveys")), (one.reference, one.get_absolute_url())]


def loaded(one: Survey) -> Survey:
    """The survey with its union and its division at hand."""
    return Survey.objects.select_related("union__division", "township", "county").get(pk=one.pk)


@require_safe
@opens(May.SEE_SURVEY, by="uuid")
def survey(request: HttpRequest, one: Survey) -> HttpResponse:
    """One survey: what the records say, what is to be filled in, what does not hold."""
    one = loaded(one)
    lacking = surveys.lacking(one)
    context = {
        "title": shown_surveys.title(one), "crumbs": [*crumbs(one)[:1], (one.reference, "")], "stages": stages_of(one),
        "steps": steps_for(one, request.user), "step_url": reverse("returns:survey_step", args=[one.uuid]),
        "faults": [said.fault(each) for each in surveys.broken(one)], "lacking": len(lacking), "lacking_words": shown_surveys.lacking_words(lacking),
        "table": shown_surveys.lines_table(one), "cover": shown_surveys.cover(one), "clocks": running_of(one), "entries": entries_of(one),
        "acts": [Act(_("Workbook"), reverse("returns:survey_book", args=[one.uuid]), icon="download")],
    }  # fmt: skip
    return render(request, "returns/survey.html", context)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_SURVEY, do=May.CONFIRM, by="uuid")
def answers(request: HttpRequest, one: Survey) -> HttpResponse:
    """Fill in what no record holds."""
    one = loaded(one)
    form = forms.AnswerForm(request.POST or None, answers=one.answers)

    def act(_facts: dict[str, Any]) -> str:
        actions.answer(one, form.said(), by=me(request))
        return _("Filled in. Look it through once more, and confirm it.")

    text = _("What records or last year's survey know stands there already. Write 0 where there is none.")
    return filled(
        request, form, act, title=_("What no record holds"), button=_("Save the numbers"), text=text, back=one.get_absolute_url(), crumbs=crumbs(one)
    )  # fmt: skip


@require_POST
@opens(May.SEE_SURVEY, by="uuid")
def step(request: HttpRequest, one: Survey) -> HttpResponse:
    """Take a step that needs no page."""
    verb, reason, by = request.POST.get("verb", ""), request.POST.get("reason", ""), me(request)
    match verb:
        case "confirm":
            actions.confirm(one, by=by)
            messages.success(request, _("Confirmed. The township adds it up."))
        case "vouch":
            actions.vouch(one, reason=reason, by=by)
        case "renew":
            many = actions.renew(one, by=by)
            messages.success(
                request, ngettext("Filled in anew: %(n)d line changed.", "Filled in anew: %(n)d lines changed.", many) % {"n": many}
            )
        case "back" | "take-back":
            actions.reopen(one, verb, reason=reason, by=by)
        case _other:
            raise IllegalStep(verb)
    return go(request, one.get_absolute_url())


@require_safe
@opens(May.SEE_SURVEY, by="uuid")
def book(request: HttpRequest, one: Survey) -> HttpResponse:
    """The workbook of one survey."""
    one = loaded(one)
    return workbook(request, f"survey-{one.year}", "returns.survey", *shown_surveys.book(one), thing=one.pk)
