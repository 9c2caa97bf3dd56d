"""How long notices keep what they keep of people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.retention import retention
from niangjia.notices.actions import forget_numbers
from niangjia.notices.parameters import KEPT

retention(
    "notices.shortmessage", after=KEPT, since=_("it left, or was given up"), goes=_("the number; the words are gone as soon as it has left"),
    keeps=_("that one was sent, when, of which kind, with which receipt"), erase=forget_numbers,
)  # fmt: skip
