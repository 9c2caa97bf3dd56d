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
    """Applications that wait for this person, on paper and by code, people on their way to her unions, and what members ask; at most a hundred of each are counted."""
    user = request.user
    lines = (
        permitted(user, May.APPROVE).filter(state="APPLIED", left_on=None),
        permitted(user, May.TAKE),
        permitted(user, May.ADMIT).filter(state="SENT"),
        permitted(user, May.ANSWER_PERSONAL).filter(state="SENT"),
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
item("members", _("Coming and going"), "members:moves", icon="arrows-exchange", duties=KEEPERS, order=25)
item("members", _("Members' dues"), "members:dues", icon="coins", duties=KEEPERS, order=27)
item("members", _("New forms of work"), "members:confirm", icon="truck-delivery", duties=KEEPERS, within=3, order=28)
item("members", _("Past the age of retirement"), "members:retired", icon="hourglass", duties=KEEPERS, within=3, order=32)
item("members", _("Member cards"), "members:cards", icon="id-badge-2", duties=KEEPERS, order=29)
item("members", _("The same person twice"), "members:same", icon="users-group", duties=KEEPERS, within=3, order=31)
item("members", _("Imports of rosters"), "members:batches", icon="file-import", duties=KEEPERS, order=30)
