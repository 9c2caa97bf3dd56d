"""What the register shows on a union's page: the first members, what waits, and the way to all of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.components import Act
from niangjia.kit.panels import panel
from niangjia.kit.who import allows
from niangjia.members.enums import May
from niangjia.members.queries import Ask, listed
from niangjia.members.shown import register_table
from niangjia.members.shown_splits import summary
from niangjia.members.splits import carried, counts

FIRST = 8


@panel("unions.union", title=_("Register of members"), order=10)
def members(request: HttpRequest, union: Any) -> tuple[str, dict[str, Any]] | None:
    """The first of a grassroots union's members in the order of their names; of a township federation, of those in its pool."""
    if union.level < 3:
        return None
    pool = union.level == 3
    rows = listed(request.user, Ask(under=union.code)).order_by("name_py", "pk")  # type: ignore[arg-type]  # signed in
    first = list((rows.filter(union=union) if pool else rows)[:FIRST])
    all_ = f"{reverse('members:moves')}?view=pool" if pool else f"{reverse('members:list')}?under={union.code}"
    acts = [Act(_("In the pool") if pool else _("All members"), all_)] if first else []
    if not pool and allows(request.user, May.IMPORT, union):
        acts.append(Act(_("Import a roster"), f"{reverse('members:import')}?under={union.code}", icon="upload"))
    if allows(request.user, May.APPLY, union):
        acts.append(Act(_("Code for joining"), reverse("members:code", args=[union.code]), icon="qrcode"))
    if not first and not acts:
        return None
    return "members/panel.html", {"table": register_table(first) if first else None, "acts": acts}


@panel("unions.split", title=_("Members"), order=10)
def members_of_a_split(_request: HttpRequest, one: Any) -> tuple[str, dict[str, Any]] | None:
    """How many members go to each new union, and the way to their list."""
    parts = list(one.parts.order_by("pk"))
    if not parts:
        return None
    acts = [] if one.done else [Act(_("Who goes where"), reverse("members:split_members", args=[one.uuid]))]
    return "members/panel.html", {"table": summary(one, parts, carried(one) if one.done else counts(one)), "acts": acts}
