"""A notice that a union puts up by itself, about anything: a list of names, a decision, a payment."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.gazette.api import SHOWN
from niangjia.kit.answer import asking
from niangjia.kit.dates import today
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, opens
from niangjia.kit.said import value_words
from niangjia.unions import forms
from niangjia.unions.actions.notices import put_up
from niangjia.unions.enums import May
from niangjia.unions.models import Union


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.EDIT, by="code")
def notice(request: Request, union: Union) -> HttpResponse:
    """Put up a notice of one's own."""

    def act(facts: dict[str, Any]) -> tuple[str, str]:
        made = put_up(union, **facts, by=request.user)
        return _("It hangs on the public board as %(reference)s.") % {"reference": made.reference}, made.get_absolute_url()

    span = value_words(SHOWN, asking(union, today())(SHOWN))
    text = _(
        "It hangs on the public board for %(span)s, counted from tomorrow; whoever knows better may object there. Show names as they may be shown, and no numbers of persons."
    )
    return filled(
        request, forms.NoticeForm(request.POST or None), act, title=_("Put up a public notice"), button=_("Put up"), text=text % {"span": span},
        back=union.get_absolute_url(), crumbs=[(union.short_name, union.get_absolute_url())],
    )  # fmt: skip
