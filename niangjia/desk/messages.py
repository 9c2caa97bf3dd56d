"""What people are told from a desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "urged",
    title=_("%(union)s asks about something late: %(what)s"),
    text=_("%(thing)s was due on %(due)s. %(name)s, %(post)s, asks you to see to it, or to write down why it waits."),
)
message(
    "clock-warns",
    title=_("%(what)s: due %(due)s"),
    text=_("%(thing)s. Its page says what is asked, by which rule, and how much time is left."),
)
