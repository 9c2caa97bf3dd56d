"""Pages of reviews: the list, the reading page and its papers, the editor, the drafts, the steps to publication."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import entries_of, stages_of, steps_for
from niangjia.kit.components import Act, link, pill
from niangjia.kit.dates import day_of
from niangjia.kit.errors import Overtaken, RuleBroken
from niangjia.kit.flow import FLOWS
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, of_the_office, opens, public, render, signed_in
from niangjia.kit.tables import Column, Table
from niangjia.kit.who import allows, permitted
from niangjia.reports import actions, forms, prints, queries, shown
from niangjia.reports.editor import editing, pressed
from niangjia.reports.enums import Language, May, State
from niangjia.reports.models import Review
from niangjia.reports.sight import Moved, Unseen, Whole, bound, carried, read_in, signed_elsewhere, whole
from niangjia.unions.models import Union

PAPERS = {
    "review.docx": (prints.word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "review.pdf": (prints.paper, "application/pdf"),
    "figures.xlsx": (prints.book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "review.txt": (prints.text, "text/plain; charset=utf-8"),
}


def phase(review: Review) -> Any:
    """Its state as a pill."""
    return pill(FLOWS["reports.review"].phases[review.state], review.get_state_display())


@require_safe
@lists(May.VIEW)
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews that a person may open."""
    paged = page(request, queries.reviews(request.user).order_by(), ["-made_at", "-id"], text=_("The newest first"))
    body = [
        [
            link(review.title(queries.language_here()), review.get_absolute_url()), review.union.short_name,
            review.span.words(queries.language_here()), review.made_by.name, day_of(review.made_at), phase(review),
        ]
        for review in paged.rows
    ]  # fmt: skip
    columns = [
        Column(pgettext("review", "Title"), at=1), Column(_("Union"), soft=True), Column(_("Period"), at=3, soft=True), Column(_("Begun by"), soft=True),
        Column(_("Begun on"), at=4, soft=True, nowrap=True), Column(_("State"), at=2, nowrap=True),
    ]  # fmt: skip
    may_begin = permitted(request.user, May.BEGIN).exists()
    acts = [Act(_("Begin a review"), reverse("reports:begin"), primary=True)] if may_begin else []
    context = {"table": Table(columns, body, label=_("Reviews")), "keyset": paged.keyset, "found": bool(paged.rows), "acts": acts}
    return render(request, "reports/reviews.html", context, part="rows")


