"""What reconciliation adds to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.kit.badges import counter
from niangjia.kit.nav import item
from niangjia.kit.who import permitted
from niangjia.reconcile.enums import May, State

MOST = 100


def waiting(request: HttpRequest) -> int:
    """Lists whose differences are to be explained; at most a hundred are counted."""
    return len(permitted(request.user, May.DECIDE).filter(state=State.OPEN).order_by()[:MOST].values_list("pk", flat=True))


counter("reconcile", waiting)
item(
    "members", _("Reconciliation"), "reconcile:list", icon="scale", duties=("organisation", "chair"), within=3, count="reconcile", order=35
)
