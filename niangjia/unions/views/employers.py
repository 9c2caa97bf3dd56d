"""Pages of employers: the list, one employer, and the correction of its entry."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit.chips import chips, kept
from niangjia.kit.components import Act, View
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, lists, opens, render
from niangjia.kit.panels import panels
from niangjia.kit.who import allows
from niangjia.unions import employers as reading
from niangjia.unions import shown_employers as shown
from niangjia.unions.actions import employers as actions
from niangjia.unions.enums import May
from niangjia.unions.forms.employers import EmployerForm, EmployersFilter
from niangjia.unions.models import Employer

FILTERS = ("under", "category", "industry", "size")
HOME = "unions:employers"


def _asked(request: Request) -> tuple[EmployersFilter, reading.Ask]:
    form = EmployersFilter(request.GET, places=reading.places(request.user))
    form.is_valid()
    return form, reading.Ask(*(form.cleaned_data.get(name, "") for name in ("q", "view", *FILTERS)))


@require_safe
@lists(May.SEE_EMPLOYER)
def employers(request: Request) -> HttpResponse:
    """The employers of a place, by name."""
    form, ask = _asked(request)
    paged = page(request, reading.listed(request.user, ask), ["name", "id"], text=_("By name"))
    context = {
        "table": shown.table(paged.rows, reading.united(paged.rows)), "keyset": paged.keyset, "found": bool(paged.rows), "q": ask.text,
        "views": [View(label, f"?view={code}" if code else "?", here=ask.view == code) for code, label in shown.views()],
        "chips": chips(form, request, FILTERS), "keep": kept(request, ("view",)), "acts": [export_act(request, "unions:employers_export")],
    }  # fmt: skip
    return render(request, "unions/employers.html", context, part="rows")


@require_safe
@lists(May.SEE_EMPLOYER)
def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook; firms are no personal data."""
    form, ask = _asked(request)
    return workbook(
        request, "employers", Employer._meta.label_lower, shown.sheet(reading.listed(request.user, ask).order_by("name", "id")), form=form
    )


@require_safe
@opens(May.SEE_EMPLOYER, by="uuid")
def employer(request: Request, one: Employer) -> HttpResponse:
    """One employer: what it is, its unions, what the tax side knows of it, what was corrected; and what other floors have on it."""
    one = Employer.objects.select_related("township", "county").get(pk=one.pk)
    covers, firms, changes = reading.covers_of(one), reading.taxpayers_of(request.user, one), reading.story_of(one)
    may, joining = (allows(request.user, do, one) for do in (May.EDIT_EMPLOYER, May.MERGE_EMPLOYER))
    merged, mergers = reading.merger_of(one), reading.mergers_of(one)
    acts = [Act(_("Merge with another entry"), reverse("unions:employer_same", args=[one.uuid]))] if joining and not merged else []
    acts += [Act(_("Undo the merger"), reverse("unions:employer_part", args=[one.uuid]))] if joining and merged else []
    acts += [Act(_("Correct"), reverse("unions:employer_facts", args=[one.uuid]))] if may and not merged else []
    context = {
        "one": one, "sentence": shown.sentence(covers), "pairs": shown.pairs(one), "covers": shown.covers_table(covers) if covers else None,
        "firms": shown.taxed_table(firms) if firms else None, "story": shown.story(changes) if changes else None, "panels": panels(request, one), "aside": panels(request, one, aside=True),
        "merged": merged, "mergers": shown.mergers_table(mergers, may=joining) if mergers else None, "acts": acts, "crumbs": [(pgettext("register", "Employers"), reverse(HOME)), (one.name, "")],
    }  # fmt: skip
    return render(request, "unions/employer.html", context)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EMPLOYER, do=May.EDIT_EMPLOYER, by="uuid")
def facts(request: Request, one: Employer) -> HttpResponse:
    """Correct what is written of this employer."""
    home = reverse("unions:employer", args=[one.uuid])

    def act(said: dict[str, Any]) -> str:
        actions.correct_employer(one, **said, by=request.user)
        return _("Corrected.")

    now = {name: getattr(one, name) for name in actions.COLUMNS}
    return filled(request, EmployerForm(request.POST or None, initial=now), act, title=_("Correct the entry"), button=_("Save"), back=home, crumbs=[(pgettext("register", "Employers"), reverse(HOME)), (one.name, home)])  # fmt: skip
