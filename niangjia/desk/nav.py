"""What the desk adds to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.desk.queries import numbers
from niangjia.kit.badges import Count, counter
from niangjia.kit.nav import item


def _work(request: HttpRequest) -> Count:
    total, late = numbers(request.user)  # type: ignore[arg-type]
    return Count(total, late)


item("mine", _("My desk"), "desk:desk", icon="inbox", count="desk", tab=_("Desk"), order=10)
item("mine", _("Overview"), "desk:overview", icon="layout-dashboard", duties=("leader", "chair"), within=2, order=20)
item("mine", _("Unions compared"), "desk:board", icon="table", duties=("chair", "organisation", "leader", "office"), within=3, order=25)
item("mine", _("Messages"), "notices:inbox", icon="bell", count="unread", order=30)
counter("desk", _work)
