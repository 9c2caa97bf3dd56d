"""How long access keeps what it keeps of people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.access.actions import KEPT, forget_keys
from niangjia.kit.retention import retention

retention(
    "access.once",
    after=KEPT,
    since=_("the form was sent"),
    goes=_("the one-time key of the form, and where its answer led"),
    keeps=_("nothing"),
    erase=forget_keys,
)