@require_http_methods(["GET", "POST"])
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a review."""
    unions = permitted(request.user, May.BEGIN, Union.objects.filter(level__lte=3)).order_by("level", "name_py")
    form = forms.BeginForm(request.POST or None, unions=unions)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(**form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return go(request, reverse("reports:edit", args=[made.name]))
    context = {
        "form": form,
        "crumbs": [(_("Reviews"), reverse("reports:reviews")), (_("Begin a review"), "")],
        "back": reverse("reports:reviews"),
    }
    return render(request, "reports/begin.html", context, status=422 if request.method == "POST" else 200)


def opened(request: HttpRequest, name: str) -> queries.Read:
    """A review as this reader may read it; 404 for all others."""
    review = queries.readable(request.user, name)
    found = queries.read(review, language_of(request)) if review else None
    if found is None:
        raise Http404
    return found


@require_safe
@public
def review(request: HttpRequest, name: str) -> HttpResponse:
    """The reading page: contents, prose, and in the margin what each figure is."""
    one = queries.readable(request.user, name)
    if one is not None and not one.current:
        return go(request, reverse("reports:edit", args=[name]))
    if one is None:
        raise Http404
    return reading(request, one)


def reading(request: HttpRequest, one: Review, refused: Sequence[Moved] = ()) -> HttpResponse:
    """The reading page; with what moved, where somebody would have signed something that was not on her screen."""
    staff = of_the_office(request.user)
    steps = steps_for(one, request.user) if staff else []
    wanted, signing = language_of(request), None
    if any(step.verb in actions.SIGNED for step in steps):
        signing = whole(one)
        found, elsewhere = read_in(signing, wanted or queries.language_here()), other_than_signed(one, signing, request.user)
        steps = [step for step in steps if step.verb not in actions.SIGNED] if elsewhere else steps
    else:
        found, elsewhere = opened(request, one.name), []
    recorded, waiting = queries.tally(found.out)
    many = {"recorded": recorded, "waiting": waiting}
    counts = (
        _("%(recorded)d figures are recorded, %(waiting)d not yet") % many
        if waiting
        else ngettext("%(n)d figure", "%(n)d figures", recorded) % {"n": recorded}
    )
    notes = shown.notes(found, compare=staff)
    acts = [Act(label, url, small=True) for label, url in shown.forms_of(found)]
    if staff and found.publication:
        moved = sum(bool(note.since) for note in notes)
        label = (
            ngettext("Compare with today: %(n)d differs", "Compare with today: %(n)d differ", moved) % {"n": moved}
            if moved
            else _("Compare with today")
        )
        acts.append(Act(label, reverse("reports:since", args=[one.name]), small=True))
    if staff and one.state == State.DRAFT and allows(request.user, May.DRAFT, one):
        acts.append(Act(_("Write"), reverse("reports:edit", args=[one.name]), small=True))
    others = [code for code in (found.publication.edits if found.publication else queries.texts(one)) if code != found.language]
    context = {
        "heading": shown.heading(found.out.title or one.title(found.language)),
        "found": found, "review": one, "title": found.out.title or one.title(found.language), "lines": shown.lines(found, linked=staff),
        "notes": notes, "first": shown.first_shown(notes), "changed": [note for note in notes if note.since], "contents": shown.contents(found), "counts": counts, "acts": acts, "pill": phase(one), "asof": shown.asof(found),
        "others": [(code, Language(code).label) for code in others], "head": {"机关": "", "日期": ""} | found.out.review.head, "table": shown.figures_table(found, linked=staff), "staff": staff,
        "steps": steps, "steps_url": reverse("reports:steps", args=[one.name]), "bound": bound(signing) if signing else "",
        "carried": signing.sight().fields() if signing else [], "moved": [*refused, *(elsewhere if not refused else [])], "refused": bool(refused),
        "stages": stages_of(one), "entries": entries_of(one) if staff else [], "signatures": shown.signatures(one), "waiting": waiting,
    }  # fmt: skip
    return render(request, "reports/review.html", context, status=409 if refused else 200)


def other_than_signed(one: Review, now: Whole, user: Any) -> list[Moved]:
    """What moved since the last signature of this round, if anything did: then no other may be put beside it."""
    last = one.signatures.filter(round=one.round).order_by("-pk").first()
    return signed_elsewhere(last, now, user) if last is not None and last.digest != now.sight().digest else []


def language_of(request: HttpRequest) -> str:
    """The language that a reader asks for."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in Language.values else ""


