"""What people are told of members."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.members.actions.door import known
from niangjia.notices.api import message, short

message(
    "application-arrived",
    title=_("Somebody asks to join %(union)s by code"),
    text=_("Decide within the days that are set; until you have, others that come are not announced one by one."),
)
message(
    "asked-for",
    title=_("%(union)s asks for somebody of %(from)s who works there now"),
    text=_("Send her, or say why she stays; the clock stands on the page."),
)
message(
    "not-sent",
    title=_("%(from)s has answered: she stays"),
    text=_("The reason stands on the page of your request."),
)
message(
    "pooled",
    title=_("Nobody took her over: %(union)s keeps somebody of %(from)s in its pool"),
    text=_("Her membership runs on without a break. When there is a union where she works, send her there."),
)
short("sign-in-code", _("%(code)s is your sign-in code for %(minutes)s minutes. Tell nobody."), at_once=True, wanted=known)
short(
    "file-first-text",
    _("%(union)s keeps your file. Sign in with this number to see it."),
)
message(
    "file-first-told",
    title=_("What your union keeps of you"),
    text=_("You can look at it, correct it, and see who has opened it: open “My file”. Where it came from stands beside each entry."),
)
short("phone-changed-text", _("%(union)s has entered another mobile in your file. Was it not you? Ask your union, or call 12351."))
message(
    "phone-changed",
    title=_("Your mobile in the file of %(union)s was changed"),
    text=_(
        "The next sign-in by code asks for the last four of your identity number. If you did not ask for it, say so under “My requests”."
    ),
)
message(
    "expulsion-decided",
    title=_("%(union)s has expelled a member, by %(paper)s"),
    text=_("Look at the judgment, the proposal and the decision, and take them on file."),
)
message(
    "expelled",
    title=_("%(union)s has expelled you, by %(paper)s"),
    text=_("The decision and what it rests on stand in your file. If it is wrong, contest it there."),
)
message(
    "request-arrived",
    title=_("A member of %(union)s asks: %(kind)s"),
    text=_("Answer within the days that are set; what you write she reads."),
)
message(
    "request-late",
    title=_("%(union)s has not answered a member in time: %(kind)s"),
    text=_("The request stands open. You may answer it yourself, or ask the union to."),
)
message(
    "request-answered",
    title=_("Your request “%(kind)s” has been answered: %(state)s"),
    text=_("Open it to read what your union says."),
)
message(
    "members-came",
    title=_("%(n)s members of %(union)s have come to %(heir)s"),
    text=_("Their union has ended. They stand in your register without a break; send them on where there is a union in which they work."),
)
