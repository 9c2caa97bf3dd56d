"""Flow: a state machine that can be read. One line a step: verb, from where, to where, who may take it.

>>> from enum import Enum
>>> class S(str, Enum):
...     OPEN, DONE = "OPEN", "DONE"
>>> flow = Flow(S, start=S.OPEN, steps=[step("close", [S.OPEN], S.DONE, "case.close", label="Close")])
>>> flow.steps_from("OPEN")[0].verb, flow.final("DONE")
('close', True)
>>> flow.sources("close"), [one.verb for one in flow.way("OPEN", ["DONE"])], flow.way("DONE", ["OPEN"])
(('OPEN',), ['close'], [])
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.kit.errors import IllegalStep

Label = Any  # a string, or one translated when it is shown
REMARKS: dict[str, Label] = {"urge": _("Urged that it be seen to")}  # lines of a story that are no steps: nothing moves, no clock turns


@dataclass(frozen=True)
class Step:
    """One line of a flow."""

    verb: str
    sources: tuple[str, ...]
    target: str
    who: str  # a permission's name
    label: Label
    reason: bool = False  # whoever takes it says why
    page: bool = False  # it needs facts, so it has a page of its own
    auto: bool = False  # the house takes it when a clock rings; nobody has a button
    done: Label = ""  # what a story says of it, where the word on the button is a command


def step(
    verb: str, sources: Iterable[str | Enum], target: str | Enum, who: str | Enum, *,
    label: Label, done: Label = "", reason: bool = False, page: bool = False, auto: bool = False,
) -> Step:  # fmt: skip
    """One line of a flow table."""
    return Step(verb, tuple(map(code, sources)), code(target), code(who), label, reason, page, auto, done)


def code(of: str | Enum) -> str:
    """The stored code of a state or permission."""
    return str(of.value) if isinstance(of, Enum) else of


@dataclass
class Flow:
    """A table of steps over the states of one noun; fails at import if a state cannot be reached."""

    states: type[Enum]
    start: str | Enum
    steps: list[Step]
    phases: dict[str, str] = field(default_factory=dict)  # state -> draft open doing wait done moved stop late

    def __post_init__(self) -> None:
        known, reached = {code(s) for s in self.states}, {code(self.start)}
        for one in self.steps:
            if unknown := {*one.sources, one.target} - known:
                raise ValueError(f"{one.verb}: unknown states {sorted(unknown)}")
        while more := {s.target for s in self.steps if reached & set(s.sources)} - reached:
            reached |= more
        if lost := known - reached:
            raise ValueError(f"no step leads to {sorted(lost)}")

    def steps_from(self, state: str) -> list[Step]:
        """Every step that leads on from a state."""
        return [s for s in self.steps if state in s.sources]

    def step(self, verb: str, state: str) -> Step:
        """The step of that verb from that state; IllegalStep if there is none."""
        for one in self.steps_from(state):
            if one.verb == verb:
                return one
        raise IllegalStep(f"{verb} is no step from {state}")

    def sources(self, verb: str) -> tuple[str, ...]:
        """The states from which a verb is taken."""
        return tuple(state for one in self.steps if one.verb == verb for state in one.sources)

    def way(self, state: str, to: Collection[str]) -> list[Step]:
        """The fewest steps that lead from a state to one of some others; none if none do."""
        ways: dict[str, list[Step]] = {state: []}
        for here in (reached := [state]):
            if here in to:
                return ways[here]
            for one in self.steps_from(here):
                if one.target not in ways:
                    ways[one.target] = [*ways[here], one]
                    reached.append(one.target)
        return []

    def told(self) -> dict[str, Label]:
        """What a story says of each verb."""
        return REMARKS | {one.verb: one.done or one.label for one in self.steps}

    def final(self, state: str) -> bool:
        """Whether nothing leads on from a state."""
        return not self.steps_from(state)

    def mermaid(self) -> str:
        """The diagram of the flow."""
        lines = ["stateDiagram-v2", f"    [*] --> {code(self.start)}"]
        lines += [f"    {s} --> {one.target}: {one.verb}" for one in self.steps for s in one.sources]
        lines += [f"    {code(s)} --> [*]" for s in self.states if self.final(code(s))]
        return "\n".join(lines)


FLOWS: dict[str, Flow] = {}  # by the label of the model


def declare(model: str, flow: Flow) -> Flow:
    """Say that things of a model, named by its label, live by this flow."""
    FLOWS[model] = flow
    return flow
