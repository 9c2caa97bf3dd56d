"""What the house already holds of a union, said once by each app in its held.py: so that nobody asks the grass roots for it again.

>>> class Union:
...     pk, name = 7, "青禾工会"
>>> one = held("demo.name", model="demo.union", label="Name", words=("工会名称",), where="name", shown="demo:unions")
>>> one.values([Union()])
{7: '青禾工会'}
>>> del HELD["demo.name"]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Label = Any  # a string, or one translated when it is shown
Values = Callable[[Sequence[Any]], Mapping[int, Any]]  # what some unions have, by their keys: one question for all of them


@dataclass(frozen=True)
class Held:
    """One thing that is known of a union: what it is called here and elsewhere, on which model it stands, and how it is read."""

    name: str  # its dotted code
    model: str  # the label of the model whose rows say it
    label: Label
    words: tuple[str, ...]  # what forms call it, in both languages
    where: str | Values  # the way from a union to it, or a question for many unions
    shown: str  # the name of the address at which people read it
    number: bool = False  # only a number answers it

    def values(self, unions: Sequence[Any]) -> dict[int, Any]:
        """What some unions have. A way through other rows wants these fetched beforehand."""
        if not isinstance(self.where, str):
            return dict(self.where(unions))
        return {one.pk: self._walked(one, self.where) for one in unions}

    @staticmethod
    def _walked(thing: Any, way: str) -> Any:
        for part in way.split("__"):
            thing = getattr(thing, part, None)
        return thing() if callable(thing) else thing


HELD: dict[str, Held] = {}


def held(name: str, *, model: str, label: Label, words: tuple[str, ...], where: str | Values, shown: str, number: bool = False) -> Held:
    """Declare something that is held. ValueError if it is declared twice."""
    if name in HELD:
        raise ValueError(f"{name} is held twice")
    HELD[name] = Held(name, model, label, words, where, shown, number)
    return HELD[name]
