"""Who may do what with a review: the office writes, a leader signs and publishes, whoever works below reads what went out."""

from __future__ import annotations

from django.db.models import Q

from niangjia.kit.who import grant, who
from niangjia.reports.enums import May, State
from niangjia.reports.models import Review
from niangjia.unions.api import holds, in_scope
from niangjia.unions.models import Union


@who
def anybody_once_published(user: object) -> Q:  # noqa: ARG001 - the same for everybody
    """What is published is everybody's."""
    return Q(state=State.PUBLISHED)


# fmt: off
grant(Union, {
    May.BEGIN:    holds("office"),
})
grant(Review, {
    May.VIEW:     in_scope | anybody_once_published,
    May.DRAFT:    holds("office"),
    May.SIGN:     holds("leader"),
    May.PUBLISH:  holds("leader"),
    May.WITHDRAW: holds("office", "leader"),
})
# fmt: on
