"""What exports add to the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.exports.queries import waiting
from niangjia.kit.badges import counter
from niangjia.kit.nav import item

counter("exports", lambda request: waiting(request.user))  # type: ignore[arg-type]  # whoever sees the menu is signed in
item(
    "members", _("Exports of people"), "exports:exports", icon="file-export", duties=("chair", "leader", "organisation", "rights", "security", "auditlog"), count="exports",
    order=40,
)  # fmt: skip
