"""What administrators are told of addresses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "hook-stopped",
    title=_("%(system)s can no longer be told of changes"),
    text=_("Its address did not take what was posted, %(tries)s times in a row. Call whoever keeps the system: %(keeper)s. When it is well again, resume on its page; nothing is left out."),
)  # fmt: skip
message(
    "hook-to-approve",
    title=_("%(system)s wants to be told of changes: the address waits to be approved"),
    text=_("Look whether the address belongs to the system, and approve it on its page."),
)
