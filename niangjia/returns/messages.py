"""What people are told of returns."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "return-to-sign",
    title=_("%(union)s, annual return %(year)s: to be signed"),
    text=_("%(name)s has filled it in. All checks hold, and every large change has its remark. Due on %(day)s."),
)
message("return-withdrawn", title=_("%(union)s, annual return %(year)s: withdrawn"), text=_("%(name)s: %(why)s"))
message("return-back", title=_("%(union)s, annual return %(year)s: sent back"), text=_("%(name)s: %(why)s"))
message(
    "survey-opened",
    title=_("%(union)s, survey %(year)s: to be looked through"),
    text=_("The records have filled it in. Look, complete what no record holds, and confirm it by %(day)s."),
)
message("survey-back", title=_("%(union)s, survey %(year)s: sent back"), text=_("%(name)s: %(why)s"))
