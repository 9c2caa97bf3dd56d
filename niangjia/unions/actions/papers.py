"""A paper is drawn up from its case and laid on it, as it was on that day."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import Paper, attach, papers
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import which
from niangjia.unions.enums import May
from niangjia.unions.models import Election, Founding, Split
from niangjia.unions.papers import table_of


@transaction.atomic
def draw_up(thing: Founding | Election | Split, what: str, *, by: User) -> Paper:
    """Draw up a paper of a case; one that is there already, word for word, is not laid there again."""
    wanted = {Founding: (May.FILE, May.GRANT), Election: (May.ELECT, May.EXAMINE), Split: (May.SPLIT, May.DECIDE_SPLIT)}[type(thing)]
    if not which(by, wanted, thing):
        raise Refused(_("You may read this, but the step belongs to another office."))
    drawn = table_of(thing).get(what)
    if drawn is None or thing.state not in drawn.states:
        raise RuleBroken(_("This paper cannot be drawn up yet: what stands in it is not known before the step is taken."))
    made = attach(thing, drawn.draw(thing), name=drawn.file, purpose=str(drawn.label), by=by)
    same = papers(thing).filter(document=made.document).exclude(pk=made.pk).first()
    if same is not None:
        Paper.objects.filter(pk=made.pk).delete()
        return same
    return made
