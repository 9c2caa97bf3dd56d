"""Backup and restore: one folder with the database, the files, and a manifest that can prove both. Keys are never in it.

A backup is made beside its name and gets it when it is whole. A restore reads into an empty database, in one
transaction, and ends with a recount of the books.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext
from psycopg.conninfo import make_conninfo

from niangjia.config.stop import Stop
from niangjia.config.tongue import gettext as _
from niangjia.kit import crypt
from niangjia.kit.dates import now
from niangjia.kit.pg import clean, tool
from niangjia.worklog.api import audit_report, latest

MANIFEST = "manifest.json"
LATE = timedelta(hours=26)  # a backup a day, and two hours to make it
TABLES = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')"


def backup(folder: Path) -> dict[str, Any]:
    """Write database and files into a new folder; answer with what is in it."""
    folder = Path(folder).absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop(_("%(folder)s holds something already. Name a new folder: each backup stands by itself.") % {"folder": folder})
    if folder.is_relative_to(settings.FILES):
        raise Stop(
            _("%(folder)s lies among the files that are backed up. Name a folder outside of %(files)s, best on another disk.")
            % {"folder": folder, "files": settings.FILES}
        )
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        posting = latest()
        program("pg_dump", "--format=directory", "--jobs=2", f"--file={part / 'database'}")
        files = copied(settings.FILES, part / "files")  # after the database: what its rows point to is there
        facts = {
            "made_at": now().isoformat(),
            "federation": settings.FEDERATION,
            "server": version(),
            "posting": posting,
            "stored_files": files,
            "keys": fingerprints(),
            "digests": {str(path.relative_to(part)): digest(path) for path in walk(part)},
        }
        (part / MANIFEST).write_text(json.dumps(facts, ensure_ascii=False, indent=1))
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
        marker().parent.mkdir(parents=True, exist_ok=True)
        marker().write_text(json.dumps({"at": facts["made_at"], "folder": str(folder)}))
    except OSError as error:
        raise Stop(
            _("%(part)s: %(strerror)s. The backup was not finished; make room or name another folder.")
            % {"part": error.filename or part, "strerror": error.strerror}
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    told = {name: facts[name] for name in ("made_at", "posting", "stored_files")}
    return told | {"folder": str(folder), "bytes": size(folder), "keys": _("not included: keep a copy of the key file in another place")}


def restore(folder: Path) -> dict[str, Any]:
    """Read a backup into an empty database, bring it to this version, and recount the books."""
    folder = Path(folder).absolute()
    facts = proved(folder)
    if (folder / "files").exists() and settings.FILES.exists() and any(settings.FILES.iterdir()):
        raise Stop(
            _("%(files)s holds files already. A restore begins on an empty machine: name another folder with DATA=.")
            % {"files": settings.FILES}
        )
    known(facts["keys"])
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        if cursor.fetchone() != (0,):
            raise Stop(
                _("this database is not empty. A restore begins with an empty one: name another folder with DATA=, or another database.")
            )
    program("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", str(folder / "database"))
    try:
        copied(folder / "files", settings.FILES)
    except OSError as error:
        raise Stop(
            _("%(filename)s: %(strerror)s. The database is restored, its files are not: copy %(files)s there.")
            % {"filename": error.filename, "strerror": error.strerror, "files": folder / "files"}
        ) from error
    connection.close()
    call_command("migrate", verbosity=0, interactive=False)  # also declares the books, and grants the roles anew
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    if latest() < facts["posting"]:
        raise Stop(
            _("the books end at posting %(last)s, the backup says %(posting)s. Do not work on; call for help.")
            % {"last": latest(), "posting": facts["posting"]}
        )
    report = audit_report(slowly=False)
    told = {"made_at": facts["made_at"], "posting": latest(), "lines": report.lines, "stored_files": facts["stored_files"]}
    told |= {"equal": report.equal, "differences": [str(fault) for fault in report.differences]}
    if not report.equal:
        raise Stop(
            _("restored, but the books do not agree with the records: %(differences)s. Do not work on; look at docs/operate.md.")
            % {"differences": told["differences"]}
        )
    return told


def well() -> tuple[bool, str]:
    """The age of the last backup, for /healthz."""
    try:
        made = datetime.fromisoformat(json.loads(marker().read_text())["at"])
    except (OSError, ValueError, KeyError):
        return bool(settings.DEMO), gettext("never")
    age = now() - made
    return age < LATE or bool(settings.DEMO), gettext("%(n).0f h") % {"n": age.total_seconds() / 3600}


def marker() -> Path:
    """Where the moment of the last backup is kept."""
    return Path(settings.DATA) / "last-backup.json"


def program(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database of the settings, as the owner of its tables."""
    said = connection.settings_dict
    facts = {"host": said["HOST"], "port": said["PORT"], "user": said["USER"], "dbname": said["NAME"]}
    more = {key: value for key, value in said["OPTIONS"].items() if key not in ("options", "pool")}
    role = settings.ROLES["owner"]
    address = make_conninfo(**{key: value for key, value in (facts | more).items() if value})
    if said["USER"] != role:
        arguments = (f"--role={role}", *arguments)
    environment = clean() | ({"PGPASSWORD": said["PASSWORD"]} if said["PASSWORD"] else {})
    done = subprocess.run([tool(name), f"--dbname={address}", *arguments], capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise Stop(
            _("%(name)s could not do it, and nothing was left half done. It said: %(said)s")
            % {"name": name, "said": done.stderr.strip()[-600:]}
        )


def version() -> str:
    """The server's version, as it says it."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def walk(folder: Path) -> Iterator[Path]:
    """The files of a folder, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in walk(folder))


