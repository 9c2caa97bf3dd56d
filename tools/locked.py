"""Whether package-lock.json names what package.json asks for, with hashes and without addresses; and no lock names a registry."""

from __future__ import annotations

import json
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parents[1]


def faults() -> list[str]:
    """Each way in which the locks are not what they should be."""
    asked = json.loads((BASE / "package.json").read_text())
    packages = json.loads((BASE / "package-lock.json").read_text())["packages"]
    kinds = [kind for kind in ("dependencies", "devDependencies") if packages[""].get(kind, {}) != asked.get(kind, {})]
    found = [f"package-lock.json: its {kind} are not package.json's. Run: make lock" for kind in kinds]
    open_ = [name for name, facts in packages.items() if name and ("resolved" in facts or "integrity" not in facts)]
    found += [f"package-lock.json: {name} has an address or no hash" for name in open_]
    found += [f"{lock.name} names an address" for lock in BASE.glob("requirements*.txt") if "://" in lock.read_text()]
    return found


if __name__ == "__main__":
    told = faults()
    print("\n".join(told) if told else "locks are in step")
    sys.exit(bool(told))
