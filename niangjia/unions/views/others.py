"""Pages of what goes elsewhere: where a union's dues or statistics go, rehearsed first; and the unions whose three parents differ."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit.components import Act
from niangjia.kit.dates import today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, go, lists, opens, render
from niangjia.unions import forms, others, shown_others
from niangjia.unions.actions import others as actions
from niangjia.unions.enums import May
from niangjia.unions.models import Union

ORDER = ["name_py", "id"]


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.REORGANISE, by="code")
def direct(request: Request, union: Union) -> HttpResponse:
    """First what would change, then the act itself."""
    form, beside, status = forms.DirectForm(request.POST or None, user=request.user), None, 200
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        seen, now = facts.pop("seen"), form.mark(union)
        try:
            if seen == now:
                actions.direct(union, **facts, by=request.user)
                messages.success(request, _("Recorded. It stands in the story, and in the tree by that hierarchy."))
                return go(request, union.get_absolute_url())
            ask = {name: facts[name] for name in ("kind", "since")}
            was = actions.judge(union, facts["parent"], **ask, by=request.user)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            status = 422
        else:
            told = request.POST.copy()
            told["seen"] = now
            form = forms.DirectForm(told, user=request.user)
            beside = (_("What changes"), shown_others.rehearsed(union, was, facts["parent"], facts["kind"]))
    elif request.method == "POST":
        status = 422
    title = _("Where dues or statistics go")
    context: dict[str, Any] = {
        "form": form, "title": title, "button": _("Record it") if beside else _("Show what changes"), "beside": beside, "q": None, "files": False, "back": union.get_absolute_url(),
        "text": _("By organisation it stays where it stands. Nothing is written before you have seen what changes."),
        "crumbs": [(union.short_name, union.get_absolute_url()), (title, "")],
    }  # fmt: skip
    return render(request, "form.html", context, status=status)


@require_safe
@lists(May.VIEW)
def apart(request: Request) -> HttpResponse:
    """The unions whose three parents differ."""
    paged = page(request, others.apart(request.user, today()), ORDER, text=_("By name"))
    acts = [Act(_("As a tree"), reverse("unions:tree")), *([export_act(request, "unions:apart_export")] if paged.rows else [])]
    context = {
        "table": shown_others.table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "acts": acts,
        "crumbs": [(_("Unions"), reverse("unions:unions")), (_("Three parents"), "")],
    }  # fmt: skip
    return render(request, "unions/apart.html", context, part="rows")


@require_safe
@lists(May.VIEW)
def export(request: Request) -> HttpResponse:
    """The same, as a workbook; unions are no personal data."""
    return workbook(request, "three-parents", "unions.union", shown_others.sheet(others.apart(request.user, today()).order_by(*ORDER)))
