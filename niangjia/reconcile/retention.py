"""How long comparisons keep what they keep of people, and what they hold of documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.retention import erases, holds, retention
from niangjia.reconcile.actions.forgetting import forget, forget_old
from niangjia.reconcile.models import Comparison
from niangjia.reconcile.parameters import KEPT

retention(
    "reconcile.comparison", after=KEPT, since=_("the list was sent"), goes=_("the list as it was sent, both sides of its differences"),
    keeps=_("what differed in which way, what was decided by whom, and every count"), erase=forget_old,
)  # fmt: skip
erases("members.person")(forget)


@holds
def lists(digest: str) -> bool:
    """Whether a comparison still keeps its file."""
    return Comparison.objects.filter(file_digest=digest).exclude(file_digest="").exists()
