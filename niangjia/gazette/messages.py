"""What people are told of notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "objection-raised",
    title=_("An objection to “%(title)s”: %(reference)s"),
    text=_("Look into it and answer in writing; what waits for the notice goes on only when every objection is answered."),
)
message(
    "objection-late",
    title=_("Objection %(reference)s is late"),
    text=_("It was to be answered by %(until)s. “%(title)s” does not end before it is."),
)
