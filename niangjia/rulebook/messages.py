"""What people are told of values that are set."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "setting-proposed",
    title=_("%(by)s proposes a new value: %(what)s"),
    text=_("%(place)s, from %(day)s: %(value)s. A second person puts it in force."),
)
message(
    "setting-signed",
    title=_("%(what)s: %(value)s from %(day)s"),
    text=_("%(place)s. Signed by %(by)s. What began before keeps its old value, unless the page says otherwise."),
)
