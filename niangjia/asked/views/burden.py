"""The page of a quarter: what we asked the grass roots, and what of it was known."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.asked import rules, shown
from niangjia.asked.burden import burden as asked_in
from niangjia.asked.burden import parsed
from niangjia.asked.enums import May
from niangjia.asked.views import me
from niangjia.kit.components import Act, View
from niangjia.kit.dates import today
from niangjia.kit.pages import lists, render
from niangjia.kit.totals import Part, totals

LINE = tuple(Part(code, this_year=True) for code in ("asked.requests", "asked.fields", "asked.burden", "asked.answers"))


@require_safe
@lists(May.SEE)
def burden(request: HttpRequest) -> HttpResponse:
    """What we asked the grass roots in a quarter."""
    user, quarter = me(request), parsed(request.GET.get("quarter", ""))
    page, now = asked_in(user, quarter), rules.quarter(today())
    top = user.seats[0].union if user.seats else None
    shorter = [rules.back(now, n) for n in range(4)]
    context = {
        "title": _("What we asked the grass roots"), "quarter": shown.quarter_words(quarter), "page": page, "totals": totals(top, LINE), "views": [View(shown.quarter_words(at), f"?quarter={shown.quarter_code(at)}", here=at == quarter) for at in shorter],
        "offices": shown.offices_table(page) if page.lines else None, "course": shown.course_table(page), "lines": shown.lines_table(page.lines) if page.lines else None,
        "contested": shown.contested_table(page.contested) if page.contested else None, "acts": [Act(_("Requests for data"), reverse("asked:list"), quiet=True)],
    }  # fmt: skip
    return render(request, "asked/burden.html", context)
