"""Commands that run the house: serve, worker, migrate, demo, health, keys, backup, restore."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from niangjia.config.cli_shared import Stop, django, say
from niangjia.config.tongue import gettext as _
from niangjia.kit.dates import CHINA


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    json_ = {"action": "store_true", "help": _("answer as JSON, for programs")}
    port_ = {"type": port, "default": os.environ.get("PORT") or "8000", "help": _("8000 if none is said here or in PORT")}
    serve = commands.add_parser("serve", help=_("serve the pages, with the worker and the clerk beside them"))
    serve.add_argument("--port", **port_)
    serve.add_argument("--host", default="127.0.0.1", help=_("the address on which it listens; of this machine alone unless said"))
    serve.add_argument("--alone", action="store_true", help=_("pages only: the worker runs as a service of its own"))
    serve.add_argument("--prepare", action="store_true", help=_("only what comes before serving: checks, and the files of the pages"))
    serve.set_defaults(run=run_serve, said=lambda: None)
    worker = commands.add_parser("worker", help=_("ring the clocks, keep the books posted, do the jobs"))
    worker.set_defaults(run=run_worker)
    migrate = commands.add_parser("migrate", help=_("bring the tables and the books to this version"))
    migrate.set_defaults(run=run_migrate)
    demo = commands.add_parser("demo", help=_("everything: database, tables, the synthetic city, pages"))
    demo.add_argument(
        "--scale",
        default=os.environ.get("SCALE") or "full",
        choices=["full", "small"],
        help=_("with all its members, or a hundredth of them"),
    )
    demo.add_argument("--port", **port_)
    demo.set_defaults(run=run_demo, host="127.0.0.1", alone=False, prepare=False, said=lambda: None)
    health = commands.add_parser("health", help=_("ask whether the house is well; 1 if not"))
    health.add_argument("--json", **json_)
    health.set_defaults(run=run_health)
    keys = commands.add_parser("keys", help=_("make or rotate the keys of sealed data, or a secret for sessions"))
    keys.add_argument(
        "act", choices=["new", "rotate", "secret", "show"], help=_("make the first, change them, print a secret, or say which is in force")
    )
    keys.add_argument("--json", action="store_true", help=_("`show` answers so in any case"))
    keys.set_defaults(run=run_keys)
    backup = commands.add_parser("backup", help=_("write database and files to a folder; keys are kept apart"))
    backup.add_argument("folder", type=Path, help=_("a new folder, best on another disk"))
    backup.add_argument("--json", **json_)
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help=_("read a backup into an empty database, and check the books"))
    restore.add_argument("folder", type=Path, help=_("the folder that `backup` wrote"))
    restore.add_argument("--json", **json_)
    restore.set_defaults(run=run_restore)


def port(said: str) -> int:
    """A port that a program may listen on."""
    if not (said.isascii() and said.isdecimal() and 0 < int(said) < 65536):
        raise argparse.ArgumentTypeError(_("“%(said)s” is no port: a number from 1 to 65535, such as 8001") % {"said": said})
    return int(said)


def run_migrate(_args: argparse.Namespace) -> int:
    """Migrate as the owner; the books follow by themselves."""
    django("owner", needs_city=False, answers=False)
    from django.core.management import call_command

    call_command("migrate", verbosity=1 if sys.stdout.isatty() else 0, interactive=False)
    return 0


def run_demo(args: argparse.Namespace) -> int:
    """From nothing to a served city; started again, straight to serving."""
    from niangjia.config import house

    if not house.port_is_free(args.host, args.port):
        raise Stop(_("port %(port)s is in use. Take another: make demo PORT=%(other)s") % {"port": args.port, "other": args.port + 1})
    begun = time.monotonic()
    house.up()
    try:
        if house.city() == "half":
            print(_("the last first run was interrupted; beginning anew"))
            recreate()
        me = [sys.executable, "-m", "niangjia.config.cli"]
        empty = not house.tables() or not house.city()
        done = subprocess.run(
            [*me, "scenario", "load", "huzhou", "--scale", args.scale, "--migrate"] if empty else [*me, "migrate"], check=False
        )
        if done.returncode:
            return done.returncode
        here = f"http://{args.host}:{args.port}"
        args.said = lambda: print(
            _("ready after %(seconds).0f s: %(here)s  (who can sign in: %(here)s/access/demo/)")
            % {"seconds": time.monotonic() - begun, "here": here},
            flush=True,
        )
        return run_serve(args)
    finally:
        house.down()


def recreate() -> None:
    """Drop the half-loaded database and make an empty one; only ever the demo's own."""
    from niangjia.config import house

    if not house.embedded():
        with house.connect("owner") as connection:
            connection.execute("DROP OWNED BY CURRENT_USER CASCADE")
        house.up()
        return
    import psycopg

    from niangjia.config.settings import DATA
    from niangjia.kit.pg import Embedded

    with psycopg.connect(**Embedded(DATA / "postgres").dsn(), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS niangjia WITH (FORCE)")
    house.up()


def run_serve(args: argparse.Namespace) -> int:
    """Serve the pages by granian; beside it one worker, unless it runs as a service of its own."""
    from niangjia.config import house
    from niangjia.config.settings import STATIC_ROOT

    if args.prepare:
        return prepare()
    if not house.port_is_free(args.host, args.port):
        raise Stop(_("port %(port)s is in use. Take another with --port.") % {"port": args.port})
    # In a process of its own: what it loads would stay in this one, which only watches.
    done = subprocess.run([sys.executable, "-m", "niangjia.config.cli", "serve", "--prepare"], check=False)
    if done.returncode:
        return done.returncode
    environment = {**os.environ, "NIANGJIA_ROLE": "app"}
    environment.setdefault("NIANGJIA_STATEMENT_SECONDS", PAGE_SECONDS)
    threads = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", args.host, "--port", str(args.port), "--workers", "2"]
    threads += ["--blocking-threads", "4", "--static-path-route", "/static", "--static-path-mount", str(STATIC_ROOT)]
    threads += ["--log-level", "warning", "--respawn-failed-workers", "--workers-kill-timeout", "5", "niangjia.config.wsgi:application"]
    worker = [sys.executable, "-m", "niangjia.config.cli", "worker"]
    return watch([threads] if args.alone else [threads, worker], environment, Greeting(args.host, args.port, args.said))


def prepare() -> int:
    """What comes before serving: the database up and of this version, no demo over a real house, who can sign in, the files of the pages."""
    from niangjia.config import house

    django("app")
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEMO and house.city() == "own":
        raise Stop(
            _(
                "this is no made-up city: in demo mode anybody could sign in as anybody. Set NIANGJIA_DEMO=0; docs/deploy.md has the other settings."
            )
        )
    if settings.DEMO:
        print("\n".join(door()), flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    return 0


def door() -> list[str]:
    """Who can sign in to the demo with one click, a line a level."""
    from niangjia.kit.demo import groups

    return ["  {}: {}".format(group["title"], ", ".join(f"{one['name']} {one['post']}" for one in group["people"])) for group in groups()]


PAGE_SECONDS = "20"  # a cold count of distinct persons takes two on a machine with nothing else to do, and many on a busy one
JOB_SECONDS = "900"  # the longest statement of an import of a whole city takes a minute or two
LET_LIVE = 30.0  # seconds: what ends sooner than this would end again


@dataclass
class Greeting:
    """What is said once the first page answers: a port that is open is not yet a house that is served."""

    host: str
    port: int
    say: Callable[[], None]
    given: bool = False

    def try_it(self) -> None:
        """Ask for a page, and say it if there is an answer."""
        if self.given:
            return
        asked = http.client.HTTPConnection(self.host, self.port, timeout=2)
        with contextlib.suppress(OSError, http.client.HTTPException):
            asked.request("HEAD", "/account/login/")
            asked.getresponse()
            self.given = True
            self.say()
        asked.close()


def watch(commands: list[list[str]], environment: dict[str, str], greeting: Greeting | None = None) -> int:
    """Run commands until a signal comes: one that was killed is begun again, one that cannot live ends all, with the processes that they began."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    children = [subprocess.Popen(command, env=environment, start_new_session=True) for command in commands]
    begun = [time.monotonic()] * len(children)
    while not stop.wait(0.5):
        if greeting is not None:
            greeting.try_it()
        ended = [i for i, child in enumerate(children) if child.poll() is not None]
        for i in ended:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(children[i].pid, signal.SIGKILL)
            told = {"command": " ".join(commands[i][1:4]), "code": children[i].returncode}
            print(_("%(command)s ended with %(code)s") % told, file=sys.stderr, flush=True)
        if any(time.monotonic() - begun[i] < LET_LIVE for i in ended):
            print(_("it cannot live; everything stops. The lines above say why."), file=sys.stderr, flush=True)
            break
        for i in ended:
            children[i], begun[i] = subprocess.Popen(commands[i], env=environment, start_new_session=True), time.monotonic()
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return 0 if stop.is_set() else 1


def run_worker(_args: argparse.Namespace) -> int:
    """The clerk once a second, the clocks every twenty, and the queue of jobs."""
    os.environ["NIANGJIA_STATEMENT_SECONDS"] = os.environ.get("NIANGJIA_JOB_SECONDS", JOB_SECONDS)
    django("app", answers=False)
    from niangjia.config.worker import work

    return work()


def run_health(args: argparse.Namespace) -> int:
    """Ask every floor whether it is well."""
    django("app", needs_city=False)
    from niangjia.kit.health import ask

    found = ask()
    marks = {True: _("ok "), False: _("NOT")}
    say(args, found, "\n".join(f"{marks[one['well']]} {name}: {here(one['said'])}" for name, one in found["checks"].items()))
    return 0 if found["well"] else 1


MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)")


def here(said: str) -> str:
    """A sentence with its moments as the clock on the wall shows them, and the zone; programs get them as they are kept.

    >>> here("2026-11-25 10:00:03.5+00:00; 2 clocks")
    '2026-11-25 18:00:03 Asia/Shanghai; 2 clocks'
    """
    return MOMENT.sub(lambda one: f"{datetime.fromisoformat(one[0]).astimezone(CHINA):%Y-%m-%d %H:%M:%S} {CHINA}", said)


def run_keys(args: argparse.Namespace) -> int:
    """Keys: `new` once, `rotate` when a year has passed or somebody left, `secret` for NIANGJIA_SECRET."""
    if args.act == "secret":
        print(secrets.token_urlsafe(48))
        return 0
    django("owner", needs_city=False)
    from django.conf import settings

    from niangjia.kit import crypt

    path = Path(settings.KEY_FILE)
    if args.act == "new":
        if path.exists():
            raise Stop(_("%(path)s exists: losing it is losing the data. Rotate instead.") % {"path": path})
        crypt.write_keys(path, crypt.new_keys())
        print(_("%(path)s written. Copy it to a safe place that is not the backup's.") % {"path": path})
        return 0
    if args.act == "show":
        held = crypt.keys()
        print(json.dumps({"current": held.current, "ids": sorted(held.seal)}))
        return 0
    from niangjia.config.rotate import rotate

    print(rotate(path))
    return 0


def run_backup(args: argparse.Namespace) -> int:
    """Back up database and files."""
    django("owner")
    from niangjia.config.backup import backup

    found = backup(args.folder)
    say(args, found, "\n".join(f"{name}: {here(str(fact))}" for name, fact in found.items()))
    return 0


def run_restore(args: argparse.Namespace) -> int:
    """Restore onto an empty machine."""
    django("owner", needs_city=False, answers=False)
    from niangjia.config.backup import restore

    found = restore(args.folder)
    say(args, found, "\n".join(f"{name}: {here(str(fact))}" for name, fact in found.items()))
    return 0
