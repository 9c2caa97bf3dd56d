"""Permissions on messages."""

from __future__ import annotations

from enum import StrEnum


class May(StrEnum):
    """A message is its reader's, and nobody else's."""

    READ = "notices.read"
