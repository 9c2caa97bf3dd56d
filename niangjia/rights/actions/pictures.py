"""Pictures of what was seen are laid on an event: written anew without what a camera adds, few, and kept no longer than who told of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import attach, destroy
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.pictures import cleaned
from niangjia.kit.who import allows
from niangjia.rights.enums import May
from niangjia.rights.models import Event, Picture

MOST = 5  # with one report or one follow-up
LARGEST = 15 * 2**20  # bytes of one, as it is sent


def _clean(source: Any, n: int) -> bytes:
    """One picture, written anew; what is wrong with it is said by its place, never by its name."""
    if source.size > LARGEST:
        raise RuleBroken(
            _("Picture %(n)d is larger than %(limit)d MB. Take it at a lower resolution, or leave it out.")
            % {"n": n, "limit": LARGEST // 2**20}
        )
    try:
        return cleaned(source)
    except ValueError as fault:
        sentences = {
            "kind": _("Picture %(n)d is none of JPEG, PNG and WebP. Take it anew with the phone's camera, or leave it out."),
            "points": _("Picture %(n)d has too many points. Take it at a lower resolution, or leave it out."),
            "broken": _("Picture %(n)d is damaged and cannot be opened. Take it anew, or leave it out."),
        }
        raise RuleBroken(sentences[str(fault)] % {"n": n}) from fault


@transaction.atomic
def lay_pictures(event: Event, sources: Sequence[Any], *, by: User) -> list[Picture]:
    """Lay pictures on an event, all or none; their names are given by the house, because a name may tell who took them."""
    if not allows(by, May.FOLLOW_EVENT, event):
        raise Refused(_("Only the union itself, its informants, or an office above may follow this event up."))
    if len(sources) > MOST:
        raise RuleBroken(_("At most %(n)d pictures go with one report; send further ones with a follow-up.") % {"n": MOST})
    ready, before = [_clean(source, n) for n, source in enumerate(sources, 1)], event.pictures.count()
    made = []
    for n, data in enumerate(ready, before + 1):
        paper = attach(event, data, name=f"{event.reference}-{n}.jpg", purpose=_("Picture"), by=by)
        made.append(Picture.objects.create(event=event, paper=paper))
    return made


def erase_pictures(events: Sequence[int]) -> int:
    """Destroy the pictures of events whose time is over, and their bytes; the caller holds the transaction. Answers how many went."""
    rows = Picture.objects.filter(event__in=events)
    papers = list(rows.values_list("paper_id", flat=True))
    rows.delete()
    return destroy("rights.event", events, only=papers)
