"""`niangjia`: the house from the command line. Each command answers --help, ends with a code, and speaks JSON when asked."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")

Answer = int
Command = Callable[[argparse.Namespace], Answer]


class Stop(Exception):
    """The command ends here; the sentence says what to do."""


def say(args: argparse.Namespace, facts: Any, text: str) -> None:
    """Answer as JSON where asked, else in words."""
    print(json.dumps(facts, ensure_ascii=False, default=str) if getattr(args, "json", False) else text)


def django(role: str = "app", *, needs_city: bool = True) -> None:
    """Wake Django as one of the roles, with the database up and migrated."""
    os.environ["NIANGJIA_ROLE"] = role
    from niangjia.config import house

    house.up()
    import django as django_

    django_.setup()
    if needs_city:
        house.migrated_or_stop()


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    from niangjia.config import cli_data, cli_run

    top = argparse.ArgumentParser(prog="niangjia", description="The platform of a federation of trade unions.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    cli_run.add(commands)
    cli_data.add(commands)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 the answer is no, 2 it could not be asked."""
    from niangjia.kit.errors import Refused, RuleBroken

    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except (Stop, RuleBroken, Refused) as stop:
        print(f"niangjia: {stop}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    from niangjia.config.cli import main as run  # this module under its own name: its exceptions are the ones that others raise

    sys.exit(run())
