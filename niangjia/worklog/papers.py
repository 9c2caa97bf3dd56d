"""What the declarations come to, written out for people to review: every figure, and the SQL that keeps the books."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from niangjia.kit.figure import FIGURES
from niangjia.kit.series import SERIES
from niangjia.worklog.catalogue import groups
from niangjia.worklog.compile import compiled
from niangjia.worklog.describe import counted_series
from niangjia.worklog.evaluate import counted
from niangjia.worklog.triggers import statements


def figures_page() -> str:
    """All figures as Markdown: a changed figure is a changed line."""
    out = ["# Figures", "", "Written by `make docs` from the declarations in each app's `figures.py`.", ""]
    with translation.override("en"):
        for code, those in groups(FIGURES.values()).items():
            out += [f"## {code}", "", "| code | 名称 | name | unit | kind | published as | counts | where | when |", "| --- " * 9 + "|"]
            for figure in those:
                of, plan = counted_series(figure), counted(figure.plan)
                narrowed = "; ".join(
                    f"{word} {name} = {', '.join(map(str, values))}"
                    for word in ("only", "without")
                    for name, values in plan.get(word, {}).items()
                )
                where, when = (of.where, of.when or f"{of.since} to {' or '.join(of.last_days) or 'now'}") if of else ("", "")
                counts = f"{plan['series']}.{plan['measure']}" + (f" ({narrowed})" if narrowed else "")
                cells = [f"`{figure.name}`", figure.zh, figure.en, " ".join(figure.units), figure.kind, figure.ref, counts, where, when]
                out.append("| " + " | ".join(cells) + " |")
            out.append("")
    return "\n".join(out)


def series_sql() -> Iterator[tuple[str, str]]:
    """For each series the SQL of its triggers, as it would be installed as book 0."""
    for name, of in SERIES.items():
        yield name, "\n\n".join(statements(0, compiled(of))) + "\n"