@require_safe
@public
def paper(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A review to take away: Word, PDF, the table of figures, plain text, or the canonical document."""
    found = opened(request, name)
    if form == "review.json" and found.publication:
        said = {"digest": found.publication.digest, "root": found.publication.root, "posting": found.publication.posting}
        return JsonResponse(said | {"documents": found.publication.documents}, json_dumps_params={"ensure_ascii": False})
    if form not in PAPERS:
        raise Http404
    made, kind = PAPERS[form]
    answer = HttpResponse(made(found), content_type=kind)
    stem = f"{name}-{found.language}" + ("" if found.publication else "-draft")
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{form.rpartition(".")[2]}"'
    return answer


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.DRAFT, by="name")
def edit(request: HttpRequest, review: Review) -> HttpResponse:
    """The editor: source, preview, picker, checks. What is written is lost neither by a preview nor by somebody who saved first."""
    language = request.POST.get("language") or request.GET.get("language") or review.language
    if language not in Language.values:
        raise Http404
    if request.method == "GET":
        now = queries.text_of(review, language)
        return render(request, "reports/edit.html", editing(request, review, language, now.text if now else "", review.current))
    text, after = request.POST.get("text", "").replace("\r\n", "\n"), request.POST.get("after", "")
    said = int(after) if after.isdecimal() and len(after) < 9 else 0
    press = pressed(request.POST)
    if press == "save":
        try:
            actions.save_draft(review, text, language=language, after=said, by=request.user)  # type: ignore[arg-type]
        except Overtaken:
            review.refresh_from_db()
            context = editing(request, review, language, text, review.current, overtaken=True)
            return render(request, "reports/edit.html", context, status=409)
        except RuleBroken as broken:
            return render(request, "reports/edit.html", editing(request, review, language, text, said, refused=str(broken)), status=422)
        messages.success(request, _("Draft %(n)d is saved.") % {"n": review.current})
        return go(request, f"{reverse('reports:edit', args=[review.name])}?language={language}")
    return render(request, "reports/edit.html", editing(request, review, language, text, said), part=press)


@require_POST
@opens(May.VIEW, by="name")
def steps(request: HttpRequest, review: Review) -> HttpResponse:
    """Check, sign, publish, withdraw. What is signed is what stood on the screen, or nothing, and then the page says what moved."""
    verb, user = request.POST.get("verb", ""), request.user
    if verb == "withdraw":
        actions.withdraw(review, reason=request.POST.get("reason", ""), by=user)  # type: ignore[arg-type]
    elif verb in actions.SIGNED:
        try:
            getattr(actions, verb)(review, seen=carried(request.POST), by=user)
        except Unseen as unseen:
            review.refresh_from_db()
            return reading(request, review, unseen.moved)
    else:
        raise Http404
    return go(request, review.get_absolute_url())


@require_safe
@opens(May.VIEW, do=May.DRAFT, by="name")
def drafts(request: HttpRequest, review: Review) -> HttpResponse:
    """Every text that was saved."""
    rows = review.edits.select_related("by").order_by("-number")[:200]
    body = [
        [
            link(_("Draft %(n)d") % {"n": e.number}, reverse("reports:draft", args=[review.name, e.number])),
            e.get_language_display(),
            e.by.name,
            e.at,
        ]
        for e in rows
    ]
    columns = [
        Column(pgettext("review", "Draft"), at=1),
        Column(_("Language"), at=5, soft=True),
        Column(_("Written by"), at=3),
        Column(_("Saved at"), at=4, soft=True),
    ]
    context = {"review": review, "table": Table(columns, body, label=_("Drafts")), "crumbs": crumbs(review, _("Drafts"))}
    return render(request, "reports/drafts.html", context)


@require_safe
@opens(May.VIEW, do=May.DRAFT, by="name")
def draft(request: HttpRequest, review: Review, number: int) -> HttpResponse:
    """One saved text as it was written."""
    found = get_object_or_404(review.edits.select_related("by"), number=number)
    context = {"review": review, "edit": found, "crumbs": crumbs(review, _("Draft %(n)d") % {"n": number})}
    return render(request, "reports/draft.html", context)


@require_safe
@opens(May.VIEW, by="name")
def since(request: HttpRequest, review: Review) -> HttpResponse:
    """What was published beside what the books count today."""
    if getattr(request.user, "kind", "") == "MEMBER":
        raise Http404
    found = queries.read(review)
    if found is None or found.publication is None:
        raise Http404
    body, differ = shown.compared(found)
    columns = [
        Column(pgettext("review", "Figure"), at=1), Column(_("Period"), soft=True, at=5), Column(_("Published"), num=True, at=3),
        Column(_("Today"), num=True, at=4), Column(_("Difference"), num=True, at=2),
    ]  # fmt: skip
    sentence = ngettext("%(n)d figure is not what it was.", "%(n)d figures are not what they were.", differ) % {"n": differ}
    context = {
        "review": review, "table": Table(columns, body, label=_("Published and today")), "crumbs": crumbs(review, _("Published and today")),
        "differences": shown.differences(found, request.user, request.GET.get("of", "")),
        "sentence": sentence if differ else _("Every figure is today what it was when it was published."), "publication": found.publication,
    }  # fmt: skip
    return render(request, "reports/since.html", context)


def crumbs(review: Review, here: Any) -> list[tuple[Any, str]]:
    """The way back."""
    return [(_("Reviews"), reverse("reports:reviews")), (review.title(queries.language_here()), review.get_absolute_url()), (here, "")]
