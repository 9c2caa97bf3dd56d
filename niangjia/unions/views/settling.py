"""What an abolished union leaves is settled; a body of a union ends."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kit.pages import Request, opens
from niangjia.unions import actions, forms
from niangjia.unions.actions import ending
from niangjia.unions.enums import May
from niangjia.unions.models import Body, Union
from niangjia.unions.views import filled


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.REORGANISE, by="code")
def settle(request: Request, union: Union) -> HttpResponse:
    """Assets, account and legal person of a union that was abolished."""

    def act(said: dict[str, Any]) -> str:
        paper = said.pop("paper")
        ending.settle(union, **said, paper=paper, name=paper.name if paper else "", by=request.user)
        return _("Settled. What %(union)s left stands on its page.") % {"union": union.short_name}

    text = _("Its members have gone on already. What it owned goes to the union above or to its heir; it may be used for nothing else.")
    form = forms.SettleForm(request.POST or None, request.FILES or None)
    return filled(request, union, form, act, title=_("Record the settlement"), button=_("Record it"), text=text)


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def body(request: Request, union: Union, kind: str) -> HttpResponse:
    """A body ends."""
    held = get_object_or_404(Body.objects.select_related("union"), union=union, kind=kind, until=None)

    def act(said: dict[str, Any]) -> str:
        actions.dissolve(held, **said, by=request.user)
        return _("%(body)s has ended.") % {"body": held.get_kind_display()}

    title = _("%(body)s ends") % {"body": held.get_kind_display()}
    return filled(request, union, forms.BodyEndForm(request.POST or None), act, title=title, button=_("End it"))
