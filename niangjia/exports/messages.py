"""What people are told of exports. E-mails carry the title, so it names no person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "export-asked",
    title=_("%(union)s asks to take away: %(what)s, %(rows)s rows"),
    text=_("Look at who asks, for what, and which columns, and decide on %(reference)s within two working days."),
)
message(
    "export-approved",
    title=_("%(reference)s was approved"),
    text=_("%(what)s, %(rows)s rows: it is being written, and you are told when it is ready."),
)
message("export-refused", title=_("%(reference)s was not approved"), text=_("%(what)s, %(rows)s rows. Reason: %(reason)s"))
message(
    "export-ready",
    title=_("%(reference)s is ready"),
    text=_("%(what)s, %(rows)s rows. Download it by %(until)s; then it is deleted. Each download is written down."),
)
message("export-failed", title=_("%(reference)s could not be written"), text=_("%(what)s. %(why)s"))
message(
    "export-late",
    title=_("%(reference)s: the decision was due at %(until)s"),
    text=_("%(what)s. It lies with %(union)s. An export that nobody answers lapses two weeks after it was asked for."),
)
message("export-lapsed", title=_("%(reference)s has lapsed: nobody answered"), text=_("%(what)s. If it is still needed, ask anew."))
