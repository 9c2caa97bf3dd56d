"""`make proof`: the long runs, each with its seed, its length and what came of it, in docs/generated/proof.md.

python -m bench.proof [part of a name]
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PAGE = HOUSE / "docs" / "generated" / "proof.md"
PYTEST = [sys.executable, "-m", "pytest"]
TOWN = "niangjia/worklog/tests/town"


@dataclass(frozen=True)
class Run:
    """One long run."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    needs: str = ""  # a program without which it is left out, and the page says so


RUNS = [
    Run("10,000 random operations (ORM, bulk, COPY, raw SQL, cascades, moved unions, together): the books stay equal",
        [*PYTEST, "-c", f"{TOWN}/pytest.ini", TOWN, "-k", "long_life"], {"BOOKS_LONG": "10000"}),
    Run("the town's whole run, on Debian's PostgreSQL 15", [*PYTEST, "-c", f"{TOWN}/pytest.ini", TOWN], {"PG_BIN": "/usr/lib/postgresql/15/bin"},
        needs="/usr/lib/postgresql/15/bin/postgres"),
    Run("10,000 random walks through the flows of unions in memory, 200 on the database with the real verbs: nothing stands where it must not",
        [*PYTEST, "niangjia/unions/tests/test_walks.py"], {"UNIONS_LONG": "10000", "UNIONS_LIVED": "200"}),
    Run("10,000 random walks of 40 steps through a member's life in memory, 200 on the database with the real verbs: constraints hold, the books are equal",
        [*PYTEST, "niangjia/members/tests/test_walk.py"], {"MEMBERS_LONG": "10000", "MEMBERS_LIVED": "200"}),
    Run("10,000 random walks through each flow of rights in memory, 200 on the database of 24 moments at which two people act: no forbidden state, no line of a "
        "story lost, the books are equal", [*PYTEST, "tests/test_rights_walk.py"], {"RIGHTS_LONG": "10000", "RIGHTS_LIVED": "200"}),
    Run("100,000 random cases of money and time around disputes, reckoned by the rules and written out longhand, day by day: the same to the fen and to the day",
        [*PYTEST, "niangjia/rights/tests/test_longhand.py"], {"RECKONING_LONG": "100000"}),
    Run("10,000 random sentences with figures: nothing untrue is printed", [*PYTEST, "niangjia/reports/tests/test_prose.py"], {"PROSE_LONG": "10000"}),
    Run("kill -9 in the middle of an import, 20 times, every second time with the database", [sys.executable, "-m", "bench.killing", "20", "1"]),
    Run("10,000 damaged files (bytes flipped, cut, torn, mixed, parts of the package gone, endings that lie), 250 of them through the page and 250 taken: "
        "a sentence or an answer, nothing half-written", [*PYTEST, "niangjia/members/tests/test_damaged.py"], {"DAMAGED_LONG": "10000"}),
    Run("an import of 100,000 rows taken back: register and books as before to the row",
        [*PYTEST, "niangjia/members/tests/test_undoing.py", "-k", "to_the_row"], {"UNDO_LONG": "100000"}),
    Run("the published reviews of a small city: loaded, loaded again from nothing, restored into a new cluster", [sys.executable, "-m", "bench.again"]),
    Run("the journeys in a browser, each in both languages at both widths", [*PYTEST, "tests/journeys"], {"EVERY_FACE": "1"}),
    Run("the suite on Python 3.13", ["sh", "tools/other_python.sh", "python3.13"], needs="python3.13"),
]  # fmt: skip


def runs(program: str) -> bool:
    """Whether a program is there and starts: what stands on the path may only be a way to versions that are not chosen."""
    found = shutil.which(program)
    return found is not None and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0


def run(one: Run) -> tuple[str, str, float]:
    """Do one: what came of it, its last line, and the seconds."""
    if one.needs and not runs(one.needs):
        return "left out", f"{one.needs} is not on this machine", 0.0
    begun = time.monotonic()
    done = subprocess.run(one.command, cwd=HOUSE, env={**os.environ, **one.environment}, capture_output=True, text=True, check=False)
    said = (done.stdout.strip() or done.stderr.strip()).splitlines()
    return ("FAILS" if done.returncode else "holds"), (said[-1] if said else ""), time.monotonic() - begun


def known() -> dict[str, str]:
    """The lines of the page as it is, by the names of their runs: a part that is run anew replaces its own."""
    rows = PAGE.read_text().splitlines()[6:] if PAGE.exists() else []
    return {row.split(" | ")[0].removeprefix("| "): row for row in rows}


def main(part: str) -> int:
    """Run all, or those whose name has a part; write the page; 1 if any failed."""
    head = [
        "# Proof\n",
        "Written by `make proof`.\n",
        "| run | with | came out | seconds | last line | on |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines = known() if part else {}
    failed = False
    for one in (one for one in RUNS if part in one.name):
        outcome, said, seconds = run(one)
        failed |= outcome == "FAILS"
        seed = " ".join(f"{key}={value}" for key, value in one.environment.items())
        where = f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {os.cpu_count()} cores"
        lines[one.name] = f"| {one.name} | {seed} | {outcome} | {seconds:.0f} | {said[:160].replace('|', '/')} | {where} |"
        print(lines[one.name], flush=True)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join([*head, *(lines[one.name] for one in RUNS if one.name in lines)]) + "\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
