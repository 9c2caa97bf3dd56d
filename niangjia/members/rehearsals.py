"""What of members holds a merger up: whoever asks to join, or is on her way."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kit.rehearsal import Carried, Stop, carries, stops
from niangjia.members.models import Membership
from niangjia.unions.api import Plan


@carries
def waiting(plan: Plan) -> Iterable[Carried]:
    """Applications and transfers that run where something moves."""
    running = Membership.objects.filter(plan.under(Membership), state__in=["APPLIED", "LEAVING"]).count()
    yield Carried(_("Applications and transfers that run"), running, _("They go on at the same union; its clocks keep their days."))


@stops
def on_their_way(plan: Plan) -> Iterable[Stop]:
    """Whoever is neither in nor out of a union that ends."""
    for one in plan.shifts:
        if not one.merges:
            continue
        union = one.line.union
        n = Membership.objects.filter(Q(union=union, state__in=["APPLIED", "LEAVING"]) | Q(to_union=union, state="LEAVING")).count()
        if n:
            yield Stop(
                ngettext(
                    "%(n)d person asks to join %(union)s, or moves from or to it. Decide on that first.",
                    "%(n)d people ask to join %(union)s, or move from or to it. Decide on them first.", n,
                ) % {"n": n, "union": union.short_name},
                f"{reverse('members:list')}?view=waiting&under={union.code}",
            )  # fmt: skip
