"""What was said of an event is corrected: the old value stays in the story, and the severity is judged anew."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import wind
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.rights import rules
from niangjia.rights.actions.events import write_severity
from niangjia.rights.actions.telling import acted
from niangjia.rights.deadlines import OPEN
from niangjia.rights.enums import EventState, May, Type
from niangjia.rights.models import Event, FollowUp
from niangjia.rights.queries import follow_by, judge, level_of, matter_of, set_at
from niangjia.unions.models import Employer, Union

CORRECTED = (*sorted(OPEN), EventState.SETTLED.value)


@dataclass(frozen=True)
class Right:
    """What is right instead; what is left out stays."""

    affected: int | None = None
    involved: int | None = None
    behaviour: str | None = None
    owed: Decimal | None = None
    months_owed: Decimal | None = None
    type: str | None = None
    detail: str | None = None
    employer_name: str | None = None
    employer: Employer | None = None
    union: Union | None = None
    compensation: Decimal | None = None
    insurance: Decimal | None = None
    dead: int | None = None
    injured: int | None = None
    measures: str | None = None
    spot: str | None = None
    builder_name: str | None = None
    builder: Employer | None = None
    project: str | None = None


def _changes(held: Event, said: Right) -> dict[str, Any]:
    """What differs from what stands."""
    found = {one.name: getattr(said, one.name) for one in fields(Right)}
    found = {name: value for name, value in found.items() if value is not None and value != getattr(held, name)}
    if "employer_name" in found and "employer" not in found and said.employer is None:
        found["employer"] = None  # another firm, which nobody has recorded
    if "builder_name" in found and held.builder is not None and said.builder is None:
        found["builder"] = None
    return found


def _check(held: Event, found: dict[str, Any], by: User) -> None:
    if not found:
        raise RuleBroken(_("Nothing has changed: this is what stands there."))
    if found.get("affected", 1) < 1:
        raise RuleBroken(_("Write how many workers are affected; an estimate will do."))
    if not found.get("employer_name", "-").strip():
        raise RuleBroken(_("Write the name of the firm."))
    if found.get("type", held.type) == Type.OTHER and not found.get("detail", held.detail).strip():
        raise RuleBroken(_("For another type, write in a sentence what happened."))
    if (union := found.get("union")) is None:
        return
    if not allows(by, May.REPORT_EVENT, union):
        raise Refused(_("Only the union itself, its informants, or an office above may report an event here."))
    below = union.level > 3 if held.rung == "4" else union.path.startswith(held.desk.path)
    if not below:
        raise RuleBroken(_("It can be moved to a union under the office where it lies. For another place, refer it there."))


def _text(value: Any) -> str:
    """As it is kept in the story."""
    if isinstance(value, Union):
        return value.short_name
    if isinstance(value, Employer):
        return value.uscc
    return f"{value.normalize():f}" if isinstance(value, Decimal) else "" if value is None else str(value)


@transaction.atomic
def correct_event(event: Event, said: Right, *, why: str, by: User) -> FollowUp:
    """Put right what was written wrongly. A severity that rests on what was wrong comes down again where whoever leads corrects it."""
    if not allows(by, May.CORRECT_EVENT, event):
        raise Refused(
            _("It is corrected by the office where it stands or by one above; before it is confirmed, also by whoever reported it.")
        )
    if not why.strip():
        raise RuleBroken(_("Say why: whoever reads the story later will ask."))
    held = Event.objects.select_for_update(of=("self",)).select_related("desk", "union", "employer").get(pk=event.pk)
    if held.state not in CORRECTED:
        raise IllegalStep(f"{held.reference} is over")
    found = _changes(held, said)
    _check(held, found, by)
    rested = held.severity == held.suggested
    was = {name: [_text(getattr(held, name)), _text(value)] for name, value in found.items()}
    for name, value in found.items():
        setattr(held, name, value)
    if "union" in found:
        _move(held)
    before, judged = held.suggested, judge(matter_of(held), asking(held, today()))
    held.suggested = judged.severity
    line = FollowUp.objects.create(
        event=held, at=now(), by=by, affected=found.get("affected"), involved=found.get("involved"), behaviour=found.get("behaviour", ""),
        text=why.strip(), was=was, trace=judged.trace,
    )  # fmt: skip
    names = [*found, "suggested", *(("township", "county", "division", "desk") if "union" in found else ())]
    held.save(update_fields=names)
    _severity(held, before, rested=rested, by=by)
    held.follow_by = follow_by(held.severity, held.state, line.at, held.desk)
    held.save(update_fields=["follow_by"])
    wind(held)
    acted(held, by=by)
    event.refresh_from_db()
    return line


def _severity(held: Event, before: str, *, rested: bool, by: User) -> None:
    """Lifted as a follow-up lifts it; lowered only where it rested on the facts, and only by whoever leads."""
    if held.state not in OPEN or held.suggested == held.severity:
        return
    why = _("Judged anew by the corrected facts: %(people)s workers affected.") % {"people": held.affected}
    level = level_of(by, held)
    if rules.graver(held.suggested, held.severity):
        if rules.graver(held.suggested, before):
            write_severity(held, held.suggested, why=why, by=by, level=max(1, int(held.rung)))
    elif rested and level is not None and level <= set_at(held) and allows(by, May.CLOSE_EVENT, held):
        write_severity(held, held.suggested, why=why, by=by, level=level)


def _move(held: Event) -> None:
    """It happens at another union: what it stands under follows; at the grassroots the desk does too."""
    held.township_id, held.county_id, held.division = held.union.township_id, held.union.county_id, held.union.division
    if held.rung == "4":
        held.reports.filter(rung="4", union=held.desk).update(union=held.union)
        held.desk = held.union
