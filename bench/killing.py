"""kill -9 in the middle of an import, again and again: afterwards a roster is in whole or not at all, and the books are equal.

python -m bench.killing [times] [seed]
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.rosters import write_csv

ROWS = 5_000
HOUSE = [sys.executable, "-m", "niangjia.config.cli"]


def house(*words: str, data: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the house to its end."""
    return subprocess.run([*HOUSE, *words], env={**os.environ, "DATA": data}, capture_output=True, text=True, check=False)


def members(data: str, code: str) -> int:
    """How many memberships stand at a union, counted from the rows."""
    text = f"from niangjia.members.models import Membership; print(Membership.objects.filter(union__code={code!r}, left_on=None).count())"
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {text}"],
        env={**os.environ, "DATA": data, "DJANGO_SETTINGS_MODULE": "niangjia.config.settings"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout)


def killed(data: str, roster: Path, code: str, after: float, *, server_too: bool) -> None:
    """Begin an import and kill it, perhaps with the database server."""
    child = subprocess.Popen(
        [*HOUSE, "import", "roster", str(roster), "--union", code, "--json"], env={**os.environ, "DATA": data}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    time.sleep(after)
    if server_too:
        pid = int((Path(data) / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, signal.SIGKILL)
    child.send_signal(signal.SIGKILL)
    child.wait()
    time.sleep(0.5)


def run(times: int, seed: int) -> dict[str, int]:
    """The whole proof; answers with what was seen, or raises."""
    chance = random.Random(seed)
    seen = {"killed before it was in": 0, "killed after it was in": 0, "with the server": 0}
    with tempfile.TemporaryDirectory(prefix="niangjia-kill-") as data:
        for words in (["migrate"], ["scenario", "load", "huzhou", "--scale", "small"]):
            done = house(*words, data=data)
            assert done.returncode == 0, done.stderr
        code = next(
            one["code"]
            for one in json.loads(house("unions", "find", "煤山", "--json", data=data).stdout)
            if one["parent"] == "煤山镇总工会"
        )
        whole, spent = members(data, code), 8.0
        for time_ in range(times):
            roster = write_csv(Path(data) / f"roster-{time_}.csv", ROWS, start=time_ * ROWS)
            server_too = time_ % 2 == 1
            killed(data, roster, code, chance.uniform(1.0, spent), server_too=server_too)
            now = members_after(data, code)
            assert now in (whole, whole + ROWS), f"{now - whole} of {ROWS} rows are in"
            seen["killed after it was in" if now > whole else "killed before it was in"] += 1
            seen["with the server"] += server_too
            begun = time.monotonic()
            done = house("import", "roster", str(roster), "--union", code, "--json", data=data)
            assert done.stdout, done.stderr
            again = json.loads(done.stdout)
            spent = max(3.0, time.monotonic() - begun)
            assert (again["rows"], again["bad"]) == (ROWS, 0), again
            whole += ROWS
            assert members(data, code) == whole
            audit = json.loads(house("audit", "--json", data=data).stdout)
            assert audit["equal"], audit
        server_stop(data)
    return seen


def members_after(data: str, code: str) -> int:
    """The count after a crash: the house is brought up first, by any command."""
    house("health", data=data)
    return members(data, code)


def server_stop(data: str) -> None:
    """End the server of a folder that will be thrown away."""
    from niangjia.kit.pg import Embedded

    Embedded(Path(data) / "postgres").stop("immediate")


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else 20, int(sys.argv[2]) if len(sys.argv) > 2 else 1)))
