"""Django's own commands as the owner, on a server that is thrown away: for checks that need no data of anybody's."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from niangjia.kit.pg import Embedded, prepare


@contextmanager
def house() -> Iterator[None]:
    """Django with an empty database of its own."""
    root = Path(tempfile.mkdtemp(prefix="niangjia-manage-"))
    server = Embedded(root / "pg", durable=False)
    os.environ |= {
        "DATA": str(root / "data"),
        "NIANGJIA_ROLE": "owner",
        "NIANGJIA_TEST_SERVER": str(server.sockdir),
        "DJANGO_SETTINGS_MODULE": "niangjia.config.settings",
    }
    try:
        prepare(server.ensure())
        import django

        django.setup()
        yield
    finally:
        server.stop("immediate")
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    with house():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage", *sys.argv[1:]])
