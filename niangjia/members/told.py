"""How the log of who saw what tells of members: by the union and a number, never by a name; whoever may open one reads the name there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from niangjia.kit.told import (
    reason,
    told,
)
from niangjia.members.enums import (
    May,
)
from niangjia.members.models import (
    Application,
    Batch,
    Card,
    CardBatch,
    Expulsion,
    Lapse,
    Likeness,
    Membership,
    Person,
    PersonalRequest,
    Request,
    Round,
)


def numbered(one: Any) -> str:
    """The union and the number of a row in it."""
    return _("%(union)s, no. %(n)d") % {"union": one.union.short_name, "n": one.pk}


told(Membership, May.VIEW, numbered, "union")
told(Application, May.SEE_APPLICATION, numbered, "union")
told(Card, May.SEE_CARD, numbered, "union")
told(CardBatch, May.SEE_CARDS, numbered, "union")
told(Likeness, May.SEE_LIKENESS, numbered, "union")
told(Round, May.SEE_ROUND, numbered, "union")
told(Lapse, May.SEE_LAPSE, numbered, "union")
told(Expulsion, May.SEE_EXPULSION, numbered, "union")
told(Request, May.SEE_REQUEST, numbered, "union")
told(PersonalRequest, May.SEE_PERSONAL, numbered, "union")
told(Batch, May.SEE_IMPORT, numbered, "union")
told(Person, "", lambda one: _("no. %(n)d") % {"n": one.pk})


@reason("confirmed")
def confirmed(why: str) -> str:
    """Import 3, row 5."""
    said = dict(part.strip().rpartition(" ")[::2] for part in why.split(","))
    return _("import no. %(batch)s, row %(row)s") % {"batch": said["import"], "row": said["row"]} if {"import", "row"} <= set(said) else why
