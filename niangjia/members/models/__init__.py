"""What is kept of members: the register, the rosters that fill it, and who asks to join."""

from __future__ import annotations

from niangjia.members.models.imports import Batch, Before, Correction, Fault, Habit, Line, Seen
from niangjia.members.models.joining import Application, JoinCode
from niangjia.members.models.register import Membership, Person, Reveal

__all__ = ["Application", "Batch", "Before", "Correction", "Fault", "Habit", "JoinCode", "Line", "Membership", "Person", "Reveal", "Seen"]
