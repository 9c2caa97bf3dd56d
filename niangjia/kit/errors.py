"""What can go wrong between people and the house, each with a sentence they can read."""

from __future__ import annotations


class Refused(Exception):
    """The person may not do it; the sentence says why."""


class RuleBroken(Exception):
    """The facts do not allow it; the sentence says which rule and what to do."""


class Overtaken(Exception):
    """Somebody else moved the thing first."""


class IllegalStep(Exception):
    """The flow has no such step from this state."""
