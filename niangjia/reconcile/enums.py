"""Code lists of reconciliation: lists laid beside ours, what differs, why, and what was decided."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Of(TextChoices):
    """Of what a list is."""

    MEMBERS = "MEMBERS", _("Members")
    UNIONS = "UNIONS", _("Unions")
    TOTALS = "TOTALS", _("Totals by return")


class Source(TextChoices):
    """Where a list comes from."""

    PROVINCE = "PROVINCE", _("The provincial register")
    OLD = "OLD", _("Our old spreadsheets")


class State(TextChoices):
    """What a comparison is at."""

    READING = "READING", pgettext_lazy("comparison", "Being compared")
    OPEN = "OPEN", pgettext_lazy("comparison", "To be explained")
    CLOSED = "CLOSED", pgettext_lazy("comparison", "Explained")
    FOLLOWED = "FOLLOWED", pgettext_lazy("comparison", "Followed by a newer list")
    FAILED = "FAILED", pgettext_lazy("comparison", "Not readable")
    DROPPED = "DROPPED", pgettext_lazy("comparison", "Dropped")


class Kind(TextChoices):
    """How a record of one side differs from the other."""

    FIELD = "FIELD", _("A field differs")
    ONLY_OURS = "ONLY_OURS", _("Only ours")
    ONLY_THEIRS = "ONLY_THEIRS", _("Only theirs")
    DUPLICATE = "DUPLICATE", _("Stands twice")
    WRONG_PARENT = "WRONG_PARENT", _("In another place")
    LATE = "LATE", _("Another day")
    DEFINITION = "DEFINITION", _("Counted otherwise")


class Cause(TextChoices):
    """Why it differs, as the house suggests from both records; a person confirms it by deciding."""

    NONE = "", _("to be looked at")
    NEW = "NEW", _("joined lately, not yet sent up")
    THEIRS_LEFT = "THEIRS_LEFT", _("they have her as left")
    LEFT = "LEFT", _("left or moved away with us")
    ELSEWHERE = "ELSEWHERE", _("with us in another county")
    UNKNOWN = "UNKNOWN", _("not with us at all")
    AFTER = "AFTER", _("with us from a later day than the list's")
    BEFORE = "BEFORE", _("with us until a later day than the list's")
    RETAINED = "RETAINED", _("membership retained: not counted by us")
    SECOND = "SECOND", _("second membership: not counted by us")
    DISPATCH = "DISPATCH", _("dispatched: not counted by them")
    NEW_FORM = "NEW_FORM", _("new form of employment: not counted by them")
    DORMANT = "DORMANT", _("dormant or preparing: not counted on both sides")
    EMPTY_OURS = "EMPTY_OURS", _("empty with us")
    EMPTY_THEIRS = "EMPTY_THEIRS", _("empty with them")
    EARLIER_OURS = "EARLIER_OURS", _("our day is the earlier")
    EARLIER_THEIRS = "EARLIER_THEIRS", _("their day is the earlier")
    NUMBER = "NUMBER", _("same name and birth, other number: is it she?")
    UNIT = "UNIT", _("they name a union that we do not know")
    PLACE = "PLACE", _("they have it in another union")
    TWICE_THEIRS = "TWICE_THEIRS", _("twice in their list")
    TWICE_OURS = "TWICE_OURS", _("twice with us: same name, birth and phone")


class Stand(TextChoices):
    """What became of a difference."""

    OPEN = "OPEN", pgettext_lazy("difference", "Open")
    OURS = "OURS", pgettext_lazy("difference", "Ours holds, to be sent up")
    THEIRS = "THEIRS", pgettext_lazy("difference", "Theirs taken")
    BOTH = "BOTH", pgettext_lazy("difference", "Both stand, explained")
    GONE = "GONE", pgettext_lazy("difference", "No longer differs")


DECIDED = (Stand.OURS, Stand.THEIRS, Stand.BOTH)


class Turn(TextChoices):
    """What a decision is at."""

    DOING = "DOING", pgettext_lazy("decision", "Being done")
    DONE = "DONE", pgettext_lazy("decision", "Done")
    UNDOING = "UNDOING", pgettext_lazy("decision", "Being taken back")
    UNDONE = "UNDONE", pgettext_lazy("decision", "Taken back")


class May(StrEnum):
    """Permissions on comparisons. Beginning one is asked of the union whose register it is."""

    BEGIN = "reconcile.begin"
    SEE = "reconcile.see"
    DECIDE = "reconcile.decide"
    SEE_DIFFERENCE = "reconcile.see_difference"


# The purposes for which what stood on either side is sealed, and by which a difference is known again.
ROW, KEY = "reconcile.row", "reconcile.key"
