"""What people are told of comparisons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "comparison-laid",
    title=_("%(reference)s: %(open)s differences to be explained"),
    text=_("%(what)s, %(union)s, as of %(day)s. Begin with what a rule can decide at once."),
)
message("comparison-failed", title=_("%(reference)s could not be read"), text=_("%(why)s"))
