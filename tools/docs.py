"""docs/generated: what the declarations say, written down so that a change shows as one line. `check` writes nothing and fails on a difference.

python -m tools.docs write|check
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
FOLDER = HERE / "docs" / "generated"
HEAD = "<!-- Written by `make docs` from the declarations; a change here follows a change there. -->\n\n"


def cell(text: Any) -> str:
    """A value within a table of Markdown."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(heads: list[str], rows: list[list[Any]]) -> str:
    """A table of Markdown."""
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    return "\n".join([*lines, *("| " + " | ".join(map(cell, row)) + " |" for row in rows)]) + "\n"


def states() -> str:
    """Every flow as a diagram and as a table."""
    from niangjia.kit.flow import FLOWS

    parts = ["# States\n"]
    for model, flow in sorted(FLOWS.items()):
        rows = [
            [s.verb, ", ".join(s.sources), s.target, s.who, s.label, "yes" if s.reason else "", "yes" if s.auto else ""] for s in flow.steps
        ]
        parts.append(
            f"## {model}\n\n```mermaid\n{flow.mermaid()}\n```\n\n"
            + table(["verb", "from", "to", "who", "button", "reason", "by the house"], rows)
        )
    return "\n".join(parts)


def _rule_basis(limit: Any) -> Any:
    """The source of what gives a clock its length."""
    return next(iter(limit.cells.values())).basis if hasattr(limit, "cells") else limit.basis if limit else ""


def deadlines() -> str:
    """Every clock: when it runs, how long, on whom it falls, by which article."""
    from niangjia.kit.clock import BELLS, DEADLINES
    from niangjia.kit.parameter import Parameter
    from tools import clocks

    rows = []
    for model, those in sorted(DEADLINES.items()):
        for one in those:
            span = f"`{one.limit.code}`" if one.limit else f"until `{one.ends}`"
            span += f" by {', '.join(one.key)}" if one.key else ""
            span += f" ({one.limit.default})" if isinstance(one.limit, Parameter) else ""
            span += f", or until `{one.extended}`" if one.extended else ""
            warned = ", ".join(f"`{warn.code}` ({warn.default}{', yellow' if warn == one.yellow else ''})" for warn in one.warns)
            rows.append(
                [
                    one.code,
                    model,
                    one.title,
                    ", ".join(sorted(map(str, one.runs_in))),
                    span,
                    warned,
                    one.falls_on,
                    "yes" if one.code in BELLS else "",
                    one.basis
                    or (
                        one.limit.basis
                        if isinstance(one.limit, Parameter)
                        else next(iter(one.limit.cells.values())).basis
                        if one.limit
                        else ""
                    ),
                ]
            )
    heads = ["code", "of", "title", "runs in", "length", "warned before", "falls on", "the house acts", "basis"]
    return (
        "# Deadlines\n\n" + table(heads, rows)
        + f"\n## Worked examples\n\n{clocks.calendar()}\n" + table(clocks.HEADS, clocks.examples())
        + "\n## Statutory terms of procedures\n\n" + table(clocks.TERM_HEADS, clocks.terms())
    )  # fmt: skip


def parameters() -> str:
    """Everything that is set: its default, its source, its bounds, who may set it otherwise."""
    from niangjia.kit.parameter import PARAMETERS
    from niangjia.kit.values import packed

    rows = [
        [
            one.code, one.zh, one.en, one.kind, packed(one.default), one.unit, one.basis,
            " – ".join(str(packed(bound)) if bound is not None else "…" for bound in (one.least, one.most)) if (one.least, one.most) != (None, None) else "",
            "any place" if one.place else "the law", one.duty,
        ]
        for _, one in sorted(PARAMETERS.items())
    ]  # fmt: skip
    heads = ["code", "zh", "en", "kind", "default", "unit", "source", "bounds", "who may set it", "proposed by"]
    said = "m minutes, h hours, d calendar days, wd working days, mo months, y years. A place sets its own from a day on, two persons each time.\n\n"
    return "# Parameters\n\n" + said + table(heads, rows)


