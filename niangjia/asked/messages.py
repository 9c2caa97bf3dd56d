"""What people are told of requests."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "asked-new", title=_("%(asker)s asks for data: %(title)s"),
    text=_("%(n)d fields for %(union)s, due on %(day)s. What the platform holds is not asked; what was given before is filled in."),
)  # fmt: skip
message("asked-reminder", title=_("Still to be answered: %(title)s"), text=_("%(asker)s waits for %(union)s, due on %(day)s."))
message("asked-returned", title=_("Sent back to be corrected: %(title)s"), text=_("%(name)s: %(why)s"))
message("asked-withdrawn", title=_("No longer asked: %(title)s"), text=_("%(name)s: %(why)s"))
