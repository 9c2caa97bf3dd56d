"""`niangjia`: the house from the command line. Each command answers --help, ends with a code, and speaks JSON when asked.

It speaks the language of the caller's locale (tongue.py): Chinese where LC_ALL, LC_MESSAGES or LANG begins with zh, else English.
"""

from __future__ import annotations

import argparse
import sys

from niangjia.config import tongue
from niangjia.config.tongue import gettext as _


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    from niangjia.config import cli_data, cli_run

    top = argparse.ArgumentParser(prog="niangjia", description=_("The platform of a federation of trade unions."))
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    cli_run.add(commands)
    cli_data.add(commands)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 the answer is no, 2 it could not be asked."""
    from niangjia.config.stop import Stop
    from niangjia.kit.errors import Refused, RuleBroken

    tongue.speak(tongue.language())
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
    sys.exit(main())
