"""What notices add to the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.gazette.queries import waiting
from niangjia.kit.badges import counter
from niangjia.kit.nav import item

READERS = ("chair", "leader", "office", "organisation", "rights", "economy", "publicity", "women")


def _waiting(request: HttpRequest) -> int:
    return waiting(request.user)  # type: ignore[arg-type]


counter("gazette", _waiting)
item("unions", _("Public notices"), "gazette:notices", icon="speakerphone", duties=READERS, count="gazette", order=45)
