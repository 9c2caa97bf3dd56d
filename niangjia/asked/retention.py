"""How long answers to requests are kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.asked.actions import forget
from niangjia.asked.parameters import KEPT
from niangjia.kit.retention import retention

retention(
    "asked.answer", after=KEPT, since=_("the answer"), goes=_("what was answered"), keeps=_("that it was answered, by whom and when; every count"), erase=forget,
)  # fmt: skip