def permissions() -> str:
    """Every permission: on what, and who."""
    from niangjia.kit.who import GRANTS

    return "# Permissions\n\n" + table(
        ["permission", "on", "who"], [[g.may, g.model._meta.label_lower, g.who.name] for _, g in sorted(GRANTS.items())]
    )


def routes() -> str:
    """Every address, and who may open it."""
    return "# Routes\n\n" + table(
        ["address", "name", "kind", "opens to", "does"], [[r.path, r.name, r.kind, r.may, r.do] for r in all_routes()]
    )


def all_routes() -> list[Any]:
    """The routes of the house with their guards."""
    from tools.routes import routes as found

    return found()


def figures() -> str:
    """Every figure, from its declaration."""
    from niangjia.kit.figure import FIGURES, series_of

    rows = [
        [f.name, f.ref, f.zh, f.en, "、".join(f.units), f.kind, ", ".join(sorted(series_of(f.plan))), f.note_en]
        for _, f in sorted(FIGURES.items())
    ]
    return "# Figures\n\n" + table(["code", "ref", "zh", "en", "units", "kind", "reads", "definition"], rows)


def series() -> str:
    """Every series, from its declaration."""
    from niangjia.kit.series import SERIES

    rows = [
        [s.name, s.model._meta.label_lower, s.where, s.when or f"{s.since} … {s.until or ''}", s.subject or "", ", ".join(s.by), s.if_]
        for _, s in sorted(SERIES.items())
    ]
    return "# Series\n\n" + table(["series", "rows of", "where", "when", "subject", "told apart by", "which rows"], rows)


def retention() -> str:
    """How long what is kept of people is kept."""
    from niangjia.kit.parameter import Parameter
    from niangjia.kit.retention import RETENTIONS

    rows = [
        [label, f"`{one.after.code}`" if isinstance(one.after, Parameter) else f"{one.after.days} d", one.since, one.goes, one.keeps]
        for label, one in sorted(RETENTIONS.items())
    ]
    return "# Retention\n\n" + table(["what is kept", "how long", "from when", "what goes", "what stays"], rows)


def reactions() -> str:
    """What happens by itself: after a step, when a clock warns, and when it rings."""
    from niangjia.flow.api import REACTIONS
    from niangjia.kit.clock import BELLS
    from niangjia.kit.warned import TELLERS

    rows = [
        [f"after {kind}: {verb}", f"{act.__module__}.{act.__name__}", (act.__doc__ or "").strip()]
        for (kind, verb), acts in sorted(REACTIONS.items())
        for act in acts
    ]
    rows += [[f"when {code} rings", f"{act.__module__}.{act.__name__}", (act.__doc__ or "").strip()] for code, act in sorted(BELLS.items())]
    rows += [["when a clock warns", f"{act.__module__}.{act.__name__}", (act.__doc__ or "").strip()] for act in TELLERS]
    return "# Reactions\n\n" + table(["when", "what", "in words"], rows)


def openapi() -> str:
    """The interface for machines."""
    from niangjia.config.api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def pages() -> dict[str, str]:
    """The files and what they must hold."""
    made = {
        f"{make.__name__}.md": HEAD + make()
        for make in (states, deadlines, parameters, permissions, routes, figures, series, reactions, retention)
    }
    return made | {"openapi.json": openapi()}


def main(act: str) -> int:
    """Write the files, or say which differ."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
    import django
    from django.utils import translation

    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    differ = []
    with translation.override("en"):
        for name, text in pages().items():
            path = FOLDER / name
            if not path.exists() or path.read_text() != text:
                differ.append(name)
                if act == "write":
                    path.write_text(text)
    if differ and act == "check":
        print("docs/generated is behind the declarations:", ", ".join(differ), "(run: make docs)", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "write"))
