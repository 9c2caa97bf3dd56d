"""How long it is kept how people who objected can be reached."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.gazette.actions import forget_contacts
from niangjia.gazette.parameters import FORGET
from niangjia.kit.retention import retention

retention(
    "gazette.objection", after=FORGET, since=_("it was answered"), goes=_("how whoever objected can be reached"),
    keeps=_("the objection, its number and its answer"), erase=forget_contacts,
)  # fmt: skip
