"""What people are told of reorganisations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "reorganisation-to-sign",
    title=_("%(reference)s waits for the second signature"),
    text=_("%(paper)s, from %(day)s. Look at the rehearsal; somebody other than the first signer adopts it, or sends it back."),
)
message(
    "reorganisation-adopted",
    title=_("%(reference)s is adopted and holds from %(day)s"),
    text=_("%(paper)s. Look which of your desks and clocks change; until that day nothing does."),
)
message(
    "reorganisation-in-force",
    title=_("%(reference)s is in force from %(day)s"),
    text=_("%(paper)s. What ran on the unions that moved lies on the new desks; the page shows both hierarchies, reconciled."),
)
message(
    "reorganisation-held",
    title=_("%(reference)s could not come into force on %(day)s"),
    text=_("%(why)s Nothing was changed. Change the plan, rehearse it, and have it signed again."),
)
message(
    "reorganisation-withdrawn",
    title=_("%(reference)s was given up; nothing changes on %(day)s"),
    text=_("%(paper)s. The reason: %(why)s"),
)
message(
    "stands-in",
    title=_("%(union)s: standing in for %(name)s, %(post)s"),
    text=_("From %(first)s to %(last)s. What lies on that desk lies on both; what is done is done in the name of who does it."),
)
message(
    "office-taken-over",
    title=_("%(union)s: you are %(post)s from %(day)s"),
    text=_("You take over from %(name)s. What lay on that desk, with its clocks, lies on yours."),
)
