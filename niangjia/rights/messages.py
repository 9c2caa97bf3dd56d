"""What people are told of events and disputes. E-mails carry the title, so it names no person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "event-arrived",
    title=_("%(severity)s event: %(firm)s, %(people)s workers"),
    text=_("%(reference)s has been reported to your union by %(from)s. It must stand one level higher by %(until)s."),
)
message(
    "event-overdue",
    title=_("%(reference)s was not reported upward in time; the house has sent it on"),
    text=_("%(firm)s. It stayed with %(from)s beyond %(until)s and now stands with %(to)s."),
)
message(
    "event-late",
    title=_("%(reference)s: %(what)s was due at %(until)s"),
    text=_("%(firm)s, %(people)s workers. Nobody has done it yet."),
)
message(
    "event-severity",
    title=_("%(reference)s is now %(severity)s"),
    text=_("%(firm)s, %(people)s workers. Before it was %(was)s. %(why)s"),
)
message(
    "event-followed",
    title=_("Follow-up on %(reference)s: %(firm)s"),
    text=_("%(people)s workers affected so far. Read what was found."),
)
message(
    "dispute-late",
    title=_("%(reference)s: %(what)s was due on %(until)s"),
    text=_("Open the case, and write down what was done or when it will be."),
)
message(
    "dispute-given",
    title=_("%(reference)s is yours to mediate"),
    text=_("%(union)s accepted it on %(day)s; the mediation ends on %(until)s."),
)
