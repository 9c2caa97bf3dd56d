"""Whether the house is well: each floor adds a question, and one page answers them all.

>>> check("demo", lambda: (True, "3 s"))
>>> ask()["checks"]["demo"]
{'well': True, 'said': '3 s'}
>>> del CHECKS["demo"]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError

Check = Callable[[], tuple[bool, str]]
CHECKS: dict[str, Check] = {}


def check(name: str, question: Check) -> None:
    """Add a question: whether it is well, and what to say. Never a fact about a person."""
    CHECKS[name] = question


def ask() -> dict[str, Any]:
    """Every question and its answer; a question that fails is not well."""
    answers: dict[str, Any] = {}
    for name, question in CHECKS.items():
        try:
            well, said = question()
        except DatabaseError as error:
            well, said = False, type(error).__name__
        answers[name] = {"well": well, "said": said}
    return {"well": all(one["well"] for one in answers.values()), "checks": answers}