def copied(source: Path, target: Path) -> int:
    """Copy stored documents (not what is just arriving); answer with how many."""
    count = 0
    for path in walk(source) if source.exists() else ():
        if path.relative_to(source).parts[0] == "incoming":
            continue
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
        count += 1
    return count


def fingerprints() -> dict[str, str]:
    """By which keys are known again without being told: a keyed hash of a fixed word."""
    if "NIANGJIA_KEYS" not in os.environ and not Path(settings.KEY_FILE).exists():
        return {}
    held = crypt.keys()
    named = {str(number): key for number, key in held.seal.items()} | {"find": held.find}
    return {name: hmac.new(key, b"niangjia backup", "sha256").hexdigest()[:16] for name, key in named.items()}


def known(wanted: dict[str, str]) -> None:
    """Refuse when the keys of the backup are not here: sealed data would be lost to every reader."""
    here = fingerprints()
    lacking = [name for name, print_ in wanted.items() if here.get(name) != print_]
    if lacking:
        raise Stop(
            _(
                "the keys of this backup are not here (%(lacking)s). Copy its key file to %(file)s, or set NIANGJIA_KEY_FILE, and restore again."
            )
            % {"lacking": ", ".join(lacking), "file": settings.KEY_FILE}
        )


def proved(folder: Path) -> dict[str, Any]:
    """The manifest, once every file is found to be what it says."""
    try:
        facts: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        digests: dict[str, str] = facts["digests"]
    except (OSError, ValueError, KeyError) as error:
        raise Stop(_("%(folder)s is no backup: it has no manifest that can be read.") % {"folder": folder}) from error
    there = {str(path.relative_to(folder)) for path in walk(folder)} - {MANIFEST}
    wrong = sorted(there ^ set(digests)) or [name for name in digests if digest(folder / name) != digests[name]]
    if wrong:
        raise Stop(
            _("%(folder)s: %(wrong)s is not what the manifest says (%(many)s such). Take another backup; nothing was restored.")
            % {"folder": folder, "wrong": wrong[0], "many": len(wrong)}
        )
    return facts
