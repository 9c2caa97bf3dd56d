"""Who is tied to a side does not mediate: said in a sentence, and looked at again when a side is added."""

from __future__ import annotations

from django.utils.translation import gettext as _

from niangjia.kit.errors import RuleBroken
from niangjia.rights import rules
from niangjia.rights.models import Dispute
from niangjia.rights.queries import ties_of, ties_of_user


def why_not(code: str, name: str) -> str:
    """The sentence of a tie."""
    sentences = {
        "claims": _("%(name)s is one of the workers, and cannot mediate."),
        "works-there": _("%(name)s works at an employer against which the claim is made, and cannot mediate."),
        "officer": _(
            "%(name)s holds an office in the union of that employer. She may mediate only if she declares it and both sides accept her."
        ),
        "other-side": _(
            "%(name)s has dealt with this matter for the other side. She may mediate only if she declares it and both sides accept her."
        ),
        "relative": _("%(name)s is related to a side. She may mediate only if she declares it and both sides accept her."),
    }
    return sentences[code] % {"name": name}


def still_free(dispute: Dispute) -> None:
    """Whoever mediates has no tie to a side that has just been added; RuleBroken if she has."""
    named = list(dispute.appointments.filter(ended_at=None).select_related("mediator"))
    for line in named:
        if code := rules.conflict(ties_of(line.mediator, dispute), accepted=bool(line.declared)):
            raise RuleBroken(why_not(code, line.mediator.name) + " " + _("Name another mediator first, then add this side."))
    someone = dispute.mediator
    if someone is None or any(line.mediator.user_id == someone.pk for line in named):
        return
    if code := rules.conflict(ties_of_user(someone, dispute), accepted=False):
        raise RuleBroken(why_not(code, someone.name) + " " + _("Name another mediator first, then add this side."))
