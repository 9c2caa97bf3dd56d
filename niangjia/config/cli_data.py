"""Commands that ask and fill: scenario, import, unions, review, audit."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from niangjia.config import tongue
from niangjia.config.cli_shared import Stop, django, say
from niangjia.config.tongue import gettext as _


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    json_ = {"action": "store_true", "help": _("answer as JSON, for programs")}
    scenario = commands.add_parser("scenario", help=_("load the synthetic city"))
    scenario.add_argument("act", choices=["load"], help=_("make the city and write it into an empty house"))
    scenario.add_argument("name", choices=["huzhou"], help=_("which city"))
    scenario.add_argument("--scale", default=os.environ.get("SCALE") or "full", help=_("full, small, or a part such as 0.1 of the members"))
    scenario.add_argument("--today", type=day, default=None, help=_("the day around which the living work lies, such as 2026-11-25"))
    scenario.add_argument(
        "--seed", type=whole, default=2015, help=_("the number from which the city is made: the same gives the same city")
    )
    scenario.add_argument("--migrate", action="store_true", help=_("bring the tables to this version while the city is made"))
    scenario.set_defaults(run=run_scenario)
    begin = commands.add_parser(
        "begin", help=_("an empty house's first union and its three administrators, with passwords for their first sign-in")
    )
    begin.add_argument("name", help=_("of the federation, such as 湖州市总工会"))
    begin.add_argument("--code", required=True, help=_("of its union, such as U330500"))
    for duty, words in administrators().items():
        begin.add_argument(f"--{duty}", required=True, metavar="ACCOUNT=NAME", help=words)
    begin.set_defaults(run=run_begin)
    import_ = commands.add_parser("import", help=_("import a roster"))
    import_.add_argument("what", choices=["roster"], help=_("what is imported"))
    import_.add_argument("file", type=Path, help=_("the spreadsheet: xlsx or CSV, with a line of heads"))
    import_.add_argument("--union", required=True, metavar="CODE", help=_("the code of the union whose members they are"))
    import_.add_argument("--dry-run", action="store_true", help=_("only judge the rows, and take none over"))
    import_.add_argument("--json", **json_)
    import_.set_defaults(run=run_import)
    unions = commands.add_parser("unions", help=_("find a union by name, initials or code"))
    unions.add_argument("act", choices=["find"], help=_("list those that match, the nearest first"))
    unions.add_argument("text", help=_("a part of the name, its initials, or the code"))
    unions.add_argument("--json", **json_)
    unions.set_defaults(run=run_unions)
    review = commands.add_parser("review", help=_("the figures of a review; `prove` runs what is published again, 1 if it is not the same"))
    review.add_argument(
        "act", choices=["show", "list", "prove"], help=_("its figures, the names of all, or the proof of what is published")
    )
    review.add_argument("name", nargs="?", default="", help=_("of the review, as `list` gives it; without it `prove` takes all"))
    review.add_argument("--json", **json_)
    review.set_defaults(run=run_review)
    audit = commands.add_parser("audit", help=_("recount everything; 1 if the books are not equal"))
    audit.add_argument("--json", **json_)
    audit.set_defaults(run=run_audit)


def day(said: str) -> date:
    """A day as it is written."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“%(said)s” is no day: write it like 2026-11-25") % {"said": said}) from None


def whole(said: str) -> int:
    """A whole number."""
    try:
        return int(said)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“%(said)s” is no whole number") % {"said": said}) from None


def administrators() -> dict[str, str]:
    """Who the three administrators are."""
    return {
        "system": _("the system administrator: makes accounts"), "security": _("the security administrator: gives offices"),
        "auditlog": _("the audit administrator: reads the log"),
    }  # fmt: skip


def run_begin(args: argparse.Namespace) -> int:
    """Lay the first stone: a union, and three different persons; all others are appointed in the browser."""
    django("app")
    from niangjia.unions.api import begin

    people = {}
    for duty in administrators():
        account, equals, name = getattr(args, duty).partition("=")
        if not equals or not account or not name:
            raise Stop(_("--%(duty)s is written as ACCOUNT=NAME.") % {"duty": duty})
        people[duty] = (account, name)
    for duty, (account, password) in begin(args.name, args.code, people).items():
        print(f"{duty}: {account} {password}")
    print(_("Each signs in once with this password, changes it, and sets up a second factor."))
    return 0


