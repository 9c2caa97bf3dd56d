"""docs/build-a-wing.md does what it says: its blocks, laid into a copy of the house, are a wing that works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "build-a-wing.md"
HELD = ("niangjia", "tests", "tools", "docs", "pyproject.toml")
BLOCK = re.compile(r"```(?:python|html)\n(?:# |\{# )(.*?)(?: #\})?\n(.*?)```", re.DOTALL)
INTO = re.compile(r"into (\S+), above: (.*)")


def build(house: Path) -> list[str]:
    """Lay the blocks of the page into a house; answers which files were made."""
    made = []
    for head, text in BLOCK.findall(PAGE.read_text()):
        if found := INTO.fullmatch(head):
            file, line = house / found[1], found[2]
            said = file.read_text()
            assert said.count(f"    {line}\n") == 1, line
            file.write_text(said.replace(f"    {line}\n", f"{text}    {line}\n"))
            continue
        file = house / head
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        made.append(head)
    for folder in ("", "tests", "migrations"):
        there = house / "niangjia" / "suggestions" / folder
        there.mkdir(exist_ok=True)
        (there / "__init__.py").touch()
    return made


def test_the_page_builds_a_wing_that_works(tmp_path):
    house = tmp_path / "house"
    house.mkdir()
    for name in HELD:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(ROOT / name, house / name)
    assert "niangjia/suggestions/models.py" in build(house)
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("DATA", "NIANGJIA", "DJANGO", "PYTEST", "PG"))}
    for words in (
        ["-m", "tools.manage", "makemigrations", "suggestions", "-v", "0"],
        ["-m", "pytest", "niangjia/suggestions/tests", "-q", "-p", "no:cacheprovider"],
    ):
        done = subprocess.run([sys.executable, *words], cwd=house, env=plain, capture_output=True, text=True, check=False, timeout=600)
        assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
