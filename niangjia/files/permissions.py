"""A paper is opened by whoever may see the thing that it lies on: each app says which of its permissions that is."""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.db.models import Model, Q

from niangjia.files.enums import May
from niangjia.files.models import Paper
from niangjia.kit.flow import code
from niangjia.kit.who import GRANTS, NOBODY, Who, grant, permitted

GUARDS: dict[str, str] = {}


def guard(kind: type[Model] | str, may: str | Enum) -> None:
    """Declare that papers on things of a kind are opened by this permission; without one nobody opens them."""
    label = kind if isinstance(kind, str) else kind._meta.label_lower
    if GUARDS.setdefault(label, code(may)) != code(may):
        raise ValueError(f"papers on {label} are guarded twice")


def _through_the_thing(user: Any, _model: type[Model]) -> Q:
    said = NOBODY
    for kind, may in GUARDS.items():
        if may in GRANTS:
            said |= Q(kind=kind, thing_id__in=permitted(user, may).values("pk"))
    return said


reader_of_the_thing = Who(_through_the_thing, "whoever may see the thing that the paper lies on")

# fmt: off
grant(Paper, {
    May.READ: reader_of_the_thing,
})
# fmt: on
