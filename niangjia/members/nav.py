"""What members add to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.kit.badges import counter
from niangjia.kit.nav import item
from niangjia.kit.who import permitted
from niangjia.members import asked
from niangjia.members.enums import May

READERS = ("chair", "office", "organisation", "rights", "women", "centre")
KEEPERS = ("chair", "organisation")


def waiting(request: HttpRequest) -> int:
    """Applications that wait for this person, and people on their way to her unions; at most a hundred are counted."""
    approve = permitted(request.user, May.APPROVE).filter(state="APPLIED", left_on=None).order_by()[:100]
    take = permitted(request.user, May.TAKE).order_by()[:100]
    return len(approve.values_list("pk", flat=True)) + len(take.values_list("pk", flat=True)) + asked.waiting(request.user)  # type: ignore[arg-type]  # signed in


counter("members", waiting)
item(
    "members",
    _("Register of members"),
    "members:list",
    icon="users",
    duties=READERS,
    count="members",
    tab=_("Register of members"),
    order=20,
)
item("members", _("Imports of rosters"), "members:batches", icon="file-import", duties=KEEPERS, order=30)
