"""What other apps may ask of access."""

from __future__ import annotations

from niangjia.access.actions import close_for_good, note
from niangjia.access.kept import keeps, mark
from niangjia.access.limits import too_many
from niangjia.access.models import SeenLog, User
from niangjia.access.queries import broken_at, openings
from niangjia.access.words import act_words, kind_words

__all__ = ["SeenLog", "User", "act_words", "broken_at", "close_for_good", "keeps", "kind_words", "mark", "note", "openings", "too_many"]
