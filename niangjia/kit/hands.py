"""What lies in a person's own hands, on whichever office its clocks fall: a mediator may sit at another union than the one that handles her case.

>>> in_hands("demo.case", "mediator")
>>> HANDS.pop("demo.case")
'mediator'
"""

from __future__ import annotations

HANDS: dict[str, str] = {}  # by the label of a model: the field that names the person


def in_hands(model: str, field: str) -> None:
    """Say which field of a model names the person in whose hands it lies. ValueError if it is said twice."""
    if model in HANDS:
        raise ValueError(f"{model} lies in two hands")
    HANDS[model] = field
