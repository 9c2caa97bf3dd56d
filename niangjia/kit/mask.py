"""How sensitive values are shown: enough to recognise, not enough to take away (domain.md §21.1)."""

from __future__ import annotations


def name(full: str) -> str:
    """张*三, 李*; a name of four or more keeps both ends.

    >>> name("张三"), name("张小三")
    ('张*', '张*三')
    """
    return full if len(full) < 2 else full[0] + "*" * max(1, len(full) - 2) + (full[-1] if len(full) > 2 else "")


def identity(number: str) -> str:
    """330502********0014."""
    return number[:6] + "*" * max(0, len(number) - 10) + number[-4:]


def phone(number: str) -> str:
    """138****1234."""
    return number[:3] + "****" + number[-4:] if len(number) >= 7 else "****"


def bank(number: str) -> str:
    """**** and the last four."""
    return "**** " + number[-4:]
