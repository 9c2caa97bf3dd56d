"""A notice is seen in the office by whoever may see the thing that it is about, and answered for by whoever may answer for that."""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.db.models import Model, Q

from niangjia.gazette.enums import May
from niangjia.gazette.models import Notice, Objection
from niangjia.kit.flow import code
from niangjia.kit.who import GRANTS, NOBODY, Who, grant, permitted

GUARDS: dict[str, tuple[str, str]] = {}  # by the label of the thing's model: who sees, who answers


def notices_guard(kind: type[Model] | str, *, see: str | Enum, answer: str | Enum) -> None:
    """Declare who sees notices about things of a kind in the office, and who takes them down and answers objections."""
    label = kind if isinstance(kind, str) else kind._meta.label_lower
    if GUARDS.setdefault(label, (code(see), code(answer))) != (code(see), code(answer)):
        raise ValueError(f"notices about {label} are guarded twice")


def _about(user: Any, which: int) -> Q:
    said = NOBODY
    for kind, mays in GUARDS.items():
        if mays[which] in GRANTS:
            said |= Q(kind=kind, thing_id__in=permitted(user, mays[which]).values("pk"))
    return said


def _hangs(which: int) -> Any:
    return lambda user, _model: Q(notice__in=Notice.objects.filter(_about(user, which)))


seers = Who(lambda user, _model: _about(user, 0), "whoever may see the thing that it is about")
answerers = Who(lambda user, _model: _about(user, 1), "whoever answers for the thing that it is about")

# fmt: off
grant(Notice, {
    May.SEE:       seers,
    May.TAKE_DOWN: answerers,
    May.RECORD:    answerers,
})
grant(Objection, {
    May.SEE_OBJECTION: Who(_hangs(1), "whoever answers for the thing that its notice is about"),
    May.ANSWER:        Who(_hangs(1), "whoever answers for the thing that its notice is about, "),
})
# fmt: on
