"""Commands that ask and fill: scenario, import, unions, review, audit."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from niangjia.config.cli_shared import Stop, django, say


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    scenario = commands.add_parser("scenario", help="load the synthetic city")
    scenario.add_argument("act", choices=["load"])
    scenario.add_argument("name", choices=["huzhou"])
    scenario.add_argument("--scale", default=os.environ.get("SCALE") or "full", help="full, small, or a part such as 0.1 of the members")
    scenario.add_argument("--today", type=date.fromisoformat, default=None, help="the day around which the living work lies")
    scenario.add_argument("--seed", type=int, default=2015)
    scenario.add_argument("--migrate", action="store_true", help="bring the tables to this version while the city is made")
    scenario.set_defaults(run=run_scenario)
    begin = commands.add_parser(
        "begin", help="an empty house's first union and its three administrators, with passwords for their first sign-in"
    )
    begin.add_argument("name", help="of the federation, such as 湖州市总工会")
    begin.add_argument("--code", required=True, help="of its union, such as U330500")
    for duty in ADMINISTRATORS:
        begin.add_argument(f"--{duty}", required=True, metavar="ACCOUNT=NAME")
    begin.set_defaults(run=run_begin)
    import_ = commands.add_parser("import", help="import a roster")
    import_.add_argument("what", choices=["roster"])
    import_.add_argument("file", type=Path)
    import_.add_argument("--union", required=True, help="the code of the union")
    import_.add_argument("--dry-run", action="store_true")
    import_.add_argument("--json", action="store_true")
    import_.set_defaults(run=run_import)
    unions = commands.add_parser("unions", help="find a union by name, initials or code")
    unions.add_argument("act", choices=["find"])
    unions.add_argument("text")
    unions.add_argument("--json", action="store_true")
    unions.set_defaults(run=run_unions)
    review = commands.add_parser("review", help="the figures of a review; `prove` runs what is published again, 1 if it is not the same")
    review.add_argument("act", choices=["show", "list", "prove"])
    review.add_argument("name", nargs="?", default="")
    review.add_argument("--json", action="store_true")
    review.set_defaults(run=run_review)
    audit = commands.add_parser("audit", help="recount everything; 1 if the books are not equal")
    audit.add_argument("--json", action="store_true")
    audit.set_defaults(run=run_audit)


ADMINISTRATORS = ("system", "security", "auditlog")


def run_begin(args: argparse.Namespace) -> int:
    """Lay the first stone: a union, and three different persons; all others are appointed in the browser."""
    django("app")
    from niangjia.unions.api import begin

    people = {}
    for duty in ADMINISTRATORS:
        account, equals, name = getattr(args, duty).partition("=")
        if not equals or not account or not name:
            raise Stop(f"--{duty} is written as ACCOUNT=NAME.")
        people[duty] = (account, name)
    for duty, (account, password) in begin(args.name, args.code, people).items():
        print(f"{duty}: {account} {password}")
    print("Each signs in once with this password, changes it, and sets up a second factor.")
    return 0


def run_scenario(args: argparse.Namespace) -> int:
    """Load the city into an empty house, with a bar."""
    try:
        scale = {"full": 1.0, "small": 0.01}.get(args.scale) or float(args.scale)
    except ValueError:
        scale = 0.0
    if not 0 < scale <= 3:
        raise Stop(f"--scale is full, small, or a number up to 3; “{args.scale}” is none of these.")
    django("owner", needs_city=not args.migrate)
    from django.utils.translation import gettext as _

    from niangjia.scenario.load import load, ready

    if not args.migrate:
        load(scale=scale, today=args.today, seed=args.seed, progress=bar)
        return 0
    with subprocess.Popen([sys.executable, "-m", "niangjia.config.cli", "migrate"], stdout=subprocess.DEVNULL) as migrating:
        bar(0.01, _("tables, and the city in memory"))
        whole = ready(scale=scale, today=args.today, seed=args.seed)
    if migrating.returncode == 0:
        load(whole=whole, progress=bar)
    return migrating.returncode


def bar(part: float, what: str) -> None:
    """A bar on a terminal, a line a stage elsewhere."""
    filled = int(30 * part)
    if sys.stdout.isatty():
        print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {100 * part:3.0f} %  {what:<40}", end="\n" if part >= 1 else "", flush=True)
    else:
        print(f"{100 * part:3.0f} %  {what}", flush=True)


def operator() -> Any:
    """In whose name the command line writes: the system administrator's."""
    from niangjia.unions.api import Duty
    from niangjia.unions.models import Office

    office = Office.objects.filter(duty=Duty.SYSTEM, until=None, user__isnull=False).select_related("user").first()
    if office is None:
        raise Stop("nobody holds the office of system administrator; the command line writes in that name.")
    return office.user


