"""A receipt: somebody who was told says that she has it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from niangjia.kit.pages import Request, go, opens, render
from niangjia.rights.actions import telling as actions
from niangjia.rights.enums import May
from niangjia.rights.models import Telling
from niangjia.rights.shown import events
from niangjia.rights.shown import telling as shown


@require_safe
@opens(May.RECEIVE_TELLING, by="uuid")
def telling(request: Request, telling: Telling) -> HttpResponse:
    """What she was told of, and one button, for a phone at night."""
    event = telling.event
    title = _("%(firm)s: %(type)s, %(n)s workers") % {"firm": event.employer_name, "type": event.get_type_display(), "n": event.affected}
    context = {
        "telling": telling, "event": event, "title": title, "severity": events.severity(event), "receipt": shown.receipt(telling), "text": events.sentence(event),
        "waits": telling.received_at is None and telling.state in ("WAITING", "PASSED"),
        "crumbs": [(_("Early warnings"), reverse("rights:events")), (event.reference, event.get_absolute_url())],
    }  # fmt: skip
    return render(request, "rights/telling.html", context)


@require_POST
@opens(May.RECEIVE_TELLING, do=May.RECEIVE_TELLING, by="uuid")
def step(request: Request, telling: Telling) -> HttpResponse:
    """She has it."""
    actions.receive(telling, by=request.user)
    messages.success(request, _("Your receipt is kept. Nobody else is waited for."))
    return go(request, telling.event.get_absolute_url())
