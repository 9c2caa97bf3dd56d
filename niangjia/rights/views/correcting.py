"""An event's facts are put right, and its reports are drawn up on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.kit.barred import while_in
from niangjia.kit.filled import filled
from niangjia.kit.pages import Request, opens
from niangjia.rights import actions, forms, queries
from niangjia.rights.actions.correcting import CORRECTED
from niangjia.rights.drawn import kinds
from niangjia.rights.drawn.events import OPEN, OVER, Said
from niangjia.rights.enums import May
from niangjia.rights.models import Event
from niangjia.rights.shown import events as shown
from niangjia.rights.views.events import crumbs_of
from niangjia.rights.views.papers import drawing

SAME = (  # what the form and the event call by one name
    "affected", "involved", "behaviour", "owed", "months_owed", "compensation", "insurance", "dead", "injured", "detail", "measures", "spot", "project",
    "union",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.CORRECT_EVENT, by="uuid")
@while_in(*CORRECTED)
def correction(request: Request, event: Event) -> HttpResponse:
    """Put right what was written wrongly."""

    def act(said: dict[str, Any]) -> str:
        before = event.severity
        employer = queries.employer_named(said["firm"], said["union"])
        if said["firm"] == event.employer_name:
            employer = event.employer or employer
        builder = event.builder if said["builder"] == event.builder_name else queries.employer_named(said["builder"], said["union"])
        right = actions.Right(
            type=said["kind"], employer_name=employer.name if employer else said["firm"], employer=employer,
            builder_name=builder.name if builder else said["builder"], builder=builder, **{name: said[name] for name in SAME},
        )  # fmt: skip
        actions.correct_event(event, right, why=said["why"], by=request.user)
        if event.severity != before:
            return _("Corrected. By what is right it is now %(severity)s.") % {"severity": event.get_severity_display()}
        return _("Corrected; what was written before stays in the story.")

    stands = {name: getattr(event, name) for name in SAME} | {
        "firm": event.employer_name, "kind": event.type, "builder": event.builder_name, "union": f"{event.union.short_name}（{event.union.code}）",
    }  # fmt: skip
    form = forms.CorrectionForm(request.POST or None, initial=stands)
    text = _(
        "Write over what is wrong and leave the rest. The severity is judged anew; it comes down again where whoever leads corrects it."
    )
    return filled(
        request, form, act, title=_("Correct the facts"), button=_("Correct it"), text=text, back=event.get_absolute_url(), crumbs=crumbs_of(event),
        beside=(_("Why this severity"), shown.why(event)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE_EVENT, do=May.RAISE_EVENT, by="uuid")
@while_in(*dict.fromkeys((*OPEN, *OVER)))
def draw(request: Request, event: Event) -> HttpResponse:
    """Draw up a report on the event: it gets the next number, and lies on the event as Word and as PDF."""
    form = forms.EventPaperForm(request.POST or None, kinds=[(one.code, one.label) for one in kinds(event)])
    text = _("It gets the next number of its kind and year, and goes to the level above. Whoever does not want to be named stands on none.")
    return drawing(
        request, event, form, lambda said: Said(said["proposes"].strip(), said["issued_by"].strip()), text=text, crumbs=crumbs_of(event)
    )
