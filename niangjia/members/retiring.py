"""Reading who is past the age of retirement by the dated table, and still counts as a member in work."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from niangjia.access.models import User
from niangjia.kit.dates import today
from niangjia.kit.retirement import born_by
from niangjia.kit.who import condition
from niangjia.members.enums import May, Sex
from niangjia.members.models import Membership
from niangjia.members.queries import Ask, listed


def past(on: date, *, sure: bool) -> Q:
    """Memberships of whoever has reached the age on a day. Of women in staff posts, who leave later, the register does not know the post:
    `sure` asks for those who are past it in any post.
    """
    women = born_by(on, Sex.FEMALE, "staff" if sure else "worker")
    return Q(sex=Sex.MALE, person__born_on__lte=born_by(on, Sex.MALE)) | Q(sex=Sex.FEMALE, person__born_on__lte=women)


def retired(user: User, text: str, under: str, *, sure: bool) -> QuerySet[Membership]:
    """Those whose memberships she keeps, who may have retired."""
    rows = listed(user, Ask(text=text, standing="ACTIVE", under=under)).filter(condition(user, May.EDIT), primary=True, state="MEMBER")
    return rows.filter(past(today(), sure=sure)).select_related("union", "person")
