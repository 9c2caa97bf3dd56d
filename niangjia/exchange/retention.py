"""How long exchange keeps what it keeps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.exchange.actions import forget_changes, forget_deliveries
from niangjia.exchange.enums import KEPT
from niangjia.exchange.parameters import KEPT_LOG
from niangjia.kit.retention import retention

retention(
    "exchange.change",
    after=KEPT,
    since=_("the change"),
    goes=_("that something became of a union or a membership then"),
    keeps=_("nothing"),
    erase=forget_changes,
)
retention(
    "exchange.delivery",
    after=KEPT_LOG,
    since=_("it was posted"),
    goes=_("that another system was told of a change then, and what it answered"),
    keeps=_("nothing"),
    erase=forget_deliveries,
)
