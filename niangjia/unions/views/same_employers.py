"""Pages of two entries that are one employer: what may be the same, both side by side, merged, and undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit.components import day_words
from niangjia.kit.errors import RuleBroken
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, go, opens, render
from niangjia.kit.who import permitted
from niangjia.unions import employers as reading
from niangjia.unions import shown_employers as shown
from niangjia.unions.actions import same_employers as actions
from niangjia.unions.enums import May
from niangjia.unions.forms.employers import MergeForm, PartForm
from niangjia.unions.models import Employer


def _crumbs(one: Employer) -> list[tuple[Any, str]]:
    return [(pgettext("register", "Employers"), reverse("unions:employers")), (one.name, one.get_absolute_url())]


@require_safe
@opens(May.SEE_EMPLOYER, do=May.MERGE_EMPLOYER, by="uuid")
def candidates(request: Request, one: Employer) -> HttpResponse:
    """Entries that may be this employer: by what is proper to its name, or by what the reader looks for."""
    text = request.GET.get("q", "").strip()[:60]
    found = reading.likely_same(request.user, one, text)
    context = {
        "one": one, "q": text, "table": shown.candidates(one, found) if found else None, "more": len(found) == reading.SHOWN,
        "crumbs": [*_crumbs(one), (_("Merge with another entry"), "")],
    }  # fmt: skip
    return render(request, "unions/employer_same.html", context)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EMPLOYER, do=May.MERGE_EMPLOYER, by="uuid")
def merging(request: Request, one: Employer, other: Any) -> HttpResponse:
    """Both side by side; which is kept, and how one knows that they are one."""
    second = get_object_or_404(permitted(request.user, May.MERGE_EMPLOYER).distinct(), uuid=other)
    actions.check_one(one, second)
    sides = {str(side.uuid): side for side in (one, second)}
    pair = [(key, f"{side.name} {side.uscc}") for key, side in sides.items()]
    form = MergeForm(pair, request.POST or None, initial={"keep": str(one.uuid)})
    if request.method == "POST" and form.is_valid():
        keep = sides[form.cleaned_data["keep"]]
        try:
            actions.merge_employers(keep, second if keep == one else one, reason=form.cleaned_data["reason"], by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("Merged. It can be undone on this page for some time."))
            return go(request, keep.get_absolute_url())
    context = {
        "form": form, "back": reverse("unions:employer_same", args=[one.uuid]),
        "table": shown.beside(one, second, [reading.covers_of(side) for side in (one, second)], reading.standing_on([one, second], actions.hangs_on())),
        "crumbs": [*_crumbs(one), (_("Merge with another entry"), reverse("unions:employer_same", args=[one.uuid])), (second.name, "")],
    }  # fmt: skip
    return render(request, "unions/employer_merge.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EMPLOYER, do=May.MERGE_EMPLOYER, by="uuid")
def parting(request: Request, one: Employer) -> HttpResponse:
    """They are two employers after all."""
    merger = reading.merger_of(one)
    if merger is None:
        raise Http404

    def act(said: dict[str, Any]) -> str:
        actions.part_employers(merger, **said, by=request.user)
        return _("Undone: they are two employers again.")

    text = _("What moved goes back as it is now; what was added since stays with %(kept)s. It can be undone until %(day)s.") % {
        "kept": merger.kept.name, "day": day_words(actions.undo_until(merger), year=True),
    }  # fmt: skip
    return filled(request, PartForm(request.POST or None), act, title=_("Undo the merger"), button=pgettext("a merger", "Undo"), back=one.get_absolute_url(), crumbs=_crumbs(one), text=text)  # fmt: skip
