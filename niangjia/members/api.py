"""What other apps may ask of members."""

from __future__ import annotations

from niangjia.members.actions import Covered, Facts, apply, approve, covered, disclose, end, import_roster, person_for, resume, retain, send

__all__ = ["Covered", "Facts", "apply", "approve", "covered", "disclose", "end", "import_roster", "person_for", "resume", "retain", "send"]
