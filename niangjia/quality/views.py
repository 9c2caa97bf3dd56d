"""Pages of the quality of the register: the unions below side by side, and the work list of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from niangjia.flow.api import beat
from niangjia.kit.components import Act, day_words, moment_words
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render
from niangjia.kit.totals import Part, totals
from niangjia.kit.who import permitted, which
from niangjia.quality import actions, queries, shown
from niangjia.quality.checks import CHECKS
from niangjia.quality.enums import LOOK, May
from niangjia.unions.models import Union

LINE = (Part("quality.gaps"), Part("quality.phones"), Part("quality.rate"))


@require_safe
@lists(May.SEE_GAPS)
def overview(request: Request) -> HttpResponse:
    """The unions directly below one, side by side; the reader's own, unless another one below it is asked for."""
    code = request.GET.get("under", "")[:20]
    union = permitted(request.user, May.SEE).filter(code=code).first() if code else queries.seat_of(request.user)
    if code and union is None:
        raise Http404
    if union is not None and union.level > 3:
        return go(request, reverse("quality:work", args=[union.code]))
    paged = page(
        request,
        queries.below(union) if union else Union.objects.none(),
        ["level", "name_py", "id"],
        text=_("Those that lead others first, by name"),
    )
    crumbs = [(one.short_name, f"?under={one.code}") for one in _above(request, union)] if union else []
    looked = beat(LOOK)
    context = {
        "union": union, "table": shown.table(paged.rows), "found": bool(paged.rows), "keyset": paged.keyset, "totals": totals(union, LINE), "crumbs": crumbs,
        "looked": moment_words(looked) if looked else "",
    }  # fmt: skip
    return render(request, "quality/overview.html", context, part="rows")


def _above(request: Request, union: Union) -> list[Union]:
    """The way down to a union, as far as she sees it."""
    those = [int(pk) for pk in union.path.strip("/").split("/")]
    return list(permitted(request.user, May.SEE).filter(pk__in=those).order_by("level", "pk"))


@require_safe
@opens(May.SEE, by="code")
def work(request: Request, union: Union) -> HttpResponse:
    """What one union's register lacks now: how many of each, the first by name, and what puts it right."""
    if union.level <= 3:
        return go(request, f"{reverse('quality:overview')}?under={union.code}")
    found, last = queries.work_of(union), queries.last_confirmed(union)
    may = which(request.user, [May.CONFIRM, *shown.NEEDS.values()], union)
    confirms = May.CONFIRM in may
    context = {
        "union": union, "todos": [shown.todo(one, union, may) for one in found], "last": last, "last_day": day_words(last.on, year=True) if last else "", "totals": totals(union, LINE), "confirms": confirms,
        "crumbs": [(one.short_name, f"{reverse('quality:overview')}?under={one.code}") for one in _above(request, union)[:-1]] + [(union.short_name, "")],
        "acts": [Act(_("The union's page"), union.get_absolute_url(), quiet=True)],
    }  # fmt: skip
    return render(request, "quality/work.html", context)


@require_safe
@opens(May.SEE, by="code")
def rows(request: Request, union: Union, check: str) -> HttpResponse:
    """Everybody whom one check is about, in one union."""
    one = CHECKS.get(check)
    if one is None or union.level <= 3:
        raise Http404
    paged = page(request, queries.rows_of(one, union), ["name_py", "id"], text=_("By name"))
    there = reverse("quality:work", args=[union.code])
    context = {
        "title": one.group.label, "text": one.own or one.words % {"n": len(paged.rows)} if not (paged.keyset.newer or paged.keyset.older) else "", "table": shown.rows_table(one, paged.rows), "keyset": paged.keyset,
        "crumbs": [(union.short_name, there), (one.group.label, "")], "found": bool(paged.rows), "back": there,
    }  # fmt: skip
    return render(request, "quality/rows.html", context)


@require_POST
@opens(May.SEE, do=May.CONFIRM, by="code")
def confirm(request: Request, union: Union) -> HttpResponse:
    """Its own people have looked it through: it is right as it stands."""
    actions.confirm(union, by=request.user)
    messages.success(request, _("Confirmed for today. When it is no longer fresh, you are asked again."))
    return go(request, reverse("quality:work", args=[union.code]))


@require_POST
@opens(May.SEE, do=May.SEE, by="code")
def look(request: Request, union: Union) -> HttpResponse:
    """Look through it now, so that the numbers above know what has been put right today."""
    actions.look(union)
    messages.success(request, _("Looked through; the numbers are those of now."))
    return go(request, reverse("quality:work", args=[union.code]))
