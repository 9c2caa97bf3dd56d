"""How a difference is called, in a few words and without what stands on either side."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.members.api import FIELDS
from niangjia.reconcile.enums import Cause, Kind, Of
from niangjia.reconcile.models import Difference

LABELS: dict[str, Any] = {one.code: one.label for one in FIELDS} | {
    "uscc": _("Credit code"), "founded": _("Founded on"), "code": _("Code"), "above": pgettext_lazy("a column", "Union above"), "left": _("Left on"),
    "closed": _("Ended on"), "change": _("Change of membership"), "status": _("Employment"),
}  # fmt: skip


def label_of(field: str, of: str) -> Any:
    """What a field is called: a union has no full name as people have."""
    return _("Name of the union") if field == "name" and of == Of.UNIONS else LABELS[field]


def difference_words(one: Difference) -> str:
    """A field differs: mobile."""
    more = label_of(one.field, one.of) if one.field else Cause(one.cause).label if one.cause else ""
    return f"{Kind(one.kind).label} {more}".strip()