def run_scenario(args: argparse.Namespace) -> int:
    """Load the city into an empty house, with a bar."""
    try:
        scale = {"full": 1.0, "small": 0.01}.get(args.scale) or float(args.scale)
    except ValueError:
        scale = 0.0
    if not 0 < scale <= 3:
        raise Stop(_("--scale is full, small, or a number up to 3; “%(scale)s” is none of these.") % {"scale": args.scale})
    django("owner", needs_city=not args.migrate, answers=False)
    from django.utils import translation

    from niangjia.scenario.load import load, may_begin, ready

    if not args.migrate:
        with translation.override(tongue.spoken):
            may_begin()
        load(scale=scale, today=args.today, seed=args.seed, progress=stage)
        return 0
    with subprocess.Popen([sys.executable, "-m", "niangjia.config.cli", "migrate"], stdout=subprocess.DEVNULL) as migrating:
        bar(0.01, _("tables, and the city in memory"))
        whole = ready(scale=scale, today=args.today, seed=args.seed)
    if migrating.returncode == 0:
        load(whole=whole, progress=stage)
    return migrating.returncode


def stage(part: float, what: str) -> None:
    """A stage of the load, which is named in the language of the house, as all that it writes; who reads another is told the time alone."""
    bar(part, what if tongue.spoken == tongue.CHINESE else what.rpartition(" · ")[2])


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
        raise Stop(_("nobody holds the office of system administrator; the command line writes in that name."))
    return office.user


def run_import(args: argparse.Namespace) -> int:
    """Import a roster; 1 if rows were bad."""
    if not args.file.is_file():
        raise Stop(_("%(file)s is no file that can be read.") % {"file": args.file})
    django("app")
    from niangjia.members.api import import_roster
    from niangjia.unions.models import Union

    union = Union.objects.filter(code=args.union).first()
    if union is None:
        raise Stop(_("no union has the code %(union)s. Find it: niangjia unions find TEXT") % {"union": args.union})
    found = import_roster(args.file, union, dry_run=args.dry_run, by=operator())
    lines = [_("%(rows)d rows, %(good)d good, %(bad)d bad") % found]
    lines += [_("%(sheet)s row %(row)s %(column)s: %(text)s") % fault for fault in found["faults"][:50]]
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
    say(args, told, "\n".join(f"{one['code']}  {one['name']}  ({one['parent']})  {one['members']}" for one in told) or _("nothing found"))
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
        raise Stop(
            _("no review is called %(name)s. Those that are: %(names)s.")
            % {"name": args.name, "names": ", ".join(api.names()) or _("none")}
        ) from error
    say(
        args,
        told,
        "\n".join(
            f"{one['ref'] or '':5} {one['label']}  {one['printed'] if one['value'] is not None else _('not yet recorded')}" for one in told
        ),
    )
    return 0


def prove(args: argparse.Namespace) -> int:
    """Run what is published again; 1 unless every document is the signed one and the books give its values."""
    from niangjia.reports import api

    found = api.proofs(args.name)
    if args.name and not found:
        raise Stop(
            _("no published review is called %(name)s. Those that are: %(names)s.")
            % {"name": args.name, "names": ", ".join(one["name"] for one in api.proofs()) or _("none")}
        )
    lines = []
    for one in found:
        said = _("the same") if one["kept"] and one["books"] else _("NOT the same")
        said += "" if one["document"] else _(" (this version would print it otherwise; it is shown as it was published)")
        lines.append(f"{one['name']}  {said}  " + _("digest %(digest)s  root %(root)s") % one)
    say(args, found, "\n".join(lines) or _("nothing is published"))
    return 0 if all(one["kept"] and one["books"] for one in found) else 1


def run_audit(args: argparse.Namespace) -> int:
    """Recount everything twice: in SQL, and in plain Python over plain rows."""
    django("audit")
    from niangjia.worklog.api import audit_report

    report = audit_report()
    differences = [str(fault) for fault in report.differences]
    say(
        args, {"series": report.series, "lines": report.lines, "equal": report.equal, "differences": differences},
        _("%(series)d series, %(lines)d lines: ") % {"series": report.series, "lines": report.lines}
        + (_("equal") if report.equal else _("NOT equal") + "\n" + "\n".join(differences)),
    )  # fmt: skip
    return 0 if report.equal else 1
