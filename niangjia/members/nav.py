"""What members add to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.kit.badges import counter
from niangjia.kit.nav import item
from niangjia.kit.who import permitted
from niangjia.members.enums import May

READERS = ("chair", "office", "organisation", "rights", "women", "centre")
KEEPERS = ("chair", "organisation")
MOST = 100  # of one kind that a menu counts


def waiting(request: HttpRequest) -> int:
    """Applications that wait for this person, on paper and by code, and people on their way to her unions; at most a hundred of each are counted."""
    user = request.user
    lines = (
        permitted(user, May.APPROVE).filter(state="APPLIED", left_on=None),
        permitted(user, May.TAKE),
        permitted(user, May.ADMIT).filter(state="SENT"),
    )
    return sum(len(rows.order_by()[:MOST].values_list("pk", flat=True)) for rows in lines)


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
