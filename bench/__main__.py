"""`python -m bench [words]`: measure the loaded city, all of it or what the words name, and write down what was found."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "generated" / "benchmarks.md"
MODULES = ("bench.books", "bench.pages", "bench.exports", "bench.register", "bench.lists", "bench.memory")


def run(words: Sequence[str]) -> list[dict[str, Any]]:
    """Every measure, or those whose names hold one of the words."""
    from importlib import import_module

    from bench.measure import MEASURES, Result

    for module in MODULES:
        import_module(module)
    out = []
    for act in MEASURES:
        if words and not any(word in f"{act.__module__}.{act.__name__}" for word in words):
            continue
        found = act()
        for line in [found] if isinstance(found, Result) else list(found or ()):
            print(f"{'ok  ' if line.holds else 'OVER'} {line.measure}: {line.value:,} {line.unit}, budget {line.budget}", flush=True)
            out.append(asdict(line))
    return out


def facts() -> list[str]:
    """On what it was measured."""
    from django.db import connection

    from niangjia.kit.dates import today

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('shared_buffers'), pg_size_pretty(pg_database_size(current_database()))"
        )
        version, buffers, size = cursor.fetchone()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return [
        f"Measured on {today()}: {os.cpu_count()} cores, {memory} GB; PostgreSQL {version}, shared_buffers {buffers}, database {size}.",
        f"Ten million additions in a loop of Python {platform.python_version()} took {yardstick():.2f} s: tables of other machines are compared by it.",
    ]


def yardstick() -> float:
    """How fast the machine is, in seconds of one core for the same loop; the best of three, since machines are shared."""

    def loop() -> float:
        began, total = time.process_time(), 0
        for number in range(10_000_000):
            total += number
        return time.process_time() - began

    return min(loop() for _ in range(3))


def page(lines: Iterable[dict[str, Any]], said: Iterable[str]) -> str:
    """The table for people."""
    out = [
        "# Benchmarks",
        "",
        "Written by `make bench`. The baseline of each line was found in the same run; ratio is value over baseline.",
        "",
        *said,
        "",
    ]
    out += ["| measure | value | unit | baseline | ratio | budget | holds |", "| --- | ---: | --- | ---: | ---: | --- | --- |"]
    for one in lines:
        cells = [
            one["measure"],
            f"{one['value']:,}",
            one["unit"],
            one["baseline"],
            one["ratio"],
            one["budget"],
            "yes" if one["holds"] else "**no**",
        ]
        out.append("| " + " | ".join("" if cell is None else str(cell) for cell in cells) + " |")
    return "\n".join(out) + "\n"


def main() -> int:
    """Measure, write docs/generated/benchmarks.md and bench.json in the data folder; 1 if a budget is not kept."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("words", nargs="*", help="only measures whose names hold one of these")
    words = asked.parse_args().words
    os.environ.setdefault("NIANGJIA_ROLE", "owner")  # the audit reads the chain; tables without triggers are made and dropped
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
    import django
    from django.conf import settings

    django.setup()
    found = run(words)
    kept = Path(settings.DATA) / "bench.json"
    if words and kept.exists():  # a part measured anew replaces its own lines
        new = {one["measure"]: one for one in found}
        old = json.loads(kept.read_text(encoding="utf-8"))
        found = [new.pop(one["measure"], one) for one in old] + list(new.values())
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(found, facts()), encoding="utf-8")
    return 0 if all(one["holds"] for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