def run_import(args: argparse.Namespace) -> int:
    """Import a roster; 1 if rows were bad."""
    if not args.file.is_file():
        raise Stop(f"{args.file} is no file that can be read.")
    django("app")
    from niangjia.members.api import import_roster
    from niangjia.unions.models import Union

    union = Union.objects.filter(code=args.union).first()
    if union is None:
        raise Stop(f"no union has the code {args.union}. Find it: niangjia unions find TEXT")
    found = import_roster(args.file, union, dry_run=args.dry_run, by=operator())
    lines = [f"{found['rows']} rows, {found['good']} good, {found['bad']} bad"]
    lines += [f"{fault['sheet']} row {fault['row']} {fault['column']}: {fault['text']}" for fault in found["faults"][:50]]
    say(args, found, "\n".join(lines))
    return 1 if found["bad"] else 0


def run_unions(args: argparse.Namespace) -> int:
    """Find unions; 1 if there is none."""
    django("app")
    from niangjia.kit.dates import today
    from niangjia.kit.figure import FIGURES
    from niangjia.kit.periods import until
    from niangjia.unions.api import find
    from niangjia.worklog.api import Asked, evaluate

    found = find(args.text)
    told = []
    for union in found:
        value = evaluate(FIGURES["members.people"].plan, Asked(until(today()), union.pk))
        told.append(
            {"code": union.code, "name": union.name, "parent": union.parent.name if union.parent else "", "members": int(value or 0)}
        )
    say(args, told, "\n".join(f"{one['code']}  {one['name']}  ({one['parent']})  {one['members']}" for one in told) or "nothing found")
    return 0 if found else 1


def run_review(args: argparse.Namespace) -> int:
    """The figures of a review, each with its value, as printed, and how many records stand behind it."""
    django("app")
    from niangjia.reports import api

    if args.act == "prove":
        return prove(args)
    if args.act == "list" or not args.name:
        names = api.names()
        say(args, names, "\n".join(names))
        return 0
    try:
        told = api.show(args.name)
    except LookupError as error:
        raise Stop(f"no review is called {args.name}. Those that are: {', '.join(api.names()) or 'none'}.") from error
    say(
        args,
        told,
        "\n".join(
            f"{one['ref'] or '':5} {one['label']}  {one['printed'] if one['value'] is not None else 'not yet recorded'}" for one in told
        ),
    )
    return 0


def prove(args: argparse.Namespace) -> int:
    """Run what is published again; 1 unless every document is the signed one and the books give its values."""
    from niangjia.reports import api

    found = api.proofs(args.name)
    if args.name and not found:
        raise Stop(
            f"no published review is called {args.name}. Those that are: {', '.join(one['name'] for one in api.proofs()) or 'none'}."
        )
    lines = []
    for one in found:
        said = "the same" if one["kept"] and one["books"] else "NOT the same"
        said += "" if one["document"] else " (this version would print it otherwise; it is shown as it was published)"
        lines.append(f"{one['name']}  {said}  digest {one['digest']}  root {one['root']}")
    say(args, found, "\n".join(lines) or "nothing is published")
    return 0 if all(one["kept"] and one["books"] for one in found) else 1


def run_audit(args: argparse.Namespace) -> int:
    """Recount everything twice: in SQL, and in plain Python over plain rows."""
    django("audit")
    from niangjia.worklog.api import audit_report

    report = audit_report()
    differences = [str(fault) for fault in report.differences]
    say(
        args, {"series": report.series, "lines": report.lines, "equal": report.equal, "differences": differences},
        f"{report.series} series, {report.lines} lines: " + ("equal" if report.equal else "NOT equal\n" + "\n".join(differences)),
    )  # fmt: skip
    return 0 if report.equal else 1
