"""What people are told of members."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "application-arrived",
    title=_("Somebody asks to join %(union)s by code"),
    text=_("Decide within the days that are set; until you have, others that come are not announced one by one."),
)
