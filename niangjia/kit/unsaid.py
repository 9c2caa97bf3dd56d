"""A text that is translated where it is shown; Django's own marker asks its settings, and some speak before these are there."""

from __future__ import annotations


def gettext_noop(text: str) -> str:
    """The text as the code says it; the tool of the catalogues finds it."""
    return text
