"""The published reviews of a small city, three times: loaded, loaded again from nothing, and restored from a backup into a new cluster.

python -m bench.again [scale]
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from niangjia.kit.pg import Embedded

COMMAND = [sys.executable, "-m", "niangjia.config.cli"]
DAY = "2026-11-25"


def told(data: Path, *words: str) -> str:
    """What the command answers on a house of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NIANGJIA_", "DATABASE_", "DJANGO_"))}
    done = subprocess.run(
        [*COMMAND, *words],
        env=kept | {"DATA": str(data), "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr[-1000:]}")
    return done.stdout


def loaded(data: Path, scale: str) -> None:
    """A city from nothing."""
    told(data, "migrate")
    told(data, "scenario", "load", "huzhou", "--scale", scale, "--today", DAY)


def proved(data: Path) -> list[dict[str, Any]]:
    """What is published, run again."""
    found: list[dict[str, Any]] = json.loads(told(data, "review", "prove", "--json"))
    return found


def lasting(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What any database with the same records gives: not the root, which also stands for the chain of that database's postings."""
    return [{key: value for key, value in one.items() if key != "root"} for one in found]


def main(scale: str) -> int:
    """Make the three, compare them, say what came of it; 1 if they differ."""
    with tempfile.TemporaryDirectory(prefix="niangjia-again-") as folder:
        first, anew, restored = (Path(folder) / name for name in ("first", "anew", "restored"))
        try:
            for data in (first, anew):
                loaded(data, scale)
            told(first, "backup", str(Path(folder) / "backup"))
            restored.mkdir()
            shutil.copy(first / "keys.json", restored / "keys.json")
            told(restored, "restore", str(Path(folder) / "backup"))
            said = {data.name: proved(data) for data in (first, anew, restored)}
        finally:
            for data in (first, anew, restored):
                if data.exists():
                    Embedded(data / "postgres").stop("immediate")
    same = said["restored"] == said["first"] and lasting(said["anew"]) == lasting(said["first"])
    stand = all(one["kept"] and one["document"] and one["books"] for found in said.values() for one in found)
    roots = "the roots too" if said["anew"] == said["first"] else "the roots, which stand for a database's own chain, apart"
    names = ", ".join(f"{one['name']} {one['digest'][:12]}" for one in said["first"])
    print(
        f"{names}: digest, canonical document and Word the same in all three; restored with the same roots; anew {roots}"
        if same and stand
        else f"NOT the same: {said}"
    )
    return 0 if same and stand and said["first"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "small"))
