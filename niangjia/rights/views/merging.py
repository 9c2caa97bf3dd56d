"""Two reports of one event, what comes again, and the brief for leaders."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit.components import Act, Paper, day_words, moment_words
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import Request, go, lists, opens, render
from niangjia.kit.who import allows, permitted
from niangjia.rights import actions, printed
from niangjia.rights.enums import May
from niangjia.rights.models import Event
from niangjia.rights.queries import same as queries
from niangjia.rights.shown import same as shown
from niangjia.rights.views.events import crumbs_of
from niangjia.unions.api import Industry

MEDIA = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.MERGE_EVENT, by="uuid")
def merge(request: Request, event: Event, other: UUID) -> HttpResponse:
    """Two reports beside each other: make them one, or say that they are two matters."""
    second = permitted(request.user, May.SEE_EVENT).select_related("reported_by").filter(uuid=other).exclude(pk=event.pk).first()
    if second is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("verb") == "apart":
            actions.tell_apart(event, second, by=request.user)
            messages.success(request, _("Kept as two matters; it will not be asked again."))
            return go(request, event.get_absolute_url())
        kept = actions.merge(event, second, by=request.user)
        messages.success(request, _("They are one event now; both stories are kept."))
        return go(request, kept.get_absolute_url())
    open_ = event.state in queries.OPEN and second.state in queries.OPEN and allows(request.user, May.MERGE_EVENT, second)
    title = _("Two reports, perhaps one event")
    context = {
        "title": title, "crumbs": [*crumbs_of(event), (title, "")], "table": shown.compared(event, second), "open": open_, "back": event.get_absolute_url(),
        "text": _("%(one)s and %(other)s") % {"one": event.reference, "other": second.reference}, "url": request.path,
    }  # fmt: skip
    return render(request, "rights/merge.html", context)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.MERGE_EVENT, by="uuid")
def part(request: Request, event: Event) -> HttpResponse:
    """They were two matters after all."""
    line = queries.merged_in(event)
    if line is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.unmerge(line, by=request.user)
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            messages.success(request, _("They are two events again; each says what it said by itself."))
        return go(request, event.get_absolute_url())
    title = _("Part them again")
    context = {
        "title": title, "crumbs": [*crumbs_of(event), (title, "")], "back": event.get_absolute_url(), "may": queries.may_part(line),
        "text": _("%(one)s became one with %(other)s on %(day)s.") % {"one": event.reference, "other": line.kept.reference, "day": day_words(line.at)},
    }  # fmt: skip
    return render(request, "rights/part.html", context)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.BRIEF_EVENT, by="uuid")
def briefs(request: Request, event: Event) -> HttpResponse:
    """The briefs on an event; a new one takes the next number."""
    if request.method == "POST":
        made = actions.draw_up(event, by=request.user)
        messages.success(request, _("Drawn up as %(number)s.") % {"number": printed.number_of(made)})
        return go(request, reverse("rights:briefs", args=[event.uuid]))
    title = _("Brief for leaders")
    rows = [
        (
            Paper(printed.number_of(one), moment_words(one.at)),
            [Act(kind, reverse("rights:brief", args=[event.uuid, one.uuid, ext]), small=True) for kind, ext in (("Word", "docx"), ("PDF", "pdf"))],
        )
        for one in event.briefs.order_by("-pk")
    ]  # fmt: skip
    context = {
        "title": title,
        "crumbs": [*crumbs_of(event), (title, "")],
        "rows": rows,
        "back": event.get_absolute_url(),
        "over": event.state == "MERGED",
    }
    return render(request, "rights/briefs.html", context)


@require_safe
@opens(May.SEE_EVENT, do=May.BRIEF_EVENT, by="uuid")
def brief(_request: Request, event: Event, brief: UUID, ext: str) -> HttpResponse:
    """One brief, in Word or as PDF."""
    one = get_object_or_404(event.briefs, uuid=brief)
    if ext not in MEDIA:
        raise Http404
    answer = HttpResponse(printed.word(one) if ext == "docx" else printed.paper(one), content_type=MEDIA[ext])
    answer["Content-Disposition"] = content_disposition_header(True, f"{one.reference}.{ext}") or "attachment"
    return answer


@require_safe
@lists(May.SEE_EVENT)
def patterns(request: Request) -> HttpResponse:
    """What comes again: at a firm, under names alike, in a trade and a quarter."""
    hidden = queries.hidden_under()
    trades: dict[str, Any] = {code: str(label) for code, label in Industry.choices}
    seasons = [
        replace(one, label=_("%(trade)s, %(year)s quarter %(n)s") % {"trade": one.label, "year": one.last.year, "n": (one.last.month + 2) // 3} if one.last else one.label)
        for one in queries.by_season(request.user, trades)
        if one.mine or one.n >= hidden
    ]  # fmt: skip
    builders, projects = queries.by_site(request.user)
    title = _("What comes again")
    context = {
        "title": title, "crumbs": [(_("Early warnings"), reverse("rights:events")), (title, "")],
        "firms": shown.patterns_table(queries.by_firm(request.user), _("Firm"), hidden), "names": shown.patterns_table(queries.by_names(request.user), _("Names that begin alike"), hidden),
        "builders": shown.patterns_table(builders, _("General contractor"), hidden), "projects": shown.patterns_table(projects, _("Building project"), hidden),
        "seasons": shown.patterns_table(seasons, _("Trade and quarter"), hidden),
    }  # fmt: skip
    return render(request, "rights/patterns.html", context)
