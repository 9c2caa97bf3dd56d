"""What of rights moves along when unions do: what runs there, and whoever mediates."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from niangjia.kit.rehearsal import Carried, carries
from niangjia.rights.lists import LIVE, WORKED
from niangjia.rights.models import Aid, Dispute, Event
from niangjia.rights.queries.aid import LIVE as AIDED
from niangjia.unions.api import Plan


@carries
def running(plan: Plan) -> Iterable[Carried]:
    """Events and disputes that run, by their indexes of place and state."""
    events = Event.objects.filter(plan.under(Event), state__in=LIVE).count()
    yield Carried(_("Events that run"), events, _("No clock is set back."))
    left = {union.pk for side in plan.shifts for union in side.leaves}
    climbed = Event.objects.filter(plan.under(Event), state__in=LIVE, desk__in=left).count()
    yield Carried(
        _("Events that change desks"),
        climbed,
        _("They have climbed to a union that no longer stands above; they go to the one that then does."),
    )
    disputes = Dispute.objects.filter(plan.under(Dispute), state__in=WORKED).count()
    yield Carried(
        _("Disputes that run"),
        disputes,
        _("The union that took one in keeps it; of a union that ends, the one it merges into goes on with it."),
    )
    aids = Aid.objects.filter(plan.under(Aid), state__in=AIDED).count()
    yield Carried(
        _("Cases of legal aid that run"),
        aids,
        _("The union that took one in keeps it; of a union that ends, the one it merges into goes on with it."),
    )
